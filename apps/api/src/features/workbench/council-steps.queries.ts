import type { CouncilStepKind } from '@tongxin/contract'
import { MEETING_OPENS_HOURS } from '@tongxin/lifecycle'
import type { Queryable } from '../../db/connect.ts'
import { prepared } from '../../db/prepared.ts'

export interface StepRow {
  kind: Exclude<CouncilStepKind, 'vote'>
  meetingId: string
  title: string
  dueAt: string | null
}

/** Whoever presided, and staff who organize meetings, write the minutes. */
const WRITES = '(m.presider_id = $2 or $4)'
// A draft is announced in good time; one whose day has gone by without it is still to be put off or cancelled. Minutes are asked for as
// long as they can still be had.
const STEPS = `select kind, id as "meetingId", title, due as "dueAt" from (
    select 'announce' as kind, m.id, m.title, m.held_at - make_interval(days => $5) as due from meetings m
      where m.community_code = $1 and m.state = 'draft' and $4
        and m.held_at between $3::timestamptz - interval '30 days' and $3::timestamptz + make_interval(days => $5 + 7)
    union all select 'open', m.id, m.title, m.held_at from meetings m
      where m.community_code = $1 and m.state = 'announced' and ${WRITES} and m.held_at <= $3::timestamptz + interval '${MEETING_OPENS_HOURS} hours'
    union all select 'answer_invitation', m.id, m.title, m.held_at from meetings m
      join meeting_invitations v on v.community_code = m.community_code and v.meeting_id = m.id
      where m.community_code = $1 and m.state = 'announced' and v.person_id = $2 and v.answer = 'pending' and m.held_at > $3::timestamptz
    union all select case when n.meeting_id is null then 'draft_minutes' else 'publish_minutes' end, m.id, m.title, null from meetings m
      left join minutes n on n.community_code = m.community_code and n.meeting_id = m.id
      where m.community_code = $1 and m.state = 'closed' and ${WRITES} and coalesce(n.state, 'draft') = 'draft'
        and m.held_at > $3::timestamptz - interval '90 days'
    union all select 'answer_amendments', m.id, m.title, n.amend_until from meetings m
      join minutes n on n.community_code = m.community_code and n.meeting_id = m.id
      where m.community_code = $1 and m.state = 'closed' and ${WRITES} and n.state = 'amending'
        and exists (select from minutes_amendments a
          where a.community_code = n.community_code and a.meeting_id = n.meeting_id and a.state = 'open')
    union all select 'confirm_minutes', m.id, m.title, null from meetings m
      join minutes n on n.community_code = m.community_code and n.meeting_id = m.id
      where m.community_code = $1 and m.state = 'closed' and n.state = 'amending' and n.amend_until < $3::timestamptz
        and (m.presider_id = $2 or exists (select from attendance a
          where a.community_code = m.community_code and a.meeting_id = m.id and a.person_id = $2 and a.class <> 'staff'))
        and not exists (select from minutes_amendments a
          where a.community_code = n.community_code and a.meeting_id = n.meeting_id and a.state = 'open')
        and not exists (select from minutes_confirmations c where c.community_code = n.community_code
          and c.meeting_id = n.meeting_id and c.version = n.version and c.person_id = $2)
  ) s order by due nulls last, id limit 50`

/** What this person owes to the council's meetings, votes left out; served by `meetings_by_state`. */
export const findCouncilSteps = (
  on: Queryable,
  it: { communityCode: string; personId: string; now: Date; manages: boolean; noticeDays: number },
): Promise<StepRow[]> =>
  prepared<StepRow>(on, 'workbench_council', STEPS, [
    it.communityCode,
    it.personId,
    it.now.toISOString(),
    it.manages,
    it.noticeDays,
  ])
