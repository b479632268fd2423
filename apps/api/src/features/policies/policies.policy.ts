import { PERMISSIONS } from '@tongxin/contract'
import type { Role } from '@tongxin/lifecycle'
import type { Actor } from '../../http/actor.ts'
import { AppError } from '../../http/errors.ts'
import { holdsOver, type RegionTree } from '../regions/index.ts'

/** A community's rules are its own secretary's to set; the street sets what its communities start from. */
const COMMUNITY_SETTERS: readonly Role[] = PERMISSIONS['policies.manage'].roles.filter((role) => role !== 'supervisor')

/** @throws AppError not_found where rules are not set (grids, buildings), forbidden */
export function assertMaySet(tree: RegionTree, actor: Actor, regionCode: string): void {
  const level = tree.get(regionCode)?.level
  if (level !== 'community' && level !== 'street' && level !== 'district') throw new AppError('not_found')
  const setters = level === 'community' ? COMMUNITY_SETTERS : PERMISSIONS['policies.manage'].roles
  if (!holdsOver(tree, actor, setters, regionCode)) throw new AppError('forbidden')
}
