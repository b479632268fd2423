import { Readable } from 'node:stream'
import { ZipFile } from 'yazl'
import type { Cell } from '../exports/index.ts'

/** What a spreadsheet program takes in one cell (ECMA-376, and Excel's limit). */
const LONGEST = 32_767
/** What no XML document may hold: control characters but tab and line end, halves of surrogate pairs. */
const FORBIDDEN = /[^\t\n\r\P{Cc}]|[\uFFFE\uFFFF]|\p{Cs}/gu
const ENTITIES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }

const xmlText = (text: string): string =>
  text
    .slice(0, LONGEST)
    .replace(FORBIDDEN, '')
    .replace(/[&<>"]/g, (sign) => ENTITIES[sign] ?? '')

/** `A`, `B` … `Z`, `AA`: some programs read no cell without its address. */
const columnName = (index: number): string =>
  (index >= 26 ? columnName(Math.floor(index / 26) - 1) : '') + String.fromCharCode(65 + (index % 26))

// Texts stand in their cells as texts: none is ever a formula.
const cellXml = (cell: Cell, address: string): string => {
  if (cell === null) return ''
  if (typeof cell === 'number') return `<c r="${address}"><v>${cell}</v></c>`
  return `<c r="${address}" t="inlineStr"><is><t xml:space="preserve">${xmlText(cell)}</t></is></c>`
}
const rowXml = (cells: readonly Cell[], number: number): string =>
  `<row r="${number}">${cells.map((cell, i) => cellXml(cell, `${columnName(i)}${number}`)).join('')}</row>`
const headXml = (head: readonly string[]): string => rowXml(head, 1).replaceAll('<c ', '<c s="1" ')

const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main'
const RELATIONS = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006'
const HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
const TYPE = 'application/vnd.openxmlformats-officedocument.spreadsheetml'

const partsFor = (sheet: string): Record<string, string> => ({
  '[Content_Types].xml': `${HEAD}<Types xmlns="${PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/xl/workbook.xml" ContentType="${TYPE}.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="${TYPE}.worksheet+xml"/><Override PartName="/xl/styles.xml" ContentType="${TYPE}.styles+xml"/></Types>`,
  '_rels/.rels': `${HEAD}<Relationships xmlns="${PACKAGE}/relationships"><Relationship Id="rId1" Type="${RELATIONS}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
  'xl/workbook.xml': `${HEAD}<workbook xmlns="${MAIN}" xmlns:r="${RELATIONS}"><sheets><sheet name="${xmlText(sheet)}" sheetId="1" r:id="rId1"/></sheets></workbook>`,
  'xl/_rels/workbook.xml.rels': `${HEAD}<Relationships xmlns="${PACKAGE}/relationships"><Relationship Id="rId1" Type="${RELATIONS}/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Type="${RELATIONS}/styles" Target="styles.xml"/></Relationships>`,
  'xl/styles.xml': `${HEAD}<styleSheet xmlns="${MAIN}"><fonts count="2"><font><sz val="11"/></font><font><b/><sz val="11"/></font></fonts><fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills><borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="2"><xf/><xf fontId="1" applyFont="1"/></cellXfs></styleSheet>`,
})

/** Rows written together. */
const ROWS = 200

async function* sheetXml(head: readonly string[], rows: AsyncIterable<readonly Cell[]>): AsyncGenerator<string> {
  yield `${HEAD}<worksheet xmlns="${MAIN}"><sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" state="frozen"/></sheetView></sheetViews><sheetFormatPr defaultRowHeight="15"/><cols><col min="1" max="${head.length}" width="18" customWidth="1"/></cols><sheetData>`
  let text = headXml(head)
  let number = 1
  for await (const row of rows) {
    number += 1
    text += rowXml(row, number)
    if (number % ROWS !== 0) continue
    yield text
    text = ''
  }
  yield `${text}</sheetData></worksheet>`
}

/** Always the same moment: the same rows make the same file. */
const MADE = new Date('2026-01-01T00:00:00Z')

/** A workbook of one sheet, written while its rows come: as much is in memory as the stream's buffers hold. */
export const xlsxFile = (
  sheet: string,
  head: readonly string[],
  rows: AsyncIterable<readonly Cell[]>,
): AsyncIterable<Uint8Array> => {
  const zip = new ZipFile()
  const file = zip.outputStream as Readable
  zip.on('error', (error: Error) => file.destroy(error))
  for (const [name, text] of Object.entries(partsFor(sheet))) zip.addBuffer(Buffer.from(text), name, { mtime: MADE })
  const source = Readable.from(sheetXml(head, rows), { objectMode: true })
  zip.addReadStream(source, 'xl/worksheets/sheet1.xml', { mtime: MADE })
  zip.end()
  // A reader who hangs up ends the reading of rows as well.
  file.once('close', () => source.destroy())
  return file
}
