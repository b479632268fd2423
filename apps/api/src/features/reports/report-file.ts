import { REPORTS, type Report, type ReportFormat } from '@tongxin/contract'
import type { Deps } from '../../deps.ts'
import { type Cell, csvLine } from '../exports/index.ts'
import { callRegisterRows } from './call-register.ts'
import { ledgerRows } from './ledger.ts'
import { overdueRows } from './overdue.ts'
import { headOf, type ReportOrder, type ReportRows } from './report.ts'
import { unitLeagueRows } from './unit-league.ts'
import { xlsxFile } from './xlsx-file.ts'

const ROWS: Record<Report, ReportRows> = {
  ledger: ledgerRows,
  overdue: overdueRows,
  units: unitLeagueRows,
  calls: callRegisterRows,
}

const NOTHING = '本月没有记录'
const BOM = '\uFEFF'

/** Lines written together. */
const LINES = 200

async function* csvFile(head: readonly string[], rows: AsyncIterable<readonly Cell[]>): AsyncGenerator<Uint8Array> {
  let text = BOM + csvLine(head)
  let lines = 0
  for await (const row of rows) {
    text += csvLine(row)
    lines += 1
    if (lines % LINES !== 0) continue
    yield Buffer.from(text)
    text = ''
  }
  if (text !== '') yield Buffer.from(text)
}

export interface ReportFile {
  name: string
  mediaType: string
  content: AsyncIterable<Uint8Array>
  /** How many rows were written so far. */
  rows: () => number
}

const MEDIA: Record<ReportFormat, string> = {
  csv: 'text/csv; charset=utf-8',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
}

export const fileName = (
  { kind, community, month }: Pick<ReportOrder, 'kind' | 'community' | 'month'>,
  format: ReportFormat,
) => `${kind}-${community}-${month}.${format}`
export const mediaTypeOf = (format: ReportFormat): string => MEDIA[format]

/** A report as a file that is written while it is read. A month without a record has its heading, and a line that says so. */
export const reportFile = (deps: Deps, order: ReportOrder, format: ReportFormat): ReportFile => {
  let written = 0
  async function* rows() {
    for await (const row of ROWS[order.kind](deps, order)) {
      written += 1
      yield row
    }
    if (written === 0) yield [NOTHING]
  }
  const head = headOf(order)
  return {
    name: fileName(order, format),
    mediaType: mediaTypeOf(format),
    content: format === 'csv' ? csvFile(head, rows()) : xlsxFile(REPORTS[order.kind].zh, head, rows()),
    rows: () => written,
  }
}
