import { and, asc, eq, getTableColumns, gt, inArray, sql } from 'drizzle-orm'
import { alias } from 'drizzle-orm/pg-core'
import type { Queryable, Tx } from '../../db/connect.ts'
import { householdInvitations, householdMembers, households } from '../../db/schema/households.ts'
import { flatTitles } from '../../db/schema/owners.ts'
import { people } from '../../db/schema/people.ts'

const memberCount = sql<number>`(select count(*)::int from ${householdMembers}
  where ${householdMembers.householdId} = ${households.id})`.as('member_count')

export const findHousehold = async (on: Queryable, id: string) =>
  (await on.select().from(households).where(eq(households.id, id)))[0]

/** Whether owners' titles of this flat are on record: its area weighs their votes. */
export const isOnRoll = async (
  on: Queryable,
  { id, buildingCode }: typeof households.$inferSelect,
): Promise<boolean> => {
  // A building's code begins with its community's twelve digits.
  const its = and(eq(flatTitles.communityCode, buildingCode.slice(0, 12)), eq(flatTitles.householdId, id))
  return (await on.select({ id: flatTitles.householdId }).from(flatTitles).where(its).limit(1)).length > 0
}

export const lockHousehold = async (tx: Tx, id: string) =>
  (await tx.select().from(households).where(eq(households.id, id)).for('update'))[0]

/**
 * The homes of whole buildings, at least `limit` of them from the building on that the last page ended in, to be put in the order of
 * their doors. Which buildings these are, and their homes, is read from the index (building_code, id).
 */
export const listHouseholds = (
  on: Queryable,
  { buildings, from, limit }: { buildings: string[]; from: string | undefined; limit: number },
) => {
  const next = on
    .select({ code: households.buildingCode })
    .from(households)
    .where(and(inArray(households.buildingCode, buildings), gt(households.buildingCode, from ?? '')))
    .orderBy(asc(households.buildingCode))
    .limit(limit)
  // A cursor is written by the reader: it names a building of theirs or none.
  const last = from !== undefined && buildings.includes(from) ? from : ''
  return on
    .select({ ...getTableColumns(households), memberCount })
    .from(households)
    .where(sql`${households.buildingCode} = any(array(${next}) || ${last}::text)`)
}

const person = { id: people.id, nameCipher: people.nameCipher, phoneCipher: people.phoneCipher, level: people.level }

/** Members of these households, longest bound first. */
export const findMembers = async (on: Queryable, householdIds: string[]) =>
  householdIds.length === 0
    ? []
    : on
        .select({ member: householdMembers, person })
        .from(householdMembers)
        .innerJoin(people, eq(people.id, householdMembers.personId))
        .where(inArray(householdMembers.householdId, householdIds))
        .orderBy(asc(householdMembers.boundAt), asc(householdMembers.personId))

export const findHouseholdsOf = (on: Queryable, personId: string) =>
  on
    .select({ household: households, member: householdMembers })
    .from(householdMembers)
    .innerJoin(households, eq(households.id, householdMembers.householdId))
    .where(eq(householdMembers.personId, personId))
    .orderBy(asc(households.buildingCode), asc(households.id))

export const isMember = async (on: Queryable, householdId: string, personId: string): Promise<boolean> => {
  const [row] = await on
    .select({ id: householdMembers.personId })
    .from(householdMembers)
    .where(and(eq(householdMembers.householdId, householdId), eq(householdMembers.personId, personId)))
  return row !== undefined
}

export const lockInvitation = async (tx: Tx, codeHash: string) =>
  (await tx.select().from(householdInvitations).where(eq(householdInvitations.codeHash, codeHash)).for('update'))[0]

const binder = alias(people, 'binder')

/** Bindings of whole communities, newest first within each: read backwards from the index `household_members_bindings`. */
export const listBindings = (
  on: Queryable,
  filter: {
    communities: string[]
    boundBy: 'code' | 'staff'
    after: [string, string, string, string] | null
    limit: number
  },
) =>
  on
    .select({
      member: householdMembers,
      /** To the microsecond: a cursor cut to the millisecond would show a row twice. */
      boundAt: sql<string>`to_char(${householdMembers.boundAt} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')`,
      household: households,
      person,
      binder: { id: binder.id, nameCipher: binder.nameCipher, phoneCipher: binder.phoneCipher },
    })
    .from(householdMembers)
    .innerJoin(households, eq(households.id, householdMembers.householdId))
    .innerJoin(people, eq(people.id, householdMembers.personId))
    .innerJoin(binder, eq(binder.id, householdMembers.boundByPerson))
    .where(
      and(
        inArray(householdMembers.communityCode, filter.communities),
        eq(householdMembers.boundBy, filter.boundBy),
        filter.after
          ? sql`(${householdMembers.communityCode}, ${householdMembers.boundAt}, ${householdMembers.householdId},
              ${householdMembers.personId}) < (${filter.after[0]}, ${filter.after[1]}::timestamptz,
              ${filter.after[2]}::uuid, ${filter.after[3]}::uuid)`
          : undefined,
      ),
    )
    .orderBy(
      sql`${householdMembers.communityCode} desc, ${householdMembers.boundAt} desc,
        ${householdMembers.householdId} desc, ${householdMembers.personId} desc`,
    )
    .limit(filter.limit)
