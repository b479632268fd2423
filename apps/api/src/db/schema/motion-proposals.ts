import { sql } from 'drizzle-orm'
import { bigint, check, foreignKey, integer, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core'
import { motions } from './council.ts'
import { units } from './units.ts'

/** Who is to act on a motion, by when and with what money, where its mover said so. Written with it, never changed. */
export const motionProposals = pgTable(
  'motion_proposals',
  {
    communityCode: text('community_code').notNull(),
    motionId: uuid('motion_id').notNull(),
    leadUnitId: uuid('lead_unit_id').references(() => units.id),
    coUnitIds: uuid('co_unit_ids').array().notNull(),
    /** Days from the resolution. */
    dueDays: integer('due_days'),
    budgetFen: bigint('budget_fen', { mode: 'number' }),
    budgetSource: text('budget_source'),
  },
  (t) => [
    primaryKey({ name: 'motion_proposals_pkey', columns: [t.communityCode, t.motionId] }),
    foreignKey({
      name: 'motion_proposals_motion',
      columns: [t.communityCode, t.motionId],
      foreignColumns: [motions.communityCode, motions.id],
    }),
    check('motion_proposals_source_of_a_budget', sql`${t.budgetSource} is null or ${t.budgetFen} is not null`),
    check('motion_proposals_positive', sql`${t.dueDays} > 0 and ${t.budgetFen} > 0`),
  ],
)
