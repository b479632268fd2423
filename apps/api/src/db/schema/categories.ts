import type { Route, Urgency } from '@tongxin/lifecycle'
import { sql } from 'drizzle-orm'
import { boolean, check, integer, pgTable, text, timestamp } from 'drizzle-orm/pg-core'

/** What a matter is about, with the defaults it starts from. Seeded from reference/categories.csv, then edited by people. */
export const categories = pgTable(
  'categories',
  {
    code: text('code').primaryKey(),
    kind: text('kind').$type<'event' | 'component' | 'local'>().notNull(),
    class: text('class').notNull(),
    name: text('name').notNull(),
    defaultUrgency: text('default_urgency').$type<Urgency>().notNull(),
    defaultRoute: text('default_route').$type<Route>().notNull(),
    /** At most one of the two is set; neither means the policy's limit for the urgency. */
    handleLimitWorkingDays: integer('handle_limit_working_days'),
    handleLimitHours: integer('handle_limit_hours'),
    active: boolean('active').notNull().default(true),
    /** Where the code comes from and how far it was checked. */
    provenance: text('provenance').notNull(),
    /** When the change decided last takes effect, until it has. */
    changesAt: timestamp('changes_at', { withTimezone: true, precision: 3 }),
    version: integer('version').notNull().default(1),
  },
  (t) => [
    check('categories_code_form', sql`${t.code} ~ '^[0-9]{6}$'`),
    check('categories_kind_known', sql`${t.kind} in ('event', 'component', 'local')`),
    check('categories_urgency_known', sql`${t.defaultUrgency} in ('emergency', 'urgent', 'ordinary', 'hard')`),
    check('categories_route_known', sql`${t.defaultRoute} in ('council', 'direct')`),
    check(
      'categories_one_limit',
      sql`(${t.handleLimitWorkingDays} is null or ${t.handleLimitHours} is null)
        and coalesce(${t.handleLimitWorkingDays}, ${t.handleLimitHours}, 1) > 0`,
    ),
  ],
)
