import { type InboxStep, MOST_UNREAD } from '@tongxin/contract'
import type { Role } from '@tongxin/lifecycle'
import type { Queryable, Tx } from '../../db/connect.ts'
import { prepared, preparedOne } from '../../db/prepared.ts'
import type { IssueKey } from '../issues/index.ts'

/** To whom something is told: by role and region, by unit, or by name. */
export interface Audience {
  roles: { role: Role; region: string }[]
  units: string[]
  /** Every unit of this street; null for none. */
  street: string | null
  people: string[]
  /** Where somebody told by name holds an office that has to do with the matter; handlers wherever they are. */
  offices: string[]
}

export interface Telling {
  step: InboxStep
  seq: number
  at: Date
  clock?: string | null
  dueAt?: string | null
  /** Who brought it about needs no telling. */
  except: string | null
  /** Of it nobody is told. */
  complainedUnitId: string | null
}

const IN_FORCE = (grant: string, now: string) => `${grant}.approved_at is not null and ${grant}.revoked_at is null
  and (${grant}.valid_from is null or ${grant}.valid_from <= ${now}) and (${grant}.valid_to is null or ${grant}.valid_to > ${now})`

const NOT_ABOUT_THEM = 'g.unit_id is distinct from $11'
// One row for each person, by the widest of their grants; again for the same step of the same event: nothing. Each way in by its index:
// alternatives in one condition would read every grant there is.
const TELL = `insert into inbox_items (community_code, id, person_id, grant_id, step, issue_id, event_seq, clock, due_at, made_at)
  select distinct on (g.person_id) $1, gen_random_uuid(), g.person_id, g.id, $3, $2, $4, $5, $6, $7::timestamptz
  from (
    select g.* from unnest($9::text[], $10::text[]) r (role, region) join grants g on g.region_code = r.region and g.role = r.role
    union all select g.* from grants g where g.role = 'unit_handler' and g.unit_id = any($12::uuid[]) and ${NOT_ABOUT_THEM}
    union all select g.* from units u join grants g on g.unit_id = u.id and g.role = 'unit_handler' and ${NOT_ABOUT_THEM}
      where u.region_code = $13
    union all select g.* from grants g where g.person_id = any($14::uuid[]) and case when g.role = 'unit_handler' then ${NOT_ABOUT_THEM}
      else g.role = any('{officer,secretary,grid_worker,supervisor}') and g.region_code = any($15::text[]) end
  ) g
  where ${IN_FORCE('g', '$7::timestamptz')} and g.person_id is distinct from $8
  order by g.person_id, length(g.region_code), g.id
  on conflict do nothing`

export const tell = async (tx: Tx, key: IssueKey, to: Audience, telling: Telling): Promise<void> => {
  const at = telling.at.toISOString()
  await prepared(tx, 'inbox_tell', TELL, [
    key.communityCode,
    key.id,
    telling.step,
    telling.seq,
    telling.clock ?? null,
    telling.dueAt ?? null,
    at,
    telling.except,
    to.roles.map(({ role }) => role),
    to.roles.map(({ region }) => region),
    telling.complainedUnitId,
    to.units,
    to.street,
    to.people,
    to.offices,
  ])
}

const ORDERERS = `select distinct ordered_by as "personId" from supervisions
  where community_code = $1 and issue_id = $2 and answered_at = $3 and ordered_by is not null`

/** Who ordered the supervisions that were answered at this moment. */
export const findOrderers = async (tx: Tx, { communityCode, id }: IssueKey, at: Date): Promise<string[]> =>
  (await prepared<{ personId: string }>(tx, 'inbox_orderers', ORDERERS, [communityCode, id, at.toISOString()])).map(
    ({ personId }) => personId,
  )

const PARTS = `select distinct unit_id as "unitId" from work_orders
  where community_code = $1 and issue_id = $2 and role = 'co' and state = 'open'`

/** The units whose parts are open. */
export const findOpenParts = async (tx: Tx, { communityCode, id }: IssueKey): Promise<string[]> =>
  (await prepared<{ unitId: string }>(tx, 'inbox_parts', PARTS, [communityCode, id])).map((row) => row.unitId)

const CALLED_UNIT = `select unit_id as "unitId", street_code as "streetCode" from whistles
  where community_code = $1 and issue_id = $2 and state = 'open'`

/** Whom the open whistle calls; undefined where none is open. */
export const findCalled = (tx: Tx, { communityCode, id }: IssueKey) =>
  preparedOne<{ unitId: string | null; streetCode: string }>(tx, 'inbox_called', CALLED_UNIT, [communityCode, id])

export interface InboxRow {
  communityCode: string
  id: string
  step: InboxStep
  issueId: string
  issueNumber: string
  title: string | null
  publicTitle: string | null
  clock: string | null
  dueAt: string | null
  madeAt: string
  readAt: string | null
  /** Of the grant by which it was told. */
  role: Role
}

const LIST = (unread: boolean) => `select n.community_code as "communityCode", n.id, n.step, n.issue_id as "issueId",
    i.number as "issueNumber", i.title, i.public_title as "publicTitle", n.clock, n.due_at as "dueAt", n.made_at as "madeAt",
    n.read_at as "readAt", g.role
  from inbox_items n join issues i on i.community_code = n.community_code and i.id = n.issue_id
    join grants g on g.id = n.grant_id and ${IN_FORCE('g', '$2::timestamptz')}
  where n.person_id = $1 and ($3::timestamptz is null or (n.made_at, n.id) < ($3::timestamptz, $4::uuid))
    ${unread ? 'and n.read_at is null' : ''}
  order by n.made_at desc, n.id desc limit $5`
const LISTS = { all: LIST(false), unread: LIST(true) }

/** The newest first. What was told by a grant that is no longer in force is not shown. */
export const listInbox = (
  on: Queryable,
  personId: string,
  which: keyof typeof LISTS,
  now: Date,
  after: readonly [string, string] | null,
  limit: number,
): Promise<InboxRow[]> =>
  prepared(on, `inbox_${which}`, LISTS[which], [personId, now.toISOString(), ...(after ?? [null, null]), limit])

const UNREAD = `select p.id as "personId", (select count(*)::int from (select from inbox_items n
      join grants g on g.id = n.grant_id and ${IN_FORCE('g', '$2::timestamptz')}
    where n.person_id = p.id and n.read_at is null limit ${MOST_UNREAD + 1}) few) as unread
  from unnest($1::uuid[]) p (id)`

/** How many each of these people has not read, up to one more than is shown. */
export const countUnread = async (
  on: Queryable,
  people: readonly string[],
  now: Date,
): Promise<Map<string, number>> => {
  const rows = await prepared<{ personId: string; unread: number }>(on, 'inbox_unread_counts', UNREAD, [
    people,
    now.toISOString(),
  ])
  return new Map(rows.map(({ personId, unread }) => [personId, unread]))
}

const READ_THESE = `update inbox_items set read_at = $2 where person_id = $1 and read_at is null
  and (community_code, id) in (select * from unnest($3::text[], $4::uuid[]))`
const READ_UNTIL = 'update inbox_items set read_at = $2 where person_id = $1 and read_at is null and made_at <= $3'

export const markRead = async (tx: Tx, personId: string, now: Date, ids: readonly IssueKey[]): Promise<void> => {
  const codes = ids.map(({ communityCode }) => communityCode)
  await prepared(tx, 'inbox_read_these', READ_THESE, [personId, now.toISOString(), codes, ids.map(({ id }) => id)])
}

export const markReadUntil = async (tx: Tx, personId: string, now: Date, until: string): Promise<void> => {
  await prepared(tx, 'inbox_read_until', READ_UNTIL, [personId, now.toISOString(), until])
}

const PURGE = 'delete from inbox_items where community_code = any($1::text[]) and made_at < $2'

export const purgeItems = async (on: Queryable, communities: readonly string[], before: Date): Promise<void> => {
  await prepared(on, 'inbox_purge', PURGE, [communities, before.toISOString()])
}
