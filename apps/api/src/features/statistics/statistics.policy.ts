import { type MeasureCode, measureOf, PERMISSIONS } from '@tongxin/contract'
import type { Actor } from '../../http/actor.ts'
import { AppError } from '../../http/errors.ts'
import type { Scope } from '../issues/index.ts'
import type { RegionTree } from '../regions/index.ts'

/**
 * Figures of a region are read by whoever holds an office over it; a grid worker reads those of their community too: figures name
 * nobody, and one's own grid means little without the others.
 * @throws AppError not_found for a region there is not, forbidden
 */
export const assertMayReadStatistics = (tree: RegionTree, actor: Actor, region: string): void => {
  if (!tree.get(region)) throw new AppError('not_found')
  // Streets and districts lie in no community: there nothing but the office itself counts.
  const home = tree.communityOf(region)
  const may = actor.grants.some(
    ({ role, regionCode }) =>
      PERMISSIONS['statistics.read'].roles.includes(role as never) &&
      (tree.covers(regionCode, region) || (home !== null && tree.communityOf(regionCode) === home)),
  )
  if (!may) throw new AppError('forbidden')
}

/** What single ratings, deadlines and refusals say of a matter is not for the public to pick out. */
export const assertMayList = (scope: Scope, measure: MeasureCode): void => {
  if (scope.kind === 'all' || scope.kind === 'grids' || measureOf(measure).open) return
  throw new AppError('forbidden')
}
