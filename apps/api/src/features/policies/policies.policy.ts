import { PERMISSIONS } from '@tongxin/contract'
import type { Role } from '@tongxin/lifecycle'
import type { Actor } from '../../http/actor.ts'
import { AppError } from '../../http/errors.ts'
import { holdsOver, type RegionTree } from '../regions/index.ts'

/** A community's rules are its own secretary's to set; the street sets what its communities start from. */
const COMMUNITY_SETTERS: readonly Role[] = PERMISSIONS['policies.manage'].roles.filter((role) => role !== 'supervisor')

const settersAt = (tree: RegionTree, regionCode: string): readonly Role[] => {
  const level = tree.get(regionCode)?.level
  if (level === 'community') return COMMUNITY_SETTERS
  return level === 'street' || level === 'district' ? PERMISSIONS['policies.manage'].roles : []
}

export const maySet = (tree: RegionTree, actor: Actor, regionCode: string): boolean =>
  holdsOver(tree, actor, settersAt(tree, regionCode), regionCode)

/** @throws AppError not_found where rules are not set (grids, buildings), forbidden */
export function assertMaySet(tree: RegionTree, actor: Actor, regionCode: string): void {
  if (settersAt(tree, regionCode).length === 0) throw new AppError('not_found')
  if (!maySet(tree, actor, regionCode)) throw new AppError('forbidden')
}

/** Who set a rule is a matter of its record; their name, masked, is for those who read about people there. */
export const readsNames = (tree: RegionTree, actor: Actor, regionCode: string): boolean =>
  holdsOver(tree, actor, PERMISSIONS['people.read'].roles, regionCode)
