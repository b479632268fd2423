import type { WorkbenchList } from '@tongxin/contract'
import type { Queryable } from '../../db/connect.ts'
import { prepared, shape } from '../../db/prepared.ts'
import { waitsOn } from '../../db/schema/issues.ts'
import { CALLED, LIST_COLUMNS, type ListRow, STORED, type StoredRow, whereOf } from '../issues/index.ts'
import type { Search } from './workbench.policy.ts'

/** A row of the list with the whole matter, as the rules ask for it. */
export interface WaitingRow extends ListRow, StoredRow {
  dueAt: string
  /** A unit of the reader's was called to it. */
  called: boolean
}

export interface Filter {
  communityCode: string
  list: WorkbenchList
  search: Search
  after: readonly [dueAt: string, id: string] | null
  limit: number
  now: Date
}

/** A unit for which somebody signs in, `$n` being the time. */
const HAS_HANDLERS = (now: string) => `u.active and u.has_accounts and exists (
  select from grants g where g.unit_id = u.id and g.role = 'unit_handler' and g.approved_at is not null
    and g.revoked_at is null and (g.valid_from is null or g.valid_from <= ${now}) and (g.valid_to is null or g.valid_to > ${now}))`

/**
 * First to run out first. Each clock is read in order from its own index (`issues_waiting_…`), orders from `work_orders_by_unit`, what
 * has run out from `issues_by_due`; no branch gives more than a page.
 */
export const listWaiting = (on: Queryable, filter: Filter): Promise<WaitingRow[]> => {
  const { communityCode, list, search, after, limit, now } = filter
  const where = whereOf({ community: communityCode }, search.scope, now)
  const values = [...where.values]
  const add = (value: unknown) => `$${values.push(value)}`
  const at = `${add(now.toISOString())}::timestamptz`
  const units = `${add(search.units)}::uuid[]`
  const most = add(limit)
  const keyset = after ? ` and (i.due_at, i.id) > (${add(after[0])}::timestamptz, ${add(after[1])}::uuid)` : ''
  const page = `${keyset} order by i.due_at, i.id limit ${most}`
  const ordersOf = (unit: string) => `select i.id, i.due_at from work_orders o
    join issues i on i.community_code = o.community_code and i.id = o.issue_id
    where o.community_code = $1 and o.state = 'open' and ${unit} and i.due_at is not null and ${where.text}${page}`
  const branches = search.clocks.map(
    (clock) => `select i.id, i.due_at from issues i where ${where.text} and ${waitsOn(clock)}${page}`,
  )
  if (search.units.length > 0) branches.push(ordersOf(`o.unit_id = any(${units})`))
  if (search.units.length > 0 && list === 'others')
    branches.push(`select i.id, i.due_at from issues i
      where ${where.text} and i.lead_unit_id = any(${units}) and i.due_at is not null${page}`)
  if (search.rung !== null)
    branches.push(`select i.id, i.due_at from issues i where ${where.text} and i.due_at <= ${at}
      and i.clocks @? '$[*] ? (@.fired >= ${search.rung} && @.heldSince == null)'${page}`)
  // Found first (`offset 0`), so that these few orders are read and not every matter in search of one.
  if (search.standIn)
    branches.push(`select i.id, i.due_at from (select o.issue_id from work_orders o
        where o.community_code = $1 and o.state = 'open'
          and o.unit_id = any(array(select u.id from units u where not (${HAS_HANDLERS(at)}))) offset 0) o
      join issues i on i.community_code = $1 and i.id = o.issue_id
      where i.due_at is not null and ${where.text}${page}`)
  if (branches.length === 0) return Promise.resolve([])
  const text = `with found as (select f.id as found_id, f.due_at as found_due from (
      ${branches.map((branch) => `(${branch})`).join(' union ')}) f order by f.due_at, f.id limit ${most})
    select ${LIST_COLUMNS}, ${STORED}, exists (select from whistles w, unnest(${units}) h (unit_id)
        where w.community_code = $1 and w.issue_id = i.id and ${CALLED} and ${at} is not null) as called
    from found join issues i on i.community_code = $1 and i.id = found_id order by found_due, found_id`
  return prepared<WaitingRow>(on, shape('workbench', text), text, values)
}

/** What the rules must know of the units at work on a matter. */
export interface AtWork {
  issueId: string
  leadHasAccounts: boolean
  returnsOfLead: number
  returnedBy: string[]
  parts: {
    unitId: string
    hasAccounts: boolean
    signed: boolean
    designated: boolean
    madeAt: string
    dueAt: string
    extensionAskedFor: string | null
    extensionBy: string | null
  }[]
}

const AT_WORK = `select i.id as "issueId",
    i.lead_unit_id is null or coalesce((select ${HAS_HANDLERS('$3::timestamptz')} from units u where u.id = i.lead_unit_id), false)
      as "leadHasAccounts",
    count(*) filter (where w.state = 'returned' and w.role = 'lead' and w.round = i.round)::int as "returnsOfLead",
    coalesce(array_agg(distinct w.unit_id) filter (where w.state = 'returned' and w.round = i.round), '{}') as "returnedBy",
    coalesce(json_agg(json_build_object('unitId', w.unit_id, 'hasAccounts', ${HAS_HANDLERS('$3::timestamptz')},
      'signed', w.signed_at is not null, 'designated', w.designated, 'madeAt', w.made_at, 'dueAt', w.due_at,
      'extensionAskedFor', w.extension_asked_for, 'extensionBy', w.extension_by))
      filter (where w.state = 'open' and w.role = 'co'), '[]') as parts
  from issues i left join work_orders w on w.community_code = i.community_code and w.issue_id = i.id
    left join units u on u.id = w.unit_id
  where i.community_code = $1 and i.id = any($2::uuid[]) group by i.community_code, i.id`

/** For the matters of one page. */
export const findAtWork = (
  on: Queryable,
  communityCode: string,
  ids: readonly string[],
  now: Date,
): Promise<AtWork[]> => prepared(on, 'workbench_at_work', AT_WORK, [communityCode, ids, now.toISOString()])

// An event recorded a moment before another may be committed after it: those of the last seconds are counted as well.
const MARKS = `select c.code, l.at, (select count(*)::int from events e
      where e.community_code = c.code and e.recorded_at > l.at - interval '5 seconds') as lately
  from unnest($1::text[]) c (code)
    cross join lateral (select max(recorded_at) as at from events where community_code = c.code) l`

/** By community what changes whenever anything happens there; served by `events_by_recording`. */
export const findMarks = async (on: Queryable, communities: readonly string[]): Promise<Map<string, string>> => {
  const rows = await prepared<{ code: string; at: string | null; lately: number }>(on, 'workbench_marks', MARKS, [
    communities,
  ])
  return new Map(rows.map(({ code, at, lately }) => [code, `${at} ${lately}`]))
}
