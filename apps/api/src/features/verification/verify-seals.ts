import { isHashName, leafHash, merkleRoot, sealHash, subjectName } from '@tongxin/evidence'
import type { Tx } from '../../db/connect.ts'
import { BLOCK_LEAVES } from '../evidence/index.ts'
import { fail } from './mismatch.ts'
import { listBlock, type StoredSeal, streamSeals } from './verification.queries.ts'

const nameOf = ({ communityCode, seq }: StoredSeal) => `seal:${communityCode}-${seq}`

const verifyLeaves = async (tx: Tx, seal: StoredSeal): Promise<number> => {
  const { hashName } = seal
  const name = nameOf(seal)
  if (!isHashName(hashName)) return fail(name, null, 'seal.hash_name', 'sha256 | sm3', hashName)
  const roots: string[] = []
  let count = 0
  for (;;) {
    const rows = await listBlock(tx, seal, count - 1, BLOCK_LEAVES)
    for (const [i, row] of rows.entries()) {
      const subject = subjectName(row.subjectType, row.communityCode, row.subjectId)
      if (row.index !== count + i) fail(name, null, 'leaf_missing', count + i, row.index)
      if (row.eventHash !== row.hash) fail(subject, row.subjectSeq, 'sealed_event_differs', row.hash, row.eventHash)
    }
    const leaves = rows.map((row) =>
      leafHash(hashName, {
        subject: subjectName(row.subjectType, row.communityCode, row.subjectId),
        seq: row.subjectSeq,
        hash: row.hash,
      }),
    )
    if (leaves.length > 0) roots.push(merkleRoot(hashName, leaves))
    count += leaves.length
    if (leaves.length < BLOCK_LEAVES) break
  }
  if (count !== seal.leafCount) fail(name, null, 'seal.leaf_count', count, seal.leafCount)
  const stored = seal.blockRoots.findIndex((root, i) => root !== roots[i])
  if (stored >= 0 || seal.blockRoots.length !== roots.length)
    fail(
      name,
      null,
      'seal.block_roots',
      roots[Math.max(stored, 0)] ?? null,
      seal.blockRoots[Math.max(stored, 0)] ?? null,
    )
  const root = merkleRoot(hashName, roots)
  if (root !== seal.root) fail(name, null, 'seal.root', root, seal.root)
  const hash = sealHash(hashName, seal)
  if (hash !== seal.hash) fail(name, null, 'seal.hash', hash, seal.hash)
  return count
}

/**
 * Every seal: its number and link to the one before, every leaf against the event it covers, the tree, and the seal's own hash.
 * @throws MismatchError
 */
export const verifySeals = async (tx: Tx): Promise<{ seals: number; leaves: number }> => {
  let before: StoredSeal | null = null
  let seals = 0
  let leaves = 0
  for await (const seal of streamSeals(tx)) {
    const last: StoredSeal | null = before?.communityCode === seal.communityCode ? before : null
    const expected = (last?.seq ?? 0) + 1
    if (seal.seq !== expected) fail(nameOf(seal), null, 'seal_missing', expected, seal.seq)
    if (seal.previous !== (last?.hash ?? null))
      fail(nameOf(seal), null, 'seal.previous', last?.hash ?? null, seal.previous)
    leaves += await verifyLeaves(tx, seal)
    seals++
    before = seal
  }
  return { seals, leaves }
}
