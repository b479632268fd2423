import type { PersonLevel } from '@tongxin/contract'
import { and, desc, eq, inArray, isNull, sql } from 'drizzle-orm'
import { alias } from 'drizzle-orm/pg-core'
import type { Queryable, Tx } from '../../db/connect.ts'
import { auditRecords, people } from '../../db/schema/people.ts'

export const findPerson = async (on: Queryable, id: string) =>
  (await on.select().from(people).where(eq(people.id, id)))[0]

/** Stays as they are, and nobody merges them, while something is given to them; others may be given something meanwhile. */
export const holdPerson = async (tx: Tx, id: string) =>
  (await tx.select().from(people).where(eq(people.id, id)).for('share'))[0]

/** To be changed, but for what others refer to: who asks something themselves meanwhile (`holdActor`) need not wait. */
export const lockPerson = async (tx: Tx, id: string) =>
  (await tx.select().from(people).where(eq(people.id, id)).for('no key update'))[0]

const numbers = alias(people, 'numbers')

/** Whose the number is: where the record that has it was merged into another, that one. */
export const findPersonByPhoneHash = async (on: Queryable, phoneHash: string) => {
  const [found] = await on
    .select({ person: people })
    .from(numbers)
    .innerJoin(people, eq(people.id, sql`coalesce(${numbers.mergedInto}, ${numbers.id})`))
    .where(eq(numbers.phoneHash, phoneHash))
  return found?.person
}

/** The same, who is not merged into another while something is written down under them. */
export const holdPersonByPhoneHash = async (
  tx: Tx,
  phoneHash: string,
): Promise<typeof people.$inferSelect | undefined> => {
  const found = await findPersonByPhoneHash(tx, phoneHash)
  const held = found && (await holdPerson(tx, found.id))
  // Merged between the two: the number leads to somebody else now.
  return held?.mergedInto ? holdPersonByPhoneHash(tx, phoneHash) : held
}

/** By region, newest first within it: read backwards from the index (region_code, id). One person is listed once. */
export const listPeople = (
  on: Queryable,
  filter: { regions: string[]; level?: PersonLevel; after: [string, string] | null; limit: number },
) =>
  on
    .select()
    .from(people)
    .where(
      and(
        inArray(people.regionCode, filter.regions),
        isNull(people.mergedInto),
        filter.level && eq(people.level, filter.level),
        filter.after
          ? sql`(${people.regionCode}, ${people.id}) < (${filter.after[0]}, ${filter.after[1]}::uuid)`
          : undefined,
      ),
    )
    .orderBy(desc(people.regionCode), desc(people.id))
    .limit(filter.limit)

/** By region, newest first within it. */
export const listAuditRecords = (
  on: Queryable,
  filter: { regions: string[]; after: [string, string] | null; limit: number },
) =>
  on
    .select({
      record: auditRecords,
      person: { id: people.id, nameCipher: people.nameCipher, phoneCipher: people.phoneCipher },
    })
    .from(auditRecords)
    .innerJoin(people, eq(people.id, auditRecords.personId))
    .where(
      and(
        inArray(auditRecords.regionCode, filter.regions),
        filter.after
          ? sql`(${auditRecords.regionCode}, ${auditRecords.id}) < (${filter.after[0]}, ${filter.after[1]}::uuid)`
          : undefined,
      ),
    )
    .orderBy(desc(auditRecords.regionCode), desc(auditRecords.id))
    .limit(filter.limit)
