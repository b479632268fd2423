import { hash } from 'node:crypto'
import { canonicalForm, type HashName, hashBytes } from './hash.ts'

// RFC 6962 §2.1: leaves and nodes are hashed with different first bytes, so that no node can pass for a leaf.
const LEAF_PREFIX = Uint8Array.of(0)
const NODE_PREFIX = 1

/** What a seal says of one chain: its newest event at the time of sealing. */
export interface SealLeaf {
  subject: string
  seq: number
  hash: string
}

const HASH_BYTES = 32
const HEX_HASH = /^[0-9a-f]{64}$/

/** RFC 6962 leaf hash of the bytes given: hash(0x00 ‖ data), lowercase hex. */
export const leafHashOf = (hashName: HashName, data: Uint8Array): string =>
  hashBytes(hashName, Buffer.concat([LEAF_PREFIX, data])).toString('hex')

/** The leaf of a sealed chain head: over the canonical form of {subject, seq, hash}. */
export const leafHash = (hashName: HashName, leaf: SealLeaf): string =>
  hash(hashName, `\0${canonicalForm({ subject: leaf.subject, seq: leaf.seq, hash: leaf.hash })}`, 'hex')

const hashNodes = (hashName: HashName, left: Uint8Array, right: Uint8Array): Buffer => {
  const node = Buffer.allocUnsafe(1 + 2 * HASH_BYTES)
  node[0] = NODE_PREFIX
  node.set(left, 1)
  node.set(right, 1 + HASH_BYTES)
  return hashBytes(hashName, node)
}

// An odd node at the end moves up unhashed: the same tree as RFC 6962's split at the largest power of two.
const levelAbove = (hashName: HashName, level: readonly Buffer[]): Buffer[] => {
  const above: Buffer[] = []
  for (let i = 0; i + 1 < level.length; i += 2) above.push(hashNodes(hashName, level[i]!, level[i + 1]!))
  if (level.length % 2 === 1) above.push(level[level.length - 1]!)
  return above
}

const fromHex = (hashes: readonly string[]): Buffer[] => hashes.map((hex) => Buffer.from(hex, 'hex'))

/** Root over leaf hashes (64 hex digits each) in the order given; over none it is the hash of nothing (RFC 6962). */
export const merkleRoot = (hashName: HashName, leaves: readonly string[]): string => {
  if (leaves.length === 0) return hash(hashName, '', 'hex')
  let level = fromHex(leaves)
  while (level.length > 1) level = levelAbove(hashName, level)
  return level[0]!.toString('hex')
}

/** The siblings from the leaf at `index` up to the root. @throws RangeError when there is no such leaf. */
export const merkleProof = (hashName: HashName, leaves: readonly string[], index: number): string[] => {
  if (!Number.isInteger(index) || index < 0 || index >= leaves.length) throw new RangeError('No leaf at this index')
  const proof: string[] = []
  let at = index
  for (let level = fromHex(leaves); level.length > 1; level = levelAbove(hashName, level)) {
    const sibling = level[at ^ 1]
    if (sibling !== undefined) proof.push(sibling.toString('hex'))
    at >>>= 1
  }
  return proof
}

/** Whether `proof` leads from the leaf hash at `index` of `leafCount` leaves to `root` (RFC 9162 §2.1.3.2). Never throws. */
export const checkProof = (
  hashName: HashName,
  claim: { leaf: string; index: number; leafCount: number; proof: readonly string[]; root: string },
): boolean => {
  const { leaf, index, leafCount, proof, root } = claim
  if (!Number.isInteger(index) || !Number.isInteger(leafCount) || index < 0 || index >= leafCount) return false
  if (![leaf, root, ...proof].every((hex) => HEX_HASH.test(hex))) return false
  let node: Uint8Array = Buffer.from(leaf, 'hex')
  let at = index
  let last = leafCount - 1
  let used = 0
  while (last > 0) {
    if (at % 2 === 1 || at < last) {
      const sibling = proof[used++]
      if (sibling === undefined) return false
      const bytes = Buffer.from(sibling, 'hex')
      node = at % 2 === 1 ? hashNodes(hashName, bytes, node) : hashNodes(hashName, node, bytes)
    }
    at = Math.floor(at / 2)
    last = Math.floor(last / 2)
  }
  return used === proof.length && Buffer.from(node).toString('hex') === root
}
