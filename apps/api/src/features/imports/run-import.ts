import { inTransaction } from '../../db/connect.ts'
import type { Deps } from '../../deps.ts'
import type { ImportDoor } from '../issues/index.ts'
import type { ImportRecord } from './imports.present.ts'
import { changeImport, findImport, type ImportKey, lockImports, recordOutcomes } from './imports.queries.ts'
import { keptUntil } from './kept-file.ts'
import { planRow } from './plan-row.ts'
import { readTable } from './read-table.ts'
import { type BatchRow, recordBatch } from './record-batch.ts'
import { RowNames } from './row-names.ts'
import { countRows, isUnreadable, surveyTable } from './survey-table.ts'
import type { Table } from './table.ts'

export type ImportDeps = Pick<Deps, 'pool' | 'db' | 'clock' | 'cipher' | 'config' | 'directory'>

/** Rows that share a transaction. Larger ones gain nothing, and hold the community's numbers longer. */
const BATCH_ROWS = 500

/**
 * Takes every row of the file into the community, or with `dryRun` only says what would become of each. Safe to run
 * again, also after a crash: batches that were committed are not taken twice.
 * @param onProgress called after each batch
 * @returns the import as it ended: `finished`, or `failed` with the reason when the file cannot be read
 */
export async function runImport(
  deps: ImportDeps,
  key: ImportKey,
  path: string,
  onProgress: (record: ImportRecord) => void = () => {},
): Promise<ImportRecord> {
  const record = await findImport(deps.db, key)
  if (!record) throw new Error(`There is no import ${key.communityCode}-${key.id}`)
  try {
    const { columns, ...found } = await surveyTable(path, record.options)
    const totalRows = await countRows(path, record.options)
    const startedAt = record.startedAt ?? deps.clock.now()
    const started = await changeImport(deps.db, key, { ...found, totalRows, startedAt, state: 'running' })
    const table = await readTable(path, record.options)
    let taken = started
    try {
      for await (const batch of batches(deps, started, table, columns)) {
        taken = await takeBatch(deps, started, found.source, batch)
        onProgress(taken)
      }
    } finally {
      await table.close()
    }
    const finishedAt = deps.clock.now()
    const mayBeWritten = taken.storedAs !== null && taken.dryRun && taken.created + taken.updated > 0
    return await changeImport(deps.db, key, {
      state: 'finished',
      finishedAt,
      keptUntil: mayBeWritten ? keptUntil(finishedAt) : null,
    })
  } catch (error) {
    if (!isUnreadable(error)) throw error
    const failure = { errorCode: error.code, errorMessage: error.message }
    return changeImport(deps.db, key, { ...failure, state: 'failed', finishedAt: deps.clock.now() })
  }
}

/** Rows not yet taken, in batches without two rows of one name: the second must find what the first has written. */
async function* batches(
  deps: ImportDeps,
  record: ImportRecord,
  table: Table,
  columns: Parameters<typeof planRow>[1]['columns'],
): AsyncGenerator<BatchRow[]> {
  const context = { columns, date1904: table.date1904, now: deps.clock.now() }
  const names = new RowNames((text) => deps.cipher.keyedHash(text))
  let batch: BatchRow[] = []
  let inBatch = new Set<string>()
  for await (const row of table.rows()) {
    const plan = planRow(row, context)
    const next: BatchRow = plan.issue ? { issue: names.name(plan.issue) } : plan
    if (row.rowNumber <= record.lastRow) continue
    const full = batch.length === BATCH_ROWS || (next.issue !== undefined && inBatch.has(next.issue.externalId))
    if (full) {
      yield batch
      batch = []
      inBatch = new Set()
    }
    batch.push(next)
    if (next.issue) inBatch.add(next.issue.externalId)
  }
  if (batch.length > 0) yield batch
}

/** One transaction: the matters, their events, the outcome of every row, and how far the import has come. */
async function takeBatch(
  deps: ImportDeps,
  record: ImportRecord,
  source: string,
  batch: readonly BatchRow[],
): Promise<ImportRecord> {
  const { communityCode } = record
  const now = deps.clock.now()
  const policy = await deps.directory.policies.policyFor(communityCode, now)
  const { cipher, config } = deps
  const door: ImportDoor = { communityCode, source, cipher, policy, now, hashName: config.evidenceHash }
  return inTransaction(deps.pool, async (tx) => {
    await lockImports(tx, communityCode)
    return recordOutcomes(tx, record, await recordBatch(tx, door, batch, record.dryRun))
  })
}
