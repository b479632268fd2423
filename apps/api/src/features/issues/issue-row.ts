import { DERIVED_FIELDS, INSTANT_FIELDS, type Issue } from '@tongxin/lifecycle'
import type { Queryable, Tx } from '../../db/connect.ts'
import { prepared, preparedOne } from '../../db/prepared.ts'
import { searchPieces } from './search-pieces.ts'
import type { IssueKey } from './stage.ts'

const snake = (field: string) => field.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)

/** The derived columns in the order of `DERIVED_FIELDS`, each read under its field's name. */
export const DERIVED_COLUMNS = DERIVED_FIELDS.map(snake)
export const SELECT_DERIVED = DERIVED_FIELDS.map((field) => `${snake(field)} as "${field}"`).join(', ')

export interface IssueRow {
  key: IssueKey
  number: string
  issue: Issue
  head: { seq: number; hash: string }
}

export type StoredRow = Record<string, unknown> & { number: string; lastSeq: number; headHash: string }

/** A row as read (instants as ISO strings) into what the rules work on. */
export const issueFromRow = (row: Record<string, unknown>): Issue => {
  const issue: Record<string, unknown> = {}
  for (const field of DERIVED_FIELDS) {
    const value = row[field]
    issue[field] = typeof value === 'string' && INSTANT_FIELDS.has(field) ? new Date(value) : value
  }
  return issue as unknown as Issue
}

export const READ_ISSUE = `select number, last_seq as "lastSeq", head_hash as "headHash", ${SELECT_DERIVED}
  from issues where community_code = $1 and id = $2`
const LOCK = `${READ_ISSUE} for no key update`

export const toRow = (key: IssueKey, row: StoredRow | undefined): IssueRow | null =>
  row ? { key, number: row.number, issue: issueFromRow(row), head: { seq: row.lastSeq, hash: row.headHash } } : null

export const findIssue = async (on: Queryable, key: IssueKey): Promise<IssueRow | null> =>
  toRow(key, await preparedOne<StoredRow>(on, 'issue_read', READ_ISSUE, [key.communityCode, key.id]))

/** Reads the issue and holds it: actions on one issue are serialized by this lock. */
export const lockIssue = async (tx: Tx, key: IssueKey): Promise<IssueRow | null> =>
  toRow(key, await preparedOne<StoredRow>(tx, 'issue_lock', LOCK, [key.communityCode, key.id]))

const value = (issue: Issue, field: keyof Issue): unknown => {
  const it = issue[field]
  return it instanceof Date ? it.toISOString() : it
}
const derivedValues = (issue: Issue): unknown[] => DERIVED_FIELDS.map((field) => value(issue, field))

const UPDATE = `update issues set last_seq = $3, head_hash = $4,
  ${DERIVED_COLUMNS.map((column, i) => `${column} = $${i + 5}`).join(', ')}
  where community_code = $1 and id = $2`

export const updateIssue = async (
  tx: Tx,
  key: IssueKey,
  issue: Issue,
  head: { seq: number; hash: string },
): Promise<void> => {
  await prepared(tx, 'issue_update', UPDATE, [key.communityCode, key.id, head.seq, head.hash, ...derivedValues(issue)])
}

const UPDATE_SEARCH = `update issues set search = array_to_tsvector($3::text[]), public_search = array_to_tsvector($4::text[])
  where community_code = $1 and id = $2`

/** The public text changed, or the raiser's was erased. */
export const updateSearch = async (tx: Tx, key: IssueKey, issue: Issue): Promise<void> => {
  await prepared(tx, 'issue_update_search', UPDATE_SEARCH, [
    key.communityCode,
    key.id,
    searchPieces(issue.title, issue.body),
    issue.publicTitle === null ? null : searchPieces(issue.publicTitle, issue.publicText),
  ])
}

export interface NewIssueRow {
  key: IssueKey
  number: string
  issue: Issue
  head: { seq: number; hash: string }
  imported?: { source: string; externalId: string; hash: string }
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
  'search',
  'public_search',
  ...DERIVED_COLUMNS,
]
const INSERT = `insert into issues (${INSERT_COLUMNS.join(', ')}) values (${INSERT_COLUMNS.map((column, i) =>
  column === 'search' || column === 'public_search' ? `array_to_tsvector($${i + 1}::text[])` : `$${i + 1}`,
).join(', ')})`

/** The values of a new row in the order of `insertColumns`; the search columns as arrays of their pieces. */
export const insertValues = ({ key, number, issue, head, imported }: NewIssueRow): unknown[] => [
  key.communityCode,
  key.id,
  number,
  head.seq,
  head.hash,
  imported?.source ?? null,
  imported?.externalId ?? null,
  imported?.hash ?? null,
  searchPieces(issue.title, issue.body),
  issue.publicTitle === null ? null : searchPieces(issue.publicTitle, issue.publicText),
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
