import type { MotionState, ProposalView } from '@tongxin/contract'
import type { Choice, OwnersRule, Shares } from '@tongxin/lifecycle'
import type { Queryable, Tx } from '../../db/connect.ts'
import { prepared, preparedOne } from '../../db/prepared.ts'
import { PROPOSAL } from '../council/index.ts'

/** Where a vote stands: its tenant and its motion's id there. */
export interface VoteKey {
  communityCode: string
  id: string
}

/** Instants as ISO strings; the sums are null until it is counted. */
export interface VoteRow extends VoteKey {
  meetingId: string
  issueId: string
  issueNumber: string
  issueTitle: string | null
  text: string
  rule: OwnersRule
  /** An owners' motion is put to them as it is written, and amends nothing. */
  motionState: Exclude<MotionState, 'moved' | 'accepted'>
  postedAt: string
  opensAt: string
  closesAt: string
  countedAt: string | null
  heads: number
  flats: number
  areaHundredths: number
  papersOpen: number | null
  headsFor: number | null
  headsAgainst: number | null
  headsAbstain: number | null
  areaFor: number | null
  areaAgainst: number | null
  areaAbstain: number | null
  /** When the paper counted last, of those not signed by all, was read a second time. */
  lastPaperAt: string | null
  votedHeads: number
  votedByProxy: number
  votedArea: number
  proposal: ProposalView | null
}

const COLUMNS = `v.community_code as "communityCode", v.motion_id as id, m.meeting_id as "meetingId", m.issue_id as "issueId",
  i.number as "issueNumber", i.public_title as "issueTitle", m.text, m.rule, m.state as "motionState",
  v.posted_at as "postedAt", m.opens_at as "opensAt", m.closes_at as "closesAt", m.counted_at as "countedAt", v.heads, v.flats,
  v.area_hundredths as "areaHundredths", v.papers_open as "papersOpen", m.heads_for as "headsFor",
  m.heads_against as "headsAgainst", m.heads_abstain as "headsAbstain", m.area_for as "areaFor",
  m.area_against as "areaAgainst", m.area_abstain as "areaAbstain",
  (select max(x.cast_at) from head_votes x where x.community_code = v.community_code and x.motion_id = v.motion_id
    and x.way = 'paper' and not x.signed_by_all) as "lastPaperAt",
  (select count(*)::int from head_votes x where x.community_code = v.community_code and x.motion_id = v.motion_id)
    as "votedHeads",
  (select count(x.proxy_id)::int from head_votes x where x.community_code = v.community_code and x.motion_id = v.motion_id)
    as "votedByProxy",
  (select coalesce(sum(f.area_hundredths), 0)::bigint from head_votes x
    join vote_flats f on f.community_code = x.community_code and f.motion_id = x.motion_id and f.head_no = x.head_no
    where x.community_code = v.community_code and x.motion_id = v.motion_id) as "votedArea", ${PROPOSAL}`
const FROM = `from owners_votes v join motions m on m.community_code = v.community_code and m.id = v.motion_id
  join issues i on i.community_code = m.community_code and i.id = m.issue_id`

export const findVote = (on: Queryable, key: VoteKey): Promise<VoteRow | undefined> =>
  preparedOne<VoteRow>(
    on,
    'owners_vote',
    `select ${COLUMNS} ${FROM} where v.community_code = $1 and v.motion_id = $2`,
    [key.communityCode, key.id],
  )

const PAGE = `select ${COLUMNS} ${FROM} where v.community_code = $1
    and ($2::timestamptz is null or (v.posted_at, v.motion_id) < ($2, $3::uuid))
  order by v.posted_at desc, v.motion_id desc limit $4`

/** The newest first. */
export const listVotes = (
  on: Queryable,
  { communityCode, before, limit }: { communityCode: string; before: [string, string] | null; limit: number },
): Promise<VoteRow[]> =>
  prepared<VoteRow>(on, 'owners_votes', PAGE, [communityCode, before?.[0] ?? null, before?.[1] ?? null, limit])

const SUMS = `select x.choice, count(*)::int as heads, sum(a.area)::bigint as area
  from head_votes x join (select head_no, sum(area_hundredths) as area from vote_flats
      where community_code = $1 and motion_id = $2 group by head_no) a on a.head_no = x.head_no
  where x.community_code = $1 and x.motion_id = $2 group by x.choice`

/** How many heads chose what, and with how much area. */
export const sumVotes = async (on: Queryable, key: VoteKey): Promise<{ heads: Shares; area: Shares }> => {
  const values = [key.communityCode, key.id]
  const rows = await prepared<{ choice: Choice; heads: number; area: number }>(on, 'owners_sums', SUMS, values)
  const heads = { for: 0, against: 0, abstain: 0 }
  const area = { for: 0, against: 0, abstain: 0 }
  for (const row of rows) {
    heads[row.choice] = row.heads
    area[row.choice] = row.area
  }
  return { heads, area }
}

const OPEN_PAPERS = `select count(distinct e.head_no)::int as open from paper_entries e
  where e.community_code = $1 and e.motion_id = $2 and not exists (select from head_votes x
    where x.community_code = e.community_code and x.motion_id = e.motion_id and x.head_no = e.head_no)`

/** Papers that were read, but not alike by two. */
export const countOpenPapers = async (on: Queryable, key: VoteKey): Promise<number> =>
  (await preparedOne<{ open: number }>(on, 'owners_open_papers', OPEN_PAPERS, [key.communityCode, key.id]))?.open ?? 0

const SAVE_OPEN = 'update owners_votes set papers_open = $3 where community_code = $1 and motion_id = $2'

export const saveOpenPapers = async (tx: Tx, key: VoteKey, open: number): Promise<void> => {
  await prepared(tx, 'owners_papers_open', SAVE_OPEN, [key.communityCode, key.id, open])
}

const COUNTED = `select v.community_code as "communityCode", v.motion_id as id
  from owners_votes v join motions m on m.community_code = v.community_code and m.id = v.motion_id
  where m.counted_at is not null order by v.community_code, v.motion_id`

export const listCounted = (on: Queryable): Promise<VoteKey[]> => prepared<VoteKey>(on, 'owners_counted', COUNTED, [])
