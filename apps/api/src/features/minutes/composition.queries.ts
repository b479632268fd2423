import { makePublicId } from '@tongxin/contract'
import type { State } from '@tongxin/lifecycle'
import type { Queryable } from '../../db/connect.ts'
import { prepared } from '../../db/prepared.ts'
import type { MeetingKey } from '../council/index.ts'

export interface DecisionRow {
  issueId: string
  action: 'adopt' | 'dismiss' | 'defer' | 'unschedule' | 'withdraw'
  resolution: string | null
  reason: string | null
}

// Where else a matter was on an agenda, before or since, is of no account here; nor is what left this one before it sat.
const DECISIONS = `select e.subject_id as "issueId", e.action, e.record ->> 'resolution' as resolution,
    coalesce(e.record ->> 'publicExplanation', e.record ->> 'reason') as reason
  from events e join agenda_items a on a.community_code = $1 and a.meeting_id = $3 and a.issue_id = e.subject_id
  where e.community_code = $1 and e.subject_type = 'issue' and e.subject_id = any($2::uuid[])
    and case a.state
      when 'decided' then e.action in ('adopt', 'dismiss') and e.record ->> 'meetingId' = $4
      when 'deferred' then e.action = 'defer' and e.record ->> 'fromMeetingId' = $4
      when 'dropped' then e.action in ('unschedule', 'withdraw') and e.record ->> 'fromMeetingId' = $4 and e.occurred_at >= $5
      else false end
  order by e.subject_id, e.seq`

/** What became of these matters on the meeting's agenda, while it sat or by a vote of its that ended later; in order. */
export const listDecisions = (
  on: Queryable,
  { communityCode, id }: MeetingKey,
  issueIds: readonly string[],
  openedAt: string,
): Promise<DecisionRow[]> =>
  prepared<DecisionRow>(on, 'minutes_decisions', DECISIONS, [
    communityCode,
    issueIds,
    id,
    makePublicId(communityCode, id),
    openedAt,
  ])

export interface PastRow {
  issueId: string
  number: string
  title: string | null
  resolution: string
  meetingId: string
  minutesNumber: string | null
  adoptedAt: string
  state: State
  stateSince: string
  unit: string | null
  dueAt: string | null
}

/** Where a matter has come to its end, for the council's purposes. */
const ENDED = `'closed', 'withdrawn', 'merged', 'declined', 'dismissed', 'referred'`

// Earlier sittings are few beside matters: from each through its agenda, along the primary keys.
const PAST = `
  with earlier as (
    select m.id, m.ended_at from meetings m
    where m.community_code = $1 and m.id <> $2 and m.opened_at is not null and m.ended_at <= $3
  )
  select i.id as "issueId", i.number, i.public_title as title, v.text as resolution, s.id as "meetingId",
    n.number as "minutesNumber", v.counted_at as "adoptedAt", i.state, i.state_since as "stateSince", u.name as unit,
    coalesce(i.handle_due_at, i.due_at) as "dueAt"
  from earlier s
    join agenda_items a on a.community_code = $1 and a.meeting_id = s.id and a.state = 'decided'
    join lateral (select o.id, o.text, o.state, o.proposes, o.counted_at from motions o
      where o.community_code = $1 and o.meeting_id = s.id and o.issue_id = a.issue_id and o.amends_id is null
        and o.state in ('passed', 'failed')
      order by o.counted_at desc, o.id desc limit 1) v on v.state = 'passed' and v.proposes = 'act'
    join issues i on i.community_code = $1 and i.id = a.issue_id
    left join minutes_numbers n on n.community_code = $1 and n.meeting_id = s.id
    left join units u on u.id = i.lead_unit_id
  where (i.state not in (${ENDED}) or i.state_since > (select max(ended_at) from earlier))
    and ($4 or i.visibility = 'public')
    and ($5::timestamptz is null or (v.counted_at, i.id) < ($5, $6::uuid))
  order by v.counted_at desc, i.id desc limit $7`

/** What earlier meetings adopted and is not at its end, or came to it since the last of them; newest first. */
export const listPast = (
  on: Queryable,
  meeting: MeetingKey,
  filter: { before: string; inside: boolean; after: [string, string] | null; limit: number },
): Promise<PastRow[]> => {
  const { before, inside, after, limit } = filter
  const from = [after?.[0] ?? null, after?.[1] ?? null]
  return prepared<PastRow>(on, 'past_resolutions', PAST, [
    meeting.communityCode,
    meeting.id,
    before,
    inside,
    ...from,
    limit,
  ])
}
