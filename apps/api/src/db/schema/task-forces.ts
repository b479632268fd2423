import { sql } from 'drizzle-orm'
import {
  check,
  date,
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

/** People of several units who see a few matters through together. */
export const taskForces = pgTable(
  'task_forces',
  {
    communityCode: text('community_code').notNull(),
    id: uuid('id').notNull(),
    name: text('name').notNull(),
    purpose: text('purpose').notNull(),
    state: text('state').$type<'active' | 'closed'>().notNull(),
    leaderId: uuid('leader_id')
      .notNull()
      .references(() => people.id),
    createdAt: instant('created_at').notNull(),
    createdBy: uuid('created_by')
      .notNull()
      .references(() => people.id),
    closedAt: instant('closed_at'),
    result: text('result'),
    version: integer('version').notNull(),
  },
  (t) => [
    primaryKey({ name: 'task_forces_pkey', columns: [t.communityCode, t.id] }),
    check('task_forces_state_known', sql`${t.state} in ('active', 'closed')`),
    check(
      'task_forces_close_with_a_result',
      sql`num_nulls(${t.closedAt}, ${t.result}) = case when ${t.state} = 'closed' then 0 else 2 end`,
    ),
  ],
)

/** Who is in it now, for whom; who was before stands in the chain. */
export const taskForceMembers = pgTable(
  'task_force_members',
  {
    communityCode: text('community_code').notNull(),
    forceId: uuid('force_id').notNull(),
    personId: uuid('person_id')
      .notNull()
      .references(() => people.id),
    /** Null for the community's own staff. */
    unitId: uuid('unit_id').references(() => units.id),
    joinedAt: instant('joined_at').notNull(),
  },
  (t) => [
    primaryKey({ name: 'task_force_members_pkey', columns: [t.communityCode, t.forceId, t.personId] }),
    foreignKey({
      name: 'task_force_members_of',
      columns: [t.communityCode, t.forceId],
      foreignColumns: [taskForces.communityCode, taskForces.id],
    }),
    index('task_force_members_by_person').on(t.communityCode, t.personId, t.forceId),
  ],
)

/** The matters it owns; a matter is one task force's at a time. */
export const taskForceIssues = pgTable(
  'task_force_issues',
  {
    communityCode: text('community_code').notNull(),
    forceId: uuid('force_id').notNull(),
    issueId: uuid('issue_id').notNull(),
    attachedAt: instant('attached_at').notNull(),
    /** When the task force ended. */
    releasedAt: instant('released_at'),
  },
  (t) => [
    primaryKey({ name: 'task_force_issues_pkey', columns: [t.communityCode, t.forceId, t.issueId] }),
    foreignKey({
      name: 'task_force_issues_of',
      columns: [t.communityCode, t.forceId],
      foreignColumns: [taskForces.communityCode, taskForces.id],
    }),
    foreignKey({
      name: 'task_force_issues_issue',
      columns: [t.communityCode, t.issueId],
      foreignColumns: [issues.communityCode, issues.id],
    }),
    uniqueIndex('task_force_issues_one_owner').on(t.communityCode, t.issueId).where(sql`${t.releasedAt} is null`),
  ],
)

/** What is to be reached by when. */
export const taskForceMilestones = pgTable(
  'task_force_milestones',
  {
    communityCode: text('community_code').notNull(),
    forceId: uuid('force_id').notNull(),
    id: uuid('id').notNull(),
    title: text('title').notNull(),
    dueOn: date('due_on', { mode: 'string' }).notNull(),
    reachedAt: instant('reached_at'),
    reachedBy: uuid('reached_by').references(() => people.id),
    note: text('note'),
  },
  (t) => [
    primaryKey({ name: 'task_force_milestones_pkey', columns: [t.communityCode, t.forceId, t.id] }),
    foreignKey({
      name: 'task_force_milestones_of',
      columns: [t.communityCode, t.forceId],
      foreignColumns: [taskForces.communityCode, taskForces.id],
    }),
    check('task_force_milestones_reached_whole', sql`num_nulls(${t.reachedAt}, ${t.reachedBy}) in (0, 2)`),
  ],
)
