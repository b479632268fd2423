import type { State } from '@tongxin/lifecycle'
import type { Queryable, Tx } from '../../db/connect.ts'
import { prepared, preparedOne } from '../../db/prepared.ts'
import type { IssueKey } from '../issues/index.ts'

/** The announced meeting on whose agenda a matter stands for all to see, until it is decided or taken off. */
export interface Posting {
  meetingId: string
  title: string
  heldAt: string
}

const POSTED = `a.state in ('pending', 'discussing') and m.state in ('announced', 'in_session')
  and i.visibility = 'public' and i.public_title is not null`
const FROM = `from agenda_items a
    join meetings m on m.community_code = a.community_code and m.id = a.meeting_id
    join issues i on i.community_code = a.community_code and i.id = a.issue_id`
const POSTING = `select m.id as "meetingId", m.title, m.held_at as "heldAt" ${FROM}
  where a.community_code = $1 and a.issue_id = $2 and ${POSTED}`

/** Undefined for what is not public, on no announced agenda, or decided. */
export const findPosting = (on: Queryable, key: IssueKey): Promise<Posting | undefined> =>
  preparedOne<Posting>(on, 'posting', POSTING, [key.communityCode, key.id])

/** The same, staying as it is until the transaction ends: what comes in while a matter is decided comes before or after. */
export const lockPosting = (tx: Tx, key: IssueKey): Promise<Posting | undefined> =>
  preparedOne<Posting>(tx, 'posting_lock', `${POSTING} for share of a`, [key.communityCode, key.id])

export interface PostedMatter extends Posting {
  issueId: string
  number: string
  publicTitle: string
  issueState: State
}

const POSTINGS = `select a.issue_id as "issueId", i.number, i.public_title as "publicTitle", i.state as "issueState",
    m.id as "meetingId", m.title, m.held_at as "heldAt" ${FROM}
  where a.community_code = $1 and ${POSTED}
    and ($2::timestamptz is null or (m.held_at, a.issue_id) > ($2, $3::uuid))
  order by m.held_at, a.issue_id limit $4`

/** What the next meetings deliberate on, the nearest first. */
export const listPostings = (
  on: Queryable,
  { communityCode, after, limit }: { communityCode: string; after: [string, string] | null; limit: number },
): Promise<PostedMatter[]> =>
  prepared<PostedMatter>(on, 'postings', POSTINGS, [communityCode, after?.[0] ?? null, after?.[1] ?? null, limit])

const DECIDED = `select 1 as decided from agenda_items a
  where a.community_code = $1 and a.issue_id = $2 and a.state = 'decided' limit 1`

/** Whether a meeting has decided on the matter. */
export const wasDecided = async (on: Queryable, key: IssueKey): Promise<boolean> =>
  (await preparedOne(on, 'posting_decided', DECIDED, [key.communityCode, key.id])) !== undefined
