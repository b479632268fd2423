import { type MeasureCode, measureOf, PERMISSIONS } from '@tongxin/contract'
import type { Actor } from '../../http/actor.ts'
import { AppError } from '../../http/errors.ts'
import type { Scope } from '../issues/index.ts'
import type { RegionTree } from '../regions/index.ts'

/**
 * Figures of a region are read by whoever holds an office over it; a grid worker reads those of their community too: figures name
 * nobody, and one's own grid means little without the others.
 */
export const assertMayReadStatistics = (tree: RegionTree, actor: Actor, region: string): void => {
  const may = actor.grants.some(
    ({ role, regionCode }) =>
      PERMISSIONS['statistics.read'].roles.includes(role as never) &&
      (tree.covers(regionCode, region) || tree.communityOf(regionCode) === tree.communityOf(region)) &&
      tree.get(region) !== undefined,
  )
  if (!may) throw new AppError('forbidden')
}

/** What single ratings, deadlines and refusals say of a matter is not for the public to pick out. */
export const assertMayList = (scope: Scope, measure: MeasureCode): void => {
  if (scope.kind === 'all' || scope.kind === 'grids' || measureOf(measure).open) return
  throw new AppError('forbidden')
}
