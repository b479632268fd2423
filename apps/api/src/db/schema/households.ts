import { sql } from 'drizzle-orm'
import { bigint, check, index, integer, pgTable, primaryKey, text, timestamp, unique, uuid } from 'drizzle-orm/pg-core'
import { people } from './people.ts'
import { regions } from './regions.ts'

/** One home. Its door is personal data: encrypted, and unique within the building through a keyed hash. */
export const households = pgTable(
  'households',
  {
    id: uuid('id').primaryKey(),
    buildingCode: text('building_code')
      .notNull()
      .references(() => regions.code),
    doorCipher: text('door_cipher').notNull(),
    doorHash: text('door_hash').notNull(),
    /** In 0.01 m², as the title deed says; null until it is on record. */
    areaHundredths: bigint('area_hundredths', { mode: 'number' }),
    createdAt: timestamp('created_at', { withTimezone: true }).notNull(),
    version: integer('version').notNull().default(1),
  },
  (t) => [
    index('households_building').on(t.buildingCode, t.id),
    unique('households_door_unique').on(t.buildingCode, t.doorHash),
    check('households_area_positive', sql`${t.areaHundredths} is null or ${t.areaHundredths} > 0`),
  ],
)

/** A code on paper, good for one person. What it makes of that person is fixed when it is printed. */
export const householdInvitations = pgTable(
  'household_invitations',
  {
    codeHash: text('code_hash').primaryKey(),
    householdId: uuid('household_id')
      .notNull()
      .references(() => households.id),
    kind: text('kind').$type<'owner' | 'family' | 'tenant'>().notNull(),
    shareNumerator: integer('share_numerator'),
    shareDenominator: integer('share_denominator'),
    issuedBy: uuid('issued_by')
      .notNull()
      .references(() => people.id),
    issuedAt: timestamp('issued_at', { withTimezone: true }).notNull(),
    expiresAt: timestamp('expires_at', { withTimezone: true }).notNull(),
    usedBy: uuid('used_by').references(() => people.id),
    usedAt: timestamp('used_at', { withTimezone: true }),
  },
  (t) => [index('household_invitations_household').on(t.householdId)],
)

export const householdMembers = pgTable(
  'household_members',
  {
    householdId: uuid('household_id')
      .notNull()
      .references(() => households.id),
    personId: uuid('person_id')
      .notNull()
      .references(() => people.id),
    /** Denormalised from the building: the secretary's list of bindings is read by community. */
    communityCode: text('community_code')
      .notNull()
      .references(() => regions.code),
    kind: text('kind').$type<'owner' | 'family' | 'tenant'>().notNull(),
    shareNumerator: integer('share_numerator'),
    shareDenominator: integer('share_denominator'),
    boundBy: text('bound_by').$type<'code' | 'staff'>().notNull(),
    boundByPerson: uuid('bound_by_person')
      .notNull()
      .references(() => people.id),
    boundAt: timestamp('bound_at', { withTimezone: true }).notNull(),
  },
  (t) => [
    primaryKey({ name: 'household_members_pkey', columns: [t.householdId, t.personId] }),
    index('household_members_person').on(t.personId),
    index('household_members_bindings').on(t.communityCode, t.boundBy, t.boundAt, t.householdId, t.personId),
    check('household_members_kind_known', sql`${t.kind} in ('owner', 'family', 'tenant')`),
    check('household_members_bound_by_known', sql`${t.boundBy} in ('code', 'staff')`),
    check(
      'household_members_owners_have_shares',
      sql`(${t.kind} = 'owner') = (${t.shareNumerator} is not null)
        and (${t.shareNumerator} is null) = (${t.shareDenominator} is null)
        and (${t.shareNumerator} is null or (${t.shareNumerator} > 0 and ${t.shareNumerator} <= ${t.shareDenominator}))`,
    ),
  ],
)
