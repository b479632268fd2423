import { createReadStream } from 'node:fs'
import { readHead } from './file-head.ts'
import { type CsvRecord, splitRecords } from './split-records.ts'
import { byName, nameColumns, type Table, TableError } from './table.ts'

/**
 * Opens a CSV file: UTF-8, GB18030 (what Chinese spreadsheet programs save) or UTF-16 with a mark; separated by comma,
 * semicolon or tab. Lines that cannot be read come as unreadable rows.
 */
export const openCsv = async (path: string): Promise<Table> => {
  const encoding = await detectEncoding(path)
  const delimiter = await detectDelimiter(path, encoding)
  let width: number | null = null
  const records = splitRecords(decode(path, encoding), delimiter, () => width)

  const header = await firstRecord(records)
  if (!header) throw new TableError('empty_file', '文件里没有内容')
  if (header.torn !== undefined) throw new TableError('no_header', `第 ${header.line} 行（表头）：${header.torn}`)
  // Spreadsheet programs end every line with separators once one row was wider: such columns have no name and no place.
  const names = nameColumns(header.fields)
  width = names.length
  return {
    format: 'csv',
    headers: names.filter((name) => name !== null),
    date1904: false,
    sheet: null,
    unreadSheets: [],
    async *rows() {
      for await (const record of records) {
        const rowNumber = record.line
        if (record.torn !== undefined) yield { rowNumber, unreadable: record.torn }
        else if (isBlank(record)) continue
        else if (record.fields.length !== names.length) {
          yield { rowNumber, unreadable: `有 ${record.fields.length} 列，应为 ${names.length} 列` }
        } else if (record.fields.some((field) => field.includes('\uFFFD'))) {
          yield { rowNumber, unreadable: '含有无法解码的字符' }
        } else
          yield {
            rowNumber,
            cells: byName(
              names,
              record.fields.map((field) => field || null),
            ),
          }
      }
    },
    close: async () => {
      await records.return(undefined)
    },
  }
}

const isBlank = (record: CsvRecord): boolean => record.fields?.every((field) => field.trim() === '') ?? false

const firstRecord = async (records: AsyncGenerator<CsvRecord>): Promise<CsvRecord | null> => {
  for (;;) {
    const { value, done } = await records.next()
    if (done) return null
    if (!isBlank(value)) return value
  }
}

type Encoding = 'utf-8' | 'utf-16le' | 'utf-16be' | 'gb18030'

/** Text in pieces, without byte order mark; what cannot be decoded becomes U+FFFD. */
async function* decode(path: string, encoding: Encoding): AsyncGenerator<string> {
  const decoder = new TextDecoder(encoding)
  for await (const chunk of createReadStream(path, { highWaterMark: 256 * 1024 }) as AsyncIterable<Buffer>) {
    yield decoder.decode(chunk, { stream: true })
  }
  yield decoder.decode()
}

/**
 * By its mark, else UTF-8 if it mostly is: in a GB18030 text nearly every character is broken as UTF-8, in a UTF-8 text
 * with a torn character nearly none, and the whole is not to be misread for that one.
 */
const detectEncoding = async (path: string): Promise<Encoding> => {
  const counts = { wide: 0, broken: 0 }
  for await (const text of decode(path, 'utf-8')) {
    for (let i = 0; i < text.length; i++) {
      const code = text.charCodeAt(i)
      if (code === 0xfffd) counts.broken++
      else if (code > 0x7f) counts.wide++
      // A NUL is in no text, but in every binary file and in every UTF-16 one.
      else if (code === 0) return utf16OrRefuse(path)
    }
  }
  return counts.broken > counts.wide / 4 ? 'gb18030' : 'utf-8'
}

const utf16OrRefuse = async (path: string): Promise<Encoding> => {
  const first = await readHead(path)
  if (first[0] === 0xff && first[1] === 0xfe) return 'utf-16le'
  if (first[0] === 0xfe && first[1] === 0xff) return 'utf-16be'
  throw new TableError('unknown_format', '这不是表格文件，只能导入 .xlsx 和 .csv')
}

/** The separator most frequent in the first line that has any text. */
const detectDelimiter = async (path: string, encoding: Encoding): Promise<string> => {
  for await (const text of decode(path, encoding)) {
    const line = text.trimStart().split(/[\r\n]/, 1)[0] ?? ''
    const counted = [',', '\t', ';'].map((mark) => ({ mark, count: line.split(mark).length }))
    return counted.reduce((best, next) => (next.count > best.count ? next : best)).mark
  }
  return ','
}
