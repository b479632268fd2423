import type { Queryable } from '../../db/connect.ts'
import { prepared } from '../../db/prepared.ts'

interface OfMatter {
  id: string
  issueNumber: string
  title: string | null
  publicTitle: string | null
  since: string
}
export interface SuspendedRow extends OfMatter {
  reason: string | null
  reviewAt: string
  suspensions: number
}
export interface ReferredRow extends OfMatter {
  raisedAt: string
  recipient: string | null
  recipientNumber: string | null
  lastWord: string | null
  lastWordAt: string | null
  /** Of its last word: of the recipient, else of the referral itself. */
  lastSeq: number
  /** Of the clock that waits for the first word; null when that has come. */
  dueAt: string | null
  /** Of its silence since then somebody was told. */
  told: boolean
}

export interface RestingFilter {
  communityCode: string
  /** Of matters in these grids or in none; null for all. */
  grids: readonly string[] | null
  after: readonly [at: string, id: string] | null
  limit: number
}
const valuesOf = ({ communityCode, grids, after, limit }: RestingFilter) => [
  communityCode,
  grids,
  ...(after ?? [null, null]),
  limit,
]

const OF_MATTER = `i.id, i.number as "issueNumber", i.title, i.public_title as "publicTitle", i.state_since as since`
const IN_GRIDS = '($2::text[] is null or i.grid_code is null or i.grid_code = any($2))'
const LAST = (action: string, more = '') => `select e.seq, e.record, e.occurred_at from events e
  where e.community_code = i.community_code and e.subject_type = 'issue' and e.subject_id = i.id and e.action = '${action}' ${more}
  order by e.seq desc limit 1`

const SUSPENDED = `select ${OF_MATTER}, s.record ->> 'reason' as reason, i.review_at as "reviewAt", i.suspensions
  from issues i left join lateral (${LAST('suspend')}) s on true
  where i.community_code = $1 and i.state = 'suspended' and ${IN_GRIDS}
    and ($3::timestamptz is null or (i.review_at, i.id) > ($3::timestamptz, $4::uuid))
  order by i.review_at, i.id limit $5`

/** By review date; served by `issues_suspended`. */
export const listSuspendedMatters = (on: Queryable, filter: RestingFilter): Promise<SuspendedRow[]> =>
  prepared(on, 'resting_suspended', SUSPENDED, valuesOf(filter))

// What an outcome is on record for rests in peace.
const REFERRED = `select ${OF_MATTER}, i.raised_at as "raisedAt", r.record ->> 'recipient' as recipient,
    coalesce(p.record ->> 'recipientNumber', r.record ->> 'recipientNumber') as "recipientNumber",
    p.record ->> 'progressText' as "lastWord", p.occurred_at as "lastWordAt", coalesce(p.seq, r.seq, 1) as "lastSeq",
    case when i.due_clock = 'referral' then i.due_at end as "dueAt",
    exists (select from inbox_items n where n.community_code = i.community_code and n.issue_id = i.id
      and n.event_seq = coalesce(p.seq, r.seq, 1) and n.step = 'referral_silent') as told
  from issues i left join lateral (${LAST('refer')}) r on true
    left join lateral (${LAST('progress', 'and e.seq > r.seq')}) p on true
  where i.community_code = $1 and i.state = 'referred' and ${IN_GRIDS}
    and not exists (select from events e where e.community_code = i.community_code and e.subject_type = 'issue'
      and e.subject_id = i.id and e.action = 'progress' and e.seq > r.seq and e.record ? 'outcome')
    and ($3::timestamptz is null or (i.raised_at, i.id) > ($3::timestamptz, $4::uuid))
  order by i.raised_at, i.id limit $5`

/** By when they were raised; served by `issues_by_state`. */
export const listReferredMatters = (on: Queryable, filter: RestingFilter): Promise<ReferredRow[]> =>
  prepared(on, 'resting_referred', REFERRED, valuesOf(filter))

const PROMISES = `select o.issue_id as id, o.due_at as "dueAt", max(a.event_seq) as seq
  from calls_owed o join call_back_attempts a on a.community_code = o.community_code and a.rating_id = o.rating_id
  where o.community_code = $1 and o.reason = 'registered' and o.due_at <= $2
  group by o.rating_id, o.issue_id, o.due_at
  having not exists (select from inbox_items n where n.community_code = $1 and n.issue_id = o.issue_id
    and n.event_seq = max(a.event_seq) and n.step = 'promise_due')`

/** What was promised for a date that has come, with the event that promised it; not what was told already. */
export const listDuePromises = (
  on: Queryable,
  communityCode: string,
  now: Date,
): Promise<{ id: string; dueAt: string; seq: number }[]> =>
  prepared(on, 'resting_promises', PROMISES, [communityCode, now.toISOString()])
