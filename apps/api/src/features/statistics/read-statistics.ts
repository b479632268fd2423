import type { FiguresView, Query, Statistics, statisticsRoutes } from '@tongxin/contract'
import { STAGE_CODES } from '@tongxin/lifecycle'
import type { Db } from '../../db/connect.ts'
import type { Deps } from '../../deps.ts'
import { AppError } from '../../http/errors.ts'
import type { RegionTree } from '../regions/index.ts'
import {
  type CellsWanted,
  exactPercentiles,
  findNames,
  type ReadCell,
  readCells,
  type Wanted,
} from './cells.queries.ts'
import { assertPeriod, aYearBefore, daysIn, daysOf, monthAfter, monthStarts, monthsOf } from './period.ts'
import type { Depth } from './statistics.policy.ts'
import { presentFigures, presentGroup, weightsIn } from './statistics.present.ts'
import { summed } from './summed.ts'

export type StatisticsQuery = Query<typeof statisticsRoutes.readStatistics>

export const NONE = 'none'
/** As a filter names what has none, and as the cells do. */
export const inCells = (value: string): string => (value === NONE ? '' : value)
const asShown = (value: string): string => (value === '' ? NONE : value)

/** Communities with records of their own in a region; the street's and the district's own matters among them. */
const tenantsIn = (tree: RegionTree, region: string): string[] => {
  const community = tree.communityOf(region)
  if (community) return [community]
  const levels = new Set(['district', 'street', 'community'] as const)
  return tree.subtree(region, levels).map((code) => code.padEnd(12, '0'))
}

/** The region below `region` whose records these are. */
const childOf = (tree: RegionTree, region: string, communityCode: string): string => {
  const code = tree.get(communityCode) ? communityCode : communityCode.replace(/0+$/, '')
  for (const node of tree.upwards(code)) if (node.parentCode === region) return node.code
  return region
}

type KeyOf = (cell: ReadCell) => string

const keyOf = (tree: RegionTree, query: StatisticsQuery): KeyOf => {
  switch (query.by) {
    case 'day':
      return ({ startsOn }) => startsOn
    case 'month':
      return ({ startsOn }) => startsOn.slice(0, 7)
    case 'unit':
      return ({ unit }) => asShown(unit)
    case 'category':
      return ({ category }) => asShown(category)
    default:
      return tree.communityOf(query.region)
        ? ({ grid }) => asShown(grid)
        : ({ communityCode }) => childOf(tree, query.region, communityCode)
  }
}

const namesOf = async (db: Db, tree: RegionTree, by: StatisticsQuery['by'], keys: readonly string[]) => {
  if (by === 'region') return new Map(keys.map((key) => [key, tree.get(key)?.name ?? null]))
  const named = keys.filter((key) => key !== NONE)
  if (by === 'unit') return findNames(db, named, [])
  return by === 'category' ? findNames(db, [], named) : new Map<string, string>()
}

/** Where the region is a grid, it is a filter on its community. */
const gridOf = (tree: RegionTree, { region, grid }: StatisticsQuery): string | undefined =>
  tree.get(region)?.level === 'grid' ? region : grid

const wantedOf = (tree: RegionTree, query: StatisticsQuery): Omit<CellsWanted, 'starts'> => {
  const { by, unit, category, region } = query
  const grid = gridOf(tree, query)
  const wanted = (value: string | undefined, each: boolean): Wanted =>
    value !== undefined ? { is: inCells(value) } : each ? 'each' : 'all'
  return {
    communities: tenantsIn(tree, region),
    span: by === 'day' ? 'day' : 'month',
    grid: wanted(grid, by === 'region' && tree.communityOf(region) !== null),
    unit: wanted(unit, by === 'unit'),
    category: wanted(category, by === 'category'),
  }
}

/** @throws AppError not_found, invalid_input */
const assertSound = (tree: RegionTree, query: StatisticsQuery): void => {
  const node = tree.get(query.region)
  if (!node || node.level === 'building') throw new AppError('not_found')
  assertPeriod(query)
  if (query.by !== 'day') return
  const named = [gridOf(tree, query), query.unit, query.category].filter((each) => each !== undefined).length
  const message = query.from !== query.to ? '按日分组只用于一个月' : named > 1 ? '按日分组时至多再按一项筛选' : null
  if (message) throw new AppError('invalid_input', { errors: [{ path: 'query.by', message }] })
}

const TIMED = ['responded', 'answered', 'closed', ...STAGE_CODES.map((stage) => `stage_${stage}` as const)] as const

/** Puts the exact percentiles in the place of the buckets' edges. */
const withExact = async (db: Db, tree: RegionTree, query: StatisticsQuery, view: FiguresView): Promise<FiguresView> => {
  const { unit, category } = query
  const grid = gridOf(tree, query)
  const narrowed = [grid, unit, category].map((value) => (value === undefined ? null : inCells(value)))
  const [inGrid, inUnit, inCategory] = narrowed as [string | null, string | null, string | null]
  const wanted = {
    communities: tenantsIn(tree, query.region),
    days: daysOf(query),
    grid: inGrid,
    unit: inUnit,
    category: inCategory,
  }
  const rows = await exactPercentiles(db, wanted, TIMED)
  const exact = (measure: (typeof TIMED)[number]) => {
    const { median, p90 } = rows.find((row) => row.measure === measure) ?? { median: null, p90: null }
    return { median, p90 }
  }
  return {
    ...view,
    responded: { ...view.responded, ...exact('responded') },
    answered: { ...view.answered, ...exact('answered') },
    closed: { ...view.closed, ...exact('closed') },
    stages: view.stages.map(({ stage, timing }) => ({ stage, timing: { ...timing, ...exact(`stage_${stage}`) } })),
  }
}

/** A month without a single matter is told as such, not left out. */
const keysIn = (query: StatisticsQuery, found: Iterable<string>): string[] =>
  query.by === 'month' ? monthsOf(query) : [...found].sort()

/**
 * Figures of a region in these months, beside those of the same months a year before, and by group where asked.
 * @param depth how far this reader's figures go
 * @throws AppError not_found, invalid_input
 */
export const readStatistics = async (
  db: Db,
  { directory, clock }: Deps,
  query: StatisticsQuery,
  depth: Depth,
): Promise<Statistics> => {
  const tree = await directory.regions.tree()
  assertSound(tree, query)
  const whole = wantedOf(tree, { ...query, by: undefined })
  // Months are what the whole is read by anyway.
  const byMonth = query.by === undefined || query.by === 'month'
  const starts = query.by === 'day' ? daysIn(query.from) : monthStarts(query)
  const [cells, earlier, parts, policy] = await Promise.all([
    readCells(db, { ...whole, starts: monthStarts(query) }),
    readCells(db, { ...whole, starts: monthStarts(aYearBefore(query)) }),
    byMonth ? [] : readCells(db, { ...wantedOf(tree, query), starts }, 'groups'),
    directory.policies.policyFor(query.region, clock.now()),
  ])
  const weights = weightsIn(policy)
  const total = presentFigures(summed(cells), weights)
  const groups: Statistics['groups'] = []
  if (query.by !== undefined) {
    const key = keyOf(tree, query)
    const group = (its: readonly ReadCell[] = []) => presentGroup(summed(its), weights, depth)
    const byKey = Map.groupBy(byMonth ? cells : parts, key)
    const lastYear = byMonth ? Map.groupBy(earlier, key) : null
    const keys = keysIn(query, byKey.keys())
    const names = await namesOf(db, tree, query.by, keys)
    for (const one of keys)
      groups.push({
        key: one,
        name: names.get(one) ?? null,
        figures: group(byKey.get(one)),
        lastYear: lastYear && group(lastYear.get(monthAfter(one, -12))),
      })
  }
  return {
    region: query.region,
    name: tree.get(query.region)!.name,
    path: [...tree.upwards(query.region)].map(({ code, name }) => ({ code, name })).reverse(),
    from: query.from,
    to: query.to,
    exact: query.exact,
    total: query.exact ? await withExact(db, tree, query, total) : total,
    lastYear: presentFigures(summed(earlier), weights),
    groups,
  }
}
