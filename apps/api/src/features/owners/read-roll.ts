import { ROLL_COLUMNS, type RollColumn, type RollError } from '@tongxin/contract'
import { AppError } from '../../http/errors.ts'
import { onDisk, readTable, TableError, type TableRow } from '../imports/index.ts'

/** A line of the spreadsheet, its cells as text under our own names. */
export interface RollLine {
  line: number
  cells: Record<RollColumn, string>
}

export interface ReadRoll {
  lines: RollLine[]
  errors: RollError[]
}

const COLUMNS = Object.entries(ROLL_COLUMNS) as [RollColumn, readonly string[]][]
/** What may be left out: everything is a flat then, and has one owner. */
const OPTIONAL: ReadonlySet<RollColumn> = new Set<RollColumn>(['use', 'share'])
/** Beyond this a spreadsheet program has cut digits off. */
const MOST_DIGITS = 15

const columnsIn = (headers: readonly string[]): Map<RollColumn, string> => {
  const found = new Map<RollColumn, string>()
  for (const [column, names] of COLUMNS) {
    const header = names.find((name) => headers.includes(name))
    if (header) found.set(column, header)
  }
  const missing = COLUMNS.filter(([column]) => !found.has(column) && !OPTIONAL.has(column)).map(([, [name]]) => name)
  if (missing.length > 0)
    throw new AppError('unprocessable', {
      reason: 'columns_not_found',
      detail: `表头缺少列：${missing.join('、')}；请按模板的表头填写`,
    })
  return found
}

const textOf = (row: TableRow, header: string | undefined): string | { message: string } => {
  const cell = header === undefined ? null : row.cells?.[header]
  if (cell === null || cell === undefined) return ''
  if (typeof cell === 'object') return { message: `${cell.error}，请改为文字或数字` }
  if (typeof cell === 'number' && String(Math.abs(cell)).replace(/\D/g, '').length > MOST_DIGITS)
    return { message: '数字太长，表格软件已丢失末几位，请把这一列设为文本格式后重新填写' }
  return String(cell).normalize('NFKC').trim()
}

/**
 * The lines of a file, cells as text.
 * @throws AppError unprocessable when the file is no table, or lacks a column
 */
export const readRoll = (bytes: Uint8Array): Promise<ReadRoll> =>
  onDisk(bytes, async (path) => {
    const table = await readTable(path)
    try {
      const headers = columnsIn(table.headers)
      const lines: RollLine[] = []
      const errors: RollError[] = []
      for await (const row of table.rows()) {
        const line = row.rowNumber
        if (row.unreadable !== undefined) {
          errors.push({ line, column: null, message: `这一行读不出来：${row.unreadable}` })
          continue
        }
        const cells = {} as Record<RollColumn, string>
        for (const [column, [name]] of COLUMNS) {
          const text = textOf(row, headers.get(column))
          if (typeof text === 'object') errors.push({ line, column: headers.get(column) ?? name ?? null, ...text })
          cells[column] = typeof text === 'object' ? '' : text
        }
        lines.push({ line, cells })
      }
      return { lines, errors }
    } finally {
      await table.close()
    }
  }).catch((error) => {
    if (error instanceof TableError) throw new AppError('unprocessable', { reason: error.code, detail: error.message })
    throw error
  })
