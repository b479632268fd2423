import type { ProxyEnd } from '@tongxin/contract'
import type { Queryable, Tx } from '../../db/connect.ts'
import { prepared, preparedOne } from '../../db/prepared.ts'
import type { MeetingKey } from './meetings.queries.ts'

export interface ProxyRow {
  id: string
  principalId: string
  principalCipher: string | null
  holderId: string
  holderCipher: string | null
  givenAt: string
  endedAt: string | null
  ended: ProxyEnd | null
  /** A vote was cast, or a paper drawn, by it. */
  used: boolean
  enteredBy: string | null
  enteredByCipher: string | null
  /** On which motions, as others may know it: of a secret ballot nothing tells when a paper was drawn. */
  usedOn: { motionId: string; text: string }[]
}

const LIST = `select x.id, x.principal_id as "principalId", a.name_cipher as "principalCipher", x.holder_id as "holderId",
    b.name_cipher as "holderCipher", x.given_at as "givenAt", x.ended_at as "endedAt", x.ended,
    exists (select from motion_roll r left join open_votes v
        on v.community_code = r.community_code and v.motion_id = r.motion_id and v.person_id = r.person_id
      where r.community_code = x.community_code and r.proxy_id = x.id
        and (r.issued or v.cast_by = x.holder_id)) as used,
    x.entered_by as "enteredBy", c.name_cipher as "enteredByCipher",
    coalesce((select json_agg(json_build_object('motionId', m.id, 'text', m.text) order by m.proposed_at, m.id)
      from motion_roll r
        join motions m on m.community_code = r.community_code and m.id = r.motion_id
        left join open_votes v
        on v.community_code = r.community_code and v.motion_id = r.motion_id and v.person_id = r.person_id
      where r.community_code = x.community_code and r.proxy_id = x.id
        and (v.cast_by = x.holder_id or (r.issued and m.counted_at is not null and x.ended_at is null))), '[]') as "usedOn"
  from proxies x join people a on a.id = x.principal_id join people b on b.id = x.holder_id
    left join people c on c.id = x.entered_by
  where x.community_code = $1 and x.meeting_id = $2 order by x.given_at, x.id`

export const listProxies = (on: Queryable, key: MeetingKey): Promise<ProxyRow[]> =>
  prepared<ProxyRow>(on, 'proxies', LIST, [key.communityCode, key.id])

const STANDING = `select id, holder_id as "holderId" from proxies
  where community_code = $1 and meeting_id = $2 and principal_id = $3 and ended_at is null`

/** The one that stands for a principal, locked: no vote is cast by it meanwhile. */
export const lockProxyOf = (tx: Tx, key: MeetingKey, principalId: string): Promise<{ id: string } | undefined> =>
  preparedOne(tx, 'proxy_lock', `${STANDING} for update`, [key.communityCode, key.id, principalId])

/** The same, kept from ending until the vote that is cast by it is there. */
export const holdProxyOf = (tx: Tx, key: MeetingKey, principalId: string): Promise<{ holderId: string } | undefined> =>
  preparedOne(tx, 'proxy_hold', `${STANDING} for share`, [key.communityCode, key.id, principalId])

const INSERT = `insert into proxies (community_code, id, meeting_id, principal_id, holder_id, given_at, entered_by)
  values ($1, $2, $3, $4, $5, $6, $7)`

export const insertProxy = async (
  tx: Tx,
  key: MeetingKey,
  it: { id: string; principalId: string; holderId: string; enteredBy: string | null; at: Date },
): Promise<void> => {
  const { id, principalId, holderId, enteredBy, at } = it
  const values = [key.communityCode, id, key.id, principalId, holderId, at.toISOString(), enteredBy]
  await prepared(tx, 'proxy_insert', INSERT, values)
}

const END = `update proxies set ended_at = $4, ended = $5
  where community_code = $1 and meeting_id = $2 and principal_id = $3 and ended_at is null returning id`

/** The id of the one that stood; undefined when none did. */
export const endProxyOf = async (
  tx: Tx,
  key: MeetingKey,
  principalId: string,
  why: ProxyEnd,
  at: Date,
): Promise<string | undefined> => {
  const values = [key.communityCode, key.id, principalId, at.toISOString(), why]
  return (await preparedOne<{ id: string }>(tx, 'proxy_end', END, values))?.id
}
