import { describe, expect, it } from 'vitest'
import { type RegionNode, RegionTree } from './region-tree.ts'

const node = (code: string, level: RegionNode['level'], parentCode: string | null): RegionNode => ({
  code,
  level,
  name: code,
  parentCode,
  validFrom: '2000-01-01',
  validTo: null,
})

const tree = new RegionTree([
  node('340803', 'district', null),
  node('340803002', 'street', '340803'),
  node('340803002001', 'community', '340803002'),
  node('340803002003', 'community', '340803002'),
  node('340803002001001', 'grid', '340803002001'),
  // Redrawn: kept its code when it came to the neighbour.
  node('340803002001002', 'grid', '340803002003'),
  node('340803002001002B01', 'building', '340803002001002'),
])

describe('the region tree', () => {
  it('covers a region itself and everything under it', () => {
    expect(tree.covers('340803002', '340803002001001')).toBe(true)
    expect(tree.covers('340803002001', '340803002001')).toBe(true)
    expect(tree.covers('340803002001001', '340803002001')).toBe(false)
  })

  it('goes by parent links where a redrawn grid kept the code of its old community', () => {
    expect(tree.covers('340803002001', '340803002001002B01')).toBe(false)
    expect(tree.covers('340803002003', '340803002001002B01')).toBe(true)
    expect(tree.communityOf('340803002001002B01')).toBe('340803002003')
  })

  it('knows nothing about unknown codes', () => {
    expect(tree.covers('999999', '999999')).toBe(false)
    expect(tree.communityOf('999999')).toBeNull()
    expect(tree.subtree('999999')).toEqual([])
  })

  it('names the tenant of communities, streets and districts', () => {
    expect(tree.tenantOf('340803002001001')).toBe('340803002001')
    expect(tree.tenantOf('340803002')).toBe('340803002000')
    expect(tree.tenantOf('340803')).toBe('340803000000')
  })

  it('lists a subtree, also by level', () => {
    expect(tree.subtree('340803002003').sort()).toEqual(['340803002001002', '340803002001002B01', '340803002003'])
    expect(tree.subtree('340803', new Set(['community'])).sort()).toEqual(['340803002001', '340803002003'])
  })
})
