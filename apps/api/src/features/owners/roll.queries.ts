import { ADVISORY_LOCKS } from '../../db/advisory-locks.ts'
import type { Queryable, Tx } from '../../db/connect.ts'
import { insertMany } from '../../db/insert-many.ts'
import { prepared, preparedOne } from '../../db/prepared.ts'
import { ruledFlats } from '../../db/schema/index.ts'
import type { Titled } from './heads.ts'

export interface RollRow {
  communityCode: string
  id: string
  importedAt: string
}

const ROLL = `select community_code as "communityCode", id, imported_at as "importedAt" from owner_rolls
  where community_code = $1`

export const findRoll = (on: Queryable, communityCode: string): Promise<RollRow | undefined> =>
  preparedOne<RollRow>(on, 'owner_roll', ROLL, [communityCode])

/** Until the end of the transaction nobody else imports, rules or freezes, not even where there is no roll yet. */
export const lockRoll = async (tx: Tx, communityCode: string): Promise<RollRow | undefined> => {
  await tx.$client.query('select pg_advisory_xact_lock($1, hashtext($2))', [ADVISORY_LOCKS.ownersRoll, communityCode])
  return findRoll(tx, communityCode)
}

const BEGIN = `insert into owner_rolls (community_code, id, imported_by, imported_at) values ($1, $2, $3, $4)
  on conflict (community_code) do update set imported_by = excluded.imported_by, imported_at = excluded.imported_at
  returning community_code as "communityCode", id, imported_at as "importedAt"`

/** The community's roll as imported now. */
export const saveImported = async (
  tx: Tx,
  { communityCode, id }: { communityCode: string; id: string },
  by: string,
  at: Date,
): Promise<RollRow> => {
  const row = await preparedOne<RollRow>(tx, 'owner_roll_save', BEGIN, [communityCode, id, by, at.toISOString()])
  if (!row) throw new Error('The roll just saved is not there')
  return row
}

/** Every title of a community in one figure: who owns how much of what, and how large it is. Names are not in it. */
export const titlesDigest = (communityCode: string): string => `(select encode(sha256(convert_to(coalesce(string_agg(
    t.household_id || ' ' || coalesce(h.area_hundredths::text, '') || ' ' || t.owner_id || ' ' || t.share_numerator || '/' || t.share_denominator, E'\\n'
    order by t.household_id, t.owner_id), ''), 'UTF8')), 'hex') from flat_titles t
    join households h on h.id = t.household_id where t.community_code = ${communityCode})`

export const digestTitles = async (on: Queryable, communityCode: string): Promise<string> =>
  (
    await preparedOne<{ digest: string }>(on, 'titles_digest', `select ${titlesDigest('$1')} as digest`, [
      communityCode,
    ])
  )?.digest ?? ''

export interface TitledFlat extends Titled {
  areaHundredths: number | null
  developer: boolean
}

const TITLED = `select t.household_id as "householdId", h.area_hundredths as "areaHundredths",
    array_agg(t.owner_id::text) as "ownerIds", bool_or(o.developer) as developer
  from flat_titles t join households h on h.id = t.household_id
    join title_owners o on o.community_code = t.community_code and o.id = t.owner_id
  where t.community_code = $1 group by t.household_id, h.area_hundredths order by t.household_id`

/** Every flat on the roll. */
export const listTitled = (on: Queryable, communityCode: string): Promise<TitledFlat[]> =>
  prepared<TitledFlat>(on, 'titled', TITLED, [communityCode])

export interface RulingRow {
  fingerprint: string
  reason: string
  decidedAt: string
  flats: RuledFlat[]
}
interface RuledFlat {
  householdId: string
  headNo: number
}

const RULINGS = `select r.fingerprint, r.reason, r.decided_at as "decidedAt",
    json_agg(json_build_object('householdId', f.household_id, 'headNo', f.head_no) order by f.head_no, f.household_id) as flats
  from head_rulings r join ruled_flats f on f.community_code = r.community_code and f.roll_id = r.roll_id
    and f.fingerprint = r.fingerprint
  where r.community_code = $1 group by r.community_code, r.roll_id, r.fingerprint`

export const listRulings = (on: Queryable, communityCode: string): Promise<RulingRow[]> =>
  prepared<RulingRow>(on, 'head_rulings', RULINGS, [communityCode])

const RULE = `insert into head_rulings (community_code, roll_id, fingerprint, reason, decided_by, decided_at)
  values ($1, $2, $3, $4, $5, $6)
  on conflict (community_code, roll_id, fingerprint) do update set reason = excluded.reason,
    decided_by = excluded.decided_by, decided_at = excluded.decided_at`
const UNRULE = 'delete from ruled_flats where community_code = $1 and roll_id = $2 and fingerprint = $3'

/** Takes the place of what was ruled before on the same flats and owners. */
export const saveRuling = async (
  tx: Tx,
  roll: RollRow,
  it: { fingerprint: string; reason: string; by: string; at: Date; flats: readonly RuledFlat[] },
): Promise<void> => {
  const { fingerprint, reason, by, at, flats } = it
  const key = { communityCode: roll.communityCode, rollId: roll.id, fingerprint }
  await prepared(tx, 'head_ruling_save', RULE, [...Object.values(key), reason, by, at.toISOString()])
  await prepared(tx, 'head_ruling_clear', UNRULE, Object.values(key))
  await insertMany(
    tx,
    ruledFlats,
    flats.map((flat) => ({ ...key, ...flat })),
  )
}

export interface FlatRow {
  id: string
  buildingCode: string
  doorCipher: string
  areaHundredths: number | null
}

const FLATS = `select h.id, h.building_code as "buildingCode", h.door_cipher as "doorCipher",
  h.area_hundredths as "areaHundredths"`

const ON_ROLL = 'exists (select from flat_titles t where t.community_code = $1 and t.household_id = h.id)'

/**
 * The flats of whole buildings, at least `limit` of them from the building on that the last page ended in, to be put in the order of
 * their doors. Which buildings these are, and their flats, is read from the index (building_code, id).
 */
export const listFlats = (
  on: Queryable,
  of: { communityCode: string; buildings: readonly string[]; from: string | undefined; limit: number },
): Promise<FlatRow[]> =>
  prepared<FlatRow>(
    on,
    'roll_flats',
    `${FLATS} from households h where ${ON_ROLL} and h.building_code = any(array(
      select h.building_code from households h where h.building_code = any($2::text[]) and h.building_code > $3 and ${ON_ROLL}
      order by h.building_code limit $4
    ) || $3)`,
    [of.communityCode, of.buildings, of.from !== undefined && of.buildings.includes(of.from) ? of.from : '', of.limit],
  )

export const findFlats = (on: Queryable, householdIds: readonly string[]): Promise<FlatRow[]> =>
  prepared<FlatRow>(on, 'roll_flats_named', `${FLATS} from households h where h.id = any($1::uuid[])`, [householdIds])

export interface TitleRow {
  householdId: string
  ownerId: string
  nameCipher: string
  developer: boolean
  shareNumerator: number
  shareDenominator: number
}

const TITLES = `select t.household_id as "householdId", t.owner_id as "ownerId", o.name_cipher as "nameCipher", o.developer,
    t.share_numerator as "shareNumerator", t.share_denominator as "shareDenominator"
  from flat_titles t join title_owners o on o.community_code = t.community_code and o.id = t.owner_id
  where t.community_code = $1 and t.household_id = any($2::uuid[]) order by t.household_id, t.owner_id`

export const listTitles = (
  on: Queryable,
  communityCode: string,
  householdIds: readonly string[],
): Promise<TitleRow[]> => prepared<TitleRow>(on, 'titles', TITLES, [communityCode, householdIds])
