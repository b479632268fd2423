import type { Queryable, Tx } from '../../db/connect.ts'
import { prepared, preparedOne } from '../../db/prepared.ts'
import type { IssueKey } from '../issues/index.ts'
import type { DrawnMap, StoredBasis } from './draw-map.ts'

const STATEMENTS = `select id from statements where community_code = $1 and issue_id = $2 and state = 'accepted' order by id`

export const listAcceptedIds = async (on: Queryable, issue: IssueKey): Promise<string[]> =>
  (await prepared<{ id: string }>(on, 'map_statements', STATEMENTS, [issue.communityCode, issue.id])).map(
    ({ id }) => id,
  )

// An answer is one number, three times the place of its statement plus 0, 1, 2; a person's are packed into one value: a row for
// each of a million answers would cost more to take apart than the whole map to compute.
const ANSWERS = `select string_agg(int4send((3 * (n.place - 1) + t.answer + 1)::int), '') as packed
  from statement_answers t join unnest($3::uuid[]) with ordinality as n(id, place) on n.id = t.statement_id
  where t.community_code = $1 and t.issue_id = $2 group by t.person_id order by t.person_id`

/** Each person's answers to these statements as 32-bit numbers, big end first; who it was stays in the database. */
export const readPackedAnswers = async (
  on: Queryable,
  issue: IssueKey,
  statementIds: readonly string[],
): Promise<Buffer[]> =>
  (await prepared<{ packed: Buffer }>(on, 'map_answers', ANSWERS, [issue.communityCode, issue.id, statementIds])).map(
    ({ packed }) => packed,
  )

export interface MapRow {
  computedAt: string
  voters: number
  answers: number
  map: DrawnMap
  recordedAt: string | null
  digest: string | null
}

// The database's own text of a jsonb is always the same: what is hashed here is hashed again when the record is verified.
export const DIGEST = `encode(sha256(convert_to(recorded_map::text, 'UTF8')), 'hex')`
const FIND = `select computed_at as "computedAt", voters, answers, map, recorded_at as "recordedAt", ${DIGEST} as digest
  from opinion_maps where community_code = $1 and issue_id = $2`

export const findMap = (on: Queryable, issue: IssueKey): Promise<MapRow | undefined> =>
  preparedOne<MapRow>(on, 'opinion_map', FIND, [issue.communityCode, issue.id])

const SUMS = `select voters, answers from opinion_maps where community_code = $1 and issue_id = $2`

export const findSums = (on: Queryable, issue: IssueKey): Promise<{ voters: number; answers: number } | undefined> =>
  preparedOne(on, 'opinion_map_sums', SUMS, [issue.communityCode, issue.id])

const BASIS = `select basis from opinion_maps where community_code = $1 and issue_id = $2`

/** What the last map leaves to the next; null before the first. */
export const findBasis = async (on: Queryable, issue: IssueKey): Promise<StoredBasis | null> =>
  (await preparedOne<{ basis: StoredBasis }>(on, 'opinion_map_basis', BASIS, [issue.communityCode, issue.id]))?.basis ??
  null

const RECORDED = `select 1 as recorded from opinion_maps m
  where m.community_code = $1 and m.issue_id = $2 and m.recorded_at is not null
    and not exists (select from statement_answers t
      where t.community_code = $1 and t.issue_id = $2 and t.answered_at > m.recorded_at)`

/** Whether the map on record holds every answer. */
export const isOnRecord = async (on: Queryable, issue: IssueKey): Promise<boolean> =>
  (await preparedOne(on, 'opinion_map_recorded', RECORDED, [issue.communityCode, issue.id])) !== undefined

const SAVE = `insert into opinion_maps (community_code, issue_id, computed_at, voters, answers, map, basis)
  values ($1, $2, $3, $4, $5, $6, $7)
  on conflict (community_code, issue_id) do update set computed_at = excluded.computed_at, voters = excluded.voters,
    answers = excluded.answers, map = excluded.map, basis = excluded.basis`
const COUNT = `update statements s set answers = n.count from unnest($2::uuid[], $3::int[]) as n(id, count)
  where s.community_code = $1 and s.id = n.id and s.answers <> n.count`

/** Holds the map's row until the transaction ends. */
export const saveMap = async (
  tx: Tx,
  issue: IssueKey,
  it: { at: Date; voters: number; answers: number; map: DrawnMap; basis: StoredBasis },
): Promise<void> => {
  const { at, voters, answers, map, basis } = it
  const values = [issue.communityCode, issue.id, at.toISOString(), voters, answers]
  await prepared(tx, 'opinion_map_save', SAVE, [...values, JSON.stringify(map), JSON.stringify(basis)])
}

export const saveCounts = async (
  tx: Tx,
  issue: IssueKey,
  statementIds: readonly string[],
  counts: readonly number[],
): Promise<void> => {
  await prepared(tx, 'statements_answers', COUNT, [issue.communityCode, statementIds, counts])
}

const RECORD = `update opinion_maps set recorded_at = $3, recorded_map = map where community_code = $1 and issue_id = $2
  returning ${DIGEST} as digest`

/** Keeps the map as it is now beside those to come; returns its digest. */
export const recordMap = async (tx: Tx, issue: IssueKey, at: Date): Promise<string> => {
  const values = [issue.communityCode, issue.id, at.toISOString()]
  const row = await preparedOne<{ digest: string }>(tx, 'opinion_map_record', RECORD, values)
  if (!row) throw new Error('The map to be put on record is not there')
  return row.digest
}
