import { type CALL_BACK_RESULTS, CALL_RANKS, type OwedReason } from '@tongxin/contract'
import type { Queryable, Tx } from '../../db/connect.ts'
import { prepared, preparedOne } from '../../db/prepared.ts'
import type { IssueKey } from '../issues/index.ts'

// Days are those of the community's own calendar.
const RATING = `
  select r.round, r.level, r.rated_at as at, r.call_back as "callBack", r.set_aside as "setAside", r.helper_id as "helperId", c.state as contest,
    c.contested_by as "contestedBy", r.call_reason as "callReason", coalesce(r.person_id, s.person_id) as "ratedBy",
    exists (select from calls_owed o where o.community_code = $1 and o.rating_id = r.id and o.reason = 'registered')
      as "followUp",
    (select count(*)::int from call_back_attempts a where a.community_code = $1 and a.rating_id = r.id and not a.reached and not a.follow_up)
      as failures,
    (select count(distinct (a.at at time zone 'Asia/Shanghai')::date)::int from call_back_attempts a
      where a.community_code = $1 and a.rating_id = r.id and not a.reached and not a.follow_up
        and (a.at at time zone 'Asia/Shanghai')::date <> ($4::timestamptz at time zone 'Asia/Shanghai')::date)
      as "otherDays",
    (select count(*)::int from call_back_attempts a where a.community_code = $1 and a.rating_id = r.id) as attempts
  from ratings r left join raisers s on s.community_code = r.community_code and s.id = r.raiser_id
    left join rating_contests c on c.community_code = r.community_code and c.rating_id = r.id
  where r.community_code = $1 and r.issue_id = $2 and r.id = $3`

export interface RatingFacts {
  round: number
  at: string
  level: number
  callBack: 'none' | 'open' | 'concluded'
  setAside: boolean
  helperId: string | null
  contest: 'open' | 'upheld' | 'rejected' | null
  contestedBy: string | null
  /** The person behind the rating, where one is known. */
  ratedBy: string | null
  callReason: 'bad' | 'helped' | 'sampled' | null
  /** Registered with a date, which is still followed. */
  followUp: boolean
  failures: number
  /** Days before today on which an attempt failed. */
  otherDays: number
  attempts: number
}

export const findRating = (on: Queryable, key: IssueKey, id: string, now: Date): Promise<RatingFacts | undefined> =>
  preparedOne(on, 'evaluation_rating', RATING, [key.communityCode, key.id, id, now.toISOString()])

const INSERT_ATTEMPT = `insert into call_back_attempts
  (community_code, rating_id, attempt, issue_id, event_seq, at, by, reached, contacted, solved, level, outcome, due_at,
    follow_up, script_version)
  values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)`

export const insertAttempt = async (
  tx: Tx,
  key: IssueKey,
  ratingId: string,
  it: {
    attempt: number
    eventSeq: number
    at: Date
    by: string | null
    answers: Record<string, unknown>
    followUp: boolean
    scriptVersion: number
  },
): Promise<void> => {
  const { reached, contacted, solved, level, callBackOutcome, dueAt } = it.answers
  await prepared(tx, 'evaluation_attempt_insert', INSERT_ATTEMPT, [
    key.communityCode,
    ratingId,
    it.attempt,
    key.id,
    it.eventSeq,
    it.at.toISOString(),
    it.by,
    reached,
    contacted ?? null,
    solved ?? null,
    level ?? null,
    reached ? (callBackOutcome ?? null) : null,
    // To the millisecond as the record tells it, where PostgreSQL would round.
    typeof dueAt === 'string' ? new Date(dueAt).toISOString() : null,
    it.followUp,
    it.scriptVersion,
  ])
}

const CONCLUDE = `update ratings set call_back = 'concluded', call_back_outcome = $3, concluded_at = $4
  where community_code = $1 and id = $2 and call_back = 'open'`

export const concludeCallBack = async (
  tx: Tx,
  key: IssueKey,
  ratingId: string,
  outcome: keyof typeof CALL_BACK_RESULTS,
  at: Date,
): Promise<void> => {
  await prepared(tx, 'evaluation_conclude', CONCLUDE, [key.communityCode, ratingId, outcome, at.toISOString()])
}

const OWE = `insert into calls_owed (community_code, rating_id, issue_id, reason, rank, due_at) values ($1, $2, $3, $4, $5, $6)
  on conflict (community_code, rating_id) do update set reason = excluded.reason, rank = excluded.rank, due_at = excluded.due_at`

/** Puts the call on the desk, or gives the one that stands there another reason or date. */
export const oweCall = async (
  tx: Tx,
  key: IssueKey,
  ratingId: string,
  it: { reason: OwedReason; dueAt: Date },
): Promise<void> => {
  const { reason, dueAt } = it
  await prepared(tx, 'calls_owe', OWE, [
    key.communityCode,
    ratingId,
    key.id,
    reason,
    CALL_RANKS[reason],
    dueAt.toISOString(),
  ])
}

const OWED_NO_MORE = `delete from calls_owed where community_code = $1 and rating_id = $2`

export const dropCall = async (tx: Tx, key: IssueKey, ratingId: string): Promise<void> => {
  await prepared(tx, 'calls_drop', OWED_NO_MORE, [key.communityCode, ratingId])
}

const ROUND_OVER = `delete from calls_owed where community_code = $1 and issue_id = $2 and reason <> 'registered'`

/** Another round began: nobody is asked any more what they think of the last one. What was registered with a date stays. */
export const dropCallsOfRound = async (tx: Tx, key: IssueKey): Promise<void> => {
  await prepared(tx, 'calls_round_over', ROUND_OVER, [key.communityCode, key.id])
}

const OWED = `select count(*) filter (where reason <> 'registered')::int as open,
    count(*) filter (where reason = 'registered')::int as "followUps"
  from calls_owed where community_code = $1 and issue_id = $2`

export const countCallsOwed = async (on: Queryable, key: IssueKey): Promise<{ open: number; followUps: number }> =>
  (await preparedOne<{ open: number; followUps: number }>(on, 'calls_owed', OWED, [key.communityCode, key.id])) ?? {
    open: 0,
    followUps: 0,
  }
