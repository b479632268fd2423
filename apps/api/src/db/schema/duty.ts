import type { DutyKind, DutyPattern, DutyWhy } from '@tongxin/contract'
import type { ClockCode } from '@tongxin/lifecycle'
import { sql } from 'drizzle-orm'
import {
  check,
  foreignKey,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  timestamp,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core'
import { people } from './people.ts'

const instant = (name: string) => timestamp(name, { withTimezone: true, precision: 3 })

/** How a community's days and nights are shared out, and the number that is always answered. */
export const dutyPlans = pgTable('duty_plans', {
  communityCode: text('community_code').primaryKey(),
  /** An office's number, told to everybody. */
  phone: text('phone'),
  pattern: jsonb('pattern').$type<DutyPattern>().notNull(),
  version: integer('version').notNull(),
  setBy: uuid('set_by')
    .notNull()
    .references(() => people.id),
  setAt: instant('set_at').notNull(),
})

/** Who is on duty from when to when: no two at the same time. */
export const dutyShifts = pgTable(
  'duty_shifts',
  {
    communityCode: text('community_code').notNull(),
    id: uuid('id').notNull(),
    kind: text('kind').$type<DutyKind>().notNull(),
    startsAt: instant('starts_at').notNull(),
    endsAt: instant('ends_at').notNull(),
    personId: uuid('person_id')
      .notNull()
      .references(() => people.id),
    /** By the pattern; a new pattern takes its place as long as it has not begun and nobody stands in. Null: added by hand. */
    plannedFor: uuid('planned_for').references(() => people.id),
    version: integer('version').notNull().default(1),
  },
  (t) => [
    primaryKey({ name: 'duty_shifts_pkey', columns: [t.communityCode, t.id] }),
    uniqueIndex('duty_shifts_by_time').on(t.communityCode, t.startsAt),
    check('duty_shifts_kind_known', sql`${t.kind} in ('day', 'night')`),
    check('duty_shifts_run_forward', sql`${t.endsAt} > ${t.startsAt}`),
  ],
)

/** Every change of who takes a shift. Rows are only ever added. */
export const dutyStandIns = pgTable(
  'duty_stand_ins',
  {
    communityCode: text('community_code').notNull(),
    id: uuid('id').notNull(),
    shiftId: uuid('shift_id').notNull(),
    fromPerson: uuid('from_person')
      .notNull()
      .references(() => people.id),
    toPerson: uuid('to_person')
      .notNull()
      .references(() => people.id),
    reason: text('reason').notNull(),
    by: uuid('by')
      .notNull()
      .references(() => people.id),
    at: instant('at').notNull(),
  },
  (t) => [
    primaryKey({ name: 'duty_stand_ins_pkey', columns: [t.communityCode, t.id] }),
    foreignKey({
      name: 'duty_stand_ins_shift',
      columns: [t.communityCode, t.shiftId],
      foreignColumns: [dutyShifts.communityCode, dutyShifts.id],
    }),
    index('duty_stand_ins_by_shift').on(t.communityCode, t.shiftId, t.id),
  ],
)

/** What one shift left to the next, once each. */
export const dutyHandOvers = pgTable(
  'duty_hand_overs',
  {
    communityCode: text('community_code').notNull(),
    shiftId: uuid('shift_id').notNull(),
    toShiftId: uuid('to_shift_id').notNull(),
    madeBy: uuid('made_by')
      .notNull()
      .references(() => people.id),
    madeAt: instant('made_at').notNull(),
    note: text('note').notNull(),
    /** As they stood then; titles are read for whoever reads. */
    matters: jsonb('matters').$type<HandedMatter[]>().notNull(),
    confirmedBy: uuid('confirmed_by').references(() => people.id),
    confirmedAt: instant('confirmed_at'),
  },
  (t) => [
    primaryKey({ name: 'duty_hand_overs_pkey', columns: [t.communityCode, t.shiftId] }),
    foreignKey({
      name: 'duty_hand_overs_shift',
      columns: [t.communityCode, t.shiftId],
      foreignColumns: [dutyShifts.communityCode, dutyShifts.id],
    }),
    foreignKey({
      name: 'duty_hand_overs_next',
      columns: [t.communityCode, t.toShiftId],
      foreignColumns: [dutyShifts.communityCode, dutyShifts.id],
    }),
    index('duty_hand_overs_by_time').on(t.communityCode, t.madeAt, t.shiftId),
    check('duty_hand_overs_confirmed_by_somebody', sql`(${t.confirmedBy} is null) = (${t.confirmedAt} is null)`),
  ],
)

export interface HandedMatter {
  issueId: string
  why: DutyWhy
  clock: ClockCode | null
  dueAt: string | null
}

/** Who agreed that residents are told their name while they are on duty. */
export const dutyNames = pgTable(
  'duty_names',
  {
    communityCode: text('community_code').notNull(),
    personId: uuid('person_id')
      .notNull()
      .references(() => people.id),
    since: instant('since').notNull(),
  },
  (t) => [primaryKey({ name: 'duty_names_pkey', columns: [t.communityCode, t.personId] })],
)
