import { PERMISSIONS } from '@tongxin/contract'
import type { Actor } from '../../http/actor.ts'
import { AppError } from '../../http/errors.ts'
import { unitsOf } from '../issues/index.ts'
import { holdsOver, type RegionTree } from '../regions/index.ts'

/** Who brings offers and needs together in this community. */
export const mayMatch = (tree: RegionTree, actor: Actor, community: string): boolean =>
  holdsOver(tree, actor, PERMISSIONS['cobuilding.match'].roles, community)

/** A unit's own lists are kept by its handlers too. */
export const mayKeep = (tree: RegionTree, actor: Actor, community: string, unitId: string | null): boolean =>
  mayMatch(tree, actor, community) || (unitId !== null && unitsOf(actor).includes(unitId))

/** Needs may speak of people in need: whoever may help reads them, not everybody. */
export const readsNeeds = (tree: RegionTree, actor: Actor, community: string): boolean =>
  unitsOf(actor).length > 0 || holdsOver(tree, actor, ['grid_worker', 'officer', 'secretary', 'supervisor'], community)

export function assertMay(allowed: boolean): void {
  if (!allowed) throw new AppError('forbidden')
}
