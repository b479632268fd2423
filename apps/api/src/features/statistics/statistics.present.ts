import {
  type FiguresView,
  type GroupFigures,
  LEAST_SHOWN,
  MEASURE_CODES,
  measureOf,
  type Outcome,
  type PublicFigures,
  type Rates,
  type RateWeights,
  type Timing,
} from '@tongxin/contract'
import { CLOCKS, type ClockCode, OUTCOMES, type Policy, STAGE_CODES } from '@tongxin/lifecycle'
import type { GroupMeasure } from './figures.ts'
import { type Histogram, medianOf, percentile, SHOWN_PROMISES, within } from './histogram.ts'
import type { Depth } from './statistics.policy.ts'
import type { Summed } from './summed.ts'

const ratio = (part: number, whole: number): number | null => (whole === 0 ? null : part / whole)
/** JSON has no infinity: beyond ten years it is not told. */
const finite = (value: number | null): number | null => (value === null || !Number.isFinite(value) ? null : value)

const timingOf = ({ count, sum, buckets }: ReturnType<Summed['of']>): Timing => ({
  count,
  mean: ratio(sum, count),
  median: finite(medianOf(buckets)),
  p90: finite(percentile(buckets, 0.9)),
  within: SHOWN_PROMISES.map((limit) => ({ limit, count: within(buckets, limit) })),
})

const enough = (count: number): boolean => count >= LEAST_SHOWN
const levelsOf = (buckets: Histogram): number[] => [1, 2, 3, 4, 5].map((level) => buckets[level] ?? 0)

export const weightsIn = (policy: Policy): RateWeights => ({
  response: policy.rate_response_weight,
  resolution: policy.rate_resolution_weight,
  satisfaction: policy.rate_satisfaction_weight,
  basic: policy.rate_basic_percent,
})

/** The three rates and their composite (domain.md, “Evaluation”); null where no matter has a valid word on it. */
const ratesOf = (figures: Summed, weights: RateWeights): Rates => {
  const { count: valid, buckets } = figures.of('rated')
  const levels = levelsOf(buckets)
  const [contacted, solved] = [figures.of('rated_contacted').sum, figures.of('rated_solved').sum]
  const content = levels[4]! + levels[3]! + (weights.basic / 100) * levels[2]!
  const [response, resolution, satisfaction] = [contacted, solved, content].map((part) => ratio(part, valid))
  const whole = weights.response + weights.resolution + weights.satisfaction
  const composite =
    valid === 0
      ? null
      : (weights.response * response! + weights.resolution * resolution! + weights.satisfaction * satisfaction!) / whole
  return {
    valid,
    contacted,
    solved,
    levels,
    firstLevels: levelsOf(figures.of('rated_first').buckets),
    response: response!,
    resolution: resolution!,
    satisfaction: satisfaction!,
    composite,
    weights,
  }
}

const COUNTED = MEASURE_CODES.filter((code) => measureOf(code).scale === 'count' || code === 'called_back')

/** Merged cells as they are shown. */
export const presentFigures = (figures: Summed, weights: RateWeights): FiguresView => ({
  counts: Object.fromEntries(COUNTED.map((code) => [code, figures.of(code).count])),
  responded: timingOf(figures.of('responded')),
  answered: timingOf(figures.of('answered')),
  closed: timingOf(figures.of('closed')),
  stages: STAGE_CODES.map((stage) => ({ stage, timing: timingOf(figures.of(`stage_${stage}`)) })),
  clocks: (Object.keys(CLOCKS) as ClockCode[]).map((clock) => {
    const { count, sum } = figures.of(`clock_${clock}`)
    return { clock, stopped: count, onTime: sum }
  }),
  rates: ratesOf(figures, weights),
  outcomes: (Object.keys(OUTCOMES) as Outcome[]).map((outcome) => {
    const { count, sum } = figures.of(`outcome_${outcome}`)
    return { outcome, amount: sum, matters: count }
  }),
})

/** What one group is told by beside the others. */
export const presentGroup = (figures: Summed, weights: RateWeights, depth: Depth): GroupFigures => {
  const of = (measure: GroupMeasure) => figures.of(measure)
  const count = (measure: GroupMeasure) => of(measure).count
  const answered = of('answered')
  const kept = (measure: GroupMeasure) => {
    const { count: stopped, sum: onTime } = of(measure)
    return { stopped, onTime }
  }
  const { valid, composite } = ratesOf(figures, weights)
  return {
    raised: count('raised'),
    closed: count('closed'),
    answered: {
      count: answered.count,
      median: finite(medianOf(answered.buckets)),
      p90: finite(percentile(answered.buckets, 0.9)),
    },
    handle: kept('clock_handle'),
    returned: count('returned'),
    reworked: count('reworked'),
    suspended: count('suspended'),
    escalated: count('escalated'),
    reportedIn: kept('clock_report_in'),
    supervised: count('supervised'),
    supervisionsAnswered: kept('supervision_answered'),
    valid,
    composite: depth === 'full' || enough(valid) ? composite : null,
  }
}

const DAY = 86_400_000
/** Beside what was raised and closed, what the year's report counts. */
const PUBLIC_COUNTS = [
  ...(['declined', 'referred', 'suspended', 'returned', 'rejected', 'reworked', 'reopened'] as const),
  ...(['endorsed', 'evaluated'] as const),
]
const few = (count: number): number | null => (count === 0 || enough(count) ? count : null)

const publicTiming = ({ count, median, p90 }: Timing) =>
  enough(count) ? { count, median, p90 } : { count: few(count), median: null, p90: null }

const publicRates = ({ firstLevels: _, ...rates }: Rates): PublicFigures['rates'] => {
  if (enough(rates.valid)) return rates
  const none = { contacted: null, solved: null, levels: null, response: null, resolution: null, satisfaction: null }
  return { ...none, valid: few(rates.valid), composite: null, weights: rates.weights }
}

/**
 * What everybody is told of figures. Of how people judge, of clocks and of stages nothing is told that fewer than five make up,
 * as neighbours would know whose it is; what was raised, closed and achieved is public in its sum.
 */
export const presentPublic = ({
  counts,
  closed,
  answered,
  stages,
  clocks,
  rates,
  outcomes,
}: FiguresView): PublicFigures => ({
  raised: counts.raised ?? 0,
  closed: closed.count,
  counts: Object.fromEntries(PUBLIC_COUNTS.map((code) => [code, few(counts[code] ?? 0)])),
  answered: {
    ...publicTiming(answered),
    withinDay: enough(answered.count)
      ? ratio(answered.within.find(({ limit }) => limit === DAY)?.count ?? 0, answered.count)
      : null,
  },
  stages: stages.map(({ stage, timing }) => ({ stage, timing: publicTiming(timing) })),
  clocks: clocks.map(({ clock, stopped, onTime }) => ({
    clock,
    stopped: few(stopped),
    onTime: enough(stopped) ? ratio(onTime, stopped) : null,
  })),
  rates: publicRates(rates),
  outcomes,
})
