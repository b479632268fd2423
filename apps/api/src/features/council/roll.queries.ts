import type { CouncilClass } from '@tongxin/lifecycle'
import type { Queryable, Tx } from '../../db/connect.ts'
import { prepared, preparedOne } from '../../db/prepared.ts'
import type { MeetingKey } from './meetings.queries.ts'

/** Of one motion: a member who may vote. */
export interface NewOnRoll {
  personId: string
  class: CouncilClass
  inRoom: boolean
  proxyId: string | null
}

const INSERT = `insert into motion_roll (community_code, motion_id, person_id, class, entitled_since, in_room, proxy_id)
  select $1, $2, x.* from unnest($3::uuid[], $4::text[], $5::timestamptz[], $6::boolean[], $7::uuid[]) x`

export const insertRoll = async (tx: Tx, key: MeetingKey, roll: readonly NewOnRoll[], at: Date): Promise<void> => {
  await prepared(tx, 'roll_insert', INSERT, [
    key.communityCode,
    key.id,
    roll.map(({ personId }) => personId),
    roll.map((one) => one.class),
    roll.map(() => at.toISOString()),
    roll.map(({ inRoom }) => inRoom),
    roll.map(({ proxyId }) => proxyId),
  ])
}

export interface RollRow extends NewOnRoll {
  issued: boolean
  blinded: string | null
  /** Who stands in for them now; null once that has ended. */
  holderId: string | null
}

const COLUMNS = `r.person_id as "personId", r.class, r.in_room as "inRoom", r.proxy_id as "proxyId", r.issued, r.blinded,
  p.holder_id as "holderId"`
const FROM = `from motion_roll r left join proxies p on p.community_code = r.community_code and p.id = r.proxy_id
  and p.ended_at is null`
const ONE = `select ${COLUMNS} ${FROM} where r.community_code = $1 and r.motion_id = $2 and r.person_id = $3`

export const findOnRoll = (on: Queryable, key: MeetingKey, personId: string): Promise<RollRow | undefined> =>
  preparedOne<RollRow>(on, 'roll_one', ONE, [key.communityCode, key.id, personId])

export const lockOnRoll = (tx: Tx, key: MeetingKey, personId: string): Promise<RollRow | undefined> =>
  preparedOne<RollRow>(tx, 'roll_lock', `${ONE} for update of r`, [key.communityCode, key.id, personId])

const OWN = `select ${COLUMNS}, n.name_cipher as "nameCipher" ${FROM} join people n on n.id = r.person_id
  where r.community_code = $1 and r.motion_id = $2 and r.person_id = $3`
const HELD = `select ${COLUMNS}, n.name_cipher as "nameCipher"
  from proxies p join motion_roll r on r.community_code = p.community_code and r.proxy_id = p.id
    join people n on n.id = r.person_id
  where p.community_code = $1 and p.meeting_id = $4 and p.holder_id = $3 and p.ended_at is null and r.motion_id = $2
  order by r.person_id`

/** The votes this person may cast: their own, and of whom they stand in for. */
export const listOwnOnRoll = async (
  on: Queryable,
  { communityCode, id, meetingId }: MeetingKey & { meetingId: string },
  personId: string,
): Promise<(RollRow & { nameCipher: string | null })[]> => {
  type Row = RollRow & { nameCipher: string | null }
  const values = [communityCode, id, personId]
  const own = await prepared<Row>(on, 'roll_own', OWN, values)
  return own.concat(await prepared<Row>(on, 'roll_held', HELD, [...values, meetingId]))
}

export interface VoterRow {
  personId: string
  nameCipher: string | null
  class: CouncilClass
  inRoom: boolean
  issued: boolean
  choice: 'for' | 'against' | 'abstain' | null
  castBy: string | null
  castByCipher: string | null
}

const VOTERS = `select r.person_id as "personId", n.name_cipher as "nameCipher", r.class, r.in_room as "inRoom", r.issued, v.choice,
    v.cast_by as "castBy", b.name_cipher as "castByCipher"
  from motion_roll r join people n on n.id = r.person_id
    left join open_votes v on v.community_code = r.community_code and v.motion_id = r.motion_id and v.person_id = r.person_id
    left join people b on b.id = v.cast_by
  where r.community_code = $1 and r.motion_id = $2 order by r.class desc, r.person_id`

/** Everybody on the roll with what they voted by name. */
export const listVoters = (on: Queryable, key: MeetingKey): Promise<VoterRow[]> =>
  prepared<VoterRow>(on, 'roll_voters', VOTERS, [key.communityCode, key.id])

const ISSUE = `update motion_roll set issued = true, blinded = $4
  where community_code = $1 and motion_id = $2 and person_id = $3`

export const saveIssued = async (tx: Tx, key: MeetingKey, personId: string, blinded: string): Promise<void> => {
  await prepared(tx, 'roll_issue', ISSUE, [key.communityCode, key.id, personId, blinded])
}

const DROP = `delete from motion_roll where community_code = $1 and motion_id = $2
  returning person_id, class, entitled_since, in_room, proxy_id, issued`
const REWRITE = `with gone as (${DROP})
  insert into motion_roll (community_code, motion_id, person_id, class, entitled_since, in_room, proxy_id, issued)
  select $1, $2, g.* from gone g order by g.person_id`

/** Lays the rows down anew, so that where they lie does not tell in which order papers were issued. */
export const rewriteRoll = async (tx: Tx, key: MeetingKey): Promise<void> => {
  await prepared(tx, 'roll_rewrite', REWRITE, [key.communityCode, key.id])
}
