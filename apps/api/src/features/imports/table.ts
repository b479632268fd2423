/** What a cell holds once read: its text, its number (dates of a spreadsheet are serial numbers), nothing, or a fault. */
export type Cell = string | number | null | BrokenCell

/** A cell without a value one could take: `#N/A`, or a formula that was never computed. It only matters if it is used. */
export interface BrokenCell {
  error: string
}

/** One row below the header. A row that cannot be read keeps its place and says why; the rows after it still come. */
export type TableRow =
  | { rowNumber: number; cells: Record<string, Cell>; unreadable?: undefined }
  | { rowNumber: number; cells?: undefined; unreadable: string }

export interface Table {
  format: 'xlsx' | 'csv'
  /** Headers in file order, trimmed; columns without a header are not read. */
  headers: string[]
  /** True where serial numbers count from 1904 instead of 1900. */
  date1904: boolean
  /** The sheet read, and those left unread; empty for CSV. */
  sheet: string | null
  unreadSheets: string[]
  /** Rows in file order, wholly empty ones left out. Row numbers as the spreadsheet shows them; for CSV, lines of the file. */
  rows(): AsyncGenerator<TableRow>
  /** Gives the file back; must be called however the reading ended. */
  close(): Promise<void>
}

export type TableErrorCode =
  | 'empty_file'
  | 'unknown_format'
  | 'encrypted_or_old_format'
  | 'torn_file'
  | 'too_large_inflated'
  | 'no_such_sheet'
  | 'duplicate_header'
  | 'no_header'

/** The file as a whole cannot be read. `message` is Chinese and names the place. */
export class TableError extends Error {
  readonly code: TableErrorCode

  constructor(code: TableErrorCode, message: string, cause?: unknown) {
    super(message, { cause })
    this.name = 'TableError'
    this.code = code
  }
}

/** A row's cells under their headers. */
export const byName = (names: readonly (string | null)[], cells: readonly Cell[]): Record<string, Cell> => {
  const named: Record<string, Cell> = {}
  for (let i = 0; i < names.length; i++) {
    const name = names[i]
    if (name) named[name] = cells[i] ?? null
  }
  return named
}

/** Header texts → names by column. Spaces and line breaks inside a header are dropped: they are layout, not meaning. */
export const nameColumns = (cells: readonly Cell[]): (string | null)[] => {
  const names = cells.map((cell) => {
    if (cell === null) return null
    if (typeof cell === 'object') throw new TableError('no_header', `表头${cell.error}`)
    return String(cell).replace(/[\s\u200B\uFEFF]+/g, '') || null
  })
  const seen = new Set<string>()
  for (const name of names) {
    if (name === null) continue
    if (seen.has(name)) throw new TableError('duplicate_header', `表头“${name}”出现了两次，无法判断该用哪一列`)
    seen.add(name)
  }
  if (seen.size === 0) throw new TableError('no_header', '第一行没有表头')
  return names
}
