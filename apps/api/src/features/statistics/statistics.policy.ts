import { type MeasureCode, measureOf, PERMISSIONS } from '@tongxin/contract'
import type { Actor } from '../../http/actor.ts'
import { AppError } from '../../http/errors.ts'
import type { Scope } from '../issues/index.ts'
import type { RegionTree } from '../regions/index.ts'
import type { StatisticsQuery } from './read-statistics.ts'

/** How far a reader's figures go: into every corner, or only as far as nobody's single matter shows. */
export type Depth = 'full' | 'outline'

const OUTLINED: ReadonlySet<StatisticsQuery['by']> = new Set(['month', 'region', undefined])

/**
 * Figures of a region are read by whoever holds an office over it. A grid worker reads an outline of their community too, as one's own
 * grid means little without the others: the whole by month and by grid, and no rate of fewer than five matters. Filters and
 * breakdowns would single out matters of other grids, which they may not see.
 * @throws AppError not_found for a region there is not, forbidden
 */
export const depthFor = (tree: RegionTree, actor: Actor, query: StatisticsQuery): Depth => {
  const { region, grid, unit, category, by } = query
  if (!tree.get(region)) throw new AppError('not_found')
  const offices = actor.grants.filter(({ role }) => PERMISSIONS['statistics.read'].roles.includes(role as never))
  const over = (code: string) => offices.some(({ regionCode }) => tree.covers(regionCode, code))
  if (over(region) || (grid !== undefined && tree.covers(region, grid) && over(grid))) return 'full'
  const unfiltered = grid === undefined && unit === undefined && category === undefined
  const atHome =
    tree.get(region)?.level === 'community' && offices.some(({ regionCode }) => tree.communityOf(regionCode) === region)
  if (atHome && unfiltered && OUTLINED.has(by)) return 'outline'
  throw new AppError('forbidden')
}

/** What single ratings, deadlines and refusals say of a matter is not for the public to pick out. */
export const assertMayList = (scope: Scope, measure: MeasureCode): void => {
  if (scope.kind === 'all' || scope.kind === 'grids' || measureOf(measure).open) return
  throw new AppError('forbidden')
}
