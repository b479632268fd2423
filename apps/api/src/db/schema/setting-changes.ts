import type { SettingKind } from '@tongxin/contract'
import { sql } from 'drizzle-orm'
import { check, integer, jsonb, pgTable, primaryKey, text, timestamp, uuid } from 'drizzle-orm/pg-core'
import { people } from './people.ts'

const instant = (name: string) => timestamp(name, { withTimezone: true, precision: 3 })

/** One field of a category or region as it was and as it became; of an outline how many points it has. */
export interface FieldChange {
  field: string
  from: string | number | boolean | null
  to: string | number | boolean | null
}

/** Who changed what of a category or a region, and from when on. Rows are only ever added; the first says that it came to be. */
export const settingChanges = pgTable(
  'setting_changes',
  {
    kind: text('kind').$type<SettingKind>().notNull(),
    code: text('code').notNull(),
    /** That it had from this change on. */
    version: integer('version').notNull(),
    at: instant('at').notNull(),
    by: uuid('by')
      .notNull()
      .references(() => people.id),
    effectiveFrom: instant('effective_from').notNull(),
    reason: text('reason'),
    changes: jsonb('changes').$type<readonly FieldChange[]>().notNull(),
  },
  (t) => [
    primaryKey({ name: 'setting_changes_pkey', columns: [t.kind, t.code, t.version] }),
    check('setting_changes_kind_known', sql`${t.kind} in ('category', 'region')`),
    check('setting_changes_not_retroactive', sql`${t.effectiveFrom} >= ${t.at}`),
  ],
)
