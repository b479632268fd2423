import type { Queryable, Tx } from '../../db/connect.ts'
import { prepared, preparedOne } from '../../db/prepared.ts'
import { CALLED, type IssueKey } from '../issues/index.ts'

export interface NewWhistle {
  seq: number
  round: number
  streetCode: string
  unitId: string | null
  reason: string | null
  madeAt: Date
  dueAt: Date
}

const INSERT_WHISTLE = `insert into whistles (community_code, issue_id, event_seq, round, street_code, unit_id, reason, made_at, due_at, state)
  values ($1, $2, $3, $4, $5, $6, $7, $8, $9, 'open')`

export const insertWhistle = async (tx: Tx, key: IssueKey, whistle: NewWhistle): Promise<void> => {
  await prepared(tx, 'whistle_insert', INSERT_WHISTLE, [
    key.communityCode,
    key.id,
    whistle.seq,
    whistle.round,
    whistle.streetCode,
    whistle.unitId,
    whistle.reason,
    whistle.madeAt.toISOString(),
    whistle.dueAt.toISOString(),
  ])
}

const REPORT = `update whistles set state = 'reported', reported_at = $3, reported_by = $4, reporting_unit_id = $5, report = $6
  where community_code = $1 and issue_id = $2 and state = 'open'`

export interface Report {
  at: Date
  by: string | null
  unitId: string | null
  text: string
}

/** Answers the open whistle: a matter has one at most. */
export const reportIn = async (tx: Tx, key: IssueKey, { at, by, unitId, text }: Report): Promise<void> => {
  await prepared(tx, 'whistle_report', REPORT, [key.communityCode, key.id, at.toISOString(), by, unitId, text])
}

const REPORTER = `select h.unit_id as "unitId" from whistles w
    join issues i on i.community_code = w.community_code and i.id = w.issue_id, unnest($3::uuid[]) h (unit_id)
  where w.community_code = $1 and w.issue_id = $2 and w.state = 'open' and ${CALLED} order by 1 limit 1`

/** For which of these units somebody reports in; null where none of them was called. */
export const findReportingUnit = async (tx: Tx, key: IssueKey, unitIds: readonly string[]): Promise<string | null> =>
  (await preparedOne<{ unitId: string }>(tx, 'whistle_reporter', REPORTER, [key.communityCode, key.id, unitIds]))
    ?.unitId ?? null

const SET_DUE = `update whistles set due_at = $3 where community_code = $1 and issue_id = $2 and state = 'open'`

export const setWhistleDue = async (tx: Tx, key: IssueKey, dueAt: Date): Promise<void> => {
  await prepared(tx, 'whistle_due', SET_DUE, [key.communityCode, key.id, dueAt.toISOString()])
}

const INSERT_SUPERVISION = `insert into supervisions (community_code, issue_id, event_seq, order_text, ordered_by, made_at, due_at, state)
  values ($1, $2, $3, $4, $5, $6, $7, 'open')`

export const insertSupervision = async (
  tx: Tx,
  key: IssueKey,
  made: { seq: number; order: string; by: string | null; at: Date; dueAt: Date },
): Promise<void> => {
  await prepared(tx, 'supervision_insert', INSERT_SUPERVISION, [
    key.communityCode,
    key.id,
    made.seq,
    made.order,
    made.by,
    made.at.toISOString(),
    made.dueAt.toISOString(),
  ])
}

const ANSWER = `update supervisions set state = 'answered', answer = $3, answered_at = $4, answered_by = $5
  where community_code = $1 and issue_id = $2 and state = 'open'`

export const answerSupervisions = async (
  tx: Tx,
  key: IssueKey,
  { answer, at, by }: { answer: string; at: Date; by: string | null },
): Promise<void> => {
  await prepared(tx, 'supervisions_answer', ANSWER, [key.communityCode, key.id, answer, at.toISOString(), by])
}

interface OfMatter {
  communityCode: string
  issueId: string
  seq: number
  issueNumber: string
  title: string | null
  publicTitle: string | null
  madeAt: string
  dueAt: string
}
export interface WhistleRow extends OfMatter {
  round: number
  reason: string | null
  unitName: string | null
  reportedAt: string | null
  reportingUnitName: string | null
  report: string | null
}
export interface SupervisionRow extends OfMatter {
  order: string
  answer: string | null
  answeredAt: string | null
}

export type After = readonly [dueAt: string, issueId: string, seq: number] | null

/**
 * The first rows over several communities: those of each are read from its own index, then put in one order. In a street there are
 * some ten communities, in a district some hundred.
 */
const acrossCommunities = (table: string, columns: string, where: string, order: 'asc' | 'desc') => {
  const beyond = order === 'asc' ? '>' : '<'
  const by = (row: string) => `${row}."dueAt" ${order}, ${row}."issueId" ${order}, ${row}.seq ${order}`
  return `select t.* from unnest($1::text[]) c (code) cross join lateral (
      select w.community_code as "communityCode", w.issue_id as "issueId", w.event_seq as seq, i.number as "issueNumber", i.title,
        i.public_title as "publicTitle", w.made_at as "madeAt", w.due_at as "dueAt", ${columns}
      from ${table} w join issues i on i.community_code = w.community_code and i.id = w.issue_id
      where w.community_code = c.code and ${where}
        and ($3::timestamptz is null or (w.due_at, w.issue_id, w.event_seq) ${beyond} ($3::timestamptz, $4::uuid, $5::int))
      order by w.due_at ${order}, w.issue_id ${order}, w.event_seq ${order} limit $2) t
    order by ${by('t')} limit $2`
}

const WHISTLE_COLUMNS = `w.round, w.reason, (select name from units where id = w.unit_id) as "unitName",
  w.reported_at as "reportedAt", (select name from units where id = w.reporting_unit_id) as "reportingUnitName", w.report`
const MINE = `($6::uuid[] is null or exists (select from unnest($6::uuid[]) h (unit_id) where ${CALLED}))`
// Of a matter that came to rest nobody waits for a report any more.
const WHISTLES = {
  open: acrossCommunities(
    'whistles',
    WHISTLE_COLUMNS,
    `w.state = 'open' and i.state = any($7::text[]) and ${MINE}`,
    'asc',
  ),
  reported: acrossCommunities('whistles', WHISTLE_COLUMNS, `w.state = 'reported' and ${MINE}`, 'desc'),
}

interface Wanted {
  communities: readonly string[]
  after: After
  limit: number
}
const wantedValues = ({ communities, limit, after }: Wanted) => [communities, limit, ...(after ?? [null, null, null])]

/** Open ones by their deadline, reported ones by it backwards. @param units only what they were called to; null for all */
export const listWhistles = (
  on: Queryable,
  state: 'open' | 'reported',
  wanted: Wanted,
  units: readonly string[] | null,
  openStates: readonly string[],
): Promise<WhistleRow[]> => {
  const values = [...wantedValues(wanted), units]
  return prepared(on, `whistles_${state}`, WHISTLES[state], state === 'open' ? [...values, openStates] : values)
}

const SUPERVISION_COLUMNS = `w.order_text as "order", w.answer, w.answered_at as "answeredAt"`
const SUPERVISIONS = {
  open: acrossCommunities('supervisions', SUPERVISION_COLUMNS, `w.state = 'open' and w.due_at >= $6`, 'asc'),
  overdue: acrossCommunities('supervisions', SUPERVISION_COLUMNS, `w.state = 'open' and w.due_at < $6`, 'asc'),
  answered: acrossCommunities('supervisions', SUPERVISION_COLUMNS, `w.state = 'answered'`, 'desc'),
}

export const listSupervisions = (
  on: Queryable,
  list: keyof typeof SUPERVISIONS,
  wanted: Wanted,
  now: Date,
): Promise<SupervisionRow[]> => {
  const values = wantedValues(wanted)
  return prepared(
    on,
    `supervisions_${list}`,
    SUPERVISIONS[list],
    list === 'answered' ? values : [...values, now.toISOString()],
  )
}
