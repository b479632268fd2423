import { createWriteStream } from 'node:fs'
import { pipeline } from 'node:stream/promises'
import { IMPORT_OUTCOMES, IMPORT_REJECTIONS } from '@tongxin/contract'
import type { Queryable } from '../../db/connect.ts'
import { csvLine } from '../exports/index.ts'
import type { ImportKey } from './imports.queries.ts'
import { listImportRows } from './imports.queries.ts'

const PAGE_ROWS = 1_000
const HEADERS = ['行号', '结果', '来源编号', '事项', '原因类别', '原因']

/** Writes what became of every row as CSV, with the mark by which spreadsheet programs know UTF-8. */
export async function writeReport(on: Queryable, key: ImportKey, path: string): Promise<void> {
  await pipeline(reportLines(on, key), createWriteStream(path, { mode: 0o600 }))
}

async function* reportLines(on: Queryable, key: ImportKey): AsyncGenerator<string> {
  yield `\uFEFF${csvLine(HEADERS)}`
  for (let after = 0; ; ) {
    const rows = await listImportRows(on, key, { after, limit: PAGE_ROWS })
    for (const row of rows) {
      const issue = row.issueId && `${row.communityCode}-${row.issueId}`
      const code = row.code && IMPORT_REJECTIONS[row.code]
      yield csvLine([row.rowNumber, IMPORT_OUTCOMES[row.outcome], row.externalId, issue, code, row.reason])
    }
    const last = rows.at(-1)
    if (!last || rows.length < PAGE_ROWS) return
    after = last.rowNumber
  }
}
