import type { UnitHours } from '@tongxin/contract'
import { and, asc, desc, eq, gt, inArray, isNotNull, isNull, lt, lte, or, sql } from 'drizzle-orm'
import type { Queryable, Tx } from '../../db/connect.ts'
import { preparedOne } from '../../db/prepared.ts'
import { categories } from '../../db/schema/categories.ts'
import { grants } from '../../db/schema/grants.ts'
import { people } from '../../db/schema/people.ts'
import { unitChanges, unitDuties, unitHours, units } from '../../db/schema/units.ts'
import type { DutyList } from './duty-list.ts'

type Standing = typeof unitDuties.$inferSelect.standing

export const findUnit = async (on: Queryable, id: string) => (await on.select().from(units).where(eq(units.id, id)))[0]

export const lockUnit = async (tx: Tx, id: string) =>
  (await tx.select().from(units).where(eq(units.id, id)).for('update'))[0]

/** The duty list of each unit, category codes in order; none for one whose list is empty. */
export async function findDuties(on: Queryable, unitIds: string[]): Promise<Map<string, DutyList>> {
  if (unitIds.length === 0) return new Map()
  const rows = await on
    .select()
    .from(unitDuties)
    .where(inArray(unitDuties.unitId, unitIds))
    .orderBy(asc(unitDuties.unitId), asc(unitDuties.categoryCode))
  return new Map(
    [...Map.groupBy(rows, ({ unitId }) => unitId)].map(([unitId, of]) => {
      const codes = (fits: (standing: Standing) => boolean) =>
        of.filter(({ standing }) => fits(standing)).map(({ categoryCode }) => categoryCode)
      const list = {
        duties: codes((standing) => standing !== 'refuses'),
        leads: codes((standing) => standing === 'leads'),
        notDuties: codes((standing) => standing === 'refuses'),
      }
      return [unitId, list]
    }),
  )
}

const REFUSED = `select 1 as refused from unit_duties where unit_id = $1 and category_code = $2 and standing = 'refuses'`

export const isRefused = async (on: Queryable, unitId: string, categoryCode: string): Promise<boolean> =>
  (await preparedOne(on, 'unit_refuses', REFUSED, [unitId, categoryCode])) !== undefined

/** As last set; null where it keeps those of its region. */
export const findHours = async (on: Queryable, unitId: string): Promise<UnitHours | null> => {
  const [last] = await on
    .select({ hours: unitHours.hours })
    .from(unitHours)
    .where(eq(unitHours.unitId, unitId))
    .orderBy(desc(unitHours.setAt))
    .limit(1)
  return last?.hours ?? null
}

const sealedPerson = { id: people.id, nameCipher: people.nameCipher, phoneCipher: people.phoneCipher }

/** Who signs in for the unit at that moment. */
export const listHandlers = (on: Queryable, unitId: string, now: Date) =>
  on
    .select({
      person: sealedPerson,
      since: sql<Date>`coalesce(${grants.validFrom}, ${grants.approvedAt})`.mapWith(grants.approvedAt),
      until: grants.validTo,
    })
    .from(grants)
    .innerJoin(people, eq(people.id, grants.personId))
    .where(
      and(
        eq(grants.unitId, unitId),
        eq(grants.role, 'unit_handler'),
        isNotNull(grants.approvedAt),
        isNull(grants.revokedAt),
        or(isNull(grants.validFrom), lte(grants.validFrom, now)),
        or(isNull(grants.validTo), gt(grants.validTo, now)),
      ),
    )
    .orderBy(asc(grants.id))
    .limit(100)

/** Newest first. */
export const listChanges = (
  on: Queryable,
  { unitId, before, limit }: { unitId: string; before: string | undefined; limit: number },
) =>
  on
    .select({ change: unitChanges, person: sealedPerson })
    .from(unitChanges)
    .innerJoin(people, eq(people.id, unitChanges.by))
    .where(and(eq(unitChanges.unitId, unitId), before === undefined ? undefined : lt(unitChanges.id, before)))
    .orderBy(desc(unitChanges.id))
    .limit(limit)

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
              and ${unitDuties.categoryCode} = ${filter.category} and ${unitDuties.standing} <> 'refuses')`,
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
