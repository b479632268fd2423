import { decodeEscapes, parseXml } from './sheet-xml.ts'
import { type Cell, TableError } from './table.ts'

/** A row of a sheet by column index. Empty rows are not given. */
export interface SheetRow {
  rowNumber: number
  cells: Cell[]
}

const MAX_COLUMNS = 16_384

/**
 * Rows of one worksheet part. A formula counts as its last computed value; nothing is evaluated.
 * @throws TableError where the XML is torn, naming the row.
 */
export async function* parseSheet(
  pieces: AsyncIterable<string>,
  sheet: string,
  sharedStrings: readonly string[],
): AsyncGenerator<SheetRow> {
  const ready: SheetRow[] = []
  let row: SheetRow | null = null
  let rowNumber = 0
  let column = -1
  let type = 'n'
  let value = ''
  let hasFormula = false
  let capturing = false
  let inPhonetic = false

  const endCell = () => {
    if (!row || column >= MAX_COLUMNS) return
    const cell = readCell(type, value, hasFormula, sharedStrings)
    if (cell === null) return
    while (row.cells.length < column) row.cells.push(null)
    row.cells[column] =
      typeof cell === 'object' ? { error: `${columnName(column)}${rowNumber} 格：${cell.error}` } : cell
  }

  const parsed = parseXml(pieces, {
    place: () => `工作表“${sheet}”第 ${rowNumber} 行附近`,
    open: (name, attributes) => {
      if (name === 'c') {
        column = columnIndex(attributes.r) ?? column + 1
        type = attributes.t ?? 'n'
        value = ''
        hasFormula = false
      } else if (name === 'v' || name === 't') capturing = !inPhonetic
      else if (name === 'f') hasFormula = true
      else if (name === 'rPh') inPhonetic = true
      else if (name === 'row') {
        const next = attributes.r ? Number(attributes.r) : rowNumber + 1
        if (!(next > rowNumber)) throw new TableError('torn_file', `工作表“${sheet}”第 ${rowNumber} 行之后行号倒退`)
        rowNumber = next
        row = { rowNumber, cells: [] }
        column = -1
      }
    },
    text: (text) => {
      if (capturing) value += text
    },
    close: (name) => {
      if (name === 'v' || name === 't') capturing = false
      else if (name === 'c') endCell()
      else if (name === 'rPh') inPhonetic = false
      else if (name === 'row' && row) {
        if (row.cells.length > 0) ready.push(row)
        row = null
      }
    },
  })
  for await (const _ of parsed) yield* ready.splice(0)
}

const readCell = (type: string, value: string, hasFormula: boolean, sharedStrings: readonly string[]): Cell => {
  if (type === 'e') return { error: `错误值 ${value.slice(0, 20)}` }
  if (value === '') return hasFormula && type !== 'str' ? { error: '公式没有已算出的值' } : null
  switch (type) {
    case 's': {
      const text = sharedStrings[Number(value)]
      return text === undefined ? { error: `指向不存在的文本 ${value.slice(0, 20)}` } : text || null
    }
    case 'n': {
      const number = Number(value)
      return Number.isFinite(number) ? number : { error: `不是数字：${value.slice(0, 20)}` }
    }
    case 'b':
      return value === '1' ? 'TRUE' : 'FALSE'
    default:
      return decodeEscapes(value)
  }
}

/** `AB12` → 27; nothing where the reference has no letters. */
const columnIndex = (reference = ''): number | null => {
  let index = 0
  for (let i = 0; i < reference.length; i++) {
    const code = reference.charCodeAt(i)
    if (code < 65 || code > 90) break
    index = index * 26 + code - 64
  }
  return index === 0 ? null : index - 1
}

const columnName = (index: number): string =>
  (index < 26 ? '' : columnName(Math.floor(index / 26) - 1)) + String.fromCharCode(65 + (index % 26))
