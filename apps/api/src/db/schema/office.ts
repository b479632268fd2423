import { sql } from 'drizzle-orm'
import {
  boolean,
  check,
  foreignKey,
  index,
  integer,
  pgTable,
  primaryKey,
  text,
  timestamp,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core'
import { issues } from './issues.ts'
import { people } from './people.ts'
import { units } from './units.ts'

const instant = (name: string) => timestamp(name, { withTimezone: true, precision: 3 })

/**
 * What each unit was given to do for a matter. The lead's order ends with `submit`; a co-unit's part is finished or waived
 * before that, or returned. A dispatch, a return or a reassignment ends orders and makes others; none is rewritten.
 */
export const workOrders = pgTable(
  'work_orders',
  {
    communityCode: text('community_code').notNull(),
    id: uuid('id').notNull(),
    issueId: uuid('issue_id').notNull(),
    round: integer('round').notNull(),
    unitId: uuid('unit_id')
      .notNull()
      .references(() => units.id),
    role: text('role').$type<'lead' | 'co'>().notNull(),
    state: text('state').$type<'open' | 'finished' | 'waived' | 'returned' | 'replaced'>().notNull(),
    /** What is asked of this unit, where it was said. */
    task: text('task'),
    dueAt: instant('due_at').notNull(),
    madeAt: instant('made_at').notNull(),
    endedAt: instant('ended_at'),
    /** By when it is to be signed for; stays as it was once it is. */
    signDueAt: instant('sign_due_at'),
    signedAt: instant('signed_at'),
    /** Whose hands it is in at the unit; null where nobody signs in for it, and until somebody signs. */
    handlerId: uuid('handler_id').references(() => people.id),
    /** Named by the secretary: it may not be returned. */
    designated: boolean('designated').notNull().default(false),
    /** Of a co-unit's part; the lead's stands with the matter. */
    extensionAskedFor: instant('extension_asked_for'),
    extensionBy: uuid('extension_by').references(() => people.id),
    /** What runs out first: the time to sign, then the work's. */
    firstDueAt: instant('first_due_at')
      .notNull()
      .generatedAlwaysAs(sql`case when signed_at is null and sign_due_at < due_at then sign_due_at else due_at end`),
    /** What was done, or why it was waived or returned. */
    result: text('result'),
    /** Null while open, and where the product itself ended it. */
    endedBy: uuid('ended_by').references(() => people.id),
  },
  (t) => [
    primaryKey({ name: 'work_orders_pkey', columns: [t.communityCode, t.id] }),
    foreignKey({
      name: 'work_orders_issue',
      columns: [t.communityCode, t.issueId],
      foreignColumns: [issues.communityCode, issues.id],
    }),
    index('work_orders_by_issue').on(t.communityCode, t.issueId, t.unitId),
    index('work_orders_extension_asked')
      .on(t.communityCode, t.extensionAskedFor, t.id)
      .where(sql`${t.extensionAskedFor} is not null`),
    index('work_orders_by_due').on(t.communityCode, t.state, t.firstDueAt, t.id),
    index('work_orders_by_unit').on(t.communityCode, t.unitId, t.state, t.firstDueAt, t.id),
    uniqueIndex('work_orders_one_open').on(t.communityCode, t.issueId, t.unitId).where(sql`${t.state} = 'open'`),
    uniqueIndex('work_orders_one_lead')
      .on(t.communityCode, t.issueId)
      .where(sql`${t.state} = 'open' and ${t.role} = 'lead'`),
    check('work_orders_role_known', sql`${t.role} in ('lead', 'co')`),
    check('work_orders_state_known', sql`${t.state} in ('open', 'finished', 'waived', 'returned', 'replaced')`),
    check('work_orders_end_with_a_time', sql`(${t.state} = 'open') = (${t.endedAt} is null)`),
  ],
)
