import type { Phrase } from '@tongxin/contract'
import type { Queryable, Tx } from '../../db/connect.ts'
import { prepared, preparedOne } from '../../db/prepared.ts'

export interface SetRow {
  version: number
  items: Phrase[]
}
export interface ChangedSet extends SetRow {
  at: string
  by: string
  nameCipher: string | null
}

const LAST = 'select version, items from phrase_sets where community_code = $1 order by version desc limit 1'
/** Undefined where the community never changed any. */
export const findPhrases = (on: Queryable, community: string): Promise<SetRow | undefined> =>
  preparedOne(on, 'phrases_last', LAST, [community])

const LIST = `select s.version, s.items, s.at, s.by, p.name_cipher as "nameCipher"
  from phrase_sets s join people p on p.id = s.by
  where s.community_code = $1 and ($2::int is null or s.version < $2) order by s.version desc limit $3`
/** Newest first. */
export const listPhraseSets = (
  on: Queryable,
  community: string,
  before: number | null,
  limit: number,
): Promise<ChangedSet[]> => prepared(on, 'phrases_list', LIST, [community, before, limit])

const INSERT = 'insert into phrase_sets (community_code, version, at, by, items) values ($1, $2, $3, $4, $5::jsonb)'
/** @throws the constraint `phrase_sets_pkey` where somebody was quicker */
export const insertPhrases = async (
  tx: Tx,
  community: string,
  { version, items, at, by }: SetRow & { at: Date; by: string },
): Promise<void> => {
  await prepared(tx, 'phrases_insert', INSERT, [community, version, at.toISOString(), by, JSON.stringify(items)])
}
