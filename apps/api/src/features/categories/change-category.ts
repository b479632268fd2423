import type { categoryChange } from '@tongxin/contract'
import { eq, sql } from 'drizzle-orm'
import type * as z from 'zod'
import { announce } from '../../db/announcements.ts'
import type { Tx } from '../../db/connect.ts'
import { categories } from '../../db/schema/categories.ts'
import { AppError } from '../../http/errors.ts'
import { POLICIES_CHANGED } from '../policies/index.ts'
import { lockCategory } from './categories.queries.ts'

/** A limit of one kind replaces one of the other. @throws AppError not_found, stale_version */
export async function changeCategory(tx: Tx, code: string, version: number, change: z.infer<typeof categoryChange>) {
  const category = await lockCategory(tx, code)
  if (!category) throw new AppError('not_found')
  if (category.version !== version) throw new AppError('stale_version')
  const [changed] = await tx
    .update(categories)
    .set({
      ...change,
      ...(change.handleLimitWorkingDays && { handleLimitHours: null }),
      ...(change.handleLimitHours && { handleLimitWorkingDays: null }),
      version: sql`${categories.version} + 1`,
    })
    .where(eq(categories.code, code))
    .returning()
  // Every process reads the limits of categories together with the rules.
  await announce(tx, POLICIES_CHANGED, '')
  return changed!
}
