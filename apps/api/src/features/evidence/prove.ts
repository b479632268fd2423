import type { proofView } from '@tongxin/contract'
import { leafHash, merkleProof, subjectName } from '@tongxin/evidence'
import type * as z from 'zod'
import type { Queryable } from '../../db/connect.ts'
import type { SubjectType } from '../../db/schema/events.ts'
import { presentSeal, recordedHashName } from './evidence.present.ts'
import { BLOCK_LEAVES, findLastLeaf, findSeal, listLeaves, listLinks } from './evidence.queries.ts'

export type Proof = z.infer<typeof proofView>

/**
 * All links of a subject's chain, without their payloads, and the way from its newest sealed event to that seal's root.
 * Who may see it is for the caller to say: the links name the actions taken.
 * @returns null when there is no such chain
 */
export const proofFor = async (
  on: Queryable,
  communityCode: string,
  subjectType: SubjectType,
  subjectId: string,
): Promise<Proof | null> => {
  const links = await listLinks(on, communityCode, subjectType, subjectId)
  if (links.length === 0) return null
  return {
    subject: subjectName(subjectType, communityCode, subjectId),
    links: links.map((link) => ({
      ...link,
      hashName: recordedHashName(link.hashName),
      occurredAt: link.occurredAt.toISOString(),
      recordedAt: link.recordedAt.toISOString(),
    })),
    sealed: await sealedPart(on, communityCode, subjectType, subjectId),
  }
}

const sealedPart = async (
  on: Queryable,
  communityCode: string,
  subjectType: SubjectType,
  subjectId: string,
): Promise<Proof['sealed']> => {
  const sealed = await findLastLeaf(on, communityCode, subjectType, subjectId)
  const seal = sealed && (await findSeal(on, communityCode, sealed.sealSeq))
  if (!sealed || !seal) return null
  const block = Math.floor(sealed.index / BLOCK_LEAVES)
  const inBlock = sealed.index % BLOCK_LEAVES
  const rows = await listLeaves(on, communityCode, seal.seq, block * BLOCK_LEAVES - 1, BLOCK_LEAVES)
  const hashName = recordedHashName(seal.hashName)
  const leaves = rows.map((row) => leafOf(hashName, row))
  return {
    seal: presentSeal(seal),
    seq: sealed.subjectSeq,
    index: sealed.index,
    leaf: leaves[inBlock]!,
    proof: [...merkleProof(hashName, leaves, inBlock), ...merkleProof(hashName, seal.blockRoots, block)],
  }
}

export const leafOf = (
  hashName: ReturnType<typeof recordedHashName>,
  row: { communityCode: string; subjectType: string; subjectId: string; subjectSeq: number; hash: string },
): string =>
  leafHash(hashName, {
    subject: subjectName(row.subjectType, row.communityCode, row.subjectId),
    seq: row.subjectSeq,
    hash: row.hash,
  })
