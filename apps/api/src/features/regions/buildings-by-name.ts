import type { RegionTree } from './region-tree.ts'

/** Buildings by their name without spaces, and by their code; null where two have one name. */
export type Buildings = ReadonlyMap<string, string | null>

/** Those of a community, as people write them in a spreadsheet. */
export const buildingsByName = (tree: RegionTree, community: string): { names: Buildings; codes: string[] } => {
  const codes = [...tree.subtree(community, new Set(['building'] as const))]
  const names = new Map<string, string | null>()
  for (const code of codes) {
    const name = (tree.get(code)?.name ?? code).normalize('NFKC').replace(/\s/g, '')
    names.set(name, names.has(name) ? null : code)
    names.set(code, code)
  }
  return { names, codes }
}

/** The building that a cell names, or what to do about it. */
export const buildingNamed = (buildings: Buildings, text: string): { value: string } | { wrong: string } => {
  const code = buildings.get(text.replace(/\s/g, ''))
  if (code === undefined) return { wrong: text ? `没有“${text}”这栋楼，请核对，或先登记楼栋` : '请写楼栋' }
  return code === null ? { wrong: `有几栋楼都叫“${text}”，请写楼栋代码` } : { value: code }
}
