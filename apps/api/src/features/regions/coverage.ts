import type { RegionLevel } from '@tongxin/contract'
import type { Role } from '@tongxin/lifecycle'
import type { Actor } from '../../http/actor.ts'
import type { RegionTree } from './region-tree.ts'

export const holdsOver = (tree: RegionTree, actor: Actor, roles: readonly Role[], regionCode: string): boolean =>
  actor.grants.some((grant) => roles.includes(grant.role) && tree.covers(grant.regionCode, regionCode))

/**
 * Every region in which the actor holds one of the roles, narrowed to `within` where given. Empty when there is none:
 * a list asked for elsewhere is simply empty, and tells nothing.
 */
export function regionsHeld(
  tree: RegionTree,
  actor: Actor,
  roles: readonly Role[],
  { within, levels }: { within?: string; levels?: readonly RegionLevel[] } = {},
): string[] {
  const wanted = levels && new Set(levels)
  const held = new Set<string>()
  for (const grant of actor.grants) {
    if (!roles.includes(grant.role)) continue
    if (within === undefined || tree.covers(within, grant.regionCode)) {
      for (const code of tree.subtree(grant.regionCode, wanted)) held.add(code)
    } else if (tree.covers(grant.regionCode, within)) {
      for (const code of tree.subtree(within, wanted)) held.add(code)
    }
  }
  return [...held]
}
