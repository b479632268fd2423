import type { CategoryKind } from '@tongxin/contract'
import { and, asc, eq, gt } from 'drizzle-orm'
import type { Queryable, Tx } from '../../db/connect.ts'
import { categories } from '../../db/schema/categories.ts'
import { settingChanges } from '../../db/schema/setting-changes.ts'

export const findCategory = async (on: Queryable, code: string) =>
  (await on.select().from(categories).where(eq(categories.code, code)))[0]

export const lockCategory = async (tx: Tx, code: string) =>
  (await tx.select().from(categories).where(eq(categories.code, code)).for('update'))[0]

/** In code order. */
export const listCategories = (
  on: Queryable,
  filter: { kind?: CategoryKind; inactive: boolean; after: string | undefined; limit: number },
) =>
  on
    .select()
    .from(categories)
    .where(
      and(
        filter.kind && eq(categories.kind, filter.kind),
        filter.inactive ? undefined : eq(categories.active, true),
        filter.after === undefined ? undefined : gt(categories.code, filter.after),
      ),
    )
    .orderBy(asc(categories.code))
    .limit(filter.limit)

export const findSettingChange = async (on: Queryable, code: string, version: number) => {
  const one = and(
    eq(settingChanges.kind, 'category'),
    eq(settingChanges.code, code),
    eq(settingChanges.version, version),
  )
  return (await on.select().from(settingChanges).where(one))[0]
}
