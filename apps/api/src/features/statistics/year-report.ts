import type { YearReport } from '@tongxin/contract'
import type { Db } from '../../db/connect.ts'
import type { Deps } from '../../deps.ts'
import { AppError } from '../../http/errors.ts'
import { civilDate } from '../regions/index.ts'
import { countByCategory, countVotes, findNames, type ReadCell, readCells } from './cells.queries.ts'
import { aYearBefore, daysOf, monthAfter, monthStarts, monthsOf } from './period.ts'
import { presentFigures, weightsIn } from './statistics.present.ts'
import { summed } from './summed.ts'

/** From so many on nobody is recognized by being one of them. */
const LEAST_SHOWN = 5
const OTHER = 'other'

const countsOf = (cells: readonly ReadCell[] = []) => {
  const figures = summed(cells)
  return { raised: figures.of('raised').count, closed: figures.of('closed').count }
}

type Counted = Awaited<ReturnType<typeof countByCategory>>[number]

/** Those with few matters, and what has no category yet, stand together at the end; the most frequent first. */
const categoriesOf = async (db: Db, counted: readonly Counted[]): Promise<YearReport['categories']> => {
  const isShown = ({ category, raised }: Counted) => category !== '' && raised >= LEAST_SHOWN
  const shown = counted.filter(isShown).sort((a, b) => b.raised - a.raised || (a.category < b.category ? -1 : 1))
  const names = await findNames(
    db,
    [],
    shown.map(({ category }) => category),
  )
  const rows = shown.map(({ category: code, raised, closed }) => ({
    code,
    name: names.get(code) ?? code,
    raised,
    closed,
  }))
  const others = counted.filter((each) => !isShown(each))
  if (others.length === 0) return rows
  const sum = (of: 'raised' | 'closed') => others.reduce((total, each) => total + each[of], 0)
  return [...rows, { code: OTHER, name: '其他', raised: sum('raised'), closed: sum('closed') }]
}

/**
 * What a community did in twelve months, for everybody: from roll-ups, so that opening it costs nothing.
 * @param until the last month; this one where left out
 * @throws AppError not_found
 */
export const readYearReport = async (
  db: Db,
  { directory, clock }: Deps,
  community: string,
  until: string = civilDate(clock.now()).slice(0, 7),
): Promise<YearReport> => {
  const tree = await directory.regions.tree()
  const node = tree.get(community)
  if (node?.level !== 'community') throw new AppError('not_found')
  const period = { from: monthAfter(until, -11), to: until }
  const [days, starts] = [daysOf(period), monthStarts(period)]
  const wanted = { communities: [community], span: 'month', grid: 'all', unit: 'all', category: 'all' } as const
  const [cells, earlier, byCategory, votes, policy] = await Promise.all([
    readCells(db, { ...wanted, starts }),
    readCells(db, { ...wanted, starts: monthStarts(aYearBefore(period)) }),
    countByCategory(db, { ...wanted, category: 'each', starts }),
    countVotes(db, community, days),
    directory.policies.policyFor(community, clock.now()),
  ])
  const byMonth = Map.groupBy(cells, ({ startsOn }) => startsOn.slice(0, 7))
  const weights = weightsIn(policy)
  return {
    community,
    name: node.name,
    ...period,
    figures: presentFigures(summed(cells), weights),
    lastYear: presentFigures(summed(earlier), weights),
    months: monthsOf(period).map((month) => ({ month, ...countsOf(byMonth.get(month)) })),
    categories: await categoriesOf(db, byCategory),
    votes,
  }
}
