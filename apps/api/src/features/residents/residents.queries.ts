import { and, asc, eq, type SQL, sql } from 'drizzle-orm'
import { alias, type PgColumn } from 'drizzle-orm/pg-core'
import type { Tx } from '../../db/connect.ts'
import { householdMembers, households } from '../../db/schema/households.ts'
import { people } from '../../db/schema/people.ts'
import { regions } from '../../db/schema/regions.ts'

/** As one parameter: a file has more lines than a statement may have of them. */
const among = (column: PgColumn, values: readonly string[], type: 'text' | 'uuid' = 'text'): SQL =>
  sql`${column} = any(${sql.param([...values])}::${sql.raw(type)}[])`

/** One import at a time per community: its row is the lock. */
export const lockCommunity = (tx: Tx, code: string) =>
  tx.select({ code: regions.code }).from(regions).where(eq(regions.code, code)).for('no key update')

/** Locked, for their shares are summed; in one order, so that two who lock several never wait for each other. */
export const lockHomes = (tx: Tx, buildings: readonly string[], doorHashes: readonly string[]) =>
  tx
    .select()
    .from(households)
    .where(and(among(households.buildingCode, buildings), among(households.doorHash, doorHashes)))
    .orderBy(asc(households.id))
    .for('update')

export const listMembers = (tx: Tx, householdIds: readonly string[]) =>
  tx
    .select({
      member: householdMembers,
      person: { id: people.id, nameCipher: people.nameCipher, phoneCipher: people.phoneCipher },
    })
    .from(householdMembers)
    .innerJoin(people, eq(people.id, householdMembers.personId))
    .where(among(householdMembers.householdId, householdIds, 'uuid'))

const numbers = alias(people, 'numbers')

/** Nobody who has one of the numbers, or to whom one leads, is merged into another meanwhile; read once they are held. */
export const holdByPhone = (tx: Tx, phoneHashes: readonly string[]) =>
  tx
    .select({ id: people.id })
    .from(people)
    .where(
      sql`${people.id} in (select who.id from people n, lateral (values (n.id), (n.merged_into)) who (id)
        where n.phone_hash = any(${sql.param([...phoneHashes])}::text[]))`,
    )
    .orderBy(asc(people.id))
    .for('key share')

/** Whose the numbers are: where a record was merged into another, that one. */
export const listByPhone = (tx: Tx, phoneHashes: readonly string[]) =>
  tx
    .select({ phoneHash: numbers.phoneHash, person: people })
    .from(numbers)
    .innerJoin(people, eq(people.id, sql`coalesce(${numbers.mergedInto}, ${numbers.id})`))
    .where(among(numbers.phoneHash, phoneHashes))

/** What their homes make of people who were on record before; a community comes with the first one. */
export const raiseLevels = (tx: Tx, personIds: readonly string[], communityCode: string) =>
  tx
    .update(people)
    .set({
      level: sql`case when exists (select 1 from household_members m where m.person_id = people.id and m.kind = 'owner')
        then 'owner' else 'resident' end`,
      regionCode: sql`coalesce(${people.regionCode}, ${communityCode})`,
      version: sql`${people.version} + 1`,
    })
    .where(among(people.id, personIds, 'uuid'))
