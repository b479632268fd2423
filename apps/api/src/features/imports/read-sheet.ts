import type { SheetError } from '@tongxin/contract'
import { AppError } from '../../http/errors.ts'
import { readTable } from './read-table.ts'
import { onDisk } from './start-import.ts'
import { TableError, type TableRow } from './table.ts'

/** A line of the spreadsheet, its cells as text under our own names. */
export interface SheetLine<Column extends string> {
  line: number
  cells: Record<Column, string>
}

export interface Sheet<Column extends string> {
  lines: SheetLine<Column>[]
  errors: SheetError[]
}

/** Each column with the headers it may have, our own first, and those that may be left out. */
export interface SheetForm<Column extends string> {
  columns: Readonly<Record<Column, readonly string[]>>
  optional: ReadonlySet<Column>
}

/** Beyond this a spreadsheet program has cut digits off. */
const MOST_DIGITS = 15

const columnsIn = <Column extends string>(
  { columns, optional }: SheetForm<Column>,
  headers: readonly string[],
): Map<Column, string> => {
  const known = Object.entries(columns) as [Column, readonly string[]][]
  const found = new Map<Column, string>()
  for (const [column, names] of known) {
    const header = names.find((name) => headers.includes(name))
    if (header) found.set(column, header)
  }
  const missing = known.filter(([column]) => !found.has(column) && !optional.has(column)).map(([, [name]]) => name)
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
export const readSheet = <Column extends string>(bytes: Uint8Array, form: SheetForm<Column>): Promise<Sheet<Column>> =>
  onDisk(bytes, async (path) => {
    const table = await readTable(path)
    try {
      const headers = columnsIn(form, table.headers)
      const lines: SheetLine<Column>[] = []
      const errors: SheetError[] = []
      for await (const row of table.rows()) {
        const line = row.rowNumber
        if (row.unreadable !== undefined) {
          errors.push({ line, column: null, message: `这一行读不出来：${row.unreadable}` })
          continue
        }
        const cells = {} as Record<Column, string>
        for (const column of Object.keys(form.columns) as Column[]) {
          const text = textOf(row, headers.get(column))
          if (typeof text === 'object') errors.push({ line, column: headers.get(column) ?? null, ...text })
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
