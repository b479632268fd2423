import type { OrderRole, OrderState } from '@tongxin/contract'
import type { Queryable, Tx } from '../../db/connect.ts'
import { prepared, preparedOne } from '../../db/prepared.ts'
import type { IssueKey } from '../issues/index.ts'

/** A unit as the rules of dispatching see it. */
export interface FitUnit {
  id: string
  name: string
  hasAccounts: boolean
  /** Of the street that the community lies in. */
  ofStreet: boolean
}

// Up from the community to what serves it from above, and up from the unit to see whether it lies within.
const FIT_UNITS = `
  with recursive above as (
    select code, parent_code from regions where code = $1
    union all select r.code, r.parent_code from regions r join above a on r.code = a.parent_code
  ), within as (
    select u.id, r.code, r.parent_code from units u join regions r on r.code = u.region_code where u.id = any($2::uuid[])
    union all select w.id, r.code, r.parent_code from within w join regions r on r.code = w.parent_code
  )
  select u.id, u.name, u.has_accounts as "hasAccounts",
    u.region_code = (select parent_code from regions where code = $1) as "ofStreet" from units u
  where u.id = any($2::uuid[]) and u.active
    and (u.region_code in (select code from above) or exists (select from within w where w.id = u.id and w.code = $1))`

/** Those of the units that are active and serve this community: of its own, above it, or within it. */
export const findFitUnits = (on: Queryable, communityCode: string, unitIds: readonly string[]): Promise<FitUnit[]> =>
  prepared<FitUnit>(on, 'office_fit_units', FIT_UNITS, [communityCode, unitIds])

const STREET_UNITS = `select exists (select from units u join regions r on r.parent_code = u.region_code
  where r.code = $1 and u.active and u.id is distinct from $2) as found`

/** Whether the street of the community has any unit that could lead: one that is complained about could not. */
export const hasStreetUnits = async (
  on: Queryable,
  communityCode: string,
  complainedUnitId: string | null,
): Promise<boolean> =>
  (await preparedOne<{ found: boolean }>(on, 'office_street_units', STREET_UNITS, [communityCode, complainedUnitId]))
    ?.found ?? false

const COMPLAINED = `select
  exists (select from units where id = $3) as exists,
  exists (select from work_orders where community_code = $1 and issue_id = $2 and unit_id = $3 and state = 'open') as "atWork"`

/** A unit that is to be named as the one complained about: is it known, and has it an open order on the matter? */
export const findComplained = async (
  on: Queryable,
  key: IssueKey,
  unitId: string,
): Promise<{ exists: boolean; atWork: boolean }> =>
  (await preparedOne<{ exists: boolean; atWork: boolean }>(on, 'office_complained', COMPLAINED, [
    key.communityCode,
    key.id,
    unitId,
  ])) ?? { exists: false, atWork: false }

const HAS_HANDLERS = `
  select u.has_accounts and exists (
    select from grants g where g.unit_id = u.id and g.role = 'unit_handler' and g.approved_at is not null
      and g.revoked_at is null and (g.valid_from is null or g.valid_from <= $2) and (g.valid_to is null or g.valid_to > $2)
  ) as "hasAccounts" from units u where u.id = $1`

/** Whether somebody signs in for the unit now: one that lost its last handler is acted for like one that never had any. */
export const hasHandlers = async (on: Queryable, unitId: string, now: Date): Promise<boolean> =>
  (await preparedOne<{ hasAccounts: boolean }>(on, 'office_has_handlers', HAS_HANDLERS, [unitId, now.toISOString()]))
    ?.hasAccounts ?? false

const OPEN_PART = `select 1 as open from work_orders
  where community_code = $1 and issue_id = $2 and unit_id = $3 and role = 'co' and state = 'open'`

export const hasOpenPart = async (on: Queryable, key: IssueKey, unitId: string): Promise<boolean> =>
  (await preparedOne(on, 'office_open_part', OPEN_PART, [key.communityCode, key.id, unitId])) !== undefined

const OPEN_UNITS = `select unit_id as "unitId" from work_orders
  where community_code = $1 and issue_id = $2 and role = 'co' and state = 'open'`

export const findUnitsWithOpenParts = async (on: Queryable, key: IssueKey): Promise<string[]> =>
  (await prepared<{ unitId: string }>(on, 'office_open_units', OPEN_UNITS, [key.communityCode, key.id])).map(
    ({ unitId }) => unitId,
  )

export interface NewOrder {
  id: string
  round: number
  unitId: string
  role: OrderRole
  task: string | null
  dueAt: Date
  madeAt: Date
}

const INSERT = `insert into work_orders (community_code, issue_id, id, round, unit_id, role, state, task, due_at, made_at)
  values ($1, $2, $3, $4, $5, $6, 'open', $7, $8, $9)`

export const insertOrder = async (tx: Tx, key: IssueKey, order: NewOrder): Promise<void> => {
  await prepared(tx, 'office_order_insert', INSERT, [
    key.communityCode,
    key.id,
    order.id,
    order.round,
    order.unitId,
    order.role,
    order.task,
    order.dueAt.toISOString(),
    order.madeAt.toISOString(),
  ])
}

export interface Ending {
  state: Exclude<OrderState, 'open'>
  at: Date
  by: string | null
  result: string | null
}

const END = `update work_orders set state = $3, ended_at = $4, ended_by = $5, result = $6
  where community_code = $1 and issue_id = $2 and state = 'open' and role = $7 and ($8::uuid is null or unit_id = $8)`

/** Ends the open orders of one role; of one unit only where it is named. */
export const endOrders = async (
  tx: Tx,
  key: IssueKey,
  which: { role: OrderRole; unitId?: string },
  { state, at, by, result }: Ending,
): Promise<void> => {
  await prepared(tx, 'office_orders_end', END, [
    key.communityCode,
    key.id,
    state,
    at.toISOString(),
    by,
    result,
    which.role,
    which.unitId ?? null,
  ])
}

const REOPEN = `update work_orders set state = 'open', ended_at = null, ended_by = null, result = null
  where (community_code, id) = (
    select community_code, id from work_orders
    where community_code = $1 and issue_id = $2 and round = $3 and role = 'lead' and state = 'finished'
    order by ended_at desc limit 1)`

/** The work was sent back: the lead's order is open again. */
export const reopenLeadOrder = async (tx: Tx, key: IssueKey, round: number): Promise<void> => {
  await prepared(tx, 'office_lead_reopen', REOPEN, [key.communityCode, key.id, round])
}

const SET_DUES = `update work_orders o set due_at = d."dueAt"
  from json_to_recordset($3) as d ("unitId" uuid, "dueAt" timestamptz)
  where o.community_code = $1 and o.issue_id = $2 and o.state = 'open'
    and case when d."unitId" is null then o.role = 'lead' else o.role = 'co' and o.unit_id = d."unitId" end`

/** @param dues by unit for the parts, without one for the lead */
export const setDues = async (
  tx: Tx,
  key: IssueKey,
  dues: readonly { unitId: string | null; dueAt: string }[],
): Promise<void> => {
  await prepared(tx, 'office_dues', SET_DUES, [key.communityCode, key.id, JSON.stringify(dues)])
}

/** An order with what names its matter, instants as ISO strings. */
export interface OrderRow {
  communityCode: string
  id: string
  issueId: string
  issueNumber: string
  title: string | null
  publicTitle: string | null
  round: number
  unitId: string
  unitName: string
  role: OrderRole
  state: OrderState
  task: string | null
  dueAt: string
  madeAt: string
  endedAt: string | null
  result: string | null
}

const ORDERS = `
  select w.community_code as "communityCode", w.id, w.issue_id as "issueId", i.number as "issueNumber",
    i.title, i.public_title as "publicTitle", w.round, w.unit_id as "unitId", u.name as "unitName", w.role, w.state,
    w.task, w.due_at as "dueAt", w.made_at as "madeAt", w.ended_at as "endedAt", w.result
  from work_orders w
    join issues i on i.community_code = w.community_code and i.id = w.issue_id
    join units u on u.id = w.unit_id`

const OF_ISSUE = `${ORDERS} where w.community_code = $1 and w.issue_id = $2 order by w.made_at, w.role desc, w.id`

export const listOrdersOfIssue = (on: Queryable, key: IssueKey): Promise<OrderRow[]> =>
  prepared<OrderRow>(on, 'office_orders_of_issue', OF_ISSUE, [key.communityCode, key.id])

export interface OrderFilter {
  communityCode: string
  state: OrderState
  role?: OrderRole
  /** Of these units only; null for all. */
  units: readonly string[] | null
  /** Of matters in these grids or in none; null for all. */
  grids: readonly string[] | null
  after: [string, string] | null
  limit: number
}

const LIST = `${ORDERS}
  where w.community_code = $1 and w.state = $2 and ($3::text is null or w.role = $3)
    and ($4::text[] is null or i.grid_code is null or i.grid_code = any($4))
    and ($5::timestamptz is null or (w.due_at, w.id) > ($5, $6::uuid))`
const PAGE = ' order by w.due_at, w.id limit $7'

/** By deadline: read from the index on (community, state, due) or, for units, on (community, unit, state, due). */
export const listOrders = (on: Queryable, filter: OrderFilter): Promise<OrderRow[]> => {
  const { communityCode, state, role, units, grids, after, limit } = filter
  const values = [communityCode, state, role ?? null, grids, after?.[0] ?? null, after?.[1] ?? null, limit]
  return units === null
    ? prepared<OrderRow>(on, 'office_orders', LIST + PAGE, values)
    : prepared<OrderRow>(on, 'office_orders_of_units', `${LIST} and w.unit_id = any($8::uuid[])${PAGE}`, [
        ...values,
        units,
      ])
}
