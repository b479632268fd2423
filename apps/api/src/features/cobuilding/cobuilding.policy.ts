import { PERMISSIONS } from '@tongxin/contract'
import type { Queryable } from '../../db/connect.ts'
import type { Actor } from '../../http/actor.ts'
import { AppError } from '../../http/errors.ts'
import { unitsOf } from '../issues/index.ts'
import { findFitUnits } from '../office/index.ts'
import { holdsOver, type RegionTree } from '../regions/index.ts'

/** Who brings offers and needs together in this community. */
export const mayMatch = (tree: RegionTree, actor: Actor, community: string): boolean =>
  holdsOver(tree, actor, PERMISSIONS['cobuilding.match'].roles, community)

/** A unit's own lists are kept by its handlers too. */
export const mayKeep = (tree: RegionTree, actor: Actor, community: string, unitId: string | null): boolean =>
  mayMatch(tree, actor, community) || (unitId !== null && unitsOf(actor).includes(unitId))

/** Needs may speak of people in need: whoever may help reads them, units that serve the community among them, not everybody. */
export async function readsNeeds(on: Queryable, tree: RegionTree, actor: Actor, community: string): Promise<boolean> {
  if (holdsOver(tree, actor, ['grid_worker', 'officer', 'secretary', 'supervisor'], community)) return true
  const units = unitsOf(actor)
  return units.length > 0 && (await findFitUnits(on, community, units)).length > 0
}

export function assertMay(allowed: boolean): void {
  if (!allowed) throw new AppError('forbidden')
}
