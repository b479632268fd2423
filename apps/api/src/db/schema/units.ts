import type { UnitChangeDetails, UnitChangeKind, UnitHours } from '@tongxin/contract'
import { sql } from 'drizzle-orm'
import { boolean, check, index, integer, jsonb, pgTable, primaryKey, text, timestamp, uuid } from 'drizzle-orm/pg-core'
import { categories } from './categories.ts'
import { people } from './people.ts'
import { regions } from './regions.ts'

/** Who handles matters: departments, the property company, partners, the committee and the street itself. */
export const units = pgTable(
  'units',
  {
    id: uuid('id').primaryKey(),
    regionCode: text('region_code')
      .notNull()
      .references(() => regions.code),
    name: text('name').notNull(),
    kind: text('kind').$type<'department' | 'property' | 'partner' | 'committee' | 'street'>().notNull(),
    /** Without accounts an officer signs and submits for it. */
    hasAccounts: boolean('has_accounts').notNull().default(true),
    phoneCipher: text('phone_cipher'),
    active: boolean('active').notNull().default(true),
    version: integer('version').notNull().default(1),
  },
  (t) => [
    index('units_region').on(t.regionCode, t.id),
    index('units_region_name').on(t.regionCode, t.name),
    check('units_kind_known', sql`${t.kind} in ('department', 'property', 'partner', 'committee', 'street')`),
  ],
)

/** The duty list: which categories a unit takes (`leads`: is proposed first to lead them), and which are expressly not for it. */
export const unitDuties = pgTable(
  'unit_duties',
  {
    unitId: uuid('unit_id')
      .notNull()
      .references(() => units.id),
    categoryCode: text('category_code')
      .notNull()
      .references(() => categories.code),
    standing: text('standing').$type<'leads' | 'takes' | 'refuses'>().notNull().default('takes'),
  },
  (t) => [
    primaryKey({ name: 'unit_duties_pkey', columns: [t.unitId, t.categoryCode] }),
    index('unit_duties_category').on(t.categoryCode, t.unitId),
    check('unit_duties_standing_known', sql`${t.standing} in ('leads', 'takes', 'refuses')`),
  ],
)

/** Whom to ring at the unit: not necessarily somebody who signs in. Gone when they are struck off. */
export const unitContacts = pgTable(
  'unit_contacts',
  {
    id: uuid('id').primaryKey(),
    unitId: uuid('unit_id')
      .notNull()
      .references(() => units.id),
    nameCipher: text('name_cipher').notNull(),
    phoneCipher: text('phone_cipher').notNull(),
    /** What they do there. */
    post: text('post'),
    version: integer('version').notNull().default(1),
  },
  (t) => [index('unit_contacts_unit').on(t.unitId, t.id)],
)

/** When a unit is there: every week it ever set for itself. What was dispatched by one week is signed for by it. */
export const unitHours = pgTable(
  'unit_hours',
  {
    unitId: uuid('unit_id')
      .notNull()
      .references(() => units.id),
    setAt: timestamp('set_at', { withTimezone: true, precision: 3 }).notNull(),
    /** Null: it keeps the hours of its region again. */
    hours: jsonb('hours').$type<UnitHours>(),
  },
  (t) => [primaryKey({ name: 'unit_hours_pkey', columns: [t.unitId, t.setAt] })],
)

/** Who changed what about a unit, its people’s names and numbers left out. Rows are only ever added. */
export const unitChanges = pgTable(
  'unit_changes',
  {
    id: uuid('id').primaryKey(),
    unitId: uuid('unit_id')
      .notNull()
      .references(() => units.id),
    at: timestamp('at', { withTimezone: true, precision: 3 }).notNull(),
    by: uuid('by')
      .notNull()
      .references(() => people.id),
    what: text('what').$type<UnitChangeKind>().notNull(),
    details: jsonb('details').$type<UnitChangeDetails>().notNull(),
  },
  (t) => [index('unit_changes_unit').on(t.unitId, t.id)],
)
