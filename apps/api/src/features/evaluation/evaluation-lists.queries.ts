import type { CallReason, RaterGroup, RatingView } from '@tongxin/contract'
import { asOne } from '../../db/as-one.ts'
import type { Queryable } from '../../db/connect.ts'
import { prepared, preparedOne } from '../../db/prepared.ts'
import type { IssueKey } from '../issues/index.ts'

// A matter's objections and ratings are as few as the people who have a say in it: read whole, by the index on the issue.
const LIMIT = 2000

/** Instants as ISO strings. */
export interface ObjectionRow {
  id: string
  round: number
  madeAt: string
  dueAt: string
  state: 'open' | 'answered'
  reviewOf: string | null
  reviewed: boolean
  reason: string | null
  answer: string | null
  upheld: boolean | null
  answeredAt: string | null
  mine: boolean
}

const MINE = (of: string) => `coalesce(${of}.person_id ${asOne('$3')}
  or exists (select from raisers r where r.community_code = $1 and r.id = ${of}.raiser_id and r.person_id = $3), false)`

const EVENT_OF = (of: string) => `left join events e on e.community_code = $1 and e.subject_type = 'issue'
  and e.subject_id = $2 and e.seq = ${of}.event_seq`

const OBJECTIONS = `
  select o.id, o.round, o.made_at as "madeAt", o.due_at as "dueAt", o.state, o.review_of as "reviewOf",
    exists (select from objections v where v.community_code = $1 and v.review_of = o.id) as reviewed,
    e.personal ->> 'personalReason' as reason, o.answer, o.upheld, o.answered_at as "answeredAt", ${MINE('o')} as mine
  from objections o ${EVENT_OF('o')}
  where o.community_code = $1 and o.issue_id = $2 and ($4 or ${MINE('o')})
  order by o.made_at, o.id limit ${LIMIT}`

/** @param all everybody's, not this person's alone */
export const listObjections = (
  on: Queryable,
  key: IssueKey,
  personId: string | null,
  all: boolean,
): Promise<ObjectionRow[]> =>
  prepared<ObjectionRow>(on, 'evaluation_objections', OBJECTIONS, [key.communityCode, key.id, personId, all])

export interface ObjectionSums {
  made: number
  open: number
  upheld: number
}

const OBJECTION_SUMS = `select count(*)::int as made, count(*) filter (where state = 'open')::int as open,
    count(*) filter (where upheld)::int as upheld
  from objections where community_code = $1 and issue_id = $2 and round = $3`

export const sumObjections = async (on: Queryable, key: IssueKey, round: number): Promise<ObjectionSums> =>
  (await preparedOne<ObjectionSums>(on, 'evaluation_objection_sums', OBJECTION_SUMS, [
    key.communityCode,
    key.id,
    round,
  ])) ?? { made: 0, open: 0, upheld: 0 }

export interface RatingRow {
  id: string
  round: number
  ratedAt: string
  level: number
  contacted: boolean
  solved: 'yes' | 'partly' | 'no'
  reasons: RatingView['reasons']
  comment: string | null
  /** Of the event that holds the comment and the photos. */
  eventSeq: number
  raterGroup: RaterGroup
  raiserId: string | null
  /** Of the rater: as a person, or as the person behind the raiser. */
  personId: string | null
  nameCipher: string | null
  givenNameCipher: string | null
  helperId: string | null
  helperNameCipher: string | null
  callBack: 'none' | 'open' | 'concluded'
  callReason: CallReason | null
  callBackDueAt: string | null
  followUpAt: string | null
  callBackOutcome: RatingView['callBackOutcome']
  setAside: boolean
  contestState: 'open' | 'upheld' | 'rejected' | null
  contestReason: string | null
  contestedAt: string | null
  decisionReason: string | null
  decidedAt: string | null
  mine: boolean
}

const RATINGS = `
  select t.id, t.round, t.rated_at as "ratedAt", t.level, t.contacted, t.solved, e.personal ->> 'comment' as comment,
    t.reasons, t.event_seq as "eventSeq", t.rater_group as "raterGroup", t.call_reason as "callReason", o.due_at as "followUpAt",
    t.raiser_id as "raiserId", p.id as "personId", p.name_cipher as "nameCipher", s.name_cipher as "givenNameCipher",
    t.helper_id as "helperId", h.name_cipher as "helperNameCipher", t.call_back as "callBack",
    t.call_back_due_at as "callBackDueAt", t.call_back_outcome as "callBackOutcome", t.set_aside as "setAside",
    c.state as "contestState", c.reason as "contestReason", c.contested_at as "contestedAt",
    c.decision_reason as "decisionReason", c.decided_at as "decidedAt", ${MINE('t')} as mine
  from ratings t ${EVENT_OF('t')}
    left join raisers s on s.community_code = $1 and s.id = t.raiser_id
    left join people p on p.id = coalesce(t.person_id, s.person_id)
    left join people h on h.id = t.helper_id
    left join rating_contests c on c.community_code = $1 and c.rating_id = t.id
    left join calls_owed o on o.community_code = $1 and o.rating_id = t.id and o.reason = 'registered'
  where t.community_code = $1 and t.issue_id = $2 and ($4 or ${MINE('t')})
  order by t.rated_at, t.id limit ${LIMIT}`

export const listRatings = (
  on: Queryable,
  key: IssueKey,
  personId: string | null,
  all: boolean,
): Promise<RatingRow[]> =>
  prepared<RatingRow>(on, 'evaluation_ratings', RATINGS, [key.communityCode, key.id, personId, all])

export interface AttemptRow {
  ratingId: string
  at: string
  reached: boolean
  contacted: boolean | null
  solved: 'yes' | 'partly' | 'no' | null
  level: number | null
  outcome: NonNullable<RatingView['attempts'][number]['outcome']> | null
  dueAt: string | null
  text: string | null
  followUp: boolean
  scriptVersion: number
}

export const ATTEMPT_COLUMNS = `a.rating_id as "ratingId", a.at, a.reached, a.contacted, a.solved, a.level, a.outcome,
    a.due_at as "dueAt", e.personal ->> 'text' as text, a.follow_up as "followUp", a.script_version as "scriptVersion"`

const ATTEMPTS = `
  select ${ATTEMPT_COLUMNS}
  from call_back_attempts a ${EVENT_OF('a')}
  where a.community_code = $1 and a.issue_id = $2 order by a.rating_id, a.attempt`

export const listAttempts = (on: Queryable, key: IssueKey): Promise<AttemptRow[]> =>
  prepared<AttemptRow>(on, 'evaluation_attempts', ATTEMPTS, [key.communityCode, key.id])

export interface SumRow {
  round: number
  group: RaterGroup
  helped: boolean
  rated: number
  l1: number
  l2: number
  l3: number
  l4: number
  l5: number
  contacted: number
  yes: number
  partly: number
  no: number
}

const levels = [1, 2, 3, 4, 5].map((n) => `count(*) filter (where level = ${n})::int as l${n}`).join(', ')
const SUMS = `
  select round, rater_group as "group", helper_id is not null as helped, count(*)::int as rated, ${levels},
    count(*) filter (where contacted)::int as contacted, count(*) filter (where solved = 'yes')::int as yes,
    count(*) filter (where solved = 'partly')::int as partly, count(*) filter (where solved = 'no')::int as no
  from ratings where community_code = $1 and issue_id = $2 and not set_aside
  group by round, rater_group, helper_id is not null order by round`

/** Of every round, each group apart; what an upheld contest set aside does not count. */
export const sumRatings = (on: Queryable, key: IssueKey): Promise<SumRow[]> =>
  prepared<SumRow>(on, 'evaluation_sums', SUMS, [key.communityCode, key.id])
