import type { ImportRejection } from '@tongxin/contract'
import type { Tx } from '../../db/connect.ts'
import { findImported, type ImportDoor, importIssues, type KnownImport, updateImported } from '../issues/index.ts'
import type { RowOutcome } from './imports.queries.ts'
import type { Rejection } from './plan-row.ts'
import type { NamedIssue } from './row-names.ts'

/** A row of a batch: the matter it tells, or why it was refused before the database was asked. */
export type BatchRow = { issue: NamedIssue; rejected?: undefined } | { issue?: undefined; rejected: Rejection }

type News = Parameters<typeof updateImported>[3]
type Verdict =
  | { outcome: 'created' }
  | { outcome: 'updated'; id: string; news: News }
  | { outcome: 'unchanged'; id: string | null }
  | { outcome: 'rejected'; id: string; code: ImportRejection; reason: string }

/**
 * Writes a batch of rows, or with `dryRun` only finds out what writing would do. No two rows of a batch may go by the
 * same name.
 * @returns the outcome of every row, in order
 */
export async function recordBatch(
  tx: Tx,
  door: ImportDoor,
  rows: readonly BatchRow[],
  dryRun: boolean,
): Promise<RowOutcome[]> {
  const asked = rows.flatMap(({ issue }) => (issue ? [issue.externalId] : []))
  const known = new Map((await findImported(tx, door, asked)).map((it) => [it.externalId, it]))
  const judged = rows.map((row) => (row.issue ? { row: row.issue, verdict: judge(row.issue, known, dryRun) } : row))

  const fresh = judged.flatMap((it) => ('verdict' in it && it.verdict.outcome === 'created' ? [it.row] : []))
  const ids = dryRun || fresh.length === 0 ? [] : await importIssues(tx, door, fresh.map(toImported))
  const idOf = new Map(fresh.map((row, index) => [row, ids[index] ?? null]))

  const outcomes: RowOutcome[] = []
  for (const it of judged) {
    if (!('verdict' in it)) {
      const { number, ...rejection } = it.rejected
      outcomes.push({ ...rejection, outcome: 'rejected', externalId: number, issueId: null })
      continue
    }
    const { row, verdict } = it
    const outcome = { rowNumber: row.rowNumber, externalId: row.externalId, code: null, reason: null }
    if (verdict.outcome === 'created') {
      outcomes.push({ ...outcome, outcome: 'created', issueId: idOf.get(row) ?? null })
    } else if (verdict.outcome !== 'updated') {
      const { id: issueId, ...rest } = verdict
      outcomes.push({ ...outcome, ...rest, issueId })
    } else if (dryRun || (await updateImported(tx, door, verdict.id, verdict.news))) {
      outcomes.push({ ...outcome, outcome: 'updated', issueId: verdict.id })
    } else outcomes.push({ ...outcome, outcome: 'rejected', issueId: verdict.id, ...IN_HAND })
  }
  return outcomes
}

const IN_HAND = { code: 'in_hand', reason: '该事项录入后已在本社区办理，来源后来的答复不再录入' } as const

const judge = (row: NamedIssue, known: ReadonlyMap<string, KnownImport>, dryRun: boolean): Verdict => {
  const found = known.get(row.externalId)
  if (!found) return row.repeated && dryRun ? { outcome: 'unchanged', id: null } : { outcome: 'created' }
  const { id } = found
  if (found.hash !== row.hash) {
    return { outcome: 'rejected', id, code: 'other_text', reason: `编号 ${row.externalId} 已录入过，内容与这一行不同` }
  }
  const news: News = {}
  if (row.support !== null && row.support !== found.externalSupport) news.externalSupport = row.support
  if (row.answer && row.answer.text !== found.result) {
    if (found.state === 'closed') {
      return { outcome: 'rejected', id, code: 'other_text', reason: `编号 ${row.externalId} 已录入过另一份答复` }
    }
    if (found.state !== 'raised') return { outcome: 'rejected', id, ...IN_HAND }
    news.answer = row.answer
  }
  return Object.keys(news).length > 0 ? { outcome: 'updated', id, news } : { outcome: 'unchanged', id }
}

const toImported = (row: NamedIssue) => ({
  externalId: row.externalId,
  hash: row.hash,
  title: row.title,
  body: row.body,
  raisedAt: row.raisedAt,
  raiser: row.raiser,
  answer: row.answer,
  externalSupport: row.support ?? 0,
  record: row.opposition === null ? {} : { externalOpposition: row.opposition },
  personal: Object.keys(row.original).length > 0 ? { original: row.original } : {},
})
