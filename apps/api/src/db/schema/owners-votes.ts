import { sql } from 'drizzle-orm'
import {
  bigint,
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
import { attachments } from './attachments.ts'
import { motions } from './council.ts'
import { households } from './households.ts'
import { people } from './people.ts'

const instant = (name: string) => timestamp(name, { withTimezone: true, precision: 3 })

/** A motion put to the owners or households, with the sums of its roll as it was frozen at the notice. */
export const ownersVotes = pgTable(
  'owners_votes',
  {
    communityCode: text('community_code').notNull(),
    motionId: uuid('motion_id').notNull(),
    postedAt: instant('posted_at').notNull(),
    heads: integer('heads').notNull(),
    flats: integer('flats').notNull(),
    areaHundredths: bigint('area_hundredths', { mode: 'number' }).notNull(),
    /** Papers on which two had not agreed when it was counted; null until then. */
    papersOpen: integer('papers_open'),
  },
  (t) => [
    primaryKey({ name: 'owners_votes_pkey', columns: [t.communityCode, t.motionId] }),
    foreignKey({
      name: 'owners_votes_motion',
      columns: [t.communityCode, t.motionId],
      foreignColumns: [motions.communityCode, motions.id],
    }),
    index('owners_votes_by_time').on(t.communityCode, t.postedAt, t.motionId),
    check('owners_votes_somebody', sql`${t.heads} > 0 and ${t.flats} >= ${t.heads} and ${t.areaHundredths} > 0`),
  ],
)

/** The frozen roll: each flat with its area, under the number of its head. */
export const voteFlats = pgTable(
  'vote_flats',
  {
    communityCode: text('community_code').notNull(),
    motionId: uuid('motion_id').notNull(),
    householdId: uuid('household_id')
      .notNull()
      .references(() => households.id),
    headNo: integer('head_no').notNull(),
    areaHundredths: bigint('area_hundredths', { mode: 'number' }).notNull(),
    /** Not sold at the notice: the developer votes for it, on paper. */
    developer: boolean('developer').notNull(),
  },
  (t) => [
    primaryKey({ name: 'vote_flats_pkey', columns: [t.communityCode, t.motionId, t.householdId] }),
    foreignKey({
      name: 'vote_flats_vote',
      columns: [t.communityCode, t.motionId],
      foreignColumns: [ownersVotes.communityCode, ownersVotes.motionId],
    }),
    index('vote_flats_by_head').on(t.communityCode, t.motionId, t.headNo),
    check('vote_flats_area_positive', sql`${t.areaHundredths} > 0`),
  ],
)

/** Whom a head has named to vote for it on this one motion, in writing: online, or on a paper that staff typed. */
export const headProxies = pgTable(
  'head_proxies',
  {
    communityCode: text('community_code').notNull(),
    id: uuid('id').notNull(),
    motionId: uuid('motion_id').notNull(),
    headNo: integer('head_no').notNull(),
    holderId: uuid('holder_id')
      .notNull()
      .references(() => people.id),
    /** Which of its people gave it online; null for a paper. */
    givenBy: uuid('given_by').references(() => people.id),
    /** Staff who typed the paper, and its scan; null when given online. */
    enteredBy: uuid('entered_by').references(() => people.id),
    attachmentId: uuid('attachment_id'),
    givenAt: instant('given_at').notNull(),
    endedAt: instant('ended_at'),
    ended: text('ended').$type<'revoked' | 'voted' | 'objected'>(),
  },
  (t) => [
    primaryKey({ name: 'head_proxies_pkey', columns: [t.communityCode, t.id] }),
    foreignKey({
      name: 'head_proxies_vote',
      columns: [t.communityCode, t.motionId],
      foreignColumns: [ownersVotes.communityCode, ownersVotes.motionId],
    }),
    foreignKey({
      name: 'head_proxies_paper',
      columns: [t.communityCode, t.attachmentId],
      foreignColumns: [attachments.communityCode, attachments.id],
    }),
    uniqueIndex('head_proxies_one_standing').on(t.communityCode, t.motionId, t.headNo).where(sql`${t.endedAt} is null`),
    index('head_proxies_by_holder').on(t.communityCode, t.motionId, t.holderId),
    index('head_proxies_by_time').on(t.communityCode, t.motionId, t.givenAt, t.id),
    check('head_proxies_given_once', sql`num_nulls(${t.givenBy}, ${t.enteredBy}) = 1`),
    check('head_proxies_paper_kept', sql`(${t.enteredBy} is null) = (${t.attachmentId} is null)`),
    check('head_proxies_to_another', sql`${t.holderId} <> coalesce(${t.givenBy}, ${t.enteredBy})`),
    check('head_proxies_ended_whole', sql`(${t.endedAt} is null) = (${t.ended} is null)`),
    check('head_proxies_ended_known', sql`${t.ended} in ('revoked', 'voted', 'objected')`),
  ],
)

/** What a head chose, once: online by one of its people, or on a paper that two members of staff read alike. */
export const headVotes = pgTable(
  'head_votes',
  {
    communityCode: text('community_code').notNull(),
    motionId: uuid('motion_id').notNull(),
    headNo: integer('head_no').notNull(),
    way: text('way').$type<'online' | 'paper'>().notNull(),
    choice: text('choice').$type<'for' | 'against' | 'abstain'>().notNull(),
    /** On paper: by everybody who owns together, so that none of them may object. */
    signedByAll: boolean('signed_by_all').notNull(),
    /** Who voted, or who read the paper second. */
    castBy: uuid('cast_by')
      .notNull()
      .references(() => people.id),
    castAt: instant('cast_at').notNull(),
    /** By which it was cast, or signed. */
    proxyId: uuid('proxy_id'),
  },
  (t) => [
    primaryKey({ name: 'head_votes_pkey', columns: [t.communityCode, t.motionId, t.headNo] }),
    foreignKey({
      name: 'head_votes_vote',
      columns: [t.communityCode, t.motionId],
      foreignColumns: [ownersVotes.communityCode, ownersVotes.motionId],
    }),
    foreignKey({
      name: 'head_votes_proxy',
      columns: [t.communityCode, t.proxyId],
      foreignColumns: [headProxies.communityCode, headProxies.id],
    }),
    check('head_votes_one_signer', sql`${t.proxyId} is null or not ${t.signedByAll}`),
    check('head_votes_way_known', sql`${t.way} in ('online', 'paper')`),
    check('head_votes_choice_known', sql`${t.choice} in ('for', 'against', 'abstain')`),
  ],
)

/** Somebody who owns with whoever voted does not agree: the vote is set aside, and only a paper signed by all counts. */
export const headObjections = pgTable(
  'head_objections',
  {
    communityCode: text('community_code').notNull(),
    motionId: uuid('motion_id').notNull(),
    headNo: integer('head_no').notNull(),
    personId: uuid('person_id')
      .notNull()
      .references(() => people.id),
    objectedAt: instant('objected_at').notNull(),
  },
  (t) => [
    primaryKey({ name: 'head_objections_pkey', columns: [t.communityCode, t.motionId, t.headNo] }),
    foreignKey({
      name: 'head_objections_vote',
      columns: [t.communityCode, t.motionId],
      foreignColumns: [ownersVotes.communityCode, ownersVotes.motionId],
    }),
  ],
)

/** What one member of staff read on a paper; nothing of it counts until another read the same. */
export const paperEntries = pgTable(
  'paper_entries',
  {
    communityCode: text('community_code').notNull(),
    motionId: uuid('motion_id').notNull(),
    headNo: integer('head_no').notNull(),
    enteredBy: uuid('entered_by')
      .notNull()
      .references(() => people.id),
    choice: text('choice').$type<'for' | 'against' | 'abstain'>().notNull(),
    signedByAll: boolean('signed_by_all').notNull(),
    byProxy: boolean('by_proxy').notNull(),
    enteredAt: instant('entered_at').notNull(),
  },
  (t) => [
    primaryKey({ name: 'paper_entries_pkey', columns: [t.communityCode, t.motionId, t.headNo, t.enteredBy] }),
    foreignKey({
      name: 'paper_entries_vote',
      columns: [t.communityCode, t.motionId],
      foreignColumns: [ownersVotes.communityCode, ownersVotes.motionId],
    }),
    check('paper_entries_choice_known', sql`${t.choice} in ('for', 'against', 'abstain')`),
  ],
)

/** Which word about a vote went to whom. */
export const ownersMessages = pgTable(
  'owners_messages',
  {
    communityCode: text('community_code').notNull(),
    motionId: uuid('motion_id').notNull(),
    personId: uuid('person_id')
      .notNull()
      .references(() => people.id),
    word: text('word').notNull(),
    sentAt: instant('sent_at').notNull(),
  },
  (t) => [
    primaryKey({ name: 'owners_messages_pkey', columns: [t.communityCode, t.motionId, t.personId, t.word] }),
    foreignKey({
      name: 'owners_messages_vote',
      columns: [t.communityCode, t.motionId],
      foreignColumns: [ownersVotes.communityCode, ownersVotes.motionId],
    }),
  ],
)
