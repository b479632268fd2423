import type { Queryable, Tx } from '../../db/connect.ts'
import { prepared, preparedOne } from '../../db/prepared.ts'
import type { IssueKey } from '../issues/index.ts'

/** An open part of a co-unit; instants as ISO strings. */
export interface OpenPart {
  unitId: string
  /** Somebody signs in for the unit. */
  hasAccounts: boolean
  signed: boolean
  designated: boolean
  madeAt: string
  dueAt: string
  extensionAskedFor: string | null
  extensionBy: string | null
}

const PARTS = `select w.unit_id as "unitId", w.signed_at is not null as signed, w.designated, w.made_at as "madeAt",
    w.due_at as "dueAt", w.extension_asked_for as "extensionAskedFor", w.extension_by as "extensionBy",
    u.active and u.has_accounts and exists (
      select from grants g where g.unit_id = u.id and g.role = 'unit_handler' and g.approved_at is not null
        and g.revoked_at is null and (g.valid_from is null or g.valid_from <= $3) and (g.valid_to is null or g.valid_to > $3)
    ) as "hasAccounts"
  from work_orders w join units u on u.id = w.unit_id
  where w.community_code = $1 and w.issue_id = $2 and w.role = 'co' and w.state = 'open' order by w.made_at, w.id`

/** Every open part of a matter. */
export const findOpenParts = (on: Queryable, key: IssueKey, now: Date): Promise<OpenPart[]> =>
  prepared<OpenPart>(on, 'office_open_parts', PARTS, [key.communityCode, key.id, now.toISOString()])

const RETURNS = `select count(*) filter (where role = 'lead')::int as "ofLead", coalesce(array_agg(distinct unit_id), '{}') as "unitIds"
  from work_orders where community_code = $1 and issue_id = $2 and round = $3 and state = 'returned'`

/** Who returned an order in this round, and how often the lead's was. */
export const findReturns = async (
  on: Queryable,
  key: IssueKey,
  round: number,
): Promise<{ ofLead: number; unitIds: string[] }> =>
  (await preparedOne<{ ofLead: number; unitIds: string[] }>(on, 'office_returns', RETURNS, [
    key.communityCode,
    key.id,
    round,
  ])) ?? { ofLead: 0, unitIds: [] }

const OPEN_OF_UNITS = `select unit_id as "unitId", handler_id as "handlerId" from work_orders
  where community_code = $1 and issue_id = $2 and unit_id = any($3::uuid[]) and state = 'open'`

/** The open orders that these units have on the matter. */
export const findOpenOrders = (
  on: Queryable,
  key: IssueKey,
  unitIds: readonly string[],
): Promise<{ unitId: string; handlerId: string | null }[]> =>
  prepared(on, 'office_open_orders', OPEN_OF_UNITS, [key.communityCode, key.id, unitIds])

const SIGN = `update work_orders set signed_at = $4, handler_id = coalesce(handler_id, $5)
  where community_code = $1 and issue_id = $2 and state = 'open'
    and case when $3::uuid is null then role = 'lead' else role = 'co' and unit_id = $3 end`

/** @param unitId of a co-unit; null for the lead. @param handlerId in whose hands it then is, where nobody has it yet */
export const signOrder = async (
  tx: Tx,
  key: IssueKey,
  unitId: string | null,
  at: Date,
  handlerId: string | null,
): Promise<void> => {
  await prepared(tx, 'office_sign', SIGN, [key.communityCode, key.id, unitId, at.toISOString(), handlerId])
}

const HAND_OVER = `update work_orders set handler_id = $4
  where community_code = $1 and issue_id = $2 and unit_id = $3 and state = 'open'`

export const handOverOrder = async (tx: Tx, key: IssueKey, unitId: string, handlerId: string): Promise<void> => {
  await prepared(tx, 'office_hand_over', HAND_OVER, [key.communityCode, key.id, unitId, handlerId])
}

const ASK = `update work_orders set extension_asked_for = $4, extension_by = $5
  where community_code = $1 and issue_id = $2 and unit_id = $3 and role = 'co' and state = 'open'`

/** @param asked until when, and by whom; null once it is decided */
export const setPartExtension = async (
  tx: Tx,
  key: IssueKey,
  unitId: string,
  asked: { until: Date; by: string | null } | null,
): Promise<void> => {
  await prepared(tx, 'office_part_extension', ASK, [
    key.communityCode,
    key.id,
    unitId,
    asked?.until.toISOString() ?? null,
    asked?.by ?? null,
  ])
}
