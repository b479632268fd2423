import { readStatistics } from '../statistics/index.ts'
import type { ReportRows } from './report.ts'

const percent = (share: number | null): string | null => (share === null ? null : `${(share * 100).toFixed(1)}%`)
/** What has no value stands last. */
const falling = (a: number | null, b: number | null): number => (b ?? -1) - (a ?? -1)

/** The units by their composite, then by how much they handled in time; from the statistics. */
export const unitLeagueRows: ReportRows = async function* (deps, { community, month }) {
  const query = { region: community, from: month, to: month, by: 'unit' as const, exact: false }
  const { groups } = await readStatistics(deps.db, deps, query, 'full')
  const units = groups
    .filter(({ key }) => key !== 'none')
    .map(({ key, name, figures }) => {
      const { stopped, onTime } = figures.handle
      return { name: name ?? key, figures, onTime: stopped > 0 ? onTime / stopped : null }
    })
    .sort((a, b) => falling(a.figures.composite, b.figures.composite) || falling(a.onTime, b.onTime))
  for (const [i, { name, figures, onTime }] of units.entries())
    yield [
      i + 1,
      name,
      figures.raised,
      figures.closed,
      figures.handle.stopped,
      figures.handle.onTime,
      percent(onTime),
      figures.returned,
      figures.reworked,
      figures.valid,
      percent(figures.composite),
    ]
}
