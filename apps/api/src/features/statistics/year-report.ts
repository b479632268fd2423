import { LEAST_SHOWN, type YearReport } from '@tongxin/contract'
import type { Db } from '../../db/connect.ts'
import type { Deps } from '../../deps.ts'
import { AppError } from '../../http/errors.ts'
import { civilDate } from '../regions/index.ts'
import { countByCategory, countVotes, findNames, type ReadCell, readCells } from './cells.queries.ts'
import { aYearBefore, daysOf, monthAfter, monthStarts, monthsOf, type Period } from './period.ts'
import { presentFigures, presentPublic, weightsIn } from './statistics.present.ts'
import { summed } from './summed.ts'

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

/** @throws AppError invalid_input for a year that is not over */
const periodOf = (year: number | undefined, now: Date): Period => {
  const month = civilDate(now).slice(0, 7)
  if (year === undefined) return { from: monthAfter(month, -11), to: month }
  const period = { from: `${year}-01`, to: `${year}-12` }
  if (period.to < month) return period
  throw new AppError('invalid_input', { errors: [{ path: 'query.year', message: '该年度尚未结束' }] })
}

/**
 * What a community did in twelve months, for everybody: from roll-ups, so that opening it costs nothing.
 * @param year one that is over; the twelve months up to this one where left out
 * @throws AppError not_found, invalid_input
 */
export const readYearReport = async (
  db: Db,
  { directory, clock }: Deps,
  community: string,
  year: number | undefined,
): Promise<YearReport> => {
  const tree = await directory.regions.tree()
  const node = tree.get(community)
  if (node?.level !== 'community') throw new AppError('not_found')
  const period = periodOf(year, clock.now())
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
  return {
    community,
    name: node.name,
    year: year ?? null,
    ...period,
    figures: presentPublic(presentFigures(summed(cells), weightsIn(policy))),
    lastYear: countsOf(earlier),
    months: monthsOf(period).map((month) => ({ month, ...countsOf(byMonth.get(month)) })),
    categories: await categoriesOf(db, byCategory),
    votes,
  }
}
