import type { CobuildingKind, CobuildingProject, CobuildingResource, ProjectState } from '@tongxin/contract'
import type { Queryable, Tx } from '../../db/connect.ts'
import { prepared, preparedOne } from '../../db/prepared.ts'

export interface ItemRow {
  communityCode: string
  id: string
  kind: CobuildingKind
  unitId: string | null
  unitName: string | null
  resource: CobuildingResource
  title: string
  detail: string
  from: string | null
  until: string | null
  state: 'open' | 'closed'
  projects: number
  madeAt: string
  version: number
}

const ITEMS = `select i.community_code as "communityCode", i.id, i.kind, i.unit_id as "unitId", u.name as "unitName", i.resource,
    i.title, i.detail, i.from_on::text as "from", i.until_on::text as until, i.state, i.made_at as "madeAt", i.version,
    (select count(*)::int from cobuilding_projects p where p.community_code = i.community_code
      and case i.kind when 'offer' then p.offer_id = i.id else p.need_id = i.id end) as projects
  from cobuilding_items i left join units u on u.id = i.unit_id`
const IN_STATE = {
  open: `i.state = 'open' and (i.until_on is null or i.until_on >= $3)`,
  closed: `(i.state = 'closed' or i.until_on < $3)`,
}
const LIST = (state: 'open' | 'closed') => `${ITEMS} where i.community_code = $1 and i.kind = $2 and ${IN_STATE[state]}
  and ($4::uuid is null or i.unit_id = $4)
  and ($5::timestamptz is null or (i.made_at, i.id) < ($5, $6::uuid)) order by i.made_at desc, i.id desc limit $7`

/** Neither taken back nor met, and its time is not over. @param today a civil day */
export const isListed = ({ state, until }: Pick<ItemRow, 'state' | 'until'>, today: string): boolean =>
  state === 'open' && (until === null || until >= today)

export interface ItemFilter {
  community: string
  kind: CobuildingKind
  /** As it stands today: what is over is closed. */
  state: 'open' | 'closed'
  /** A civil day. */
  today: string
  unit?: string | undefined
  after: [string, string] | null
  limit: number
}

/** Newest first. */
export const listItems = (
  on: Queryable,
  { community, kind, state, today, unit, after, limit }: ItemFilter,
): Promise<ItemRow[]> =>
  prepared<ItemRow>(on, `cobuilding_items_${state}`, LIST(state), [
    community,
    kind,
    today,
    unit ?? null,
    after?.[0] ?? null,
    after?.[1] ?? null,
    limit,
  ])

export const findItem = (on: Queryable, community: string, id: string): Promise<ItemRow | undefined> =>
  preparedOne<ItemRow>(on, 'cobuilding_item', `${ITEMS} where i.community_code = $1 and i.id = $2`, [community, id])

export const lockItem = (tx: Tx, community: string, id: string): Promise<ItemRow | undefined> =>
  preparedOne<ItemRow>(
    tx,
    'cobuilding_item_lock',
    `${ITEMS} where i.community_code = $1 and i.id = $2 for update of i`,
    [community, id],
  )

export interface ItemValues {
  resource: CobuildingResource
  title: string
  detail: string
  from: string | null
  until: string | null
  state: 'open' | 'closed'
}

const INSERT = `insert into cobuilding_items (community_code, id, kind, unit_id, resource, title, detail, from_on, until_on, state, made_by, made_at)
  values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)`

export const insertItem = async (
  tx: Tx,
  item: ItemValues & {
    community: string
    id: string
    kind: CobuildingKind
    unitId: string | null
    by: string
    at: Date
  },
): Promise<void> => {
  const { community, id, kind, unitId, resource, title, detail, from, until, state, by, at } = item
  const values = [community, id, kind, unitId, resource, title, detail, from, until, state, by, at.toISOString()]
  await prepared(tx, 'cobuilding_item_add', INSERT, values)
}

const UPDATE = `update cobuilding_items set resource = $3, title = $4, detail = $5, from_on = $6, until_on = $7, state = $8,
  version = version + 1 where community_code = $1 and id = $2`

export const updateItem = async (tx: Tx, community: string, id: string, values: ItemValues): Promise<void> => {
  const { resource, title, detail, from, until, state } = values
  await prepared(tx, 'cobuilding_item_change', UPDATE, [community, id, resource, title, detail, from, until, state])
}

export interface ProjectRow {
  communityCode: string
  id: string
  title: string
  plan: string
  offerId: string | null
  offerTitle: string | null
  needId: string | null
  needTitle: string | null
  startsOn: string
  state: ProjectState
  closedAt: string | null
  result: string | null
  figures: CobuildingProject['figures']
  units: { id: string; name: string }[]
  madeAt: string
  version: number
}

const PROJECTS = `select p.community_code as "communityCode", p.id, p.title, p.plan, p.offer_id as "offerId", o.title as "offerTitle",
    p.need_id as "needId", n.title as "needTitle", p.starts_on::text as "startsOn", p.state, p.closed_at as "closedAt", p.result,
    p.figures, p.made_at as "madeAt", p.version,
    (select coalesce(json_agg(json_build_object('id', u.id, 'name', u.name) order by u.name), '[]')
      from cobuilding_project_units x join units u on u.id = x.unit_id
      where x.community_code = p.community_code and x.project_id = p.id) as units
  from cobuilding_projects p
    left join cobuilding_items o on o.community_code = p.community_code and o.id = p.offer_id
    left join cobuilding_items n on n.community_code = p.community_code and n.id = p.need_id`
const PROJECT_LIST = `${PROJECTS} where p.community_code = $1 and ($2::text is null or p.state = $2)
  and ($3::timestamptz is null or (p.made_at, p.id) < ($3, $4::uuid)) order by p.made_at desc, p.id desc limit $5`

/** Newest first. */
export const listProjects = (
  on: Queryable,
  {
    community,
    state,
    after,
    limit,
  }: { community: string; state?: ProjectState | undefined; after: [string, string] | null; limit: number },
): Promise<ProjectRow[]> =>
  prepared<ProjectRow>(on, 'cobuilding_projects', PROJECT_LIST, [
    community,
    state ?? null,
    after?.[0] ?? null,
    after?.[1] ?? null,
    limit,
  ])

export const findProject = (on: Queryable, community: string, id: string): Promise<ProjectRow | undefined> =>
  preparedOne<ProjectRow>(on, 'cobuilding_project', `${PROJECTS} where p.community_code = $1 and p.id = $2`, [
    community,
    id,
  ])

const START = `insert into cobuilding_projects
  (community_code, id, title, plan, offer_id, need_id, starts_on, state, figures, made_by, made_at)
  values ($1, $2, $3, $4, $5, $6, $7, 'running', '[]', $8, $9)`
const TAKE_PART = `insert into cobuilding_project_units (community_code, project_id, unit_id) select $1, $2, unnest($3::uuid[])`

export interface NewProject {
  community: string
  id: string
  title: string
  plan: string
  offerId: string | null
  needId: string | null
  startsOn: string
  unitIds: readonly string[]
  by: string
  at: Date
}

export const insertProject = async (tx: Tx, project: NewProject): Promise<void> => {
  const { community, id, title, plan, offerId, needId, startsOn, unitIds, by, at } = project
  await prepared(tx, 'cobuilding_start', START, [
    community,
    id,
    title,
    plan,
    offerId,
    needId,
    startsOn,
    by,
    at.toISOString(),
  ])
  await prepared(tx, 'cobuilding_take_part', TAKE_PART, [community, id, unitIds])
}

const CLOSE = `update cobuilding_projects set state = $3, result = $4, figures = $5, closed_at = $6, version = version + 1
  where community_code = $1 and id = $2 and version = $7 and state = 'running' returning need_id as "needId"`
const MEET = `update cobuilding_items set state = 'closed', version = version + 1
  where community_code = $1 and id = $2 and state = 'open'`

/** A project that came about meets its need; what was offered may be used again. @returns whether it was as it was seen */
export const endProject = async (
  tx: Tx,
  given: {
    community: string
    id: string
    state: 'done' | 'dropped'
    result: string
    figures: unknown[]
    at: Date
    version: number
  },
): Promise<boolean> => {
  const { community, id, state, result, figures, at, version } = given
  const values = [community, id, state, result, JSON.stringify(figures), at.toISOString(), version]
  const ended = await preparedOne<{ needId: string | null }>(tx, 'cobuilding_close', CLOSE, values)
  if (ended?.needId && state === 'done') await prepared(tx, 'cobuilding_meet', MEET, [community, ended.needId])
  return ended !== undefined
}
