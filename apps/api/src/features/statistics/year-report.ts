import type { YearReport } from '@tongxin/contract'
import type { Db } from '../../db/connect.ts'
import type { Deps } from '../../deps.ts'
import { AppError } from '../../http/errors.ts'
import { civilDate } from '../regions/index.ts'
import { countVotes, findNames, type ReadCell, readCells } from './cells.queries.ts'
import { type Figures, merge } from './figures.ts'
import { aYearBefore, daysOf, monthAfter, monthsOf } from './period.ts'
import { presentFigures, weightsIn } from './statistics.present.ts'

/** From so many on nobody is recognized by being one of them. */
const LEAST_SHOWN = 5
const OTHER = 'other'

const of = (cells: readonly ReadCell[]): Figures => {
  const figures: Figures = {}
  for (const cell of cells) merge(figures, cell.figures)
  return figures
}

const countsOf = (figures: Figures) => ({ raised: figures.raised?.[0] ?? 0, closed: figures.closed?.[0] ?? 0 })

/** Those with few matters, and what has no category yet, stand together; the most frequent first. */
const categoriesOf = async (db: Db, cells: readonly ReadCell[]): Promise<YearReport['categories']> => {
  const shown = Map.groupBy(
    Map.groupBy(cells, ({ category }) => category),
    ([category, its]) => (category !== '' && countsOf(of(its)).raised >= LEAST_SHOWN ? category : OTHER),
  )
  const names = await findNames(db, [], [...shown.keys()])
  const rows = [...shown].map(([code, its]) => ({
    code,
    name: names.get(code) ?? '其他',
    ...countsOf(of(its.flatMap(([, some]) => some))),
  }))
  return rows.sort(
    (a, b) => Number(a.code === OTHER) - Number(b.code === OTHER) || b.raised - a.raised || (a.code < b.code ? -1 : 1),
  )
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
  const days = daysOf(period)
  const wanted = { communities: [community], span: 'month', grid: 'all', unit: 'all', category: 'all' } as const
  const [cells, earlier, byCategory, votes, policy] = await Promise.all([
    readCells(db, { ...wanted, days }),
    readCells(db, { ...wanted, days: daysOf(aYearBefore(period)) }),
    readCells(db, { ...wanted, category: 'each', days }, ['raised', 'closed']),
    countVotes(db, community, days),
    directory.policies.policyFor(community, clock.now()),
  ])
  const byMonth = Map.groupBy(cells, ({ startsOn }) => startsOn.slice(0, 7))
  const weights = weightsIn(policy)
  return {
    community,
    name: node.name,
    ...period,
    figures: presentFigures(of(cells), weights),
    lastYear: presentFigures(of(earlier), weights),
    months: monthsOf(period).map((month) => ({ month, ...countsOf(of(byMonth.get(month) ?? [])) })),
    categories: await categoriesOf(db, byCategory),
    votes,
  }
}
