import { parseSheet } from './parse-sheet.ts'
import type { ReadOptions } from './read-table.ts'
import { decodeEscapes, parseXml } from './sheet-xml.ts'
import { byName, nameColumns, type Table, TableError } from './table.ts'
import { openParts, type Parts } from './xlsx-parts.ts'

/** Twenty times what a city's messages of a year inflate to. */
const MAX_INFLATED_BYTES = 200_000_000

/**
 * Reads one sheet of a workbook row by row. Not exceljs' WorkbookReader: on a torn file that one neither ends nor fails
 * (its stream is never settled), and it sets no limit to a small file that inflates without end.
 * The texts cells share are held in memory, the rows are not.
 */
export const openXlsx = async (path: string, options: ReadOptions): Promise<Table> => {
  const parts = await openParts(path, options.maxInflatedBytes ?? MAX_INFLATED_BYTES)
  try {
    const workbook = await readWorkbook(parts)
    const sheet = chooseSheet(workbook, options.sheet)
    const strings = await readSharedStrings(parts, workbook.sharedStrings)
    const rows = parseSheet(parts.stream(sheet.part), sheet.name, strings)

    const { value: header, done } = await rows.next()
    if (done) throw new TableError('empty_file', `工作表“${sheet.name}”是空的`)
    const names = nameColumns(header.cells)
    return {
      format: 'xlsx',
      headers: names.filter((name) => name !== null),
      date1904: workbook.date1904,
      sheet: sheet.name,
      unreadSheets: workbook.sheets.filter((other) => other !== sheet).map((other) => other.name),
      async *rows() {
        for await (const { rowNumber, cells } of rows) yield { rowNumber, cells: byName(names, cells) }
      },
      close: async () => {
        await rows.return(undefined)
        parts.close()
      },
    }
  } catch (error) {
    parts.close()
    throw error
  }
}

interface Sheet {
  name: string
  part: string
  visible: boolean
}
interface Workbook {
  sheets: Sheet[]
  sharedStrings: string
  date1904: boolean
}

const chooseSheet = ({ sheets }: Workbook, wanted: string | undefined): Sheet => {
  const sheet = wanted
    ? sheets.find(({ name }) => name === wanted)
    : (sheets.find(({ visible }) => visible) ?? sheets[0])
  if (sheet) return sheet
  const present = sheets.map(({ name }) => `“${name}”`).join('、') || '没有工作表'
  throw new TableError('no_such_sheet', wanted ? `没有工作表“${wanted}”；文件里有：${present}` : '文件里没有工作表')
}

const WORKBOOK = 'xl/workbook.xml'
const RELATIONS = 'xl/_rels/workbook.xml.rels'

const readWorkbook = async (parts: Parts): Promise<Workbook> => {
  if (!parts.has(WORKBOOK)) throw new TableError('unknown_format', '压缩包里没有工作簿，这不是 .xlsx 文件')
  const workbook: Workbook = { sheets: [], sharedStrings: 'xl/sharedStrings.xml', date1904: false }
  const targets = new Map<string, string>()
  const relations = parseXml(parts.stream(RELATIONS), {
    place: () => RELATIONS,
    open: (name, { Id = '', Target = '', Type = '' }) => {
      if (name !== 'Relationship') return
      const part = Target.startsWith('/') ? Target.slice(1) : `xl/${Target}`
      targets.set(Id, part)
      if (Type.endsWith('/sharedStrings')) workbook.sharedStrings = part
    },
  })
  for await (const _ of relations);

  const body = parseXml(parts.stream(WORKBOOK), {
    place: () => WORKBOOK,
    open: (name, attributes) => {
      if (name === 'workbookPr') workbook.date1904 = ['1', 'true'].includes(attributes.date1904 ?? '')
      if (name !== 'sheet') return
      const id = Object.entries(attributes).find(([key]) => key.endsWith(':id'))?.[1] ?? ''
      const part = targets.get(id)
      // Chart sheets are listed here too; they hold no rows.
      if (!part?.includes('worksheets/')) return
      workbook.sheets.push({
        name: attributes.name ?? '',
        part,
        visible: (attributes.state ?? 'visible') === 'visible',
      })
    },
  })
  for await (const _ of body);
  return workbook
}

/** Plain texts by index; formatting runs are joined, phonetic guides left out. */
const readSharedStrings = async (parts: Parts, part: string): Promise<string[]> => {
  const strings: string[] = []
  if (!parts.has(part)) return strings
  let text = ''
  let capturing = false
  let inPhonetic = false
  const parsed = parseXml(parts.stream(part), {
    place: () => `共享文本第 ${strings.length + 1} 条附近`,
    open: (name) => {
      if (name === 'si') text = ''
      else if (name === 't') capturing = !inPhonetic
      else if (name === 'rPh') inPhonetic = true
    },
    text: (piece) => {
      if (capturing) text += piece
    },
    close: (name) => {
      if (name === 't') capturing = false
      else if (name === 'rPh') inPhonetic = false
      else if (name === 'si') strings.push(decodeEscapes(text))
    },
  })
  for await (const _ of parsed);
  return strings
}
