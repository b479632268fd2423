import type { PolicyKey } from '@tongxin/lifecycle'
import { boolean, index, integer, pgTable, primaryKey, text, timestamp, uuid } from 'drizzle-orm/pg-core'
import { people } from './people.ts'
import { regions } from './regions.ts'

/** A civil day, `day:YYYY-MM-DD`, of which a region says that it works or rests. */
export type DayKey = `day:${string}`

/** Every value a region ever set, each from its date of effect; a region without one inherits its parent's. */
export const policies = pgTable(
  'policies',
  {
    regionCode: text('region_code')
      .notNull()
      .references(() => regions.code),
    key: text('key').$type<PolicyKey | DayKey>().notNull(),
    version: integer('version').notNull(),
    value: integer('value').notNull(),
    effectiveFrom: timestamp('effective_from', { withTimezone: true }).notNull(),
    reason: text('reason').notNull(),
    /** Whether it also holds for the clocks that were running. */
    running: boolean('running').notNull(),
    setBy: uuid('set_by')
      .notNull()
      .references(() => people.id),
    setAt: timestamp('set_at', { withTimezone: true }).notNull(),
  },
  (t) => [
    primaryKey({ name: 'policies_pkey', columns: [t.regionCode, t.key, t.version] }),
    index('policies_in_effect').on(t.regionCode, t.key, t.effectiveFrom),
  ],
)
