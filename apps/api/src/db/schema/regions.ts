import { sql } from 'drizzle-orm'
import { type AnyPgColumn, check, date, index, integer, jsonb, pgTable, text } from 'drizzle-orm/pg-core'

/**
 * The tree of places: district 6 digits, street 9, community 12, grid 15, building = grid + 'B' + 2-3 digits.
 * Coverage follows `parent_code`, never the prefix: grids get redrawn and keep their codes.
 */
export const regions = pgTable(
  'regions',
  {
    code: text('code').primaryKey(),
    level: text('level').$type<'district' | 'street' | 'community' | 'grid' | 'building'>().notNull(),
    name: text('name').notNull(),
    parentCode: text('parent_code').references((): AnyPgColumn => regions.code),
    /** First day the region exists, and the first day it no longer does. */
    validFrom: date('valid_from', { mode: 'string' }).notNull().default('2000-01-01'),
    validTo: date('valid_to', { mode: 'string' }),
    /** A GeoJSON geometry in WGS-84, or null where nobody has drawn it. */
    geojson: jsonb('geojson').$type<{ type: string; coordinates: unknown }>(),
    version: integer('version').notNull().default(1),
  },
  (t) => [
    index('regions_parent').on(t.parentCode, t.code),
    check('regions_level_known', sql`${t.level} in ('district', 'street', 'community', 'grid', 'building')`),
    check(
      'regions_code_fits_level',
      sql`${t.code} ~ case ${t.level}
        when 'district' then '^[0-9]{6}$' when 'street' then '^[0-9]{9}$' when 'community' then '^[0-9]{12}$'
        when 'grid' then '^[0-9]{15}$' else '^[0-9]{15}B[0-9]{2,3}$' end`,
    ),
    check('regions_only_districts_are_roots', sql`(${t.parentCode} is null) = (${t.level} = 'district')`),
    check('regions_validity_runs_forward', sql`${t.validTo} is null or ${t.validTo} > ${t.validFrom}`),
  ],
)
