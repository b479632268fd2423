import { type ColumnMap, mapColumns } from './map-columns.ts'
import { readTable } from './read-table.ts'
import { TableError } from './table.ts'

export interface ImportOptions {
  map?: ColumnMap
  sheet?: string
  /** Whose numbers they are; else the preset's. */
  source?: string
}

/** What a file holds, as far as its header tells. */
export interface Survey {
  preset: string | null
  source: string
  columns: ColumnMap
  sheet: string | null
  unreadSheets: string[]
  unusedColumns: string[]
}

/** The file is a table, but not one that can be imported. */
export class MappingError extends Error {
  override name = 'MappingError'
  readonly code = 'columns_not_found'
}

export const isUnreadable = (error: unknown): error is TableError | MappingError =>
  error instanceof TableError || error instanceof MappingError

/**
 * Reads the header and finds the columns.
 * @throws TableError, MappingError with a Chinese message for the one who has the file
 */
export const surveyTable = async (path: string, options: ImportOptions): Promise<Survey> => {
  const table = await readTable(path, options)
  try {
    const mapping = mapColumns(table.headers, options.map)
    if (mapping.error !== undefined) throw new MappingError(mapping.error)
    return {
      preset: mapping.preset,
      source: options.source ?? mapping.source,
      columns: mapping.columns,
      sheet: table.sheet,
      unreadSheets: table.unreadSheets,
      unusedColumns: mapping.unused,
    }
  } finally {
    await table.close()
  }
}

/**
 * Counts the rows by reading the file to its end: a torn file is refused here, before anything is written.
 * @throws TableError
 */
export const countRows = async (path: string, options: ImportOptions): Promise<number> => {
  const table = await readTable(path, options)
  try {
    let count = 0
    for await (const _ of table.rows()) count++
    return count
  } finally {
    await table.close()
  }
}
