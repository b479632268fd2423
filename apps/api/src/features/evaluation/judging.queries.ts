import type { CALL_BACK_RESULTS, OwedReason, PublicizedWait, RaterGroup } from '@tongxin/contract'
import type { Queryable } from '../../db/connect.ts'
import { prepared, preparedOne } from '../../db/prepared.ts'
import { ATTEMPT_COLUMNS, type AttemptRow } from './evaluation-lists.queries.ts'

/** What every work list names its matter by; instants as ISO strings. */
interface OfIssue {
  id: string
  issueId: string
  issueNumber: string
  title: string | null
  publicTitle: string | null
  round: number
}

const OF_ISSUE = `i.id as "issueId", i.number as "issueNumber", i.title, i.public_title as "publicTitle"`

export interface DeskFilter {
  communityCode: string
  /** Of matters in these grids or in none; null for all. */
  grids: readonly string[] | null
  /** Of this grid alone. */
  grid: string | null
  limit: number
}

const IN_GRIDS = `($2::text[] is null or i.grid_code is null or i.grid_code = any($2)) and ($3::text is null or i.grid_code = $3)`
const filterValues = ({ communityCode, grids, grid }: DeskFilter) => [communityCode, grids, grid]

export interface CallRow extends OfIssue {
  reason: OwedReason
  rank: number
  dueAt: string
  level: number
  raterGroup: RaterGroup
  comment: string | null
  personId: string | null
  nameCipher: string | null
  phoneCipher: string | null
  givenNameCipher: string | null
  helperId: string | null
  helperNameCipher: string | null
  outcome: keyof typeof CALL_BACK_RESULTS | null
  concludedAt: string | null
}

const RATED = `t.id, ${OF_ISSUE}, t.round, t.level, t.rater_group as "raterGroup", e.personal ->> 'comment' as comment,
    p.id as "personId", p.name_cipher as "nameCipher", p.phone_cipher as "phoneCipher", s.name_cipher as "givenNameCipher",
    t.helper_id as "helperId", h.name_cipher as "helperNameCipher", t.call_back_outcome as outcome, t.concluded_at as "concludedAt"`
const JOINED = `join issues i on i.community_code = t.community_code and i.id = t.issue_id
    left join events e on e.community_code = t.community_code and e.subject_type = 'issue' and e.subject_id = t.issue_id
      and e.seq = t.event_seq
    left join raisers s on s.community_code = t.community_code and s.id = t.raiser_id
    left join people p on p.id = coalesce(t.person_id, s.person_id)
    left join people h on h.id = t.helper_id`

// What was registered comes back on its date.
const OWED = `
  select o.reason, o.rank, o.due_at as "dueAt", ${RATED}
  from calls_owed o join ratings t on t.community_code = o.community_code and t.id = o.rating_id ${JOINED}
  where o.community_code = $1 and ${IN_GRIDS} and o.rank = any($4::smallint[])
    and (o.reason <> 'registered' or o.due_at <= $5::timestamptz)
    and ($6::int is null or (o.rank, o.due_at, o.rating_id) > ($6::int, $7::timestamptz, $8::uuid))
  order by o.rank, o.due_at, o.rating_id limit $9`

/** By rank and date, from the index on both. @param until the end of today: what is registered for later stays away */
export const listCallsOwed = (
  on: Queryable,
  filter: DeskFilter & { ranks: readonly number[]; until: Date; after: readonly [number, string, string] | null },
): Promise<CallRow[]> =>
  prepared<CallRow>(on, 'desk_calls_owed', OWED, [
    ...filterValues(filter),
    filter.ranks,
    filter.until.toISOString(),
    ...(filter.after ?? [null, null, null]),
    filter.limit,
  ])

const OWED_ONE = `
  select p.id as "personId", p.name_cipher as "nameCipher", p.phone_cipher as "phoneCipher", i.number as "issueNumber",
    i.submitted_by as "submittedBy", i.complained_unit_id as "complainedUnitId", t.helper_id as "helperId"
  from calls_owed o join ratings t on t.community_code = o.community_code and t.id = o.rating_id
    join issues i on i.community_code = t.community_code and i.id = t.issue_id
    left join raisers s on s.community_code = t.community_code and s.id = t.raiser_id
    left join people p on p.id = coalesce(t.person_id, s.person_id)
  where o.community_code = $1 and ${IN_GRIDS} and o.rating_id = $4`

export interface OwedCall {
  /** Null where nobody is known behind the rating. */
  personId: string | null
  nameCipher: string | null
  phoneCipher: string | null
  issueNumber: string
  submittedBy: string | null
  complainedUnitId: string | null
  helperId: string | null
}

/** One call that is owed, as far as this reader's desk has it. */
export const findOwedCall = (on: Queryable, filter: DeskFilter, ratingId: string): Promise<OwedCall | undefined> =>
  preparedOne(on, 'desk_call', OWED_ONE, [...filterValues(filter), ratingId])

const CONCLUDED = `
  select case when t.call_back_outcome = 'registered' then 'registered' else t.call_reason end as reason, 0 as rank,
    t.call_back_due_at as "dueAt", ${RATED}
  from ratings t ${JOINED}
  where t.community_code = $1 and ${IN_GRIDS} and t.concluded_at is not null
    and (t.call_reason = any($4::text[]) or (t.call_back_outcome = 'registered' and 'registered' = any($4::text[])))
    and ($5::timestamptz is null or (t.concluded_at, t.id) < ($5::timestamptz, $6::uuid))
  order by t.concluded_at desc, t.id desc limit $7`

/** The last concluded first. */
export const listCallsConcluded = (
  on: Queryable,
  filter: DeskFilter & { reasons: readonly OwedReason[]; after: readonly [string, string] | null },
): Promise<CallRow[]> =>
  prepared<CallRow>(on, 'desk_calls_concluded', CONCLUDED, [
    ...filterValues(filter),
    filter.reasons,
    ...(filter.after ?? [null, null]),
    filter.limit,
  ])

const ATTEMPTS = `select ${ATTEMPT_COLUMNS} from call_back_attempts a left join events e on e.community_code = a.community_code
    and e.subject_type = 'issue' and e.subject_id = a.issue_id and e.seq = a.event_seq
  where a.community_code = $1 and a.rating_id = any($2::uuid[]) order by a.rating_id, a.attempt`

/** Of all the ratings on one page. */
export const listAttemptsOf = (
  on: Queryable,
  communityCode: string,
  ratingIds: readonly string[],
): Promise<AttemptRow[]> => prepared<AttemptRow>(on, 'desk_attempts', ATTEMPTS, [communityCode, ratingIds])

export interface OpenObjectionRow extends OfIssue {
  madeAt: string
  dueAt: string
  review: boolean
  reason: string | null
}

// What an earlier round left open is not waited for any more.
const OBJECTIONS = `
  select o.id, ${OF_ISSUE}, o.round, o.made_at as "madeAt", o.due_at as "dueAt", o.review_of is not null as review,
    e.personal ->> 'personalReason' as reason
  from objections o join issues i on i.community_code = o.community_code and i.id = o.issue_id and i.round = o.round
    left join events e on e.community_code = o.community_code and e.subject_type = 'issue' and e.subject_id = o.issue_id
      and e.seq = o.event_seq
  where o.community_code = $1 and o.state = 'open' and ${IN_GRIDS}
    and ($4::timestamptz is null or (o.due_at, o.id) > ($4::timestamptz, $5::uuid))
  order by o.due_at, o.id limit $6`

export const listOpenObjections = (
  on: Queryable,
  filter: DeskFilter & { after: readonly [string, string] | null },
): Promise<OpenObjectionRow[]> =>
  prepared<OpenObjectionRow>(on, 'desk_objections', OBJECTIONS, [
    ...filterValues(filter),
    ...(filter.after ?? [null, null]),
    filter.limit,
  ])

export interface OpenContestRow extends OfIssue {
  level: number
  comment: string | null
  reason: string
  contestedAt: string
  contestedBy: string
}

const CONTESTS = `
  select t.id, ${OF_ISSUE}, t.round, t.level, e.personal ->> 'comment' as comment, c.reason, c.contested_at as "contestedAt",
    c.contested_by as "contestedBy"
  from rating_contests c join ratings t on t.community_code = c.community_code and t.id = c.rating_id
    join issues i on i.community_code = t.community_code and i.id = t.issue_id and i.round = t.round
    left join events e on e.community_code = t.community_code and e.subject_type = 'issue' and e.subject_id = t.issue_id
      and e.seq = t.event_seq
  where c.community_code = $1 and c.state = 'open' and ${IN_GRIDS}
    and ($4::timestamptz is null or (c.contested_at, c.rating_id) > ($4::timestamptz, $5::uuid))
  order by c.contested_at, c.rating_id limit $6`

export const listOpenContests = (
  on: Queryable,
  filter: DeskFilter & { after: readonly [string, string] | null },
): Promise<OpenContestRow[]> =>
  prepared<OpenContestRow>(on, 'desk_contests', CONTESTS, [
    ...filterValues(filter),
    ...(filter.after ?? [null, null]),
    filter.limit,
  ])

export interface PublicizedRow extends Omit<OfIssue, 'id'> {
  private: boolean
  since: string
  noticeEndsAt: string | null
  evaluationEndsAt: string | null
  openObjections: number
  ratings: number
  waits: PublicizedWait[]
}

const WAITS: Record<PublicizedWait, string> = {
  notice: 'coalesce(i.notice_ends_at > $4::timestamptz, false)',
  objection: 'i.open_objections > 0',
  call_back: 'i.open_bad_ratings > 0',
  contest: 'i.open_contests > 0',
  rectify: 'i.rectify_owed',
  evaluation: 'coalesce(i.evaluation_ends_at > $4::timestamptz, false)',
}
const each = <T>(part: (wait: string, condition: string) => T): T[] =>
  Object.entries(WAITS).map(([wait, condition]) => part(wait, condition))
const PUBLICIZED = `
  select ${OF_ISSUE}, i.round, i.visibility = 'private' as private, i.state_since as since, i.notice_ends_at as "noticeEndsAt",
    i.evaluation_ends_at as "evaluationEndsAt", i.open_objections as "openObjections", i.rating_count as ratings,
    array_remove(array[${each((wait, condition) => `case when ${condition} then '${wait}' end`).join(', ')}], null) as waits
  from issues i
  where i.community_code = $1 and i.state = 'publicized' and ${IN_GRIDS}
    and ($5::text is null or ${each((wait, condition) => `($5 = '${wait}' and ${condition})`).join(' or ')})
    and ($6::timestamptz is null or (i.state_since, i.id) > ($6::timestamptz, $7::uuid))
  order by i.state_since, i.id limit $8`

/** What was publicized first comes first; served by `issues_publicized`. */
export const listPublicized = (
  on: Queryable,
  filter: DeskFilter & { now: Date; waits: PublicizedWait | undefined; after: readonly [string, string] | null },
): Promise<PublicizedRow[]> =>
  prepared<PublicizedRow>(on, 'desk_publicized', PUBLICIZED, [
    ...filterValues(filter),
    filter.now.toISOString(),
    filter.waits ?? null,
    ...(filter.after ?? [null, null]),
    filter.limit,
  ])
