import type { MotionState } from '@tongxin/contract'
import type { Count, VotingRule } from '@tongxin/lifecycle'
import type { Queryable, Tx } from '../../db/connect.ts'
import { prepared, preparedOne } from '../../db/prepared.ts'
import type { MeetingKey } from './meetings.queries.ts'

/** Instants as ISO strings; the sums are null until it is counted. */
export interface MotionRow {
  communityCode: string
  id: string
  meetingId: string
  issueId: string
  text: string
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
}

const COLUMNS = `community_code as "communityCode", id, meeting_id as "meetingId", issue_id as "issueId", text, rule, proposes,
  state, proposed_at as "proposedAt", counted_at as "countedAt", heads_for as "headsFor", heads_against as "headsAgainst",
  heads_abstain as "headsAbstain", entitled_heads as "entitledHeads", sustained_objections as "sustainedObjections",
  area_for as "areaFor", area_against as "areaAgainst", area_abstain as "areaAbstain", entitled_area as "entitledArea"`

const ONE = `select ${COLUMNS} from motions where community_code = $1 and id = $2`

export const findMotion = (on: Queryable, key: MeetingKey): Promise<MotionRow | undefined> =>
  preparedOne<MotionRow>(on, 'motion', ONE, [key.communityCode, key.id])

const OF_MEETING = `select ${COLUMNS} from motions where community_code = $1 and meeting_id = $2 order by proposed_at, id`

export const listMotions = (on: Queryable, key: MeetingKey): Promise<MotionRow[]> =>
  prepared<MotionRow>(on, 'motions_of_meeting', OF_MEETING, [key.communityCode, key.id])

const OPEN = `select 1 as open from motions where community_code = $1 and meeting_id = $2 and state = 'open'`

export const hasOpenMotion = async (on: Queryable, key: MeetingKey): Promise<boolean> =>
  (await preparedOne(on, 'motion_open', OPEN, [key.communityCode, key.id])) !== undefined

const INSERT = `insert into motions
  (community_code, id, meeting_id, issue_id, text, rule, proposes, state, proposed_by, proposed_at)
  values ($1, $2, $3, $4, $5, $6, $7, 'open', $8, $9)`

export const insertMotion = async (
  tx: Tx,
  motion: Pick<MotionRow, 'communityCode' | 'id' | 'meetingId' | 'issueId' | 'text' | 'rule' | 'proposes'>,
  by: string,
  at: Date,
): Promise<void> => {
  const { communityCode, id, meetingId, issueId, text, rule, proposes } = motion
  const values = [communityCode, id, meetingId, issueId, text, rule, proposes, by, at.toISOString()]
  await prepared(tx, 'motion_insert', INSERT, values)
}

const COUNTED = `update motions set state = $3, heads_for = $4, heads_against = $5, heads_abstain = $6, entitled_heads = $7,
    sustained_objections = $8, area_for = $9, area_against = $10, area_abstain = $11, entitled_area = $12, counted_by = $13,
    counted_at = $14
  where community_code = $1 and id = $2`

export const saveCount = async (
  tx: Tx,
  { communityCode, id }: MotionRow,
  { heads, area, entitledHeads, entitledArea, sustainedObjections }: Count,
  it: { passed: boolean; by: string; at: Date },
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
  ])
}

const WITHDRAW = `update motions set state = 'withdrawn' where community_code = $1 and id = $2`

export const withdrawMotionRow = async (tx: Tx, { communityCode, id }: MotionRow): Promise<void> => {
  await prepared(tx, 'motion_withdraw', WITHDRAW, [communityCode, id])
}
