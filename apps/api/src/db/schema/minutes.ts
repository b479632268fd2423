import type { MinutesContent } from '@tongxin/contract'
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
import { meetings } from './meetings.ts'
import { people } from './people.ts'

const instant = (name: string) => timestamp(name, { withTimezone: true, precision: 3 })

/** The last number of minutes given out, per community and year. */
export const minutesCounters = pgTable(
  'minutes_counters',
  {
    communityCode: text('community_code').notNull(),
    year: integer('year').notNull(),
    last: integer('last').notNull(),
  },
  (t) => [primaryKey({ name: 'minutes_counters_pkey', columns: [t.communityCode, t.year] })],
)

/** A meeting's number, given when it first resolves something: its resolutions name the minutes that will tell of them. */
export const minutesNumbers = pgTable(
  'minutes_numbers',
  {
    communityCode: text('community_code').notNull(),
    meetingId: uuid('meeting_id').notNull(),
    number: text('number').notNull(),
  },
  (t) => [
    primaryKey({ name: 'minutes_numbers_pkey', columns: [t.communityCode, t.meetingId] }),
    foreignKey({
      name: 'minutes_numbers_meeting',
      columns: [t.communityCode, t.meetingId],
      foreignColumns: [meetings.communityCode, meetings.id],
    }),
    uniqueIndex('minutes_numbers_once').on(t.communityCode, t.number),
  ],
)

/** The minutes of a meeting that has ended. Once confirmed a trigger refuses every change. */
export const minutes = pgTable(
  'minutes',
  {
    communityCode: text('community_code').notNull(),
    meetingId: uuid('meeting_id').notNull(),
    state: text('state').$type<'draft' | 'amending' | 'confirmed'>().notNull(),
    /** All of the text that is public; who was there stands in the attendance. */
    content: jsonb('content').$type<MinutesContent>().notNull(),
    /** Of the content's canonical form. */
    contentHash: text('content_hash').notNull(),
    hashName: text('hash_name').notNull(),
    /** Grows with every change of text or state; a confirmation is of one version. */
    version: integer('version').notNull(),
    draftedBy: uuid('drafted_by')
      .notNull()
      .references(() => people.id),
    draftedAt: instant('drafted_at').notNull(),
    publishedAt: instant('published_at'),
    amendUntil: instant('amend_until'),
    confirmedAt: instant('confirmed_at'),
  },
  (t) => [
    primaryKey({ name: 'minutes_pkey', columns: [t.communityCode, t.meetingId] }),
    foreignKey({
      name: 'minutes_meeting',
      columns: [t.communityCode, t.meetingId],
      foreignColumns: [meetings.communityCode, meetings.id],
    }),
    check('minutes_state_known', sql`${t.state} in ('draft', 'amending', 'confirmed')`),
    check(
      'minutes_published_whole',
      sql`(${t.state} = 'draft') = (${t.publishedAt} is null) and (${t.state} = 'draft') = (${t.amendUntil} is null)
        and (${t.state} = 'confirmed') = (${t.confirmedAt} is not null)`,
    ),
  ],
)

/** What somebody who was there wants changed, and what was answered; answered once. */
export const minutesAmendments = pgTable(
  'minutes_amendments',
  {
    communityCode: text('community_code').notNull(),
    id: uuid('id').notNull(),
    meetingId: uuid('meeting_id').notNull(),
    personId: uuid('person_id')
      .notNull()
      .references(() => people.id),
    /** The item meant; null for the remarks. */
    issueId: uuid('issue_id'),
    text: text('text').notNull(),
    state: text('state').$type<'open' | 'accepted' | 'rejected'>().notNull(),
    reply: text('reply'),
    proposedAt: instant('proposed_at').notNull(),
    answeredBy: uuid('answered_by').references(() => people.id),
    answeredAt: instant('answered_at'),
  },
  (t) => [
    primaryKey({ name: 'minutes_amendments_pkey', columns: [t.communityCode, t.id] }),
    foreignKey({
      name: 'minutes_amendments_minutes',
      columns: [t.communityCode, t.meetingId],
      foreignColumns: [minutes.communityCode, minutes.meetingId],
    }),
    index('minutes_amendments_of_meeting').on(t.communityCode, t.meetingId, t.proposedAt, t.id),
    check('minutes_amendments_state_known', sql`${t.state} in ('open', 'accepted', 'rejected')`),
    check(
      'minutes_amendments_answered_whole',
      sql`num_nulls(${t.reply}, ${t.answeredBy}, ${t.answeredAt}) = case when ${t.state} = 'open' then 3 else 0 end`,
    ),
  ],
)

/** Who stands for which version of the minutes; those of an earlier version count no more. */
export const minutesConfirmations = pgTable(
  'minutes_confirmations',
  {
    communityCode: text('community_code').notNull(),
    meetingId: uuid('meeting_id').notNull(),
    personId: uuid('person_id')
      .notNull()
      .references(() => people.id),
    version: integer('version').notNull(),
    as: text('as').$type<'chair' | 'secretary' | 'member'>().notNull(),
    at: instant('at').notNull(),
  },
  (t) => [
    primaryKey({
      name: 'minutes_confirmations_pkey',
      columns: [t.communityCode, t.meetingId, t.version, t.personId],
    }),
    foreignKey({
      name: 'minutes_confirmations_minutes',
      columns: [t.communityCode, t.meetingId],
      foreignColumns: [minutes.communityCode, minutes.meetingId],
    }),
    check('minutes_confirmations_as_known', sql`${t.as} in ('chair', 'secretary', 'member')`),
  ],
)
