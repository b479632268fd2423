import { and, asc, eq, inArray, sql } from 'drizzle-orm'
import type { Queryable, Tx } from '../../db/connect.ts'
import { categories } from '../../db/schema/categories.ts'
import { unitDuties, units } from '../../db/schema/units.ts'

export const findUnit = async (on: Queryable, id: string) => (await on.select().from(units).where(eq(units.id, id)))[0]

export const lockUnit = async (tx: Tx, id: string) =>
  (await tx.select().from(units).where(eq(units.id, id)).for('update'))[0]

/** The duty list of each unit, category codes in order. */
export async function findDuties(on: Queryable, unitIds: string[]): Promise<Map<string, string[]>> {
  if (unitIds.length === 0) return new Map()
  const rows = await on
    .select()
    .from(unitDuties)
    .where(inArray(unitDuties.unitId, unitIds))
    .orderBy(asc(unitDuties.unitId), asc(unitDuties.categoryCode))
  const duties = new Map<string, string[]>()
  for (const { unitId, categoryCode } of rows) duties.set(unitId, [...(duties.get(unitId) ?? []), categoryCode])
  return duties
}

/** By region, then in order of creation: read from the index (region_code, id). */
export const listUnits = (
  on: Queryable,
  filter: {
    regions: string[] | null
    category?: string
    inactive: boolean
    after: [string, string] | null
    limit: number
  },
) =>
  on
    .select()
    .from(units)
    .where(
      and(
        filter.regions === null ? undefined : inArray(units.regionCode, filter.regions),
        filter.inactive ? undefined : eq(units.active, true),
        filter.category === undefined
          ? undefined
          : sql`exists (select from ${unitDuties} where ${unitDuties.unitId} = ${units.id}
              and ${unitDuties.categoryCode} = ${filter.category})`,
        filter.after
          ? sql`(${units.regionCode}, ${units.id}) > (${filter.after[0]}, ${filter.after[1]}::uuid)`
          : undefined,
      ),
    )
    .orderBy(asc(units.regionCode), asc(units.id))
    .limit(filter.limit)

/** Those of the codes that name no active category. */
export async function findUnknownCategories(on: Queryable, codes: string[]): Promise<string[]> {
  if (codes.length === 0) return []
  const known = await on
    .select({ code: categories.code })
    .from(categories)
    .where(and(inArray(categories.code, codes), eq(categories.active, true)))
  const found = new Set(known.map((row) => row.code))
  return codes.filter((code) => !found.has(code))
}
