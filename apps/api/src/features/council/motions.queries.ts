import type { MotionState, ProposalView } from '@tongxin/contract'
import {
  COUNCIL_RULES,
  type Count,
  type Parts,
  type VotingMethod,
  type VotingPlace,
  type VotingRule,
} from '@tongxin/lifecycle'
import type { Queryable, Tx } from '../../db/connect.ts'
import { prepared, preparedOne } from '../../db/prepared.ts'
import type { MeetingKey } from './meetings.queries.ts'
import { PROPOSAL } from './motion-proposals.queries.ts'

/** Instants as ISO strings; the sums are null until it is counted. */
export interface MotionRow {
  communityCode: string
  id: string
  meetingId: string
  issueId: string
  /** Of an amendment: what it amends. */
  amendsId: string | null
  text: string
  originalText: string | null
  rule: VotingRule
  proposes: 'act' | 'not_to_act'
  state: MotionState
  proposedAt: string
  countedAt: string | null
  headsFor: number | null
  headsAgainst: number | null
  headsAbstain: number | null
  entitledHeads: number | null
  sustainedObjections: number | null
  areaFor: number | null
  areaAgainst: number | null
  areaAbstain: number | null
  entitledArea: number | null
  method: VotingMethod
  place: VotingPlace
  opensAt: string | null
  closesAt: string | null
  /** When the roll was frozen. */
  openedAt: string | null
  moverId: string | null
  seconderId: string | null
  parts: Parts | null
  publicKey: string | null
  listHash: string | null
  /** On the roll; of them, to whom a paper was issued; and votes cast. */
  rolled: number
  issued: number
  cast: number
  proposal: ProposalView | null
}

const ROLL = 'from motion_roll r where r.community_code = m.community_code and r.motion_id = m.id'
const COLUMNS = `m.community_code as "communityCode", m.id, m.meeting_id as "meetingId", m.issue_id as "issueId",
  m.amends_id as "amendsId", m.text, m.original_text as "originalText", m.rule,
  m.proposes, m.state, m.proposed_at as "proposedAt", m.counted_at as "countedAt", m.heads_for as "headsFor",
  m.heads_against as "headsAgainst", m.heads_abstain as "headsAbstain", m.entitled_heads as "entitledHeads",
  m.sustained_objections as "sustainedObjections", m.area_for as "areaFor", m.area_against as "areaAgainst",
  m.area_abstain as "areaAbstain", m.entitled_area as "entitledArea", m.method, m.place, m.opens_at as "opensAt",
  m.closes_at as "closesAt", m.opened_at as "openedAt", m.mover_id as "moverId", m.seconder_id as "seconderId", m.parts,
  m.public_key as "publicKey", m.list_hash as "listHash",
  (select count(*)::int ${ROLL}) as rolled, (select count(*)::int ${ROLL} and r.issued) as issued,
  coalesce(m.ballots_cast, case m.method
    when 'open' then (select count(*)::int from open_votes v where v.community_code = m.community_code and v.motion_id = m.id)
    when 'secret' then (select count(*)::int from secret_ballots b
      where b.community_code = m.community_code and b.motion_id = m.id)
    else 0 end) as cast, ${PROPOSAL}`

const ONE = `select ${COLUMNS} from motions m where m.community_code = $1 and m.id = $2`

export const findMotion = (on: Queryable, key: MeetingKey): Promise<MotionRow | undefined> =>
  preparedOne<MotionRow>(on, 'motion', ONE, [key.communityCode, key.id])

/** What a vote must know of its motion; without the sums, which cost as much as there are votes. */
export type BallotRow = Pick<
  MotionRow,
  | 'communityCode'
  | 'id'
  | 'meetingId'
  | 'issueId'
  | 'amendsId'
  | 'rule'
  | 'proposes'
  | 'state'
  | 'method'
  | 'place'
  | 'opensAt'
  | 'closesAt'
  | 'openedAt'
  | 'publicKey'
>
const BALLOT = `select community_code as "communityCode", id, meeting_id as "meetingId", issue_id as "issueId", amends_id as "amendsId", rule,
    proposes, state, method, place, opens_at as "opensAt", closes_at as "closesAt", opened_at as "openedAt", public_key as "publicKey"
  from motions where community_code = $1 and id = $2`

export const findBallot = (on: Queryable, key: MeetingKey): Promise<BallotRow | undefined> =>
  preparedOne<BallotRow>(on, 'ballot', BALLOT, [key.communityCode, key.id])

/** Until the end of the transaction nothing else happens to the motion: for whoever votes by name, counts or withdraws. */
export const lockBallot = (tx: Tx, key: MeetingKey): Promise<BallotRow | undefined> =>
  preparedOne<BallotRow>(tx, 'ballot_lock', `${BALLOT} for update`, [key.communityCode, key.id])

/** It is not counted meanwhile; others may hold it so at the same time. */
export const holdBallot = (tx: Tx, key: MeetingKey): Promise<BallotRow | undefined> =>
  preparedOne<BallotRow>(tx, 'ballot_hold', `${BALLOT} for share`, [key.communityCode, key.id])

const OF_MEETING = `select ${COLUMNS} from motions m where m.community_code = $1 and m.meeting_id = $2
  order by m.proposed_at, m.id`

export const listMotions = (on: Queryable, key: MeetingKey): Promise<MotionRow[]> =>
  prepared<MotionRow>(on, 'motions_of_meeting', OF_MEETING, [key.communityCode, key.id])

// Due to open, or the reader's own: on the roll, or standing in for somebody there.
const MINE = `select ${COLUMNS}, g.title as "meetingTitle" from motions m
    join meetings g on g.community_code = m.community_code and g.id = m.meeting_id
  where m.community_code = $1 and m.method <> 'hands' and m.rule = any($5::text[]) and (m.state = 'open' or m.counted_at > $3)
    and ((m.opened_at is null and m.state = 'open' and $4)
      or exists (select ${ROLL} and r.person_id = $2)
      or exists (select from motion_roll r join proxies p on p.community_code = r.community_code and p.id = r.proxy_id
        where r.community_code = m.community_code and r.motion_id = m.id and p.holder_id = $2 and p.ended_at is null))
  order by m.state = 'open' desc, m.closes_at, m.proposed_at desc, m.id limit 100`

/** Open ones first, those that end next before the others. */
export const listMyMotions = (
  on: Queryable,
  communityCode: string,
  personId: string,
  it: { countedAfter: Date; member: boolean },
): Promise<(MotionRow & { meetingTitle: string })[]> =>
  prepared(on, 'motions_mine', MINE, [
    communityCode,
    personId,
    it.countedAfter.toISOString(),
    it.member,
    [...COUNCIL_RULES],
  ])

const OPEN = `select place, method from motions
  where community_code = $1 and meeting_id = $2 and state in ('moved', 'open')`

/** The motions not decided yet: in the room at most one and what amends it, others online. */
export const listOpenMotions = (
  on: Queryable,
  key: MeetingKey,
): Promise<{ place: VotingPlace; method: VotingMethod }[]> =>
  prepared(on, 'motions_open', OPEN, [key.communityCode, key.id])

const ON_ITEMS = `select issue_id as "issueId" from motions
  where community_code = $1 and meeting_id = $2 and state = 'open'`

/** The matters of a meeting that are being voted on. */
export const listOpenOnItems = async (on: Queryable, key: MeetingKey): Promise<string[]> =>
  (await prepared<{ issueId: string }>(on, 'motions_open_items', ON_ITEMS, [key.communityCode, key.id])).map(
    ({ issueId }) => issueId,
  )

const INSERT = `insert into motions (community_code, id, meeting_id, issue_id, text, rule, proposes, state, proposed_by, proposed_at,
    method, place, opens_at, closes_at, mover_id, seconder_id, public_key, amends_id)
  values ($1, $2, $3, $4, $5, $6, $7, $17, $8, $9, $10, $11, $12, $13, $14, $15, $16, $18)`

export type NewMotion = Pick<
  MotionRow,
  | 'communityCode'
  | 'id'
  | 'meetingId'
  | 'issueId'
  | 'text'
  | 'rule'
  | 'amendsId'
  | 'proposes'
  | 'state'
  | 'method'
  | 'place'
  | 'opensAt'
  | 'closesAt'
  | 'moverId'
  | 'seconderId'
  | 'publicKey'
>

export const insertMotion = async (tx: Tx, it: NewMotion, by: string, at: Date): Promise<void> => {
  await prepared(tx, 'motion_insert', INSERT, [
    it.communityCode,
    it.id,
    it.meetingId,
    it.issueId,
    it.text,
    it.rule,
    it.proposes,
    by,
    at.toISOString(),
    it.method,
    it.place,
    it.opensAt,
    it.closesAt,
    it.moverId,
    it.seconderId,
    it.publicKey,
    it.state,
    it.amendsId,
  ])
}

const UNDECIDED = `select 1 as undecided from motions
  where community_code = $1 and amends_id = $2 and state in ('moved', 'open')`

/** Whether something that would amend this motion waits to be decided. */
export const isBeingAmended = async (on: Queryable, key: MeetingKey): Promise<boolean> =>
  (await preparedOne(on, 'motion_amended', UNDECIDED, [key.communityCode, key.id])) !== undefined

const PUT = `update motions set state = 'open', method = $3, place = $4, opens_at = $5, closes_at = $6, public_key = $7
  where community_code = $1 and id = $2`

export const savePut = async (
  tx: Tx,
  key: MeetingKey,
  it: Pick<MotionRow, 'method' | 'place' | 'opensAt' | 'closesAt' | 'publicKey'>,
): Promise<void> => {
  const values = [it.method, it.place, it.opensAt, it.closesAt, it.publicKey]
  await prepared(tx, 'motion_put', PUT, [key.communityCode, key.id, ...values])
}

const ACCEPT = `update motions set state = 'accepted' where community_code = $1 and id = $2`

export const acceptRow = async (tx: Tx, key: MeetingKey): Promise<void> => {
  await prepared(tx, 'motion_accept', ACCEPT, [key.communityCode, key.id])
}

const AMEND = `update motions m set original_text = coalesce(m.original_text, m.text), text = a.text
  from motions a where a.community_code = $1 and a.id = $2 and m.community_code = $1 and m.id = a.amends_id
  returning a.text`

/** What was moved reads as this amendment has it from now on. @returns the text */
export const amendText = async (tx: Tx, amendment: MeetingKey): Promise<string | undefined> =>
  (await preparedOne<{ text: string }>(tx, 'motion_amend', AMEND, [amendment.communityCode, amendment.id]))?.text

const OPENED = 'update motions set opened_at = $3 where community_code = $1 and id = $2'

export const saveOpened = async (tx: Tx, key: MeetingKey, at: Date): Promise<void> => {
  await prepared(tx, 'motion_opened', OPENED, [key.communityCode, key.id, at.toISOString()])
}

const COUNTED = `update motions set state = $3, heads_for = $4, heads_against = $5, heads_abstain = $6, entitled_heads = $7,
    sustained_objections = $8, area_for = $9, area_against = $10, area_abstain = $11, entitled_area = $12, counted_by = $13,
    counted_at = $14, parts = $15, ballots_cast = $16, list_hash = $17
  where community_code = $1 and id = $2`

export const saveCount = async (
  tx: Tx,
  { communityCode, id }: MeetingKey,
  { heads, area, entitledHeads, entitledArea, sustainedObjections, parts }: Count,
  it: { passed: boolean; by: string | null; at: Date; cast?: number; listHash?: string | null },
): Promise<void> => {
  await prepared(tx, 'motion_count', COUNTED, [
    communityCode,
    id,
    it.passed ? 'passed' : 'failed',
    heads.for,
    heads.against,
    heads.abstain,
    entitledHeads,
    sustainedObjections ?? null,
    area?.for ?? null,
    area?.against ?? null,
    area?.abstain ?? null,
    entitledArea ?? null,
    it.by,
    it.at.toISOString(),
    parts === undefined ? null : JSON.stringify(parts),
    it.cast ?? null,
    it.listHash ?? null,
  ])
}

const WITHDRAW = `update motions set state = 'withdrawn' where community_code = $1 and id = $2`

export const withdrawMotionRow = async (tx: Tx, { communityCode, id }: MeetingKey): Promise<void> => {
  await prepared(tx, 'motion_withdraw', WITHDRAW, [communityCode, id])
}
