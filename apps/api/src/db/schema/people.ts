import { sql } from 'drizzle-orm'
import {
  type AnyPgColumn,
  boolean,
  check,
  index,
  integer,
  jsonb,
  pgTable,
  text,
  timestamp,
  uuid,
} from 'drizzle-orm/pg-core'
import { regions } from './regions.ts'

/** Everybody the system knows. Names and numbers stand only encrypted; a number is found by its keyed hash. */
export const people = pgTable(
  'people',
  {
    id: uuid('id').primaryKey(),
    nameCipher: text('name_cipher'),
    /** Of the name without spaces: people who are called alike are found by it. */
    nameHash: text('name_hash'),
    phoneCipher: text('phone_cipher'),
    phoneHash: text('phone_hash').unique('people_phone_hash_unique'),
    level: text('level').$type<'guest' | 'phone' | 'resident' | 'owner'>().notNull().default('guest'),
    /** The home community, or the street or district a member of staff works for. */
    regionCode: text('region_code').references(() => regions.code),
    largeType: boolean('large_type').notNull().default(false),
    createdAt: timestamp('created_at', { withTimezone: true }).notNull(),
    version: integer('version').notNull().default(1),
    anonymisedAt: timestamp('anonymised_at', { withTimezone: true }),
    /** The record of the same person that stands for this one since then; never itself merged into another. */
    mergedInto: uuid('merged_into').references((): AnyPgColumn => people.id),
    mergedAt: timestamp('merged_at', { withTimezone: true }),
  },
  (t) => [
    index('people_region').on(t.regionCode, t.id),
    index('people_alike').on(t.regionCode, t.nameHash, t.id).where(sql`${t.nameHash} is not null`),
    index('people_merged').on(t.mergedInto).where(sql`${t.mergedInto} is not null`),
    check('people_named_by_hash', sql`(${t.nameCipher} is null) = (${t.nameHash} is null)`),
    check(
      'people_merged_whole',
      sql`(${t.mergedInto} is null) = (${t.mergedAt} is null) and ${t.mergedInto} <> ${t.id}`,
    ),
    check('people_level_known', sql`${t.level} in ('guest', 'phone', 'resident', 'owner')`),
    check('people_phone_found_by_hash', sql`(${t.phoneCipher} is null) = (${t.phoneHash} is null)`),
    check(
      'people_anonymised_hold_nothing',
      sql`${t.anonymisedAt} is null or (${t.nameCipher} is null and ${t.phoneCipher} is null)`,
    ),
  ],
)

/** Who saw or exported personal data in full, of whom, and what for. Rows are only ever added. */
export const auditRecords = pgTable(
  'audit_records',
  {
    id: uuid('id').primaryKey(),
    at: timestamp('at', { withTimezone: true }).notNull(),
    personId: uuid('person_id')
      .notNull()
      .references(() => people.id),
    action: text('action').notNull(),
    subjectType: text('subject_type').notNull(),
    subjectId: text('subject_id').notNull(),
    purpose: text('purpose').notNull(),
    regionCode: text('region_code')
      .notNull()
      .references(() => regions.code),
    details: jsonb('details').$type<Record<string, unknown>>().notNull().default({}),
  },
  (t) => [
    index('audit_records_region').on(t.regionCode, t.id),
    index('audit_records_subject').on(t.subjectType, t.subjectId, t.id),
  ],
)
