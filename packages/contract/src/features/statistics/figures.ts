import { CLOCKS, type ClockCode, OUTCOMES, STAGES, type Stage } from '@tongxin/lifecycle'
import * as z from 'zod'
import { keysOf } from '../../keys-of.ts'
import { MEASURES, type MeasureCode, type Outcome } from './measures.ts'

/** A month of the civil calendar in Asia/Shanghai. */
export const monthCode = z
  .string()
  .regex(/^(19[7-9]\d|20\d\d|2100)-(0[1-9]|1[0-2])$/, '月份写作 2026-03')
  .meta({ example: '2026-03' })

export const measureCode = keysOf<MeasureCode>(MEASURES)

const share = z.number().nullable().describe('0 至 1；没有可算的为空')

/** Lengths of time in milliseconds. */
export const timing = z
  .object({
    count: z.int(),
    mean: z.number().nullable(),
    median: z.number().nullable().describe('居中的一件，两件居中取平均；未要求精确时按所在区间的上限，至多偏长 5%'),
    p90: z.number().nullable().describe('从短到长第 ⌊0.9·n⌋ 件（从 0 数起），同上'),
    within: z.array(z.object({ limit: z.int(), count: z.int() })).describe('不超过各承诺时长的件数，精确'),
  })
  .meta({ id: 'Timing' })
export type Timing = z.infer<typeof timing>

/** In whole percents; the composite is weighted by the sum of the three. */
export const rateWeights = z.object({ response: z.int(), resolution: z.int(), satisfaction: z.int(), basic: z.int() })
export type RateWeights = z.infer<typeof rateWeights>

export const rates = z
  .object({
    valid: z.int().describe('有有效评价或回访的件数；没有评价的是“未评价”，不计入'),
    contacted: z.int(),
    solved: z.int(),
    levels: z.array(z.int()).length(5).describe('从 1 非常不满意到 5 非常满意的件数'),
    firstLevels: z.array(z.int()).length(5).describe('同一批事项首轮评价的件数'),
    response: share.describe('响应率 = 已联系 ÷ 有效'),
    resolution: share.describe('解决率 = 已解决 ÷ 有效'),
    satisfaction: share.describe('满意率 =（5 + 4 + 折算 × 3）÷ 有效'),
    composite: share.describe('综合得分：三率按权重相加'),
    weights: rateWeights,
  })
  .meta({ id: 'Rates' })
export type Rates = z.infer<typeof rates>

export const figuresView = z
  .object({
    counts: z.record(z.string(), z.int()).describe('各项件数或次数，以度量代码为键'),
    responded: timing,
    answered: timing,
    closed: timing,
    stages: z.array(z.object({ stage: keysOf<Stage>(STAGES), timing })),
    clocks: z.array(z.object({ clock: keysOf<ClockCode>(CLOCKS), stopped: z.int(), onTime: z.int() })),
    rates,
    outcomes: z.array(z.object({ outcome: keysOf<Outcome>(OUTCOMES), amount: z.int(), matters: z.int() })),
  })
  .meta({ id: 'Figures' })
export type FiguresView = z.infer<typeof figuresView>

const kept = z.object({ stopped: z.int(), onTime: z.int() })

/** What groups are told apart by. */
export const groupFigures = z
  .object({
    raised: z.int(),
    closed: z.int(),
    answered: z.object({ count: z.int(), median: z.number().nullable(), p90: z.number().nullable() }),
    handle: kept.describe('办理时限'),
    returned: z.int(),
    reworked: z.int(),
    suspended: z.int(),
    escalated: z.int().describe('吹哨次数'),
    reportedIn: kept.describe('已报到的次数，其中按时的；按单位分组时归报到的街道单位'),
    supervised: z.int().describe('督办次数'),
    supervisionsAnswered: kept.describe('已回复的督办，其中按时的'),
    valid: z.int().describe('有有效评价或回访的件数'),
    composite: share.describe('综合得分'),
  })
  .meta({ id: 'GroupFigures' })
export type GroupFigures = z.infer<typeof groupFigures>

const few = z.int().nullable().describe('不足 5 的为空，不公布；0 照写')
const publicTiming = z.object({ count: few, median: timing.shape.median, p90: timing.shape.p90 })

/** What everybody is told: no breakdown finer than the report's own, and nothing of fewer than five. */
export const publicFigures = z
  .object({
    raised: z.int(),
    closed: z.int(),
    counts: z.record(z.string(), few).describe('各项件数或次数，以度量代码为键'),
    answered: publicTiming.extend({ withinDay: share.describe('24 小时内答复的占比') }),
    stages: z.array(z.object({ stage: keysOf<Stage>(STAGES), timing: publicTiming })),
    clocks: z.array(z.object({ clock: keysOf<ClockCode>(CLOCKS), stopped: few, onTime: share.describe('按时的占比') })),
    rates: rates
      .omit({ firstLevels: true })
      .extend({
        valid: few,
        contacted: z.int().nullable(),
        solved: z.int().nullable(),
        levels: rates.shape.levels.nullable(),
      })
      .describe('有效评价不足 5 件的各项为空'),
    outcomes: figuresView.shape.outcomes,
  })
  .meta({ id: 'PublicFigures' })
export type PublicFigures = z.infer<typeof publicFigures>
