import { sql } from 'drizzle-orm'
import {
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
 * before that. A dispatch, a return or a reassignment ends orders and makes others; none is rewritten.
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
    index('work_orders_by_due').on(t.communityCode, t.state, t.dueAt, t.id),
    index('work_orders_by_unit').on(t.communityCode, t.unitId, t.state, t.dueAt, t.id),
    uniqueIndex('work_orders_one_open').on(t.communityCode, t.issueId, t.unitId).where(sql`${t.state} = 'open'`),
    uniqueIndex('work_orders_one_lead')
      .on(t.communityCode, t.issueId)
      .where(sql`${t.state} = 'open' and ${t.role} = 'lead'`),
    check('work_orders_role_known', sql`${t.role} in ('lead', 'co')`),
    check('work_orders_state_known', sql`${t.state} in ('open', 'finished', 'waived', 'returned', 'replaced')`),
    check('work_orders_end_with_a_time', sql`(${t.state} = 'open') = (${t.endedAt} is null)`),
  ],
)
