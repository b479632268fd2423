import type { sealView } from '@tongxin/contract'
import { type HashName, isHashName } from '@tongxin/evidence'
import type * as z from 'zod'
import type { SealRow } from './evidence.queries.ts'

export const recordedHashName = (name: string): HashName => {
  if (!isHashName(name)) throw new Error(`Recorded with an unknown hash ${name}`)
  return name
}

export const presentSeal = (seal: SealRow): z.infer<typeof sealView> => ({
  communityCode: seal.communityCode,
  seq: seal.seq,
  date: seal.date,
  root: seal.root,
  leafCount: seal.leafCount,
  previous: seal.previous,
  hash: seal.hash,
  hashName: recordedHashName(seal.hashName),
  sealedAt: seal.sealedAt.toISOString(),
})
