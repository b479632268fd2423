import { sql } from 'drizzle-orm'
import {
  bigint,
  check,
  date,
  foreignKey,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  smallint,
  text,
  uuid,
} from 'drizzle-orm/pg-core'
import { issues } from './issues.ts'

/** Events of matters that the statistics have not seen yet: written by the statement that writes the event. */
export const uncountedEvents = pgTable(
  'uncounted_events',
  {
    communityCode: text('community_code').notNull(),
    issueId: uuid('issue_id').notNull(),
    seq: integer('seq').notNull(),
  },
  (t) => [primaryKey({ name: 'uncounted_events_pkey', columns: [t.communityCode, t.issueId, t.seq] })],
)

/**
 * What each matter is measured by, as its events make it: the figures are sums of these rows, and the list behind a figure is those
 * it sums. Grid, unit and category are `''` where a matter has none.
 */
export const statEntries = pgTable(
  'stat_entries',
  {
    communityCode: text('community_code').notNull(),
    issueId: uuid('issue_id').notNull(),
    measure: text('measure').notNull(),
    /** Of several of a kind: the second return of a matter. */
    nth: smallint('nth').notNull(),
    /** On which it came about, in Asia/Shanghai. */
    day: date('day').notNull(),
    grid: text('grid').notNull(),
    unit: text('unit').notNull(),
    category: text('category').notNull(),
    /** Milliseconds, a level, an amount: as the measure's scale says. */
    value: bigint('value', { mode: 'number' }).notNull(),
  },
  (t) => [
    primaryKey({ name: 'stat_entries_pkey', columns: [t.communityCode, t.issueId, t.measure, t.nth] }),
    foreignKey({
      name: 'stat_entries_issue',
      columns: [t.communityCode, t.issueId],
      foreignColumns: [issues.communityCode, issues.id],
    }),
    index('stat_entries_by_day').on(t.communityCode, t.measure, t.day, t.issueId, t.nth),
  ],
)

/**
 * Roll-ups of the entries, which pages read. A cell is a day or a month of a grid, a unit and a category, each `*` for all of them
 * and `''` for matters that have none: months in every combination, days with one of the three named at most. Both columns are measure
 * → [how many, their sum, how many of each bucket of time or whole number]; `figures` what groups are told apart by, `others` the rest.
 */
export const statCells = pgTable(
  'stat_cells',
  {
    communityCode: text('community_code').notNull(),
    span: text('span').$type<'day' | 'month'>().notNull(),
    startsOn: date('starts_on').notNull(),
    grid: text('grid').notNull(),
    unit: text('unit').notNull(),
    category: text('category').notNull(),
    figures: jsonb('figures').$type<Record<string, unknown>>().notNull(),
    others: jsonb('others').$type<Record<string, unknown>>().notNull(),
  },
  (t) => [
    primaryKey({
      name: 'stat_cells_pkey',
      columns: [t.communityCode, t.span, t.startsOn, t.grid, t.unit, t.category],
    }),
    check('stat_cells_span_known', sql`${t.span} in ('day', 'month')`),
  ],
)
