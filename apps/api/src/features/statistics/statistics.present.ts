import {
  type FiguresView,
  MEASURE_CODES,
  type MeasureCode,
  measureOf,
  type Outcome,
  type Rates,
  type RateWeights,
  type Timing,
} from '@tongxin/contract'
import { CLOCKS, type ClockCode, OUTCOMES, type Policy, STAGE_CODES } from '@tongxin/lifecycle'
import type { Figure, Figures } from './figures.ts'
import { medianOf, percentile, SHOWN_PROMISES, within } from './histogram.ts'

const NOTHING: Figure = [0, 0]
const of = (figures: Figures, measure: MeasureCode): Figure => figures[measure] ?? NOTHING
const ratio = (part: number, whole: number): number | null => (whole === 0 ? null : part / whole)
/** JSON has no infinity: beyond ten years it is not told. */
const finite = (value: number | null): number | null => (value === null || !Number.isFinite(value) ? null : value)

const timingOf = ([count, sum, buckets = {}]: Figure): Timing => ({
  count,
  mean: ratio(sum, count),
  median: finite(medianOf(buckets)),
  p90: finite(percentile(buckets, 0.9)),
  within: SHOWN_PROMISES.map((limit) => ({ limit, count: within(buckets, limit) })),
})

const levelsOf = ([, , buckets = {}]: Figure): number[] => [1, 2, 3, 4, 5].map((level) => buckets[level] ?? 0)

export const weightsIn = (policy: Policy): RateWeights => ({
  response: policy.rate_response_weight,
  resolution: policy.rate_resolution_weight,
  satisfaction: policy.rate_satisfaction_weight,
  basic: policy.rate_basic_percent,
})

/** The three rates and their composite (domain.md, “Evaluation”); null where no matter has a valid word on it. */
const ratesOf = (figures: Figures, weights: RateWeights): Rates => {
  const [valid] = of(figures, 'rated')
  const levels = levelsOf(of(figures, 'rated'))
  const [contacted, solved] = [of(figures, 'rated_contacted')[1], of(figures, 'rated_solved')[1]]
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
    firstLevels: levelsOf(of(figures, 'rated_first')),
    response: response!,
    resolution: resolution!,
    satisfaction: satisfaction!,
    composite,
    weights,
  }
}

const COUNTED = MEASURE_CODES.filter((code) => measureOf(code).scale === 'count' || code === 'called_back')

/** Merged cells as they are shown. */
export const presentFigures = (figures: Figures, weights: RateWeights): FiguresView => ({
  counts: Object.fromEntries(COUNTED.map((code) => [code, of(figures, code)[0]])),
  responded: timingOf(of(figures, 'responded')),
  answered: timingOf(of(figures, 'answered')),
  closed: timingOf(of(figures, 'closed')),
  stages: STAGE_CODES.map((stage) => ({ stage, timing: timingOf(of(figures, `stage_${stage}`)) })),
  clocks: (Object.keys(CLOCKS) as ClockCode[]).map((clock) => {
    const [stopped, onTime] = of(figures, `clock_${clock}`)
    return { clock, stopped, onTime }
  }),
  rates: ratesOf(figures, weights),
  outcomes: (Object.keys(OUTCOMES) as Outcome[]).map((outcome) => {
    const [matters, amount] = of(figures, `outcome_${outcome}`)
    return { outcome, amount, matters }
  }),
})
