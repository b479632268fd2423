import { type Report, reportOf } from '@tongxin/contract'
import type { Deps } from '../../deps.ts'
import type { Cell } from '../exports/index.ts'
import { daysOf } from '../statistics/index.ts'

/** What one file is to hold. */
export interface ReportOrder {
  kind: Report
  community: string
  /** `YYYY-MM` in Asia/Shanghai. */
  month: string
  /** With the columns that name people. */
  personal: boolean
  /** Titles without personal data. */
  masked: boolean
}

/** The lines of a report below its heading, read a batch at a time: nothing is held open between two. */
export type ReportRows = (deps: Deps, order: ReportOrder) => AsyncGenerator<readonly Cell[]>

/** Rows read in one question. */
export const BATCH = 1_000

const UTC_PLUS_8 = 8 * 3_600_000

/** The instants at which the month begins and the next one does. */
export const spanOf = ({ month }: ReportOrder): [from: Date, before: Date] => {
  const [first, next] = daysOf({ from: month, to: month })
  return [new Date(`${first}T00:00:00+08:00`), new Date(`${next}T00:00:00+08:00`)]
}

/** As spreadsheet programs read it, in the community's own time. */
export const localTime = (at: string | null): string | null =>
  at === null ? null : new Date(Date.parse(at) + UTC_PLUS_8).toISOString().slice(0, 19).replace('T', ' ')

export const headOf = ({ kind, personal }: ReportOrder): string[] => {
  const { columns, personal: named = [] } = reportOf(kind)
  return [...columns, ...(personal ? named : [])]
}

/** A field's code in words; the code itself where there are none. */
export const wordOf = (words: Readonly<Record<string, { zh: string }>>, code: string | null): string | null =>
  code === null ? null : (words[code]?.zh ?? code)

export const yesNo = (value: boolean | null): string | null => (value === null ? null : value ? '是' : '否')
