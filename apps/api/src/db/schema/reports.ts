import { sql } from 'drizzle-orm'
import {
  boolean,
  check,
  index,
  integer,
  pgTable,
  primaryKey,
  text,
  timestamp,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core'
import { people } from './people.ts'

const instant = (name: string) => timestamp(name, { withTimezone: true, precision: 3 })

/** Which reports a community has made each month. */
export const reportSchedules = pgTable(
  'report_schedules',
  {
    communityCode: text('community_code').notNull(),
    kind: text('kind').notNull(),
    on: boolean('on').notNull(),
    format: text('format').$type<'csv' | 'xlsx'>().notNull(),
    setBy: uuid('set_by')
      .notNull()
      .references(() => people.id),
    setAt: instant('set_at').notNull(),
  },
  (t) => [
    primaryKey({ name: 'report_schedules_pkey', columns: [t.communityCode, t.kind] }),
    check('report_schedules_format_known', sql`${t.format} in ('csv', 'xlsx')`),
  ],
)

/** Reports made by schedule, without anything that names people, kept for whoever downloads them later. */
export const keptReports = pgTable(
  'kept_reports',
  {
    communityCode: text('community_code').notNull(),
    id: uuid('id').notNull(),
    kind: text('kind').notNull(),
    /** `YYYY-MM`. */
    month: text('month').notNull(),
    format: text('format').$type<'csv' | 'xlsx'>().notNull(),
    contentHash: text('content_hash').notNull(),
    rows: integer('rows').notNull(),
    bytes: integer('bytes').notNull(),
    madeAt: instant('made_at').notNull(),
    askedBy: uuid('asked_by')
      .notNull()
      .references(() => people.id),
    expiresAt: instant('expires_at').notNull(),
  },
  (t) => [
    primaryKey({ name: 'kept_reports_pkey', columns: [t.communityCode, t.id] }),
    uniqueIndex('kept_reports_once').on(t.communityCode, t.kind, t.month, t.format),
    index('kept_reports_by_time').on(t.communityCode, t.madeAt, t.id),
    index('kept_reports_by_expiry').on(t.communityCode, t.expiresAt),
  ],
)
