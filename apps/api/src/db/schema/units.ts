import { sql } from 'drizzle-orm'
import { boolean, check, index, integer, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core'
import { categories } from './categories.ts'
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

/** The duty list: which categories a unit answers for. */
export const unitDuties = pgTable(
  'unit_duties',
  {
    unitId: uuid('unit_id')
      .notNull()
      .references(() => units.id),
    categoryCode: text('category_code')
      .notNull()
      .references(() => categories.code),
  },
  (t) => [
    primaryKey({ name: 'unit_duties_pkey', columns: [t.unitId, t.categoryCode] }),
    index('unit_duties_category').on(t.categoryCode, t.unitId),
  ],
)
