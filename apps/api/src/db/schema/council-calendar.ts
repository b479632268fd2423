import type { CouncilClass } from '@tongxin/lifecycle'
import { sql } from 'drizzle-orm'
import {
  boolean,
  check,
  date,
  foreignKey,
  index,
  integer,
  pgTable,
  primaryKey,
  text,
  timestamp,
  unique,
  uuid,
} from 'drizzle-orm/pg-core'
import { meetings } from './meetings.ts'
import { people } from './people.ts'

const instant = (name: string) => timestamp(name, { withTimezone: true, precision: 3 })
const day = (name: string) => date(name, { mode: 'string' })

/** A meeting that comes back every month; its drafts are prepared ahead by a job. */
export const meetingSeries = pgTable(
  'meeting_series',
  {
    communityCode: text('community_code').notNull(),
    id: uuid('id').notNull(),
    title: text('title').notNull(),
    place: text('place').notNull(),
    rule: text('rule').$type<'day_of_month' | 'nth_weekday'>().notNull(),
    day: integer('day'),
    /** 1 to 4, or -1 for the last one. */
    week: integer('week'),
    /** 1 Monday … 7 Sunday. */
    weekday: integer('weekday'),
    /** `19:00`, Asia/Shanghai. */
    time: text('time').notNull(),
    onHoliday: text('on_holiday').$type<'next_workday' | 'previous_workday' | 'keep'>().notNull(),
    moveFromWeekends: boolean('move_from_weekends').notNull(),
    presiderId: uuid('presider_id').references(() => people.id),
    startsOn: day('starts_on').notNull(),
    /** The last day on which it may be held; null while nobody ended it. */
    endsOn: day('ends_on'),
    /** Whoever wrote the rule that holds: its drafts are made in their name. */
    setBy: uuid('set_by')
      .notNull()
      .references(() => people.id),
    createdAt: instant('created_at').notNull(),
    version: integer('version').notNull(),
  },
  (t) => [
    primaryKey({ name: 'meeting_series_pkey', columns: [t.communityCode, t.id] }),
    check(
      'meeting_series_rule_whole',
      sql`(${t.rule} = 'day_of_month' and ${t.day} between 1 and 31 and num_nulls(${t.week}, ${t.weekday}) = 2)
        or (${t.rule} = 'nth_weekday' and ${t.day} is null and ${t.week} in (1, 2, 3, 4, -1) and ${t.weekday} between 1 and 7)`,
    ),
    check('meeting_series_moves_known', sql`${t.onHoliday} in ('next_workday', 'previous_workday', 'keep')`),
  ],
)

/** Which meeting is a series' of which month: once each, however many workers prepare them. */
export const seriesMeetings = pgTable(
  'series_meetings',
  {
    communityCode: text('community_code').notNull(),
    seriesId: uuid('series_id').notNull(),
    /** `2026-03` */
    month: text('month').notNull(),
    meetingId: uuid('meeting_id').notNull(),
    /** The day the rule names, before holidays. */
    plannedOn: day('planned_on').notNull(),
    moved: text('moved').$type<'holiday' | 'weekend'>(),
  },
  (t) => [
    primaryKey({ name: 'series_meetings_pkey', columns: [t.communityCode, t.seriesId, t.month] }),
    unique('series_meetings_meeting').on(t.communityCode, t.meetingId),
    foreignKey({
      name: 'series_meetings_series',
      columns: [t.communityCode, t.seriesId],
      foreignColumns: [meetingSeries.communityCode, meetingSeries.id],
    }),
    foreignKey({
      name: 'series_meetings_of',
      columns: [t.communityCode, t.meetingId],
      foreignColumns: [meetings.communityCode, meetings.id],
    }),
    check('series_meetings_moved_known', sql`${t.moved} in ('holiday', 'weekend')`),
  ],
)

/** What was announced of a meeting, and how often that has changed since: what calendar programs go by. */
export const meetingNotices = pgTable(
  'meeting_notices',
  {
    communityCode: text('community_code').notNull(),
    meetingId: uuid('meeting_id').notNull(),
    announcedAt: instant('announced_at').notNull(),
    announcedBy: uuid('announced_by')
      .notNull()
      .references(() => people.id),
    /** Days ahead that the community asked for, and that there were, when its time was last set. */
    noticeDays: integer('notice_days').notNull(),
    daysAhead: integer('days_ahead').notNull(),
    shortNoticeReason: text('short_notice_reason'),
    /** RFC 5545's SEQUENCE: grows with every new name, time or place and with the cancellation. */
    sequence: integer('sequence').notNull(),
    changedAt: instant('changed_at').notNull(),
    cancelReason: text('cancel_reason'),
  },
  (t) => [
    primaryKey({ name: 'meeting_notices_pkey', columns: [t.communityCode, t.meetingId] }),
    foreignKey({
      name: 'meeting_notices_meeting',
      columns: [t.communityCode, t.meetingId],
      foreignColumns: [meetings.communityCode, meetings.id],
    }),
    check(
      'meeting_notices_short_says_why',
      sql`${t.daysAhead} >= ${t.noticeDays} or ${t.shortNoticeReason} is not null`,
    ),
  ],
)

/** Other communities and units asked to a meeting. */
export const meetingGuests = pgTable(
  'meeting_guests',
  {
    communityCode: text('community_code').notNull(),
    meetingId: uuid('meeting_id').notNull(),
    kind: text('kind').$type<'community' | 'unit'>().notNull(),
    /** The community's code, or the unit's id. */
    guestId: text('guest_id').notNull(),
  },
  (t) => [
    primaryKey({ name: 'meeting_guests_pkey', columns: [t.communityCode, t.meetingId, t.kind, t.guestId] }),
    foreignKey({
      name: 'meeting_guests_meeting',
      columns: [t.communityCode, t.meetingId],
      foreignColumns: [meetings.communityCode, meetings.id],
    }),
    check('meeting_guests_kind_known', sql`${t.kind} in ('community', 'unit')`),
  ],
)

/** Who was asked to an announced meeting, and what they answered. */
export const meetingInvitations = pgTable(
  'meeting_invitations',
  {
    communityCode: text('community_code').notNull(),
    meetingId: uuid('meeting_id').notNull(),
    personId: uuid('person_id')
      .notNull()
      .references(() => people.id),
    class: text('class').$type<CouncilClass | 'staff' | 'guest'>().notNull(),
    guestKind: text('guest_kind').$type<'community' | 'unit'>(),
    guestId: text('guest_id'),
    answer: text('answer').$type<'pending' | 'accepted' | 'declined' | 'tentative'>().notNull(),
    note: text('note'),
    answeredAt: instant('answered_at'),
  },
  (t) => [
    primaryKey({ name: 'meeting_invitations_pkey', columns: [t.communityCode, t.meetingId, t.personId] }),
    index('meeting_invitations_by_person').on(t.personId, t.communityCode, t.meetingId),
    foreignKey({
      name: 'meeting_invitations_meeting',
      columns: [t.communityCode, t.meetingId],
      foreignColumns: [meetings.communityCode, meetings.id],
    }),
    check(
      'meeting_invitations_class_known',
      sql`${t.class} in ('representative', 'party_member', 'unit_member', 'staff_member', 'staff', 'guest')`,
    ),
    check(
      'meeting_invitations_guests_of',
      sql`num_nulls(${t.guestKind}, ${t.guestId}) = case when ${t.class} = 'guest' then 0 else 2 end`,
    ),
    check(
      'meeting_invitations_answered_whole',
      sql`${t.answer} in ('pending', 'accepted', 'declined', 'tentative')
        and (${t.answer} = 'pending') = (${t.answeredAt} is null) and (${t.answer} <> 'pending' or ${t.note} is null)`,
    ),
  ],
)

/** Words sent to those invited: each once to each of them, whatever runs again. */
export const meetingMessages = pgTable(
  'meeting_messages',
  {
    communityCode: text('community_code').notNull(),
    meetingId: uuid('meeting_id').notNull(),
    personId: uuid('person_id')
      .notNull()
      .references(() => people.id),
    word: text('word')
      .$type<'announced' | 'changed' | 'reminder' | 'cancelled' | 'withdrawn' | 'amend' | 'confirm' | 'proxy'>()
      .notNull(),
    sequence: integer('sequence').notNull(),
    sentAt: instant('sent_at').notNull(),
  },
  (t) => [
    primaryKey({
      name: 'meeting_messages_pkey',
      columns: [t.communityCode, t.meetingId, t.personId, t.word, t.sequence],
    }),
    foreignKey({
      name: 'meeting_messages_meeting',
      columns: [t.communityCode, t.meetingId],
      foreignColumns: [meetings.communityCode, meetings.id],
    }),
    check(
      'meeting_messages_word_known',
      sql`${t.word} in ('announced', 'changed', 'reminder', 'cancelled', 'withdrawn', 'amend', 'confirm', 'proxy')`,
    ),
  ],
)

/** One person's calendar address: found by the keyed hash of its token, which is kept nowhere. */
export const calendarFeeds = pgTable('calendar_feeds', {
  personId: uuid('person_id')
    .primaryKey()
    .references(() => people.id),
  tokenHash: text('token_hash').notNull().unique('calendar_feeds_token'),
  madeAt: instant('made_at').notNull(),
})
