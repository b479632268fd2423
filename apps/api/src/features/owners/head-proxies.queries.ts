import type { HeadProxyEnd } from '@tongxin/contract'
import type { Queryable, Tx } from '../../db/connect.ts'
import { prepared, preparedOne } from '../../db/prepared.ts'
import { GIVER_SPEAKS } from './vote-heads.queries.ts'
import type { VoteKey } from './votes.queries.ts'

/** A proxy with whom it names; instants as ISO strings. */
export interface ProxyRow {
  id: string
  headNo: number
  holderId: string
  holderCipher: string | null
  givenBy: string | null
  giverCipher: string | null
  enteredBy: string | null
  enteredByCipher: string | null
  givenAt: string
  endedAt: string | null
  ended: HeadProxyEnd | null
  /** Who gave it has no say for the head any more; of one typed by staff nobody is known who gave it. */
  giverLeft: boolean
  /** The head's vote was cast by it. */
  used: boolean
}

const ROWS = `select x.id, x.head_no as "headNo", x.holder_id as "holderId", a.name_cipher as "holderCipher",
    x.given_by as "givenBy", b.name_cipher as "giverCipher", x.entered_by as "enteredBy", c.name_cipher as "enteredByCipher",
    x.given_at as "givenAt", x.ended_at as "endedAt", x.ended,
    x.given_by is not null and not ${GIVER_SPEAKS} as "giverLeft",
    exists (select from head_votes v where v.community_code = x.community_code and v.motion_id = x.motion_id
      and v.head_no = x.head_no and v.proxy_id = x.id) as used
  from head_proxies x join motions t on t.community_code = x.community_code and t.id = x.motion_id
    join people a on a.id = x.holder_id left join people b on b.id = x.given_by
    left join people c on c.id = x.entered_by
  where x.community_code = $1 and x.motion_id = $2`

/** Those that stand, of these heads. */
export const listStanding = (on: Queryable, key: VoteKey, headNos: readonly number[]): Promise<ProxyRow[]> =>
  prepared<ProxyRow>(on, 'head_proxies_standing', `${ROWS} and x.head_no = any($3::int[]) and x.ended_at is null`, [
    key.communityCode,
    key.id,
    headNos,
  ])

/** The one that stands for a head. The caller holds the motion. */
export const findStanding = async (on: Queryable, key: VoteKey, headNo: number): Promise<ProxyRow | undefined> =>
  (await listStanding(on, key, [headNo]))[0]

export const findProxy = (on: Queryable, key: VoteKey, id: string): Promise<ProxyRow | undefined> =>
  preparedOne<ProxyRow>(on, 'head_proxy', `${ROWS} and x.id = $3`, [key.communityCode, key.id, id])

/** In the order in which they were given. */
export const listProxies = (
  on: Queryable,
  key: VoteKey,
  { after, limit }: { after: [string, string] | null; limit: number },
): Promise<ProxyRow[]> =>
  prepared<ProxyRow>(
    on,
    'head_proxies',
    `${ROWS} and ($3::timestamptz is null or (x.given_at, x.id) > ($3, $4::uuid)) order by x.given_at, x.id limit $5`,
    [key.communityCode, key.id, after?.[0] ?? null, after?.[1] ?? null, limit],
  )

const HELD = `select head_no as "headNo" from head_proxies
  where community_code = $1 and motion_id = $2 and holder_id = $3 and ended_at is null order by 1`

/** The heads for which this person votes by proxy. */
export const listHeldHeads = async (on: Queryable, key: VoteKey, personId: string): Promise<number[]> =>
  (await prepared<{ headNo: number }>(on, 'head_proxies_held', HELD, [key.communityCode, key.id, personId])).map(
    ({ headNo }) => headNo,
  )

const INSERT = `insert into head_proxies (community_code, id, motion_id, head_no, holder_id, given_by, entered_by, attachment_id, given_at)
  values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`

export interface NewProxy {
  id: string
  headNo: number
  holderId: string
  givenBy: string | null
  enteredBy: string | null
  attachmentId: string | null
  at: Date
}

export const insertProxy = async (tx: Tx, key: VoteKey, it: NewProxy): Promise<void> => {
  const { id, headNo, holderId, givenBy, enteredBy, attachmentId, at } = it
  const values = [key.communityCode, id, key.id, headNo, holderId, givenBy, enteredBy, attachmentId, at.toISOString()]
  await prepared(tx, 'head_proxy_insert', INSERT, values)
}

const END = `update head_proxies set ended_at = $4, ended = $5
  where community_code = $1 and motion_id = $2 and head_no = $3 and ended_at is null returning id`

/** The id of the one that stood; undefined when none did. */
export const endStanding = async (
  tx: Tx,
  key: VoteKey,
  headNo: number,
  why: HeadProxyEnd,
  at: Date,
): Promise<string | undefined> => {
  const values = [key.communityCode, key.id, headNo, at.toISOString(), why]
  return (await preparedOne<{ id: string }>(tx, 'head_proxy_end', END, values))?.id
}

export interface ScanRow {
  hash: string
  mediaType: 'image/jpeg' | 'application/pdf'
}

const SCAN = `select f.content_hash as hash, f.media_type as "mediaType" from head_proxies x
    join attachments f on f.community_code = x.community_code and f.id = x.attachment_id and f.erased_at is null
  where x.community_code = $1 and x.motion_id = $2 and x.id = $3`

export const findScan = (on: Queryable, key: VoteKey, id: string): Promise<ScanRow | undefined> =>
  preparedOne<ScanRow>(on, 'head_proxy_scan', SCAN, [key.communityCode, key.id, id])
