import type { Choice } from '@tongxin/lifecycle'
import type { Queryable, Tx } from '../../db/connect.ts'
import { prepared, preparedOne } from '../../db/prepared.ts'
import type { VoteKey } from './votes.queries.ts'

export interface HeadFlat {
  householdId: string
  buildingCode: string
  doorCipher: string
  areaHundredths: number
}

/** One head of the frozen roll with what it chose so far. */
export interface HeadRow {
  headNo: number
  areaHundredths: number
  flats: HeadFlat[]
  way: 'online' | 'paper' | null
  choice: Choice | null
  signedByAll: boolean | null
  castBy: string | null
  castAt: string | null
  /** The proxy by which it was cast, and which of the head's people gave it online. */
  proxyId: string | null
  proxyGiver: string | null
  objected: boolean
}

const on = (alias: string) => `${alias}.community_code = f.community_code and ${alias}.motion_id = f.motion_id
  and ${alias}.head_no = f.head_no`
const HEADS = `select f.head_no as "headNo", sum(f.area_hundredths)::bigint as "areaHundredths",
    json_agg(json_build_object('householdId', f.household_id, 'buildingCode', h.building_code, 'doorCipher', h.door_cipher,
      'areaHundredths', f.area_hundredths) order by h.building_code, h.id) as flats,
    v.way, v.choice, v.signed_by_all as "signedByAll", v.cast_by as "castBy", v.cast_at as "castAt",
    v.proxy_id as "proxyId", x.given_by as "proxyGiver", o.person_id is not null as objected
  from vote_flats f join households h on h.id = f.household_id
    left join head_votes v on ${on('v')} left join head_objections o on ${on('o')}
    left join head_proxies x on x.community_code = v.community_code and x.id = v.proxy_id
  where f.community_code = $1 and f.motion_id = $2 and f.head_no = any($3::int[])
  group by f.head_no, v.way, v.choice, v.signed_by_all, v.cast_by, v.cast_at, v.proxy_id, x.given_by,
    o.person_id order by f.head_no`

export const listHeads = (q: Queryable, key: VoteKey, headNos: readonly number[]): Promise<HeadRow[]> =>
  prepared<HeadRow>(q, 'vote_heads', HEADS, [key.communityCode, key.id, headNos])

export const findHead = async (q: Queryable, key: VoteKey, headNo: number): Promise<HeadRow | undefined> =>
  (await listHeads(q, key, [headNo]))[0]

const SPEAKERS = `household_members m join vote_flats f on f.household_id = m.household_id
    join owners_votes w on w.community_code = f.community_code and w.motion_id = f.motion_id`
const speaks = (household: string) => `(${household} or (m.kind = 'owner'
    and not exists (select from vote_flats d where ${on('d')} and d.developer)
    and (m.bound_at <= w.posted_at or not exists (select from vote_flats g where ${on('g')} and not exists (select
      from household_members k where k.household_id = g.household_id and k.person_id = m.person_id and k.kind = 'owner')))))`

/** SQL: whether who gave the proxy `x` on the motion `t` still speaks for its head, as `listOwnHeads` says. */
export const GIVER_SPEAKS = `exists (select from ${SPEAKERS}
  where f.community_code = x.community_code and f.motion_id = x.motion_id and f.head_no = x.head_no
    and m.person_id = x.given_by and ${speaks("t.rule = 'households'")})`

const OWN = `select distinct f.head_no as "headNo" from ${SPEAKERS}
  where f.community_code = $1 and f.motion_id = $2 and m.person_id = $3 and ${speaks('$4')} order by 1`

/**
 * The heads for whom this person may speak: an owner of one of its flats, or of a household anybody who belongs to it. Whoever became an
 * owner after the notice speaks for what is theirs alone, not for all that the seller has; nobody online for what is not sold.
 */
export const listOwnHeads = async (
  q: Queryable,
  key: VoteKey,
  personId: string,
  household: boolean,
): Promise<number[]> =>
  (await prepared<{ headNo: number }>(q, 'vote_own', OWN, [key.communityCode, key.id, personId, household])).map(
    ({ headNo }) => headNo,
  )

const PAGE = `select distinct f.head_no as "headNo" from vote_flats f
  where f.community_code = $1 and f.motion_id = $2 and f.head_no > $3
    and exists (select from households h where h.id = f.household_id and h.building_code = any($7::text[])
      and ($4::text is null or h.building_code = $4))
    and (not $5 or (exists (select from paper_entries e where ${on('e')})
      and not exists (select from head_votes v where ${on('v')})))
  order by 1 limit $6`

export interface HeadFilter {
  after: number
  /** Only heads with a flat in one of these. */
  buildings: readonly string[]
  building: string | undefined
  /** Read by one, or not alike by two. */
  unsettled: boolean
  limit: number
}

export const listHeadNos = async (q: Queryable, key: VoteKey, it: HeadFilter): Promise<number[]> => {
  const values = [key.communityCode, key.id, it.after, it.building ?? null, it.unsettled, it.limit, it.buildings]
  return (await prepared<{ headNo: number }>(q, 'vote_head_page', PAGE, values)).map(({ headNo }) => headNo)
}

export interface EntryRow {
  headNo: number
  enteredBy: string
  nameCipher: string | null
  choice: Choice
  signedByAll: boolean
  byProxy: boolean
}

const ENTRIES = `select e.head_no as "headNo", e.entered_by as "enteredBy", p.name_cipher as "nameCipher", e.choice,
    e.signed_by_all as "signedByAll", e.by_proxy as "byProxy"
  from paper_entries e join people p on p.id = e.entered_by
  where e.community_code = $1 and e.motion_id = $2 and e.head_no = any($3::int[]) order by e.head_no, e.entered_at`

export const listEntries = (q: Queryable, key: VoteKey, headNos: readonly number[]): Promise<EntryRow[]> =>
  prepared<EntryRow>(q, 'vote_entries', ENTRIES, [key.communityCode, key.id, headNos])

const ENTER = `insert into paper_entries (community_code, motion_id, head_no, entered_by, choice, signed_by_all, by_proxy, entered_at)
  values ($1, $2, $3, $4, $5, $6, $7, $8)
  on conflict (community_code, motion_id, head_no, entered_by) do update set choice = excluded.choice,
    signed_by_all = excluded.signed_by_all, by_proxy = excluded.by_proxy, entered_at = excluded.entered_at`

/** What this person reads on the paper now takes the place of what they read before. */
export const saveEntry = async (
  tx: Tx,
  key: VoteKey,
  it: Omit<EntryRow, 'nameCipher'> & { at: Date },
): Promise<void> => {
  const { headNo, enteredBy, choice, signedByAll, byProxy, at } = it
  const values = [key.communityCode, key.id, headNo, enteredBy, choice, signedByAll, byProxy, at.toISOString()]
  await prepared(tx, 'vote_enter', ENTER, values)
}

const CAST = `insert into head_votes (community_code, motion_id, head_no, way, choice, cast_by, cast_at, signed_by_all, proxy_id)
  values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`

export interface NewVote {
  headNo: number
  way: 'online' | 'paper'
  choice: Choice
  signedByAll: boolean
  /** The proxy by which it is cast; null for the head's own. */
  proxyId: string | null
}

/** @throws the constraint `head_votes_pkey` when the head has voted */
export const insertHeadVote = async (
  tx: Tx,
  key: VoteKey,
  it: NewVote & { castBy: string; at: Date },
): Promise<void> => {
  const { headNo, way, choice, castBy, at, signedByAll, proxyId } = it
  const values = [key.communityCode, key.id, headNo, way, choice, castBy, at.toISOString(), signedByAll, proxyId]
  await prepared(tx, 'vote_cast', CAST, values)
}

const OBJECT = `with gone as (delete from head_votes where community_code = $1 and motion_id = $2 and head_no = $3),
    unread as (delete from paper_entries where community_code = $1 and motion_id = $2 and head_no = $3)
  insert into head_objections (community_code, motion_id, head_no, person_id, objected_at) values ($1, $2, $3, $4, $5)`

/** Sets the vote aside, with what was read for it. */
export const saveObjection = async (
  tx: Tx,
  key: VoteKey,
  it: { headNo: number; personId: string; at: Date },
): Promise<void> => {
  await prepared(tx, 'vote_object', OBJECT, [key.communityCode, key.id, it.headNo, it.personId, it.at.toISOString()])
}

const UNREAD = `delete from paper_entries where community_code = $1 and motion_id = $2 and head_no = $3 and by_proxy`

/** Forgets what was read so far on a paper signed by the head's proxy. */
export const deleteProxyEntries = async (tx: Tx, key: VoteKey, headNo: number): Promise<void> => {
  await prepared(tx, 'vote_unread', UNREAD, [key.communityCode, key.id, headNo])
}

const INTERESTED = `select 1 as found from vote_flats f join household_members m on m.household_id = f.household_id
  where f.community_code = $1 and f.motion_id = $2 and f.head_no = $3 and m.person_id = $4
  union all select 1 from head_proxies x
  where x.community_code = $1 and x.motion_id = $2 and x.head_no = $3 and x.holder_id = $4 and x.ended_at is null limit 1`

/** Whether this person owns, or lives in, one of the head's flats, or holds its proxy. */
export const isInterested = async (q: Queryable, key: VoteKey, headNo: number, personId: string): Promise<boolean> =>
  (await preparedOne(q, 'vote_interested', INTERESTED, [key.communityCode, key.id, headNo, personId])) !== undefined

const SILENT = `select distinct m.person_id as "personId" from vote_flats f
    join household_members m on m.household_id = f.household_id and ($3 or m.kind = 'owner')
  where f.community_code = $1 and f.motion_id = $2 and ($4::uuid is null or m.person_id = $4)
    and not exists (select from head_votes v where ${on('v')})
  union select f.holder_id from head_proxies f
  where f.community_code = $1 and f.motion_id = $2 and f.ended_at is null and ($4::uuid is null or f.holder_id = $4)
    and not exists (select from head_votes v where ${on('v')}) order by 1`

/** Whose head has not voted, or who holds such a head's proxy; or whether this one's has not. */
export const listSilent = async (
  q: Queryable,
  key: VoteKey,
  household: boolean,
  personId: string | null = null,
): Promise<string[]> =>
  (
    await prepared<{ personId: string }>(q, 'vote_silent', SILENT, [key.communityCode, key.id, household, personId])
  ).map((row) => row.personId)

const PEOPLE = `select distinct m.person_id as "personId" from vote_flats f
    join motions t on t.community_code = f.community_code and t.id = f.motion_id
    join household_members m on m.household_id = f.household_id and (t.rule = 'households' or m.kind = 'owner')
  where f.community_code = $1 and f.motion_id = $2 and f.head_no = $3 order by 1`

/** Who belongs to a head: the owners bound to its flats, of a household whoever does. */
export const listPeopleOf = async (q: Queryable, key: VoteKey, headNo: number): Promise<string[]> =>
  (await prepared<{ personId: string }>(q, 'vote_people', PEOPLE, [key.communityCode, key.id, headNo])).map(
    (row) => row.personId,
  )

const SENT = `insert into owners_messages (community_code, motion_id, person_id, word, sent_at) values ($1, $2, $3, $4, $5)
  on conflict do nothing returning 1 as done`

/** False when this word went to this person already. */
export const insertOwnersMessage = async (
  tx: Tx,
  key: VoteKey,
  { personId, word, at }: { personId: string; word: string; at: Date },
): Promise<boolean> => {
  const values = [key.communityCode, key.id, personId, word, at.toISOString()]
  return (await prepared(tx, 'vote_told', SENT, values)).length > 0
}
