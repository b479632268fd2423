import type { CallReason, RaterGroup } from '@tongxin/contract'
import { asOne } from '../../db/as-one.ts'
import type { Queryable, Tx } from '../../db/connect.ts'
import { prepared, preparedOne } from '../../db/prepared.ts'
import type { IssueKey } from '../issues/index.ts'

const MINE = `select id from raisers where community_code = $1 and issue_id = $2 and person_id = $3 and detached_at is null
  order by joined_at limit 1`

/** This person's place among the raisers; null for anybody else. */
export const findRaiserId = async (on: Queryable, key: IssueKey, personId: string | null): Promise<string | null> =>
  (await preparedOne<{ id: string }>(on, 'evaluation_raiser', MINE, [key.communityCode, key.id, personId]))?.id ?? null

const IS_RAISER = `select 1 as found from raisers where community_code = $1 and issue_id = $2 and id = $3 and detached_at is null`

export const isRaiserOf = async (on: Queryable, key: IssueKey, raiserId: string): Promise<boolean> =>
  (await preparedOne(on, 'evaluation_is_raiser', IS_RAISER, [key.communityCode, key.id, raiserId])) !== undefined

const ENDORSED = `select 1 as found from endorsements where community_code = $1 and issue_id = $2 and person_id ${asOne('$3')} limit 1`

export const hasEndorsed = async (on: Queryable, key: IssueKey, personId: string): Promise<boolean> =>
  (await preparedOne(on, 'evaluation_endorsed', ENDORSED, [key.communityCode, key.id, personId])) !== undefined

// One person may stand among the raisers twice, by their own raising and by a merged one: any of their places counts.
const JUDGED = `
  with me as (
    select id from raisers r where community_code = $1 and issue_id = $2
      and (id = $4 or person_id = $5
        or person_id = (select person_id from raisers where community_code = $1 and issue_id = $2 and id = $4))
  )
  select exists (select from objections where community_code = $1 and issue_id = $2 and round = $3 and review_of is null
      and (person_id ${asOne('$5')} or raiser_id in (select id from me))) as objected,
    exists (select from ratings where community_code = $1 and issue_id = $2 and round = $3
      and (person_id ${asOne('$5')} or raiser_id in (select id from me))) as rated`

export const findJudged = async (
  on: Queryable,
  key: IssueKey,
  round: number,
  who: { raiserId: string | null; personId: string | null },
): Promise<{ objected: boolean; rated: boolean }> =>
  (await preparedOne<{ objected: boolean; rated: boolean }>(on, 'evaluation_judged', JUDGED, [
    key.communityCode,
    key.id,
    round,
    who.raiserId,
    who.personId,
  ])) ?? { objected: false, rated: false }

const OBJECTION = `
  select o.round, o.state, o.made_at as at, o.review_of is not null as review,
    coalesce(o.person_id = $4 or exists (select from raisers r where r.community_code = $1 and r.id = o.raiser_id
      and r.person_id = $4), false) as mine,
    exists (select from objections v where v.community_code = $1 and v.review_of = o.id) as reviewed,
    exists (select from grants g where g.region_code = $1 and g.role = 'secretary' and g.approved_at is not null
      and g.revoked_at is null and coalesce(g.valid_from <= $6, true) and coalesce(g.valid_to > $6, true)
      and g.person_id in ($5, o.person_id,
        (select r.person_id from raisers r where r.community_code = $1 and r.id = o.raiser_id))) as "ofSecretary",
    f.answered_by as "firstAnsweredBy"
  from objections o left join objections f on f.community_code = $1 and f.id = o.review_of
  where o.community_code = $1 and o.issue_id = $2 and o.id = $3`

export interface ObjectionFacts {
  round: number
  state: 'open' | 'answered'
  review: boolean
  mine: boolean
  reviewed: boolean
  at: string
  ofSecretary: boolean
  firstAnsweredBy: string | null
}

export const findObjection = (
  on: Queryable,
  key: IssueKey,
  id: string,
  personId: string | null,
  submittedBy: string | null,
  now: Date,
): Promise<ObjectionFacts | undefined> =>
  preparedOne(on, 'evaluation_objection', OBJECTION, [key.communityCode, key.id, id, personId, submittedBy, now])

const INSERT_OBJECTION = `insert into objections
  (community_code, id, issue_id, round, event_seq, person_id, raiser_id, made_at, due_at, state, review_of)
  values ($1, $2, $3, $4, $5, $6, $7, $8, $9, 'open', $10)`

export interface Judging {
  id: string
  round: number
  eventSeq: number
  personId: string | null
  raiserId: string | null
  at: Date
}

export const insertObjection = async (
  tx: Tx,
  key: IssueKey,
  it: Judging & { dueAt: Date; reviewOf: string | null },
): Promise<void> => {
  await prepared(tx, 'evaluation_objection_insert', INSERT_OBJECTION, [
    key.communityCode,
    it.id,
    key.id,
    it.round,
    it.eventSeq,
    it.personId,
    it.raiserId,
    it.at.toISOString(),
    it.dueAt.toISOString(),
    it.reviewOf,
  ])
}

const ANSWER = `update objections set state = 'answered', answer = $3, upheld = $4, answered_by = $5, answered_at = $6
  where community_code = $1 and id = $2`

export const answerObjection = async (
  tx: Tx,
  key: IssueKey,
  id: string,
  it: { answer: string; upheld: boolean; by: string | null; at: Date },
): Promise<void> => {
  await prepared(tx, 'evaluation_objection_answer', ANSWER, [
    key.communityCode,
    id,
    it.answer,
    it.upheld,
    it.by,
    it.at.toISOString(),
  ])
}

const INSERT_RATING = `insert into ratings (community_code, id, issue_id, round, event_seq, person_id, raiser_id, helper_id,
    level, contacted, solved, rated_at, call_back, call_back_due_at, set_aside, rater_group, reasons, call_reason)
  values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, false, $15, $16, $17)`

export const insertRating = async (
  tx: Tx,
  key: IssueKey,
  it: Judging & {
    helperId: string | null
    level: number
    contacted: boolean
    solved: string
    group: RaterGroup
    reasons: readonly string[]
    /** Null when nobody need call. */
    call: { reason: CallReason; dueAt: Date } | null
  },
): Promise<void> => {
  await prepared(tx, 'evaluation_rating_insert', INSERT_RATING, [
    key.communityCode,
    it.id,
    key.id,
    it.round,
    it.eventSeq,
    it.personId,
    it.raiserId,
    it.helperId,
    it.level,
    it.contacted,
    it.solved,
    it.at.toISOString(),
    it.call ? 'open' : 'none',
    it.call?.dueAt.toISOString() ?? null,
    it.group,
    it.reasons,
    it.call?.reason ?? null,
  ])
}

const CONTEST = `insert into rating_contests (community_code, rating_id, issue_id, contested_by, contested_at, reason, state)
  values ($1, $2, $3, $4, $5, $6, 'open')`

export const insertContest = async (
  tx: Tx,
  key: IssueKey,
  ratingId: string,
  it: { by: string | null; at: Date; reason: string },
): Promise<void> => {
  await prepared(tx, 'evaluation_contest', CONTEST, [
    key.communityCode,
    ratingId,
    key.id,
    it.by,
    it.at.toISOString(),
    it.reason,
  ])
}

const DECIDE = `update rating_contests set state = $3, decided_by = $4, decided_at = $5, decision_reason = $6
  where community_code = $1 and rating_id = $2`
const SET_ASIDE = `update ratings set set_aside = true where community_code = $1 and id = $2`

export const decideContest = async (
  tx: Tx,
  key: IssueKey,
  ratingId: string,
  it: { upheld: boolean; by: string | null; at: Date; reason: string },
): Promise<void> => {
  await prepared(tx, 'evaluation_contest_decide', DECIDE, [
    key.communityCode,
    ratingId,
    it.upheld ? 'upheld' : 'rejected',
    it.by,
    it.at.toISOString(),
    it.reason,
  ])
  if (it.upheld) await prepared(tx, 'evaluation_set_aside', SET_ASIDE, [key.communityCode, ratingId])
}
