import { AFTER_ACTIONS, BEFORE_ACTIONS, UNDONE_ACTIONS } from '@tongxin/lifecycle'
import type { Queryable } from '../../db/connect.ts'
import { prepared } from '../../db/prepared.ts'

interface Shown {
  id: string
  number: string
  kind: string
  categoryCode: string | null
  round: number
  title: string
}
export interface NoticeRow extends Shown {
  text: string | null
  result: string | null
  leadUnit: string | null
  publicizedAt: string
  noticeEndsAt: string
  evaluationEndsAt: string | null
}
export interface SuspendedRow extends Shown {
  reason: string | null
  suspendedAt: string
  reviewAt: string
  suspensions: number
}
export type After = readonly [at: string, id: string] | null

const SHOWN = `i.id, i.number, i.kind, i.category_code as "categoryCode", i.round, i.public_title as title`
const OPEN_TO_ALL = `i.community_code = $1 and i.visibility = 'public' and i.public_title is not null`

const NOTICES = (after: string) => `select ${SHOWN}, i.public_text as text, i.result, u.name as "leadUnit",
    i.publicized_at as "publicizedAt", i.notice_ends_at as "noticeEndsAt", i.evaluation_ends_at as "evaluationEndsAt"
  from issues i left join units u on u.id = i.lead_unit_id
  where ${OPEN_TO_ALL} and i.state = 'publicized' and i.notice_ends_at > $2 ${after}
  order by i.notice_ends_at desc, i.id desc limit $3`

/** The matters in their notice period at `now`, those publicized last first; served by `issues_on_notice`. */
export const listNotices = (on: Queryable, communityCode: string, now: Date, after: After, limit: number) =>
  after
    ? prepared<NoticeRow>(on, 'notices_after', NOTICES('and (i.notice_ends_at, i.id) < ($4, $5)'), [
        communityCode,
        now,
        limit,
        ...after,
      ])
    : prepared<NoticeRow>(on, 'notices', NOTICES(''), [communityCode, now, limit])

const SUSPENDED = (after: string) => `select ${SHOWN}, i.state_since as "suspendedAt", i.review_at as "reviewAt",
    i.suspensions, (select e.record->>'reason' from events e
      where e.community_code = i.community_code and e.subject_type = 'issue' and e.subject_id = i.id and e.action = 'suspend'
      order by e.seq desc limit 1) as reason
  from issues i
  where ${OPEN_TO_ALL} and i.state = 'suspended' ${after}
  order by i.review_at, i.id limit $2`

/** The suspended matters by their review date; served by `issues_suspended`. */
export const listSuspended = (on: Queryable, communityCode: string, after: After, limit: number) =>
  after
    ? prepared<SuspendedRow>(on, 'suspended_after', SUSPENDED('and (i.review_at, i.id) > ($3, $4)'), [
        communityCode,
        limit,
        ...after,
      ])
    : prepared<SuspendedRow>(on, 'suspended', SUSPENDED(''), [communityCode, limit])

const COMPARED = [...new Set([...BEFORE_ACTIONS, ...AFTER_ACTIONS, ...UNDONE_ACTIONS])]
const ENTRIES = `select e.subject_id as id, e.action, array_remove(array_agg(a.id order by a.id), null) as photos
  from events e left join attachments a on a.community_code = e.community_code and a.subject_type = 'issue'
    and a.subject_id = e.subject_id and a.subject_seq = e.seq and a.erased_at is null and a.media_type = 'image/jpeg'
  where e.community_code = $1 and e.subject_type = 'issue' and e.subject_id = any($2::uuid[]) and e.action = any($3::text[])
  group by e.subject_id, e.seq, e.action order by e.subject_id, e.seq`

/** Of each of these matters, what there is to compare before and after, in the order of its record. */
export const listCompared = (on: Queryable, communityCode: string, ids: readonly string[]) =>
  prepared<{ id: string; action: string; photos: string[] }>(on, 'compared_photos', ENTRIES, [
    communityCode,
    ids,
    COMPARED,
  ])
