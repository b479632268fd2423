import type { RegionLevel } from '@tongxin/contract'

export interface RegionNode {
  code: string
  level: RegionLevel
  name: string
  parentCode: string | null
  validFrom: string
  validTo: string | null
}

const OWN_RECORDS: ReadonlySet<RegionLevel> = new Set(['community', 'street'])

/** The regions as they stood when read. Coverage follows parent links; codes are never taken apart. */
export class RegionTree {
  readonly #nodes = new Map<string, RegionNode>()
  readonly #children = new Map<string, string[]>()

  constructor(nodes: Iterable<RegionNode>) {
    for (const node of nodes) this.#nodes.set(node.code, node)
    for (const { code, parentCode } of this.#nodes.values()) {
      if (parentCode === null) continue
      const siblings = this.#children.get(parentCode)
      if (siblings) siblings.push(code)
      else this.#children.set(parentCode, [code])
    }
  }

  get(code: string): RegionNode | undefined {
    return this.#nodes.get(code)
  }

  /** The region itself first, its district last; empty when the code is unknown. */
  *upwards(code: string): Generator<RegionNode> {
    for (
      let node = this.#nodes.get(code);
      node;
      node = node.parentCode ? this.#nodes.get(node.parentCode) : undefined
    ) {
      yield node
    }
  }

  /** Whether `ancestor` is `code` or above it. Unknown codes are covered by nothing. */
  covers(ancestor: string, code: string): boolean {
    for (const node of this.upwards(code)) if (node.code === ancestor) return true
    return false
  }

  /** The community a place lies in; null for streets, districts and unknown codes. */
  communityOf(code: string): string | null {
    for (const node of this.upwards(code)) if (node.level === 'community') return node.code
    return null
  }

  /** The `community_code` its records carry: its community; a street's or district's own are led by its code and zeros. */
  tenantOf(code: string): string | null {
    const [nearest] = [...this.upwards(code)].filter((node) => node.level !== 'grid' && node.level !== 'building')
    return nearest ? nearest.code.padEnd(12, '0') : null
  }

  /** The street a community or a place below it lies in. */
  streetOf(code: string): string | null {
    for (const node of this.upwards(code)) if (node.level === 'street') return node.code
    return null
  }

  /** The region itself and everything under it, optionally of certain levels only. */
  subtree(code: string, levels?: ReadonlySet<RegionLevel>): string[] {
    const found: string[] = []
    const open = this.#nodes.has(code) ? [code] : []
    for (let next = open.pop(); next !== undefined; next = open.pop()) {
      if (!levels || levels.has(this.#nodes.get(next)!.level)) found.push(next)
      open.push(...(this.#children.get(next) ?? []))
    }
    return found
  }

  /** The `community_code`s of the region's communities and streets, and of those under it. */
  tenantsUnder(code: string): string[] {
    return this.subtree(code, OWN_RECORDS).flatMap((each) => this.tenantOf(each) ?? [])
  }

  roots(): string[] {
    return [...this.#nodes.values()].filter((node) => node.parentCode === null).map((node) => node.code)
  }
}
