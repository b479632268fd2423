import type { SittingItemState, SittingReason, SittingState } from '@tongxin/contract'
import { type Action, OPEN_STATES, type State } from '@tongxin/lifecycle'
import type { Queryable, Tx } from '../../db/connect.ts'
import { prepared, preparedOne } from '../../db/prepared.ts'

/** Where a sitting stands: its tenant and its id there. */
export interface SittingKey {
  communityCode: string
  id: string
}

/** Instants as ISO strings, here and below. */
export interface SittingRow extends SittingKey {
  number: number | null
  state: SittingState
  heldAt: string
  place: string
  presiderId: string
  presiderCipher: string | null
  openedAt: string | null
  closedAt: string | null
  cancelReason: string | null
  version: number
}

const COLUMNS = `s.community_code as "communityCode", s.id, s.number, s.state, s.held_at as "heldAt", s.place,
  s.presider_id as "presiderId", p.name_cipher as "presiderCipher", s.opened_at as "openedAt", s.closed_at as "closedAt",
  s.cancel_reason as "cancelReason", s.version`
const SITTING = `select ${COLUMNS} from sittings s join people p on p.id = s.presider_id where s.community_code = $1 and s.id = $2`

export const findSitting = (on: Queryable, key: SittingKey): Promise<SittingRow | undefined> =>
  preparedOne<SittingRow>(on, 'sitting', SITTING, [key.communityCode, key.id])

export const lockSitting = (tx: Tx, key: SittingKey): Promise<SittingRow | undefined> =>
  preparedOne<SittingRow>(tx, 'sitting_lock', `${SITTING} for update of s`, [key.communityCode, key.id])

const INSERT = `insert into sittings (community_code, id, state, held_at, place, presider_id, version)
  values ($1, $2, 'announced', $3, $4, $5, 1)`

export const insertSitting = async (
  tx: Tx,
  { communityCode, id, heldAt, place, presiderId }: SittingKey & { heldAt: string; place: string; presiderId: string },
): Promise<void> => {
  await prepared(tx, 'sitting_insert', INSERT, [communityCode, id, heldAt, place, presiderId])
}

const SAVE = `update sittings set number = $3, state = $4, held_at = $5, place = $6, presider_id = $7, opened_at = $8,
  closed_at = $9, cancel_reason = $10, version = version + 1 where community_code = $1 and id = $2`

export const saveSitting = async (tx: Tx, row: Omit<SittingRow, 'presiderCipher' | 'version'>): Promise<void> => {
  const { communityCode, id, number, state, heldAt, place, presiderId, openedAt, closedAt, cancelReason } = row
  const values = [number, state, heldAt, place, presiderId, openedAt, closedAt, cancelReason]
  await prepared(tx, 'sitting_save', SAVE, [communityCode, id, ...values])
}

const NEXT_NUMBER = `select coalesce(max(number), 0) + 1 as number from sittings where community_code = $1`

/** Two that open at the same moment get the same one, which the index on it refuses. */
export const nextNumber = async (tx: Tx, communityCode: string): Promise<number> =>
  (await preparedOne<{ number: number }>(tx, 'sitting_number', NEXT_NUMBER, [communityCode]))?.number ?? 1

const PRESIDERS = `select distinct p.id as "personId", p.name_cipher as "nameCipher"
  from grants g join people p on p.id = g.person_id
  where g.region_code = $1 and g.role in ('officer', 'secretary') and g.approved_at is not null and g.revoked_at is null
    and (g.valid_from is null or g.valid_from <= $2) and (g.valid_to is null or g.valid_to > $2)
    and ($3::uuid is null or p.id = $3) order by p.id limit 100`

/** The officers and the secretary of the community. */
export const listPresiders = (
  on: Queryable,
  communityCode: string,
  now: Date,
  personId: string | null = null,
): Promise<{ personId: string; nameCipher: string | null }[]> =>
  prepared(on, 'sitting_presiders', PRESIDERS, [communityCode, now.toISOString(), personId])

const UNITS = `select x.unit_id as "unitId", u.name as "unitName", x.present from sitting_units x join units u on u.id = x.unit_id
  where x.community_code = $1 and x.sitting_id = $2 order by u.name, u.id`

export const listSittingUnits = (
  on: Queryable,
  key: SittingKey,
): Promise<{ unitId: string; unitName: string; present: boolean }[]> =>
  prepared(on, 'sitting_units', UNITS, [key.communityCode, key.id])

const ASK = `insert into sitting_units (community_code, sitting_id, unit_id, present)
  select $1, $2, id, false from unnest($3::uuid[]) as id`
const UNASK = `delete from sitting_units where community_code = $1 and sitting_id = $2 and unit_id = any($3::uuid[])`
const ATTEND = `update sitting_units set present = unit_id = any($3::uuid[]) where community_code = $1 and sitting_id = $2`

export const askUnits = async (tx: Tx, key: SittingKey, unitIds: readonly string[]): Promise<void> => {
  await prepared(tx, 'sitting_ask', ASK, [key.communityCode, key.id, unitIds])
}
export const unaskUnits = async (tx: Tx, key: SittingKey, unitIds: readonly string[]): Promise<void> => {
  await prepared(tx, 'sitting_unask', UNASK, [key.communityCode, key.id, unitIds])
}
export const markPresent = async (tx: Tx, key: SittingKey, unitIds: readonly string[]): Promise<void> => {
  await prepared(tx, 'sitting_attend', ATTEND, [key.communityCode, key.id, unitIds])
}

export interface MatterColumns {
  issueId: string
  number: string
  title: string | null
  publicTitle: string | null
  stage: string
  state: State
  leadUnitId: string | null
  dueClock: string | null
  dueAt: string | null
}

const MATTER = `i.id as "issueId", i.number, i.title, i.public_title as "publicTitle", i.stage, i.state,
  i.lead_unit_id as "leadUnitId", i.due_clock as "dueClock", i.due_at as "dueAt"`

export interface ItemRow extends MatterColumns {
  reason: SittingReason
  itemState: SittingItemState
  note: string | null
  action: Action | null
  eventSeq: number | null
  /** What the event of the decision says in public. */
  record: Record<string, unknown> | null
}

const ITEMS = `select ${MATTER}, x.reason, x.state as "itemState", x.note, x.action, x.event_seq as "eventSeq",
    e.record - 'changes' as record
  from sitting_items x join issues i on i.community_code = x.community_code and i.id = x.issue_id
    left join events e on e.community_code = x.community_code and e.subject_type = 'issue' and e.subject_id = x.issue_id
      and e.seq = x.event_seq
  where x.community_code = $1 and x.sitting_id = $2 order by x.position, x.issue_id`

export const listItems = (on: Queryable, key: SittingKey): Promise<ItemRow[]> =>
  prepared<ItemRow>(on, 'sitting_items', ITEMS, [key.communityCode, key.id])

const ITEM_STATES = `select issue_id as "issueId", state, position from sitting_items where community_code = $1 and sitting_id = $2`

export const listItemStates = (
  tx: Tx,
  key: SittingKey,
): Promise<{ issueId: string; state: SittingItemState; position: number }[]> =>
  prepared(tx, 'sitting_item_states', ITEM_STATES, [key.communityCode, key.id])

/** Why a matter `i` is for the joint office: asked for, put off, sent back, waiting for a unit, or late at the moment `now`. */
const REASON = (now: string) => `case
  when i.extension_asked_for is not null or exists (select from work_orders w where w.community_code = i.community_code
    and w.issue_id = i.id and w.state = 'open' and w.extension_asked_for is not null) then 'extension'
  when i.state = 'suspended' then 'suspended'
  when i.state = 'adopted' or (i.state = 'accepted' and i.route = 'direct') then
    case when exists (select from work_orders w where w.community_code = i.community_code and w.issue_id = i.id
      and w.role = 'lead' and w.state = 'returned' and w.round = i.round) then 'returned' else 'dispatch' end
  when i.due_at < ${now} then 'overdue' else 'other' end`

const REASONS = `select i.id as "issueId", ${REASON('$3')} as reason from issues i
  where i.community_code = $1 and i.id = any($2::uuid[]) and i.state = any($4::text[])`

/** Those of the matters that are still worked on, and why each is for the joint office. */
export const findReasons = (
  tx: Tx,
  communityCode: string,
  issueIds: readonly string[],
  now: Date,
): Promise<{ issueId: string; reason: SittingReason }[]> =>
  prepared(tx, 'sitting_reasons', REASONS, [communityCode, issueIds, now.toISOString(), OPEN_STATES])

const LAST_NOTED = `select x.issue_id from sitting_items x where x.community_code = $1 and x.state = 'noted' and x.sitting_id =
  (select id from sittings where community_code = $1 and state = 'closed' and number is not null order by number desc limit 1)`

const of = (condition: string, order: string) =>
  `(select id from issues where community_code = $1 and ${condition} order by ${order} limit 100)`

// Each list is read from an index of its own, and is short.
const CANDIDATES = `
  with noted as (${LAST_NOTED}), found as (
    select issue_id as id from noted
    union ${of('extension_asked_for is not null', 'extension_asked_for, id')}
    union (select issue_id from work_orders where community_code = $1 and extension_asked_for is not null
      order by extension_asked_for, id limit 100)
    union ${of(`state = 'suspended'`, 'raised_at, id')}
    union ${of(`state = 'adopted'`, 'raised_at, id')}
    union ${of(`state = 'accepted' and route = 'direct'`, 'raised_at, id')}
    union ${of('due_at < $2', 'due_at, id')})
  select ${MATTER}, ${REASON('$2')} as reason, i.id in (select issue_id from noted) as "comesBack"
  from found f join issues i on i.community_code = $1 and i.id = f.id
  where i.state = any($3::text[]) and not exists (select from sitting_items x
    where x.community_code = i.community_code and x.issue_id = i.id and x.state = 'waiting')
  order by "comesBack" desc, i.due_at nulls last, i.id`

export type CandidateRow = MatterColumns & { reason: SittingReason; comesBack: boolean }

export const listSittingCandidates = (on: Queryable, communityCode: string, now: Date): Promise<CandidateRow[]> =>
  prepared<CandidateRow>(on, 'sitting_candidates', CANDIDATES, [communityCode, now.toISOString(), OPEN_STATES])

const ADD = `insert into sitting_items (community_code, sitting_id, issue_id, position, reason, state)
  select $1, $2, n."issueId", n.position, n.reason, 'waiting'
  from json_to_recordset($3) as n ("issueId" uuid, position int, reason text)`

export interface NewItem {
  issueId: string
  position: number
  reason: SittingReason
}

export const addItems = async (tx: Tx, key: SittingKey, items: readonly NewItem[]): Promise<void> => {
  await prepared(tx, 'sitting_items_add', ADD, [key.communityCode, key.id, JSON.stringify(items)])
}

const REMOVE = `delete from sitting_items where community_code = $1 and sitting_id = $2 and issue_id = any($3::uuid[])`

export const removeItems = async (tx: Tx, key: SittingKey, issueIds: readonly string[]): Promise<void> => {
  await prepared(tx, 'sitting_items_remove', REMOVE, [key.communityCode, key.id, issueIds])
}

const NOTE = `update sitting_items set state = 'noted', note = $4
  where community_code = $1 and sitting_id = $2 and state = 'waiting' and ($3::uuid is null or issue_id = $3)`

/** One that waits, or all. */
export const noteItems = async (
  tx: Tx,
  key: SittingKey,
  issueId: string | null,
  note: string | null,
): Promise<void> => {
  await prepared(tx, 'sitting_note', NOTE, [key.communityCode, key.id, issueId, note])
}

const DECIDE = `update sitting_items set state = 'decided', action = $4, event_seq = $5
  where community_code = $1 and sitting_id = $2 and issue_id = $3`

export const decideItem = async (
  tx: Tx,
  key: SittingKey,
  { issueId, action, seq }: { issueId: string; action: Action; seq: number },
): Promise<void> => {
  await prepared(tx, 'sitting_decide', DECIDE, [key.communityCode, key.id, issueId, action, seq])
}

export interface SummaryRow extends SittingKey {
  number: number | null
  state: SittingState
  heldAt: string
  place: string
  items: number
  decided: number
  units: number
}

const SUMMARIES = `select s.community_code as "communityCode", s.id, s.number, s.state, s.held_at as "heldAt", s.place, x.items, x.decided,
    (select count(*)::int from sitting_units u where u.community_code = s.community_code and u.sitting_id = s.id) as units
  from sittings s cross join lateral (
    select count(*)::int as items, count(*) filter (where state = 'decided')::int as decided from sitting_items
    where community_code = s.community_code and sitting_id = s.id) x
  where s.community_code = $1 and ($2::timestamptz is null or (s.held_at, s.id) < ($2::timestamptz, $3::uuid))
  order by s.held_at desc, s.id desc limit $4`

/** The last first. */
export const listSittings = (
  on: Queryable,
  communityCode: string,
  after: readonly [string, string] | null,
  limit: number,
): Promise<SummaryRow[]> =>
  prepared<SummaryRow>(on, 'sittings', SUMMARIES, [communityCode, ...(after ?? [null, null]), limit])
