import type { SittingReason, SittingState } from '@tongxin/contract'
import type { Action } from '@tongxin/lifecycle'
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

/** A sitting of the joint office: matters that wait for dispatch or are stuck, decided one after another. */
export const sittings = pgTable(
  'sittings',
  {
    communityCode: text('community_code').notNull(),
    id: uuid('id').notNull(),
    /** The how-manieth of its community, from its opening on. */
    number: integer('number'),
    state: text('state').$type<SittingState>().notNull(),
    heldAt: instant('held_at').notNull(),
    place: text('place').notNull(),
    presiderId: uuid('presider_id')
      .notNull()
      .references(() => people.id),
    openedAt: instant('opened_at'),
    closedAt: instant('closed_at'),
    cancelReason: text('cancel_reason'),
    version: integer('version').notNull(),
  },
  (t) => [
    primaryKey({ name: 'sittings_pkey', columns: [t.communityCode, t.id] }),
    uniqueIndex('sittings_number').on(t.communityCode, t.number),
    index('sittings_by_time').on(t.communityCode, t.heldAt, t.id),
    check('sittings_state_known', sql`${t.state} in ('announced', 'in_session', 'closed', 'cancelled')`),
    check('sittings_numbered_when_opened', sql`(${t.number} is null) = (${t.openedAt} is null)`),
    check('sittings_cancelled_with_a_reason', sql`(${t.state} = 'cancelled') = (${t.cancelReason} is not null)`),
  ],
)

export const sittingItems = pgTable(
  'sitting_items',
  {
    communityCode: text('community_code').notNull(),
    sittingId: uuid('sitting_id').notNull(),
    issueId: uuid('issue_id').notNull(),
    position: integer('position').notNull(),
    /** Why it was put on the agenda. */
    reason: text('reason').$type<SittingReason>().notNull(),
    state: text('state').$type<'waiting' | 'decided' | 'noted'>().notNull(),
    note: text('note'),
    action: text('action').$type<Action>(),
    /** Of the matter's event. */
    eventSeq: integer('event_seq'),
  },
  (t) => [
    primaryKey({ name: 'sitting_items_pkey', columns: [t.communityCode, t.sittingId, t.issueId] }),
    foreignKey({
      name: 'sitting_items_of',
      columns: [t.communityCode, t.sittingId],
      foreignColumns: [sittings.communityCode, sittings.id],
    }),
    foreignKey({
      name: 'sitting_items_issue',
      columns: [t.communityCode, t.issueId],
      foreignColumns: [issues.communityCode, issues.id],
    }),
    uniqueIndex('sitting_items_one_waiting').on(t.communityCode, t.issueId).where(sql`${t.state} = 'waiting'`),
    check('sitting_items_state_known', sql`${t.state} in ('waiting', 'decided', 'noted')`),
    check(
      'sitting_items_decided_whole',
      sql`num_nulls(${t.action}, ${t.eventSeq}) = case when ${t.state} = 'decided' then 0 else 2 end`,
    ),
  ],
)

/** The units asked to it, and whether they came. */
export const sittingUnits = pgTable(
  'sitting_units',
  {
    communityCode: text('community_code').notNull(),
    sittingId: uuid('sitting_id').notNull(),
    unitId: uuid('unit_id')
      .notNull()
      .references(() => units.id),
    present: boolean('present').notNull(),
  },
  (t) => [
    primaryKey({ name: 'sitting_units_pkey', columns: [t.communityCode, t.sittingId, t.unitId] }),
    foreignKey({
      name: 'sitting_units_of',
      columns: [t.communityCode, t.sittingId],
      foreignColumns: [sittings.communityCode, sittings.id],
    }),
  ],
)
