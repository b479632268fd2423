import type { GrantableRole, GrantStatus } from '@tongxin/contract'
import { and, desc, eq, inArray, isNull, type SQL, sql } from 'drizzle-orm'
import { alias } from 'drizzle-orm/pg-core'
import type { Queryable, Tx } from '../../db/connect.ts'
import { grants } from '../../db/schema/grants.ts'
import { people } from '../../db/schema/people.ts'
import { units } from '../../db/schema/units.ts'

export const lockGrant = async (tx: Tx, id: string) =>
  (await tx.select().from(grants).where(eq(grants.id, id)).for('update'))[0]

const requesters = alias(people, 'requesters')
const principals = alias(people, 'principals')
const approvers = alias(people, 'approvers')
/** Whoever refused it or took it away: never both. */
const enders = alias(people, 'enders')

const select = (on: Queryable) =>
  on
    .select({
      grant: grants,
      person: { id: people.id, nameCipher: people.nameCipher, phoneCipher: people.phoneCipher },
      requester: { id: requesters.id, nameCipher: requesters.nameCipher, phoneCipher: requesters.phoneCipher },
      principal: { id: principals.id, nameCipher: principals.nameCipher, phoneCipher: principals.phoneCipher },
      approver: { id: approvers.id, nameCipher: approvers.nameCipher, phoneCipher: approvers.phoneCipher },
      ender: { id: enders.id, nameCipher: enders.nameCipher, phoneCipher: enders.phoneCipher },
      unitName: units.name,
    })
    .from(grants)
    .innerJoin(people, eq(people.id, grants.personId))
    .innerJoin(requesters, eq(requesters.id, grants.requestedBy))
    .leftJoin(principals, eq(principals.id, grants.deputyFor))
    .leftJoin(approvers, eq(approvers.id, grants.approvedBy))
    .leftJoin(enders, eq(enders.id, sql`coalesce(${grants.refusedBy}, ${grants.revokedBy})`))
    .leftJoin(units, eq(units.id, grants.unitId))

export const findGrant = async (on: Queryable, id: string) => (await select(on).where(eq(grants.id, id)))[0]

const isEnded = (now: Date): SQL => sql`${grants.validTo} <= ${now.toISOString()}`

const withStatus = (status: GrantStatus, now: Date): SQL =>
  ({
    requested: sql`${grants.approvedAt} is null and ${grants.refusedAt} is null`,
    active: sql`${grants.approvedAt} is not null and ${grants.revokedAt} is null and (${isEnded(now)}) is not true`,
    refused: sql`${grants.refusedAt} is not null`,
    revoked: sql`${grants.revokedAt} is not null`,
    ended: sql`${grants.approvedAt} is not null and ${grants.revokedAt} is null and ${isEnded(now)}`,
  })[status]

/** By region, newest first within it: read backwards from the index (region_code, id). */
export const listGrants = (
  on: Queryable,
  filter: {
    regions: string[]
    personId?: string
    role?: GrantableRole
    status?: GrantStatus
    now: Date
    after: [string, string] | null
    limit: number
  },
) =>
  select(on)
    .where(
      and(
        inArray(grants.regionCode, filter.regions),
        filter.personId === undefined ? undefined : eq(grants.personId, filter.personId),
        filter.role && eq(grants.role, filter.role),
        filter.status && withStatus(filter.status, filter.now),
        filter.after
          ? sql`(${grants.regionCode}, ${grants.id}) < (${filter.after[0]}, ${filter.after[1]}::uuid)`
          : undefined,
      ),
    )
    .orderBy(desc(grants.regionCode), desc(grants.id))
    .limit(filter.limit)

/** Whether the person to be stood in for, another one, holds a seat of their own in this role, and of this unit, within these regions. */
export const holdsSeat = async (
  on: Queryable,
  {
    personId,
    deputyFor,
    role,
    unitId,
    at,
  }: { personId: string; deputyFor?: string; role: GrantableRole; unitId?: string; at: Date },
  regions: string[],
): Promise<boolean> => {
  if (deputyFor === undefined || deputyFor === personId) return false
  const seat = and(
    eq(grants.personId, deputyFor),
    eq(grants.role, role),
    unitId === undefined ? isNull(grants.unitId) : eq(grants.unitId, unitId),
    isNull(grants.deputyFor),
    inArray(grants.regionCode, regions),
    withStatus('active', at),
  )
  return (await on.select({ id: grants.id }).from(grants).where(seat).limit(1)).length > 0
}
