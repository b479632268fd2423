import type { MatterView } from '@tongxin/contract'
import type { Queryable, Tx } from '../../db/connect.ts'
import { prepared, preparedOne } from '../../db/prepared.ts'

export type ViewContent = Pick<MatterView, 'name' | 'filters' | 'columns' | 'layout' | 'shared'>

export interface ViewRow extends ViewContent {
  communityCode: string
  id: string
  version: number
  ownerId: string
  nameCipher: string | null
}

const COLUMNS = `v.community_code as "communityCode", v.id, v.name, v.filters, v.columns, v.layout, v.shared, v.version,
  v.owner_id as "ownerId", p.name_cipher as "nameCipher"`
const FROM = 'from matter_views v join people p on p.id = v.owner_id'
const PART = (others: number, condition: string) => `(select ${others} as others, ${COLUMNS} ${FROM}
  where v.community_code = $1 and ${condition} and (${others}, v.name, v.id) > ($3::int, $4::text, $5::uuid)
  order by v.name, v.id limit $6)`
const LIST = `${PART(0, 'v.owner_id = $2')} union all ${PART(1, 'v.shared and v.owner_id <> $2')}
  order by others, name, id limit $6`

export interface ListedView extends ViewRow {
  /** 0 for one's own, 1 for others'. */
  others: number
}

export const listViewRows = (
  on: Queryable,
  community: string,
  personId: string,
  after: readonly [number, string, string] | null,
  limit: number,
): Promise<ListedView[]> =>
  prepared(on, 'views_list', LIST, [
    community,
    personId,
    ...(after ?? [-1, '', '00000000-0000-0000-0000-000000000000']),
    limit,
  ])

const ONE = `select ${COLUMNS} ${FROM} where v.community_code = $1 and v.id = $2`
export const findView = (on: Queryable, community: string, id: string): Promise<ViewRow | undefined> =>
  preparedOne(on, 'view_one', ONE, [community, id])

/** Held for the transaction. */
export const lockView = (tx: Tx, community: string, id: string): Promise<ViewRow | undefined> =>
  preparedOne(tx, 'view_lock', `${ONE} for update of v`, [community, id])

const COUNT = 'select count(*)::int as n from matter_views where community_code = $1 and owner_id = $2'
export const countViews = async (tx: Tx, community: string, ownerId: string): Promise<number> =>
  (await preparedOne<{ n: number }>(tx, 'views_count', COUNT, [community, ownerId]))?.n ?? 0

const values = ({ name, filters, columns, layout, shared }: ViewContent) => [
  name,
  JSON.stringify(filters),
  columns,
  layout,
  shared,
]
const INSERT = `insert into matter_views (community_code, id, owner_id, name, filters, columns, layout, shared)
  values ($1, $2, $3, $4, $5::jsonb, $6::text[], $7, $8)`
export const insertView = async (
  tx: Tx,
  key: { community: string; id: string; ownerId: string },
  content: ViewContent,
): Promise<void> => {
  await prepared(tx, 'view_insert', INSERT, [key.community, key.id, key.ownerId, ...values(content)])
}

const UPDATE = `update matter_views set name = $3, filters = $4::jsonb, columns = $5::text[], layout = $6, shared = $7,
  version = version + 1 where community_code = $1 and id = $2`
export const updateView = async (tx: Tx, community: string, id: string, content: ViewContent): Promise<void> => {
  await prepared(tx, 'view_update', UPDATE, [community, id, ...values(content)])
}

const DELETE = 'delete from matter_views where community_code = $1 and id = $2'
export const deleteView = async (tx: Tx, community: string, id: string): Promise<void> => {
  await prepared(tx, 'view_delete', DELETE, [community, id])
}
