import type { Choice, CouncilClass } from '@tongxin/lifecycle'
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
import { motions } from './council.ts'
import { meetings } from './meetings.ts'
import { people } from './people.ts'

const instant = (name: string) => timestamp(name, { withTimezone: true, precision: 3 })
const CHOICE_KNOWN = `choice in ('for', 'against', 'abstain')`

/** Who stands in for whom at one meeting. One that ended stays; a new one may follow it. */
export const proxies = pgTable(
  'proxies',
  {
    communityCode: text('community_code').notNull(),
    id: uuid('id').notNull(),
    meetingId: uuid('meeting_id').notNull(),
    principalId: uuid('principal_id')
      .notNull()
      .references(() => people.id),
    holderId: uuid('holder_id')
      .notNull()
      .references(() => people.id),
    givenAt: instant('given_at').notNull(),
    /** Staff who typed a paper that was handed in; null when the member gave it themself. */
    enteredBy: uuid('entered_by').references(() => people.id),
    endedAt: instant('ended_at'),
    ended: text('ended').$type<'revoked' | 'checked_in' | 'deputy_came'>(),
  },
  (t) => [
    primaryKey({ name: 'proxies_pkey', columns: [t.communityCode, t.id] }),
    foreignKey({
      name: 'proxies_meeting',
      columns: [t.communityCode, t.meetingId],
      foreignColumns: [meetings.communityCode, meetings.id],
    }),
    uniqueIndex('proxies_one_standing')
      .on(t.communityCode, t.meetingId, t.principalId)
      .where(sql`${t.endedAt} is null`),
    index('proxies_by_holder').on(t.communityCode, t.meetingId, t.holderId),
    check('proxies_not_oneself', sql`${t.principalId} <> ${t.holderId}`),
    check('proxies_entered_by_another', sql`${t.enteredBy} <> ${t.principalId} and ${t.enteredBy} <> ${t.holderId}`),
    check('proxies_ended_whole', sql`(${t.endedAt} is null) = (${t.ended} is null)`),
    check('proxies_ended_known', sql`${t.ended} in ('revoked', 'checked_in', 'deputy_came')`),
  ],
)

/**
 * Who may vote on a motion, frozen when it opened. Of a secret ballot a row says that a paper was issued; not when, and not which:
 * `blinded` is the hash of what was signed unseen, kept while the ballot runs so that an answer lost on the way can be had again.
 */
export const motionRoll = pgTable(
  'motion_roll',
  {
    communityCode: text('community_code').notNull(),
    motionId: uuid('motion_id').notNull(),
    personId: uuid('person_id')
      .notNull()
      .references(() => people.id),
    class: text('class').$type<CouncilClass>().notNull(),
    entitledSince: instant('entitled_since').notNull(),
    inRoom: boolean('in_room').notNull(),
    /** Through this proxy alone, as long as it stands. */
    proxyId: uuid('proxy_id'),
    issued: boolean('issued').notNull().default(false),
    blinded: text('blinded'),
  },
  (t) => [
    primaryKey({ name: 'motion_roll_pkey', columns: [t.communityCode, t.motionId, t.personId] }),
    foreignKey({
      name: 'motion_roll_motion',
      columns: [t.communityCode, t.motionId],
      foreignColumns: [motions.communityCode, motions.id],
    }),
    foreignKey({
      name: 'motion_roll_proxy',
      columns: [t.communityCode, t.proxyId],
      foreignColumns: [proxies.communityCode, proxies.id],
    }),
    index('motion_roll_by_person').on(t.communityCode, t.personId),
    index('motion_roll_by_proxy').on(t.communityCode, t.proxyId).where(sql`${t.proxyId} is not null`),
    check(
      'motion_roll_class_known',
      sql`${t.class} in ('representative', 'party_member', 'unit_member', 'staff_member')`,
    ),
    check('motion_roll_not_in_two_places', sql`${t.proxyId} is null or not ${t.inRoom}`),
  ],
)

/** Votes cast under the voter's name. */
export const openVotes = pgTable(
  'open_votes',
  {
    communityCode: text('community_code').notNull(),
    motionId: uuid('motion_id').notNull(),
    personId: uuid('person_id').notNull(),
    /** The voter, or who stood in for them. */
    castBy: uuid('cast_by')
      .notNull()
      .references(() => people.id),
    choice: text('choice').$type<Choice>().notNull(),
    castAt: instant('cast_at').notNull(),
    /** Its event on the motion's chain: the receipt. */
    seq: integer('seq').notNull(),
  },
  (t) => [
    primaryKey({ name: 'open_votes_pkey', columns: [t.communityCode, t.motionId, t.personId] }),
    foreignKey({
      name: 'open_votes_roll',
      columns: [t.communityCode, t.motionId, t.personId],
      foreignColumns: [motionRoll.communityCode, motionRoll.motionId, motionRoll.personId],
    }),
    check('open_votes_choice_known', sql.raw(CHOICE_KNOWN)),
  ],
)

/** Votes nobody's name stands by: no time, no sequence, no id but the random token; rewritten in its order once counted. */
export const secretBallots = pgTable(
  'secret_ballots',
  {
    communityCode: text('community_code').notNull(),
    motionId: uuid('motion_id').notNull(),
    token: text('token').notNull(),
    choice: text('choice').$type<Choice>().notNull(),
    signature: text('signature').notNull(),
  },
  (t) => [
    primaryKey({ name: 'secret_ballots_pkey', columns: [t.communityCode, t.motionId, t.token] }),
    foreignKey({
      name: 'secret_ballots_motion',
      columns: [t.communityCode, t.motionId],
      foreignColumns: [motions.communityCode, motions.id],
    }),
    check('secret_ballots_choice_known', sql.raw(CHOICE_KNOWN)),
  ],
)

/** The key that signs papers, encrypted; gone when the ballot ends. */
export const ballotKeys = pgTable(
  'ballot_keys',
  {
    communityCode: text('community_code').notNull(),
    motionId: uuid('motion_id').notNull(),
    privateKeyCipher: text('private_key_cipher').notNull(),
  },
  (t) => [
    primaryKey({ name: 'ballot_keys_pkey', columns: [t.communityCode, t.motionId] }),
    foreignKey({
      name: 'ballot_keys_motion',
      columns: [t.communityCode, t.motionId],
      foreignColumns: [motions.communityCode, motions.id],
    }),
  ],
)
