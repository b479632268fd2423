import type { ImportOutcome } from '@tongxin/contract'
import { and, asc, desc, eq, gt, isNotNull, isNull, lt, lte, or, sql } from 'drizzle-orm'
import { ADVISORY_LOCKS } from '../../db/advisory-locks.ts'
import type { Queryable, Tx } from '../../db/connect.ts'
import { insertMany } from '../../db/insert-many.ts'
import { importRows, imports } from '../../db/schema/imports.ts'
import type { ImportRecord } from './imports.present.ts'

export interface ImportKey {
  communityCode: string
  id: string
}

const isImport = ({ communityCode, id }: ImportKey) => and(eq(imports.communityCode, communityCode), eq(imports.id, id))

export const insertImport = async (on: Queryable, row: typeof imports.$inferInsert) => {
  const [inserted] = await on.insert(imports).values(row).returning()
  return inserted!
}

export const findImport = async (on: Queryable, key: ImportKey) =>
  (await on.select().from(imports).where(isImport(key)))[0]

export const lockImport = async (tx: Tx, key: ImportKey) =>
  (await tx.select().from(imports).where(isImport(key)).for('update'))[0]

/** A job is tried again for some hours; after so long nobody waits for it. */
const GIVEN_UP_MS = 7 * 24 * 3_600_000
const givenUpBefore = (now: Date) => new Date(now.getTime() - GIVEN_UP_MS)

/** Its file is kept longer than it may be. */
export const isOutlasted = ({ storedAs, keptUntil, requestedAt }: ImportRecord, now: Date): boolean =>
  storedAs !== null && (keptUntil ? keptUntil <= now : requestedAt <= givenUpBefore(now))

/** Those of which that holds. */
export const listOutlasted = (on: Queryable, now: Date) =>
  on
    .select({ communityCode: imports.communityCode, id: imports.id })
    .from(imports)
    .where(
      or(
        lte(imports.keptUntil, now),
        and(isNotNull(imports.storedAs), isNull(imports.keptUntil), lte(imports.requestedAt, givenUpBefore(now))),
      ),
    )

export const dropRows = (tx: Tx, { communityCode, id }: ImportKey) =>
  tx.delete(importRows).where(and(eq(importRows.communityCode, communityCode), eq(importRows.importId, id)))

export const changeImport = async (on: Queryable, key: ImportKey, change: Partial<typeof imports.$inferInsert>) => {
  const [changed] = await on.update(imports).set(change).where(isImport(key)).returning()
  return changed!
}

/** Newest first. Ids are made in order of time. */
export const listImports = (on: Queryable, communityCode: string, before: string | null, limit: number) =>
  on
    .select()
    .from(imports)
    .where(and(eq(imports.communityCode, communityCode), before === null ? undefined : lt(imports.id, before)))
    .orderBy(desc(imports.id))
    .limit(limit)

export const listImportRows = (
  on: Queryable,
  { communityCode, id }: ImportKey,
  filter: { outcome?: ImportOutcome; after: number; limit: number },
) =>
  on
    .select()
    .from(importRows)
    .where(
      and(
        eq(importRows.communityCode, communityCode),
        eq(importRows.importId, id),
        filter.outcome && eq(importRows.outcome, filter.outcome),
        gt(importRows.rowNumber, filter.after),
      ),
    )
    .orderBy(asc(importRows.rowNumber))
    .limit(filter.limit)

/** What became of a row. */
export type RowOutcome = Omit<Required<typeof importRows.$inferInsert>, 'communityCode' | 'importId'>

/** Imports of one community take their batches in turn: each must see what the other has made. */
export const lockImports = async (tx: Tx, communityCode: string): Promise<void> => {
  await tx.$client.query('select pg_advisory_xact_lock($1, hashtext($2))', [ADVISORY_LOCKS.imports, communityCode])
}

/** Writes the outcomes of a batch and moves the import's counts and place on, in the batch's own transaction. */
export async function recordOutcomes(tx: Tx, key: ImportKey, outcomes: readonly RowOutcome[]): Promise<ImportRecord> {
  const { communityCode, id: importId } = key
  await insertMany(
    tx,
    importRows,
    outcomes.map((row) => ({ ...row, communityCode, importId })),
  )
  const count = (outcome: ImportOutcome) => outcomes.filter((row) => row.outcome === outcome).length
  const [changed] = await tx
    .update(imports)
    .set({
      lastRow: outcomes.at(-1)!.rowNumber,
      created: sql`${imports.created} + ${count('created')}`,
      updated: sql`${imports.updated} + ${count('updated')}`,
      unchanged: sql`${imports.unchanged} + ${count('unchanged')}`,
      rejected: sql`${imports.rejected} + ${count('rejected')}`,
    })
    .where(isImport(key))
    .returning()
  return changed!
}
