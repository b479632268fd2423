import type { Queryable, Tx } from '../../db/connect.ts'
import { prepared } from '../../db/prepared.ts'

export interface KnownFlat {
  id: string
  buildingCode: string
  doorHash: string
  areaHundredths: number | null
}

const KNOWN = `select id, building_code as "buildingCode", door_hash as "doorHash", area_hundredths as "areaHundredths"
  from households where building_code = any($1::text[])`

export const listKnownFlats = (on: Queryable, buildings: readonly string[]): Promise<KnownFlat[]> =>
  prepared<KnownFlat>(on, 'roll_known', KNOWN, [buildings])

export interface KnownTitle {
  householdId: string
  ownerId: string
  shareNumerator: number
  shareDenominator: number
}

const TITLES = `select household_id as "householdId", owner_id as "ownerId", share_numerator as "shareNumerator",
  share_denominator as "shareDenominator" from flat_titles where community_code = $1`

export const listKnownTitles = (on: Queryable, communityCode: string): Promise<KnownTitle[]> =>
  prepared<KnownTitle>(on, 'roll_known_titles', TITLES, [communityCode])

export interface KnownOwner {
  id: string
  identityHash: string
  nameCipher: string
}

const OWNERS = `select id, identity_hash as "identityHash", name_cipher as "nameCipher" from title_owners
  where community_code = $1 and identity_hash = any($2::text[])`

export const listKnownOwners = (
  on: Queryable,
  communityCode: string,
  identityHashes: readonly string[],
): Promise<KnownOwner[]> => prepared<KnownOwner>(on, 'roll_known_owners', OWNERS, [communityCode, identityHashes])

const AREAS = `update households h set area_hundredths = x.area, version = h.version + 1
  from unnest($1::uuid[], $2::bigint[]) x (id, area) where h.id = x.id`

export const saveAreas = async (tx: Tx, areas: readonly { id: string; areaHundredths: number }[]): Promise<void> => {
  if (areas.length === 0) return
  const values = [areas.map(({ id }) => id), areas.map(({ areaHundredths }) => areaHundredths)]
  await prepared(tx, 'roll_areas', AREAS, values)
}

const NAMES = `update title_owners o set name_cipher = x.name
  from unnest($2::uuid[], $3::text[]) x (id, name) where o.community_code = $1 and o.id = x.id`

export const saveNames = async (
  tx: Tx,
  communityCode: string,
  names: readonly { id: string; nameCipher: string }[],
): Promise<void> => {
  if (names.length === 0) return
  const values = [communityCode, names.map(({ id }) => id), names.map(({ nameCipher }) => nameCipher)]
  await prepared(tx, 'roll_names', NAMES, values)
}

const FORGET = `delete from title_owners o where o.community_code = $1
  and not exists (select from flat_titles t where t.community_code = o.community_code and t.owner_id = o.id)`

/** Whoever owns nothing here any more is nobody to keep. */
export const forgetFormerOwners = async (tx: Tx, communityCode: string): Promise<void> => {
  await prepared(tx, 'roll_forget', FORGET, [communityCode])
}

const DROP = 'delete from flat_titles where community_code = $1 and household_id = any($2::uuid[])'

export const dropTitles = async (tx: Tx, communityCode: string, householdIds: readonly string[]): Promise<void> => {
  if (householdIds.length > 0) await prepared(tx, 'roll_drop', DROP, [communityCode, householdIds])
}
