import { sql } from 'drizzle-orm'
import {
  boolean,
  check,
  foreignKey,
  index,
  integer,
  pgTable,
  primaryKey,
  smallint,
  text,
  timestamp,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core'
import { issues } from './issues.ts'
import { people } from './people.ts'

const instant = (name: string) => timestamp(name, { withTimezone: true, precision: 3 })

/**
 * Objections to what is publicized: one per person and round, and one review of its answer. What the person wrote stands
 * in the personal payload of the event (`event_seq`) and nowhere else, so that erasing it there erases it. A raiser is named
 * by their place among the issue's raisers, anybody else as a person: cutting that tie cuts this one.
 */
export const objections = pgTable(
  'objections',
  {
    communityCode: text('community_code').notNull(),
    id: uuid('id').notNull(),
    issueId: uuid('issue_id').notNull(),
    round: integer('round').notNull(),
    eventSeq: integer('event_seq').notNull(),
    personId: uuid('person_id').references(() => people.id),
    raiserId: uuid('raiser_id'),
    madeAt: instant('made_at').notNull(),
    dueAt: instant('due_at').notNull(),
    state: text('state').$type<'open' | 'answered'>().notNull(),
    answer: text('answer'),
    upheld: boolean('upheld'),
    answeredBy: uuid('answered_by').references(() => people.id),
    answeredAt: instant('answered_at'),
    /** The objection whose answer is to be reviewed by the secretary. */
    reviewOf: uuid('review_of'),
  },
  (t) => [
    primaryKey({ name: 'objections_pkey', columns: [t.communityCode, t.id] }),
    foreignKey({
      name: 'objections_issue',
      columns: [t.communityCode, t.issueId],
      foreignColumns: [issues.communityCode, issues.id],
    }),
    foreignKey({
      name: 'objections_review_of',
      columns: [t.communityCode, t.reviewOf],
      foreignColumns: [t.communityCode, t.id],
    }),
    uniqueIndex('objections_one_a_person')
      .on(t.communityCode, t.issueId, t.round, t.personId)
      .where(sql`${t.reviewOf} is null and ${t.personId} is not null`),
    uniqueIndex('objections_one_a_raiser')
      .on(t.communityCode, t.issueId, t.round, t.raiserId)
      .where(sql`${t.reviewOf} is null and ${t.raiserId} is not null`),
    uniqueIndex('objections_one_review').on(t.communityCode, t.reviewOf).where(sql`${t.reviewOf} is not null`),
    index('objections_open').on(t.communityCode, t.dueAt, t.id).where(sql`${t.state} = 'open'`),
    index('objections_by_person').on(t.personId).where(sql`${t.personId} is not null`),
    index('objections_by_issue').on(t.communityCode, t.issueId, t.madeAt),
    check('objections_of_somebody', sql`num_nonnulls(${t.personId}, ${t.raiserId}) = 1`),
    check('objections_state_known', sql`${t.state} in ('open', 'answered')`),
    check(
      'objections_answered_whole',
      sql`(${t.state} = 'answered') = (${t.answeredAt} is not null) and num_nulls(${t.answer}, ${t.upheld}, ${t.answeredAt}) in (0, 3)`,
    ),
  ],
)

/** One rating per person and round; a raiser is named as in `objections`, with or without an account. */
export const ratings = pgTable(
  'ratings',
  {
    communityCode: text('community_code').notNull(),
    id: uuid('id').notNull(),
    issueId: uuid('issue_id').notNull(),
    round: integer('round').notNull(),
    /** The event that holds the comment. */
    eventSeq: integer('event_seq').notNull(),
    personId: uuid('person_id').references(() => people.id),
    raiserId: uuid('raiser_id'),
    /** Who entered it for a raiser. */
    helperId: uuid('helper_id').references(() => people.id),
    level: smallint('level').notNull(),
    contacted: boolean('contacted').notNull(),
    solved: text('solved').$type<'yes' | 'partly' | 'no'>().notNull(),
    /** As what the rater is counted, in one group only: raiser before endorser before council member before resident. */
    raterGroup: text('rater_group').$type<'raiser' | 'endorser' | 'council' | 'resident'>().notNull(),
    /** Codes of RATING_REASONS. */
    reasons: text('reasons').array().notNull(),
    ratedAt: instant('rated_at').notNull(),
    /** Why somebody calls: every bad and every helped rating, and those of the good ones that were drawn. */
    callReason: text('call_reason').$type<'bad' | 'helped' | 'sampled'>(),
    callBack: text('call_back').$type<'none' | 'open' | 'concluded'>().notNull(),
    callBackDueAt: instant('call_back_due_at'),
    callBackOutcome: text('call_back_outcome').$type<
      'upheld' | 'explained' | 'registered' | 'mistaken' | 'confirmed' | 'unreached' | 'set_aside'
    >(),
    concludedAt: instant('concluded_at'),
    /** A contest was upheld: it counts no more, and stays on record. */
    setAside: boolean('set_aside').notNull(),
  },
  (t) => [
    primaryKey({ name: 'ratings_pkey', columns: [t.communityCode, t.id] }),
    foreignKey({
      name: 'ratings_issue',
      columns: [t.communityCode, t.issueId],
      foreignColumns: [issues.communityCode, issues.id],
    }),
    uniqueIndex('ratings_one_a_person')
      .on(t.communityCode, t.issueId, t.round, t.personId)
      .where(sql`${t.personId} is not null`),
    uniqueIndex('ratings_one_a_raiser')
      .on(t.communityCode, t.issueId, t.round, t.raiserId)
      .where(sql`${t.raiserId} is not null`),
    index('ratings_by_person').on(t.personId).where(sql`${t.personId} is not null`),
    index('ratings_by_issue').on(t.communityCode, t.issueId, t.ratedAt),
    index('ratings_by_conclusion').on(t.communityCode, t.concludedAt, t.id).where(sql`${t.concludedAt} is not null`),
    check('ratings_group_known', sql`${t.raterGroup} in ('raiser', 'endorser', 'council', 'resident')`),
    check('ratings_called_with_a_reason', sql`(${t.callBack} = 'none') = (${t.callReason} is null)`),
    check('ratings_level', sql`${t.level} between 1 and 5`),
    check('ratings_solved_known', sql`${t.solved} in ('yes', 'partly', 'no')`),
    check('ratings_of_somebody', sql`num_nonnulls(${t.personId}, ${t.raiserId}) = 1`),
    check('ratings_call_back_known', sql`${t.callBack} in ('none', 'open', 'concluded')`),
    check(
      'ratings_concluded_whole',
      sql`(${t.callBack} = 'concluded') = (${t.concludedAt} is not null) and (${t.concludedAt} is null) = (${t.callBackOutcome} is null)`,
    ),
  ],
)

/**
 * Each attempt to reach a rater, and what was learned; those after a date was registered too. What was said stands in the event's
 * personal payload.
 */
export const callBackAttempts = pgTable(
  'call_back_attempts',
  {
    communityCode: text('community_code').notNull(),
    ratingId: uuid('rating_id').notNull(),
    attempt: integer('attempt').notNull(),
    issueId: uuid('issue_id').notNull(),
    eventSeq: integer('event_seq').notNull(),
    at: instant('at').notNull(),
    by: uuid('by')
      .notNull()
      .references(() => people.id),
    reached: boolean('reached').notNull(),
    contacted: boolean('contacted'),
    solved: text('solved').$type<'yes' | 'partly' | 'no'>(),
    level: smallint('level'),
    outcome: text('outcome').$type<'upheld' | 'explained' | 'registered' | 'mistaken' | 'confirmed'>(),
    /** By when it is to be solved, where that was registered; when it is looked at again, where it was not solved by then. */
    dueAt: instant('due_at'),
    /** Asked on the date that was registered, not about the rating itself. */
    followUp: boolean('follow_up').notNull(),
    /** Which wording of the questions was read out. */
    scriptVersion: smallint('script_version').notNull(),
  },
  (t) => [
    primaryKey({ name: 'call_back_attempts_pkey', columns: [t.communityCode, t.ratingId, t.attempt] }),
    foreignKey({
      name: 'call_back_attempts_rating',
      columns: [t.communityCode, t.ratingId],
      foreignColumns: [ratings.communityCode, ratings.id],
    }),
    index('call_back_attempts_by_issue').on(t.communityCode, t.issueId),
    index('call_back_attempts_by_time').on(t.communityCode, t.at, t.ratingId, t.attempt),
    check(
      'call_back_attempts_outcome_when_reached',
      sql`${t.reached} = (${t.outcome} is not null) or (${t.followUp} and ${t.outcome} is null)`,
    ),
    check('call_back_attempts_level', sql`${t.level} is null or ${t.level} between 1 and 5`),
  ],
)

/**
 * Whom somebody has to call now: one row as long as it is owed, gone when the call-back is concluded or another round began.
 * What the call-back desk reads; the record of what was done is `call_back_attempts`.
 */
export const callsOwed = pgTable(
  'calls_owed',
  {
    communityCode: text('community_code').notNull(),
    ratingId: uuid('rating_id').notNull(),
    issueId: uuid('issue_id').notNull(),
    reason: text('reason').$type<'bad' | 'helped' | 'sampled' | 'registered'>().notNull(),
    /** Bad ones first; see CALL_RANKS. */
    rank: smallint('rank').notNull(),
    /** When it is to be concluded; of what was registered, the date on which it is asked about. */
    dueAt: instant('due_at').notNull(),
  },
  (t) => [
    primaryKey({ name: 'calls_owed_pkey', columns: [t.communityCode, t.ratingId] }),
    foreignKey({
      name: 'calls_owed_rating',
      columns: [t.communityCode, t.ratingId],
      foreignColumns: [ratings.communityCode, ratings.id],
    }),
    index('calls_owed_by_issue').on(t.communityCode, t.issueId),
    index('calls_owed_by_rank').on(t.communityCode, t.rank, t.dueAt, t.ratingId),
    check('calls_owed_reason_known', sql`${t.reason} in ('bad', 'helped', 'sampled', 'registered')`),
  ],
)

/** A rating may be contested once by those it judges; the secretary decides. */
export const ratingContests = pgTable(
  'rating_contests',
  {
    communityCode: text('community_code').notNull(),
    ratingId: uuid('rating_id').notNull(),
    issueId: uuid('issue_id').notNull(),
    contestedBy: uuid('contested_by')
      .notNull()
      .references(() => people.id),
    contestedAt: instant('contested_at').notNull(),
    reason: text('reason').notNull(),
    state: text('state').$type<'open' | 'upheld' | 'rejected'>().notNull(),
    decidedBy: uuid('decided_by').references(() => people.id),
    decidedAt: instant('decided_at'),
    decisionReason: text('decision_reason'),
  },
  (t) => [
    primaryKey({ name: 'rating_contests_pkey', columns: [t.communityCode, t.ratingId] }),
    foreignKey({
      name: 'rating_contests_rating',
      columns: [t.communityCode, t.ratingId],
      foreignColumns: [ratings.communityCode, ratings.id],
    }),
    index('rating_contests_by_issue').on(t.communityCode, t.issueId),
    index('rating_contests_open').on(t.communityCode, t.contestedAt, t.ratingId).where(sql`${t.state} = 'open'`),
    check('rating_contests_state_known', sql`${t.state} in ('open', 'upheld', 'rejected')`),
    check('rating_contests_decided_whole', sql`(${t.state} = 'open') = (${t.decidedAt} is null)`),
  ],
)
