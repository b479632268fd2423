import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import PDFDocument from 'pdfkit'

/** Points to a millimetre. */
const MM = 72 / 25.4

// GB/T 9704-2012, 5.1-5.2: A4, 37 mm above, 28 mm to the left, a text area of 156 × 225 mm with 22 lines of 28 characters.
const LEFT = 28 * MM
const TOP = 37 * MM
const WIDTH = 156 * MM
const HEIGHT = 225 * MM
const PITCH = HEIGHT / 22
const CHARACTER = WIDTH / 28
/** 三号 is 16 points; a little less, so that 28 fill a line whatever is rounded. */
const BODY = CHARACTER - 0.02
/** 二号 and 四号. */
const TITLE = 22
const SMALL = 14

const RED = '#c8102e'
const GREY = '#555555'

const fontFile = (weight: string) =>
  readFile(fileURLToPath(import.meta.resolve(`@expo-google-fonts/noto-serif-sc/${weight}/NotoSerifSC_${weight}.ttf`)))

let fonts: Promise<[regular: Buffer, bold: Buffer]> | undefined

/** Whole fonts, read once; a page embeds the glyphs it uses. */
const readFonts = () => {
  fonts ??= Promise.all([fontFile('400Regular'), fontFile('700Bold')])
  fonts.catch(() => {
    fonts = undefined
  })
  return fonts
}

export interface PageSettings {
  title: string
  author: string
  /** What the file says of when it was made. */
  at: Date
}

type Style = 'regular' | 'bold'

/** A document on the grid of official papers, written from top to bottom. */
export interface OfficialPage {
  doc: PDFKit.PDFDocument
  /** The red mark of who issues it, its number and the red line beneath. */
  mark(text: string, number: string): void
  title(text: string): void
  /** `lines`: how many of the grid must be left on the page, what it heads among them. */
  paragraph(text: string, options?: { style?: Style; lines?: number }): void
  /** A label and its text, whose further lines stand beneath the text; `link` is an address it opens. */
  entry(label: string, text: string, link?: string): void
  /** Columns of one width but the first, which is wider by half; all but that are set to the right. */
  table(head: readonly string[], rows: readonly (readonly string[])[]): void
  /** Who issues it and the day, to the right, four characters in. */
  signature(name: string, day: string): void
  /** Marks of every page: what stands above and below the text area, across it where it is no final text. */
  finish(marks: { header: string; check: string; across: string | null }): void
}

/** Opens an A4 document laid out by GB/T 9704-2012, in an openly licensed Song typeface. */
export const openOfficialPage = async ({ title, author, at }: PageSettings): Promise<OfficialPage> => {
  const [regular, bold] = await readFonts()
  const doc = new PDFDocument({
    size: 'A4',
    // Two points less below, so that the last line of the grid is not pushed off by a rounding.
    margins: { top: TOP, left: LEFT, right: 210 * MM - LEFT - WIDTH, bottom: 297 * MM - TOP - HEIGHT - 2 },
    bufferPages: true,
    lang: 'zh-CN',
    displayTitle: true,
    info: { Title: title, Author: author, CreationDate: at, ModDate: at, Producer: '同心', Creator: '同心' },
  })
  doc.registerFont('regular', regular).registerFont('bold', bold)

  const font = (style: Style, size: number) => {
    doc.font(style).fontSize(size)
    return { lineGap: PITCH - doc.currentLineHeight(true) }
  }
  const room = () => TOP + HEIGHT - doc.y
  /** Whole lines of the grid: what follows keeps to it. */
  const toGrid = () => {
    doc.y = TOP + Math.ceil((doc.y - TOP) / PITCH - 0.01) * PITCH
  }

  return {
    doc,
    mark(text, number) {
      doc.y = TOP + 35 * MM
      const size = Math.min(36, (WIDTH - 8) / text.length)
      doc.font('bold').fontSize(size).fillColor(RED).text(text, LEFT, doc.y, { width: WIDTH, align: 'center' })
      doc.moveDown(0.3)
      doc.fillColor('black')
      doc.text(number, LEFT, doc.y, { width: WIDTH, align: 'center', ...font('regular', BODY) })
      const line = doc.y + 4 * MM - (PITCH - BODY) / 2
      doc
        .moveTo(LEFT, line)
        .lineTo(LEFT + WIDTH, line)
        .lineWidth(1.5)
        .strokeColor(RED)
        .stroke()
      doc.y = line
      toGrid()
      doc.y += PITCH
    },
    title(text) {
      const options = { width: WIDTH, align: 'center' as const, ...font('bold', TITLE) }
      doc.fillColor('black').text(text, LEFT, doc.y, options)
      doc.y += PITCH
    },
    paragraph(text, { style = 'regular', lines = 1 } = {}) {
      // A heading alone at the foot of a page would head nothing.
      if (room() < lines * PITCH) doc.addPage()
      doc.text(text, LEFT, doc.y, { width: WIDTH, indent: 2 * CHARACTER, ...font(style, BODY) })
    },
    entry(label, text, link) {
      if (room() < PITCH) doc.addPage()
      const x = LEFT + (2 + label.length + 1) * CHARACTER
      const y = doc.y
      doc.text(`${label}：`, LEFT + 2 * CHARACTER, y, { lineBreak: false, ...font('bold', BODY) })
      doc.text(text, x, y, {
        width: LEFT + WIDTH - x,
        ...(link && { link, underline: true }),
        ...font('regular', BODY),
      })
    },
    table(head, rows) {
      const width = WIDTH / (head.length + 0.5)
      const first = 1.5 * width
      const line = (y: number) =>
        doc
          .moveTo(LEFT, y)
          .lineTo(LEFT + WIDTH, y)
          .lineWidth(0.5)
          .strokeColor(GREY)
          .stroke()
      const write = (cells: readonly string[], style: Style) => {
        if (room() < PITCH) doc.addPage()
        const y = doc.y
        const text = { lineBreak: false, ...font(style, SMALL) }
        const down = (PITCH - doc.currentLineHeight(true)) / 2
        for (const [i, cell] of cells.entries()) {
          // A long name is made to fit its column.
          const space = (i === 0 ? first : width) - CHARACTER
          doc.fontSize(SMALL)
          doc.fontSize(Math.min(SMALL, (SMALL * space) / doc.widthOfString(cell)))
          const x =
            LEFT + (i === 0 ? 0 : first + i * width - doc.widthOfString(cell)) + (i === 0 ? 1 : -1) * (CHARACTER / 2)
          doc.text(cell, x, y + down, text)
        }
        doc.y = y + PITCH
        line(doc.y)
      }
      // The heading of a table keeps its first two rows.
      if (room() < 3 * PITCH) doc.addPage()
      line(doc.y)
      write(head, 'bold')
      for (const row of rows) write(row, 'regular')
      doc.x = LEFT
    },
    signature(name, day) {
      if (room() < 2 * PITCH) doc.addPage()
      const options = { width: WIDTH - 4 * CHARACTER, align: 'right' as const, ...font('regular', BODY) }
      doc.text(name, LEFT, doc.y, options).text(day, LEFT, doc.y, options)
    },
    finish({ header, check, across }) {
      const { start, count } = doc.bufferedPageRange()
      for (let i = start; i < start + count; i++) {
        doc.switchToPage(i)
        // Outside the text area nothing may push on to a new page.
        doc.page.margins = { top: 0, bottom: 0, left: 0, right: 0 }
        if (across !== null) {
          doc
            .save()
            .rotate(-35, { origin: [105 * MM, 148 * MM] })
            .fillOpacity(0.12)
            .fillColor(RED)
          doc
            .font('bold')
            .fontSize(120)
            .text(across, 0, 148 * MM - 85, { width: 210 * MM, align: 'center', lineBreak: false })
          doc.restore().fillOpacity(1)
        }
        const small = { width: WIDTH, lineBreak: false }
        doc
          .font('regular')
          .fontSize(9)
          .fillColor(GREY)
          .text(header, LEFT, TOP - 9 * MM, { ...small, align: 'center' })
        // 7.5: the number 7 mm below the text, odd pages to the right, even ones to the left, one character in.
        const odd = (i - start) % 2 === 0
        const below = TOP + HEIGHT + 7 * MM
        const number = `— ${i - start + 1} / ${count} —`
        doc.fontSize(SMALL).fillColor('black')
        const x = odd ? LEFT + WIDTH - CHARACTER - doc.widthOfString(number) : LEFT + CHARACTER
        doc.text(number, x, below, { lineBreak: false })
        doc.fontSize(8).fillColor(GREY)
        const at = odd ? LEFT : LEFT + WIDTH - doc.widthOfString(check)
        doc.text(check, at, below + 6, { lineBreak: false })
      }
      doc.end()
    },
  }
}
