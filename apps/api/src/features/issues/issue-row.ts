import { blankIssue, DERIVED_FIELDS, INSTANT_FIELDS, type Issue, nextWake } from '@tongxin/lifecycle'
import type { Queryable, Tx } from '../../db/connect.ts'
import { prepared, preparedOne } from '../../db/prepared.ts'
import { searchPieces } from './search-pieces.ts'
import type { IssueKey } from './stage.ts'

const snake = (field: string) => field.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)

/** The derived columns in the order of `DERIVED_FIELDS`. */
export const DERIVED_COLUMNS = DERIVED_FIELDS.map(snake)

/**
 * A row of `issues` in one column named `stored`: described to the client once instead of column by column at every read, which
 * took as long as the rest of reading it.
 */
export const STORED = `json_build_array(number, last_seq, head_hash, ${DERIVED_COLUMNS.join(', ')}) as stored`
const DERIVED_FROM = 3

export interface IssueRow {
  key: IssueKey
  number: string
  issue: Issue
  head: { seq: number; hash: string }
}

export interface StoredRow {
  stored: unknown[]
}

const DERIVED = DERIVED_FIELDS.map((field, i) => [field, i + DERIVED_FROM, INSTANT_FIELDS.has(field)] as const)

const issueFrom = (stored: readonly unknown[]): Issue => {
  // On a blank one, whose shape is known, not on an empty object that would grow field by field.
  const issue = blankIssue() as unknown as Record<string, unknown>
  for (const [field, at, instant] of DERIVED) {
    const value = stored[at]
    issue[field] = instant && value !== null ? new Date(value as string) : value
  }
  return issue as unknown as Issue
}

/** What `STORED` holds of the row with this key. */
export const toRow = (key: IssueKey, { stored }: StoredRow): IssueRow => ({
  key,
  number: stored[0] as string,
  issue: issueFrom(stored),
  head: { seq: stored[1] as number, hash: stored[2] as string },
})

export const READ_ISSUE = `select ${STORED} from issues where community_code = $1 and id = $2`
const LOCK = `${READ_ISSUE} for no key update`

const readRow = async (on: Queryable, name: string, text: string, key: IssueKey): Promise<IssueRow | null> => {
  const found = await preparedOne<StoredRow>(on, name, text, [key.communityCode, key.id])
  return found ? toRow(key, found) : null
}

export const findIssue = (on: Queryable, key: IssueKey): Promise<IssueRow | null> =>
  readRow(on, 'issue_read', READ_ISSUE, key)

/** Reads the issue and holds it: actions on one issue are serialized by this lock. */
export const lockIssue = (tx: Tx, key: IssueKey): Promise<IssueRow | null> => readRow(tx, 'issue_lock', LOCK, key)

const value = (issue: Issue, field: keyof Issue): unknown => {
  const it = issue[field]
  if (field === 'clocks') return JSON.stringify(it)
  return it instanceof Date ? it.toISOString() : it
}
const derivedValues = (issue: Issue): unknown[] => DERIVED_FIELDS.map((field) => value(issue, field))

const UPDATE = (more: string) => `update issues set last_seq = $3, head_hash = $4, wake_at = $5,
  ${DERIVED_COLUMNS.map((column, i) => `${column} = $${i + 6}`).join(', ')}${more}
  where community_code = $1 and id = $2`
const UPDATE_ROW = UPDATE('')
const NEXT = DERIVED_COLUMNS.length + 6
const UPDATE_WITH_SEARCH = UPDATE(
  `, search = array_to_tsvector($${NEXT}::text[]), public_search = array_to_tsvector($${NEXT + 1}::text[])`,
)

const searchValues = ({ title, body, publicTitle, publicText }: Issue): [string[], string[] | null] => [
  searchPieces(title, body),
  publicTitle === null ? null : searchPieces(publicTitle, publicText),
]

/**
 * @param now from which on it is looked at again when time brings something about
 * @param searchChanged the public text changed, or the raiser's was erased
 */
export const updateIssue = async (
  tx: Tx,
  key: IssueKey,
  issue: Issue,
  head: { seq: number; hash: string },
  now: Date,
  searchChanged: boolean,
): Promise<void> => {
  const wakeAt = nextWake(issue, now)?.toISOString() ?? null
  const values = [key.communityCode, key.id, head.seq, head.hash, wakeAt, ...derivedValues(issue)]
  if (searchChanged)
    await prepared(tx, 'issue_update_with_search', UPDATE_WITH_SEARCH, [...values, ...searchValues(issue)])
  else await prepared(tx, 'issue_update', UPDATE_ROW, values)
}

export interface NewIssueRow {
  key: IssueKey
  number: string
  issue: Issue
  head: { seq: number; hash: string }
  imported?: { source: string; externalId: string; hash: string }
  wakeAt?: Date | null
}

const INSERT_COLUMNS = [
  'community_code',
  'id',
  'number',
  'last_seq',
  'head_hash',
  'import_source',
  'external_id',
  'import_hash',
  'wake_at',
  'search',
  'public_search',
  ...DERIVED_COLUMNS,
]
const INSERT = `insert into issues (${INSERT_COLUMNS.join(', ')}) values (${INSERT_COLUMNS.map((column, i) =>
  column === 'search' || column === 'public_search' ? `array_to_tsvector($${i + 1}::text[])` : `$${i + 1}`,
).join(', ')})`

/** The values of a new row in the order of `insertColumns`; the search columns as arrays of their pieces. */
export const insertValues = ({ key, number, issue, head, imported, wakeAt }: NewIssueRow): unknown[] => [
  key.communityCode,
  key.id,
  number,
  head.seq,
  head.hash,
  imported?.source ?? null,
  imported?.externalId ?? null,
  imported?.hash ?? null,
  wakeAt?.toISOString() ?? null,
  ...searchValues(issue),
  ...derivedValues(issue),
]
export const insertIssue = async (tx: Tx, row: NewIssueRow): Promise<void> => {
  await prepared(tx, 'issue_insert', INSERT, insertValues(row))
}

const TAKE_NUMBERS = `insert into issue_numbers (community_code, year, last) values ($1, $2, $3)
  on conflict (community_code, year) do update set last = issue_numbers.last + $3 returning last`

/** The next `count` numbers of the community's year (Asia/Shanghai), e.g. `2026-000123`; the first of them and how to write one. */
export const takeNumbers = async (tx: Tx, communityCode: string, year: number, count: number): Promise<string[]> => {
  const row = await preparedOne<{ last: number }>(tx, 'issue_numbers_take', TAKE_NUMBERS, [communityCode, year, count])
  const first = (row?.last ?? count) - count + 1
  return Array.from({ length: count }, (_, i) => `${year}-${String(first + i).padStart(6, '0')}`)
}

/** The civil year in Asia/Shanghai (UTC+8). */
export const yearOf = (at: Date): number => new Date(at.getTime() + 8 * 3_600_000).getUTCFullYear()
