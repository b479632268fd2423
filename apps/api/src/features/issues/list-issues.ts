import type { IssueFilters } from '@tongxin/contract'
import type { Queryable } from '../../db/connect.ts'
import { prepared, preparedOne, shape } from '../../db/prepared.ts'
import { type Scope, worksThere } from './issues.policy.ts'
import { searchQuery } from './search-pieces.ts'
import { AT_WORK, CALLED } from './standing.ts'

export interface ListRow {
  id: string
  number: string
  title: string | null
  publicTitle: string | null
  state: string
  stage: string
  kind: string
  visibility: string
  urgency: string | null
  categoryCode: string | null
  gridCode: string | null
  channel: string
  round: number
  raisedAt: string
  stateSince: string
  dueClock: string | null
  dueAt: string | null
  handleDueAt: string | null
  noticeEndsAt: string | null
  evaluationEndsAt: string | null
  reviewAt: string | null
  leadUnitId: string | null
  endorsingHouseholds: number
  externalSupport: number
}

export const LIST_COLUMNS = `i.id, i.number, i.title, i.public_title as "publicTitle", i.state, i.stage, i.kind, i.visibility, i.urgency,
  i.category_code as "categoryCode", i.grid_code as "gridCode", i.channel, i.round, i.raised_at as "raisedAt",
  i.state_since as "stateSince", i.due_clock as "dueClock", i.due_at as "dueAt", i.handle_due_at as "handleDueAt",
  i.notice_ends_at as "noticeEndsAt", i.evaluation_ends_at as "evaluationEndsAt", i.review_at as "reviewAt",
  i.lead_unit_id as "leadUnitId", i.endorsing_households as "endorsingHouseholds", i.external_support as "externalSupport"`

/** A condition on `issues i` with its values, in the order of their numbers. */
export interface Where {
  text: string
  values: unknown[]
}

/** A matter's number, with or without the zeros that fill it up. */
const NUMBER = /^(\d{4})-(\d{1,9})$/

/** The filters and the reader's scope as one condition; the list, its count and the export all use this one. */
export const whereOf = (filters: Omit<IssueFilters, 'mine'>, scope: Scope, now: Date): Where => {
  const values: unknown[] = []
  const parts: string[] = []
  const add = (condition: (n: string) => string, value: unknown) => parts.push(condition(`$${values.push(value)}`))
  add((n) => `i.community_code = ${n}`, filters.community)
  if (scope.kind === 'public') parts.push(`i.visibility = 'public' and i.public_title is not null`)
  if (scope.kind === 'grids') add((n) => `(i.grid_code = any(${n}::text[]) or i.grid_code is null)`, scope.grids)
  if (scope.kind === 'units')
    add(
      (n) => `((i.lead_unit_id = any(${n}::uuid[]) and i.lead_unit_id is distinct from i.complained_unit_id)
        or exists (select 1 from work_orders w where w.community_code = i.community_code
        and w.issue_id = i.id and w.unit_id = any(${n}::uuid[]) and ${AT_WORK})
        or exists (select 1 from whistles w, unnest(${n}::uuid[]) h (unit_id)
        where w.community_code = i.community_code and w.issue_id = i.id and ${CALLED})
        or exists (select from task_force_issues t
          join task_force_members m on m.community_code = t.community_code and m.force_id = t.force_id
          where t.community_code = i.community_code and t.issue_id = i.id and t.released_at is null
          and m.person_id = $${values.push(scope.personId)} and m.unit_id = any(${n}::uuid[])
          and (i.complained_unit_id is null or i.complained_unit_id <> all(${n}::uuid[]))))`,
      scope.units,
    )
  if (scope.kind === 'mine')
    add(
      (n) =>
        `i.id in (select r.issue_id from raisers r where r.person_id = ${n} and r.community_code = $1 and r.detached_at is null)`,
      scope.personId,
    )
  if (filters.state?.length === 1) add((n) => `i.state = ${n}`, filters.state[0])
  else if (filters.state) add((n) => `i.state = any(${n}::text[])`, filters.state)
  if (filters.stage) add((n) => `i.stage = ${n}`, filters.stage)
  if (filters.kind) add((n) => `i.kind = ${n}`, filters.kind)
  if (filters.category) add((n) => `i.category_code = ${n}`, filters.category)
  if (filters.grid) add((n) => `i.grid_code = ${n}`, filters.grid)
  if (filters.building && !worksThere(scope)) parts.push('false')
  else if (filters.building) {
    // With its grid, for the index.
    add((n) => `i.grid_code = ${n}`, filters.building.slice(0, 15))
    add((n) => `i.building_code = ${n}`, filters.building)
  }
  if (filters.urgency) add((n) => `i.urgency = ${n}`, filters.urgency)
  if (filters.unit) add((n) => `i.lead_unit_id = ${n}::uuid`, filters.unit)
  if (filters.overdue === true) add((n) => `i.due_at < ${n}::timestamptz`, now.toISOString())
  if (filters.overdue === false) add((n) => `(i.due_at is null or i.due_at >= ${n}::timestamptz)`, now.toISOString())
  if (filters.raisedFrom) add((n) => `i.raised_at >= ${n}::timestamptz`, filters.raisedFrom)
  if (filters.raisedBefore) add((n) => `i.raised_at < ${n}::timestamptz`, filters.raisedBefore)
  const [, year, nth] = NUMBER.exec(filters.text ?? '') ?? []
  if (nth) add((n) => `i.number = ${n}`, `${year}-${nth.padStart(6, '0')}`)
  else if (filters.text) {
    const column = scope.kind === 'public' ? 'i.public_search' : 'i.search'
    const query = searchQuery(filters.text)
    // Nothing searchable in it (blanks, signs): nothing is found.
    if (query === '') parts.push('false')
    else add((n) => `${column} @@ ${n}::tsquery`, query)
  }
  return { text: parts.join(' and '), values }
}

/** A page and one row more, which tells whether there is another. */
const readPage = (
  on: Queryable,
  { text: where, values: of }: Where,
  { order, after, limit }: { order: string; after: string | null; limit: number },
  ...keyset: readonly string[]
): Promise<ListRow[]> => {
  const values = [...of]
  const beyond =
    after === null ? '' : ` and ${after.replaceAll('?', () => `$${values.push(keyset[values.length - of.length])}`)}`
  const text = `select ${LIST_COLUMNS} from issues i where ${where}${beyond}
    order by ${order} limit $${values.push(limit)}`
  return prepared(on, shape('issues_list', text), text, values)
}

const NEWEST = 'i.raised_at desc, i.id desc'
const OLDER = '(i.raised_at, i.id) < (?::timestamptz, ?::uuid)'

/** Newest first. */
export const listIssueRows = (
  on: Queryable,
  where: Where,
  after: readonly [string, string] | null,
  limit: number,
): Promise<ListRow[]> =>
  readPage(on, where, { order: NEWEST, after: after && OLDER, limit: limit + 1 }, ...(after ?? []))

/**
 * The first to run out first, from `issues_by_due`; then those for which no clock runs, newest first.
 * @param after whether those without a clock are reached, and the last row's place among its kind
 */
export const listIssueRowsByDue = async (
  on: Queryable,
  where: Where,
  after: readonly [number, string, string] | null,
  limit: number,
): Promise<ListRow[]> => {
  const [reached = 0, ...place] = after ?? []
  const due = { text: `${where.text} and i.due_at is not null`, values: where.values }
  const later = '(i.due_at, i.id) > (?::timestamptz, ?::uuid)'
  const ticking =
    reached === 1
      ? []
      : await readPage(on, due, { order: 'i.due_at, i.id', after: after && later, limit: limit + 1 }, ...place)
  const left = limit + 1 - ticking.length
  if (left === 0) return ticking
  const resting = { text: `${where.text} and i.due_at is null`, values: where.values }
  const further = reached === 1 ? { after: OLDER, keyset: place } : { after: null, keyset: [] }
  const rest = await readPage(on, resting, { order: NEWEST, after: further.after, limit: left }, ...further.keyset)
  return [...ticking, ...rest]
}

export const COUNT_LIMIT = 1_000

/** Exact to a thousand; beyond that nobody needs it, and counting would read the table. */
export const countIssues = async (on: Queryable, where: Where): Promise<{ value: number; exact: boolean }> => {
  const text = `select count(*) as n from (select 1 from issues i where ${where.text} limit ${COUNT_LIMIT + 1}) t`
  const row = await preparedOne<{ n: number }>(on, shape('issues_count', text), text, where.values)
  const n = row?.n ?? 0
  return n > COUNT_LIMIT ? { value: COUNT_LIMIT, exact: false } : { value: n, exact: true }
}
