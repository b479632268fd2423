import { sql } from 'drizzle-orm'
import { check, foreignKey, index, integer, pgTable, primaryKey, text, timestamp, uuid } from 'drizzle-orm/pg-core'
import { issues } from './issues.ts'
import { people } from './people.ts'
import { units } from './units.ts'

const instant = (name: string) => timestamp(name, { withTimezone: true, precision: 3 })

/** A community's call to its street over one matter (吹哨), and the street's report (报到). */
export const whistles = pgTable(
  'whistles',
  {
    communityCode: text('community_code').notNull(),
    issueId: uuid('issue_id').notNull(),
    /** The event that called. */
    eventSeq: integer('event_seq').notNull(),
    round: integer('round').notNull(),
    /** Where the community lay when it called. */
    streetCode: text('street_code').notNull(),
    /** The unit that was called; null for the whole street. */
    unitId: uuid('unit_id').references(() => units.id),
    /** Null where the third round called by itself. */
    reason: text('reason'),
    madeAt: instant('made_at').notNull(),
    dueAt: instant('due_at').notNull(),
    state: text('state').$type<'open' | 'reported'>().notNull(),
    reportedAt: instant('reported_at'),
    reportedBy: uuid('reported_by').references(() => people.id),
    /** For which unit; null where the street's supervisor reported. */
    reportingUnitId: uuid('reporting_unit_id').references(() => units.id),
    report: text('report'),
  },
  (t) => [
    primaryKey({ name: 'whistles_pkey', columns: [t.communityCode, t.issueId, t.eventSeq] }),
    foreignKey({
      name: 'whistles_issue',
      columns: [t.communityCode, t.issueId],
      foreignColumns: [issues.communityCode, issues.id],
    }),
    index('whistles_by_due').on(t.communityCode, t.state, t.dueAt, t.issueId, t.eventSeq),
    check('whistles_state_known', sql`${t.state} in ('open', 'reported')`),
    check(
      'whistles_reported_whole',
      sql`(${t.state} = 'reported') = (${t.reportedAt} is not null) and (${t.report} is null) = (${t.reportedAt} is null)`,
    ),
  ],
)

/** What street or district ordered on a matter with a date (督办), and the community's reply. One reply answers all that are open. */
export const supervisions = pgTable(
  'supervisions',
  {
    communityCode: text('community_code').notNull(),
    issueId: uuid('issue_id').notNull(),
    /** The event that ordered. */
    eventSeq: integer('event_seq').notNull(),
    orderText: text('order_text').notNull(),
    orderedBy: uuid('ordered_by').references(() => people.id),
    madeAt: instant('made_at').notNull(),
    dueAt: instant('due_at').notNull(),
    state: text('state').$type<'open' | 'answered'>().notNull(),
    answer: text('answer'),
    answeredAt: instant('answered_at'),
    answeredBy: uuid('answered_by').references(() => people.id),
  },
  (t) => [
    primaryKey({ name: 'supervisions_pkey', columns: [t.communityCode, t.issueId, t.eventSeq] }),
    foreignKey({
      name: 'supervisions_issue',
      columns: [t.communityCode, t.issueId],
      foreignColumns: [issues.communityCode, issues.id],
    }),
    index('supervisions_by_due').on(t.communityCode, t.state, t.dueAt, t.issueId, t.eventSeq),
    check('supervisions_state_known', sql`${t.state} in ('open', 'answered')`),
    check(
      'supervisions_answered_whole',
      sql`(${t.state} = 'answered') = (${t.answeredAt} is not null) and (${t.answer} is null) = (${t.answeredAt} is null)`,
    ),
  ],
)
