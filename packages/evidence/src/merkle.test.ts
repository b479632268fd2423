import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { checkProof, type HashName, leafHash, leafHashOf, merkleProof, merkleRoot, sealHash } from './index.ts'

// The test vectors of Certificate Transparency's reference implementation (RFC 6962).
const DATA = ['', '00', '10', '2021', '3031', '40414243', '5051525354555657', '606162636465666768696a6b6c6d6e6f']
const ROOTS = [
  '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d',
  'fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125',
  'aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77',
  'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
  '4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4',
  '76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef',
  'ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c',
  '5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328',
]
const leaves = DATA.map((hex) => leafHashOf('sha256', Buffer.from(hex, 'hex')))

const leafList = (count: number, hashName: HashName): string[] =>
  Array.from({ length: count }, (_, i) => leafHash(hashName, { subject: `issue:${i}`, seq: 1, hash: `${i}` }))

describe('the Merkle tree', () => {
  it('gives the known roots of RFC 6962', () => {
    expect(ROOTS.map((_, i) => merkleRoot('sha256', leaves.slice(0, i + 1)))).toEqual(ROOTS)
    expect(merkleRoot('sha256', [])).toBe('e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855')
  })

  it('gives the known audit path of RFC 6962', () => {
    expect(merkleProof('sha256', leaves, 0)).toEqual([
      '96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7',
      '5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e',
      '6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4',
    ])
  })

  it('proves every leaf of a tree of any size, at its own place only', () => {
    const hashNames = fc.constantFrom<HashName>('sha256', 'sm3')
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 70 }), fc.nat(), hashNames, (leafCount, pick, hashName) => {
        const all = leafList(leafCount, hashName)
        const index = pick % leafCount
        const root = merkleRoot(hashName, all)
        const claim = { leaf: all[index]!, index, leafCount, proof: merkleProof(hashName, all, index), root }
        expect(checkProof(hashName, claim)).toBe(true)
        expect(checkProof(hashName, { ...claim, index: (index + 1) % leafCount })).toBe(leafCount === 1)
        expect(checkProof(hashName, { ...claim, leaf: leafList(71, hashName)[70]! })).toBe(false)
        expect(checkProof(hashName, { ...claim, proof: [...claim.proof, root] })).toBe(false)
        expect(checkProof(hashName, { ...claim, proof: claim.proof.slice(1) })).toBe(leafCount === 1)
      }),
    )
  })

  it('does not take a node for a leaf', () => {
    const two = leaves.slice(0, 2)
    const asLeaf = leafHashOf('sha256', Buffer.from(two.join(''), 'hex'))
    expect(asLeaf).not.toBe(merkleRoot('sha256', two))
  })

  it('answers false, not an error, to nonsense', () => {
    const claim = { leaf: leaves[0]!, index: 0, leafCount: 8, proof: merkleProof('sha256', leaves, 0), root: ROOTS[7]! }
    expect(checkProof('sha256', claim)).toBe(true)
    for (const edit of [
      { index: -1 },
      { index: 0.5 },
      { index: 8 },
      { leafCount: 0 },
      { leaf: 'x' },
      { proof: ['zz', '', 'q'] },
    ]) {
      expect(checkProof('sha256', { ...claim, ...edit })).toBe(false)
    }
  })

  it('has no proof for a leaf that is not there', () => {
    expect(() => merkleProof('sha256', leaves, 8)).toThrow(RangeError)
    expect(() => merkleProof('sha256', [], 0)).toThrow(RangeError)
  })
})

describe('a seal', () => {
  const seal = {
    communityCode: '340803002001',
    seq: 2,
    date: '2026-01-02',
    root: ROOTS[0]!,
    leafCount: 1,
    previous: ROOTS[1]!,
  }

  it('changes its hash with every field, and with the algorithm', () => {
    const edits = [
      {},
      { communityCode: '340803002003' },
      { seq: 3 },
      { date: '2026-01-03' },
      { root: ROOTS[2]! },
      { leafCount: 2 },
      { previous: null },
    ]
    const hashes = edits.map((edit) => sealHash('sha256', { ...seal, ...edit }))
    expect(new Set([...hashes, sealHash('sm3', seal)]).size).toBe(edits.length + 1)
  })
})
