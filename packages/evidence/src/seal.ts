import { canonicalForm, type HashName, hashText } from './hash.ts'

/** One day of one community: what is hashed of a seal. */
export interface Seal {
  communityCode: string
  /** 1 for the community's first seal, then without gaps */
  seq: number
  /** the day in China the seal closes, YYYY-MM-DD */
  date: string
  root: string
  leafCount: number
  /** hash of the community's seal before this one, null for the first */
  previous: string | null
}

export const sealHash = (hashName: HashName, seal: Seal): string =>
  hashText(
    hashName,
    canonicalForm({
      community_code: seal.communityCode,
      seq: seal.seq,
      date: seal.date,
      root: seal.root,
      leaf_count: seal.leafCount,
      previous: seal.previous,
    }),
  )
