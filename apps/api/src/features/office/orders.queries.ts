import type { OrderRole, OrderState } from '@tongxin/contract'
import type { Queryable, Tx } from '../../db/connect.ts'
import { prepared, preparedOne } from '../../db/prepared.ts'
import type { IssueKey } from '../issues/index.ts'
import type { Due } from './dues.ts'

export interface NewOrder {
  id: string
  round: number
  unitId: string
  role: OrderRole
  task: string | null
  dueAt: Date
  madeAt: Date
  designated: boolean
}

const INSERT = `insert into work_orders
    (community_code, issue_id, id, round, unit_id, role, state, task, due_at, made_at, designated)
  values ($1, $2, $3, $4, $5, $6, 'open', $7, $8, $9, $10)`

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
    order.designated,
  ])
}

export interface Ending {
  state: Exclude<OrderState, 'open'>
  at: Date
  by: string | null
  result: string | null
}

// What is done without having been signed for is signed for by being done.
const END = `update work_orders set state = $3, ended_at = $4, ended_by = $5, result = $6,
    signed_at = case when $3 = 'finished' then coalesce(signed_at, $4) else signed_at end,
    extension_asked_for = null, extension_by = null
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

const SET_DUES = `update work_orders o set due_at = coalesce(d."dueAt", o.due_at), sign_due_at = coalesce(d."signDueAt", o.sign_due_at)
  from json_to_recordset($3) as d ("unitId" uuid, "dueAt" timestamptz, "signDueAt" timestamptz)
  where o.community_code = $1 and o.issue_id = $2 and o.state = 'open'
    and case when d."unitId" is null then o.role = 'lead' else o.role = 'co' and o.unit_id = d."unitId" end`

/** @param dues by unit for the parts, without one for the lead */
export const setDues = async (tx: Tx, key: IssueKey, dues: readonly Due[]): Promise<void> => {
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
  signDueAt: string | null
  signedAt: string | null
  firstDueAt: string
  held: boolean
  designated: boolean
  extensionAskedFor: string | null
  handlerId: string | null
  handlerName: string | null
  hasHandlers: boolean
}

const ORDERS = `
  select w.community_code as "communityCode", w.id, w.issue_id as "issueId", i.number as "issueNumber",
    i.title, i.public_title as "publicTitle", w.round, w.unit_id as "unitId", u.name as "unitName", w.role, w.state,
    w.task, w.due_at as "dueAt", w.made_at as "madeAt", w.ended_at as "endedAt", w.result,
    w.sign_due_at as "signDueAt", w.signed_at as "signedAt", w.first_due_at as "firstDueAt", w.state = 'open' and i.state = 'suspended' as held, w.designated,
    case when w.role = 'lead' and w.state = 'open' then i.extension_asked_for else w.extension_asked_for end
      as "extensionAskedFor",
    w.handler_id as "handlerId", h.name_cipher as "handlerName", u.active and u.has_accounts and exists (
      select from grants g where g.unit_id = u.id and g.role = 'unit_handler' and g.approved_at is not null
        and g.revoked_at is null and (g.valid_from is null or g.valid_from <= $3) and (g.valid_to is null or g.valid_to > $3)
    ) as "hasHandlers"
  from work_orders w
    join issues i on i.community_code = w.community_code and i.id = w.issue_id
    join units u on u.id = w.unit_id
    left join people h on h.id = w.handler_id`

const OF_ISSUE = `${ORDERS} where w.community_code = $1 and w.issue_id = $2 order by w.made_at, w.role desc, w.id`

export const listOrdersOfIssue = (on: Queryable, key: IssueKey, now: Date): Promise<OrderRow[]> =>
  prepared<OrderRow>(on, 'office_orders_of_issue', OF_ISSUE, [key.communityCode, key.id, now.toISOString()])

const OF_ORDER =
  'select unit_id as "unitId", issue_id as "issueId" from work_orders where community_code = $1 and id = $2'

/** Whose an order is, and on which matter. */
export const findOrder = (
  on: Queryable,
  { communityCode, id }: IssueKey,
): Promise<{ unitId: string; issueId: string } | undefined> =>
  preparedOne<{ unitId: string; issueId: string }>(on, 'office_order', OF_ORDER, [communityCode, id])

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
  now: Date
}

const LIST = `${ORDERS}
  where w.community_code = $1 and w.state = $2 and ($4::text is null or w.role = $4)
    and ($5::text[] is null or i.grid_code is null or i.grid_code = any($5))
    and ($6::timestamptz is null or (w.first_due_at, w.id) > ($6, $7::uuid))`
const PAGE = ' order by w.first_due_at, w.id limit $8'

/** By what runs out first: read from the index on (community, state, first due), for units on (community, unit, state, first due). */
export const listOrders = (on: Queryable, filter: OrderFilter): Promise<OrderRow[]> => {
  const { communityCode, state, role, units, grids, after, limit, now } = filter
  const instant = now.toISOString()
  const values = [communityCode, state, instant, role ?? null, grids, after?.[0] ?? null, after?.[1] ?? null, limit]
  return units === null
    ? prepared<OrderRow>(on, 'office_orders', LIST + PAGE, values)
    : prepared<OrderRow>(on, 'office_orders_of_units', `${LIST} and w.unit_id = any($9::uuid[])${PAGE}`, [
        ...values,
        units,
      ])
}
