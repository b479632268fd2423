import type { categoryChange } from '@tongxin/contract'
import { eq, sql } from 'drizzle-orm'
import type * as z from 'zod'
import { announce } from '../../db/announcements.ts'
import type { Tx } from '../../db/connect.ts'
import { categories } from '../../db/schema/categories.ts'
import type { FieldChange } from '../../db/schema/setting-changes.ts'
import { changesBetween, recordSettingChange } from '../../history/record-setting-change.ts'
import { AppError } from '../../http/errors.ts'
import { enqueue } from '../../jobs/enqueue.ts'
import { POLICIES_CHANGED } from '../policies/index.ts'
import { findSettingChange, lockCategory } from './categories.queries.ts'

type CategoryRow = typeof categories.$inferSelect

interface ChangeCategory {
  code: string
  seenVersion: number
  change: z.infer<typeof categoryChange>
  by: string
  at: Date
}

const write = async (tx: Tx, code: string, changes: readonly FieldChange[], changesAt: Date | null) => {
  const [changed] = await tx
    .update(categories)
    .set({
      ...Object.fromEntries(changes.map(({ field, to }) => [field, to])),
      changesAt,
      version: sql`${categories.version} + 1`,
    })
    .where(eq(categories.code, code))
    .returning()
  // Every process reads the limits of categories together with the rules.
  await announce(tx, POLICIES_CHANGED, '')
  return changed!
}

/**
 * A limit of one kind replaces one of the other; what was decided before and is not in force yet is replaced. Clocks that run keep the
 * limit they began with. @throws AppError not_found, stale_version, unprocessable category_not_retroactive
 */
export async function changeCategory(tx: Tx, { code, seenVersion, change, by, at }: ChangeCategory) {
  let category = await lockCategory(tx, code)
  if (!category) throw new AppError('not_found')
  if (category.version !== seenVersion) throw new AppError('stale_version')
  // Its day has come and the job has not: it is in force before anything takes its place, as its history will say.
  if (category.changesAt !== null && category.changesAt <= at)
    category = (await applyCategoryChange(tx, category, at)) ?? category
  const { effectiveFrom, reason, ...fields } = change
  const from = effectiveFrom === undefined ? at : new Date(effectiveFrom)
  if (from < at) {
    const message = '生效时间不能早于现在'
    throw new AppError('unprocessable', {
      reason: 'category_not_retroactive',
      detail: message,
      errors: [{ path: 'body.effectiveFrom', message }],
    })
  }
  const { kind: _, provenance: __, changesAt, version, ...before } = category
  const changes = changesBetween(before, {
    ...fields,
    ...(fields.handleLimitWorkingDays && { handleLimitHours: null }),
    ...(fields.handleLimitHours && { handleLimitWorkingDays: null }),
  })
  if (changes.length === 0 && changesAt === null) return category
  await recordSettingChange(tx, {
    kind: 'category',
    code,
    version: version + 1,
    at,
    by,
    effectiveFrom: from,
    reason: reason ?? null,
    changes,
  })
  if (from <= at) return write(tx, code, changes, null)
  await enqueue(tx, 'apply_category_change', { code, version: version + 1 }, { runAt: from })
  return write(tx, code, [], from)
}

/** Job: what was decided takes effect, unless something else was decided since. Done again, it changes nothing. */
export async function applyCategoryChange(
  tx: Tx,
  { code, version }: { code: string; version: number },
  now: Date,
): Promise<CategoryRow | undefined> {
  const category = await lockCategory(tx, code)
  if (category?.version !== version || category.changesAt === null) return undefined
  // This process's clock may be behind that which said that the time has come: the job is tried again.
  if (category.changesAt > now) throw new Error('The change does not hold yet')
  const decided = await findSettingChange(tx, code, version)
  return decided && write(tx, code, decided.changes, null)
}
