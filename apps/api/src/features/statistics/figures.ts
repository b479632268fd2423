import { type MeasureCode, measureOf } from '@tongxin/contract'
import { bucketOf } from './histogram.ts'
import type { Entry } from './tally-matter.ts'

/** How many values, their sum, and how many lie in each bucket (of time), or are each whole number. */
export type Figure = [count: number, sum: number, buckets?: Record<string, number>]
/** As a cell holds them, and any number of cells merged. */
export type Figures = Partial<Record<MeasureCode, Figure>>

/** What groups are told apart by. */
export const GROUP_MEASURES = [
  ...(['raised', 'closed', 'answered', 'clock_handle', 'returned', 'reworked', 'suspended'] as const),
  ...(['rated', 'rated_contacted', 'rated_solved'] as const),
  ...(['escalated', 'clock_report_in', 'supervised', 'supervision_answered'] as const),
] as const satisfies readonly MeasureCode[]
export type GroupMeasure = (typeof GROUP_MEASURES)[number]
const OF_GROUPS: ReadonlySet<string> = new Set(GROUP_MEASURES)
/** Of time, groups are told apart by the first answer alone: the buckets of the others are long, and stand apart. */
const LONG: ReadonlySet<string> = new Set(
  GROUP_MEASURES.filter((measure) => measure !== 'answered' && measureOf(measure).scale === 'time'),
)

/** As the two columns of a cell hold them: what groups are told apart by, and the rest, read for a whole alone. */
export interface StoredFigures {
  figures: Figures
  others: Figures
}

/** A page reads hundreds of groups: theirs must be short enough to be stored beside the key, not compressed and not elsewhere. */
export const stored = (all: Figures): StoredFigures => {
  const apart: StoredFigures = { figures: {}, others: {} }
  for (const [measure, figure] of Object.entries(all) as [MeasureCode, Figure][]) {
    const [count, sum, buckets] = figure
    if (!OF_GROUPS.has(measure)) apart.others[measure] = figure
    else if (!LONG.has(measure)) apart.figures[measure] = figure
    else {
      apart.figures[measure] = [count, sum]
      if (buckets) apart.others[measure] = [0, 0, buckets]
    }
  }
  return apart
}

/** Both columns together again; whatever stands in only one of them shows. */
export const whole = ({ figures, others }: StoredFigures): Figures => {
  const together: Figures = {}
  merge(together, figures)
  merge(together, others)
  return together
}

/** A day or month of a grid, unit and category; `*` for all of them. */
export interface CellKey {
  communityCode: string
  span: 'day' | 'month'
  startsOn: string
  grid: string
  unit: string
  category: string
}

export const ALL = '*'

const bucketFor = (measure: MeasureCode, value: number): string | null => {
  const { scale } = measureOf(measure)
  if (scale === 'time') return String(bucketOf(value))
  return scale === 'exact' ? String(value) : null
}

/** Adds a figure to those of its measure. */
export const addTo = (figures: Figures, measure: MeasureCode, [count, sum, buckets]: Figure): void => {
  const figure: Figure = figures[measure] ?? [0, 0]
  figures[measure] = figure
  figure[0] += count
  figure[1] += sum
  if (!buckets) return
  const into = figure[2] ?? {}
  figure[2] = into
  for (const [bucket, n] of Object.entries(buckets)) into[bucket] = (into[bucket] ?? 0) + n
}

/** Adds one entry, or takes it out again. */
export const addEntry = (
  figures: Figures,
  { measure, value }: Pick<Entry, 'measure' | 'value'>,
  times: 1 | -1,
): void => {
  const bucket = bucketFor(measure, value)
  addTo(figures, measure, [times, times * value, ...(bucket === null ? [] : [{ [bucket]: times }])] as Figure)
}

export const merge = (into: Figures, from: Figures): void => {
  for (const [measure, figure] of Object.entries(from)) addTo(into, measure as MeasureCode, figure)
}

/** Without what has come down to nothing, in one order: what two ways of counting must agree on to the letter. */
export const tidied = (figures: Figures): Figures => {
  const tidy: Figures = {}
  for (const measure of Object.keys(figures).sort() as MeasureCode[]) {
    const [count, sum, buckets] = figures[measure]!
    const left = buckets && Object.entries(buckets).filter(([, n]) => n !== 0)
    if (count !== 0 || sum !== 0 || left?.length)
      tidy[measure] = left ? [count, sum, Object.fromEntries(left)] : [count, sum]
  }
  return tidy
}

/** Which of grid (1), unit (2) and category (4) a cell names: of days one at most, of months any. */
export const GROUPINGS: Record<CellKey['span'], readonly number[]> = {
  day: [0, 1, 2, 4],
  month: [0, 1, 2, 3, 4, 5, 6, 7],
}

/** Every cell an entry counts in. */
export const cellsOf = (
  communityCode: string,
  { day, grid, unit, category }: Omit<Entry, 'measure' | 'nth' | 'value'>,
): CellKey[] => {
  const cell = (span: CellKey['span'], startsOn: string) => (named: number) => ({
    communityCode,
    span,
    startsOn,
    grid: named & 1 ? grid : ALL,
    unit: named & 2 ? unit : ALL,
    category: named & 4 ? category : ALL,
  })
  return [...GROUPINGS.day.map(cell('day', day)), ...GROUPINGS.month.map(cell('month', `${day.slice(0, 7)}-01`))]
}

export const nameOf = ({ communityCode, span, startsOn, grid, unit, category }: CellKey): string =>
  [communityCode, span, startsOn, grid, unit, category].join('|')
