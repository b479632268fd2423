import type { PersonLevel } from '@tongxin/contract'
import { and, desc, eq, inArray, sql } from 'drizzle-orm'
import type { Queryable, Tx } from '../../db/connect.ts'
import { auditRecords, people } from '../../db/schema/people.ts'

export const findPerson = async (on: Queryable, id: string) =>
  (await on.select().from(people).where(eq(people.id, id)))[0]

export const lockPerson = async (tx: Tx, id: string) =>
  (await tx.select().from(people).where(eq(people.id, id)).for('update'))[0]

export const findPersonByPhoneHash = async (on: Queryable, phoneHash: string) =>
  (await on.select().from(people).where(eq(people.phoneHash, phoneHash)))[0]

/** By region, newest first within it: read backwards from the index (region_code, id). */
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
