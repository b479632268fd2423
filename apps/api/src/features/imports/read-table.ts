import { readHead } from './file-head.ts'
import { openCsv } from './read-csv.ts'
import { openXlsx } from './read-xlsx.ts'
import { type Table, TableError } from './table.ts'

export interface ReadOptions {
  /** Name of the sheet to read; the first visible one when left out. */
  sheet?: string
  /** Most bytes the parts of a spreadsheet may inflate to, all together. */
  maxInflatedBytes?: number
}

/**
 * Opens a spreadsheet (.xlsx) or a CSV file and streams its rows. The kind is told by the content: names lie.
 * @throws TableError where the file as a whole cannot be read, also while iterating (a torn sheet).
 */
export const readTable = async (path: string, options: ReadOptions = {}): Promise<Table> => {
  const head = await readHead(path)
  if (head.length === 0) throw new TableError('empty_file', '文件是空的')
  if (head.subarray(0, 4).equals(Buffer.from('PK\x03\x04', 'latin1'))) return openXlsx(path, options)
  if (head.subarray(0, 4).equals(Buffer.from([0xd0, 0xcf, 0x11, 0xe0]))) {
    throw new TableError('encrypted_or_old_format', '文件已加密，或是旧的 .xls 格式，请去掉密码并另存为 .xlsx')
  }
  return openCsv(path)
}
