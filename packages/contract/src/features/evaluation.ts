import { FIELDS, LEVELS, RATING_REASONS, type RatingReason } from '@tongxin/lifecycle'
import * as z from 'zod'
import { keysOf } from '../keys-of.ts'
import { instant } from '../page.ts'
import { publicId } from '../public-id.ts'
import { route } from '../route.ts'
import { RATER_GROUPS, type RaterGroup } from '../words.ts'

export const OBJECTION_STATES = { open: '待答复', answered: '已答复', superseded: '随新一轮办理终结' } as const
export const CALL_BACK_STATES = {
  none: '不需回访',
  open: '待回访',
  concluded: '已回访',
  superseded: '随新一轮办理终结',
} as const
export const CALL_BACK_RESULTS = {
  ...(Object.fromEntries(
    Object.entries(FIELDS.callBackOutcome.options ?? {}).map(([code, { zh }]) => [code, zh]),
  ) as Record<'upheld' | 'explained' | 'registered' | 'mistaken' | 'confirmed', string>),
  unreached: '三次未联系上',
  set_aside: '申诉成立，不再计入',
} as const

/** Why a rating is called back: all of the bad and of the helped ones, a share of the good ones. */
export const CALL_REASONS = { bad: '差评', helped: '代填评价', sampled: '好评抽查' } as const
export type CallReason = keyof typeof CALL_REASONS
/** What stands on the call-back desk; `registered` on the date that was promised. */
export const OWED_REASONS = { ...CALL_REASONS, registered: '限期登记跟踪' } as const
export type OwedReason = keyof typeof OWED_REASONS
/** The order of the desk: whoever was dissatisfied first. */
export const CALL_RANKS = { bad: 1, registered: 2, helped: 3, sampled: 4 } as const satisfies Record<OwedReason, number>

const solved = z.enum(['yes', 'partly', 'no'])
export const ratingLevel = z.int().min(1).max(5)

export const objectionView = z
  .object({
    id: publicId,
    round: z.int(),
    madeAt: instant,
    dueAt: instant,
    state: keysOf(OBJECTION_STATES),
    reviewOf: publicId.nullable().describe('申请书记复核的是哪一条异议'),
    reason: z.string().nullable().describe('已删除个人信息的为空'),
    answer: z.string().nullable(),
    upheld: z.boolean().nullable(),
    answeredAt: instant.nullable(),
    mine: z.boolean(),
    reviewable: z.boolean().describe('本人可以申请复核'),
  })
  .meta({ id: 'Objection' })
export type ObjectionView = z.infer<typeof objectionView>

export const callBackAttempt = z.object({
  at: instant,
  reached: z.boolean(),
  contacted: z.boolean().nullable(),
  solved: solved.nullable(),
  level: ratingLevel.nullable(),
  outcome: z.enum(['upheld', 'explained', 'registered', 'mistaken', 'confirmed']).nullable(),
  dueAt: instant.nullable(),
  text: z.string().nullable(),
  followUp: z.boolean().describe('限期登记后的跟踪回访'),
  scriptVersion: z.int().describe('所用回访话术的版本'),
})

export const ratingView = z
  .object({
    id: publicId,
    round: z.int(),
    ratedAt: instant,
    level: ratingLevel.describe(
      `满意度：${Object.entries(LEVELS)
        .map(([n, { zh }]) => `${n} ${zh}`)
        .join('，')}`,
    ),
    contacted: z.boolean(),
    solved,
    reasons: z.array(keysOf<RatingReason>(RATING_REASONS)),
    comment: z.string().nullable(),
    photos: z.array(z.object({ id: publicId, hash: z.string() })),
    group: keysOf<RaterGroup>(RATER_GROUPS).describe('只计入一个群体：提出人、附议人、议事会成员、居民依次优先'),
    byRaiser: z.boolean(),
    raiserId: publicId.nullable().describe('只给工作人员看'),
    personName: z.string().nullable().describe('脱敏，只给工作人员看'),
    helped: z.boolean().describe('由他人代填'),
    helperName: z.string().nullable().describe('只给工作人员看'),
    callBack: keysOf(CALL_BACK_STATES),
    callReason: keysOf<CallReason>(CALL_REASONS).nullable().describe('为何回访；不需回访的为空'),
    callBackDueAt: instant.nullable(),
    followUpAt: instant.nullable().describe('限期登记的跟踪日期；没有或已了结的为空'),
    callBackOutcome: keysOf(CALL_BACK_RESULTS).nullable(),
    attempts: z.array(callBackAttempt),
    contest: z
      .object({
        state: z.enum(['open', 'upheld', 'rejected']),
        reason: z.string(),
        contestedAt: instant,
        decisionReason: z.string().nullable(),
        decidedAt: instant.nullable(),
      })
      .nullable(),
    setAside: z.boolean().describe('申诉成立，不再计入'),
    mine: z.boolean(),
  })
  .meta({ id: 'Rating' })
export type RatingView = z.infer<typeof ratingView>

const counted = z.object({
  rated: z.int(),
  levels: z
    .object({ 1: z.int(), 2: z.int(), 3: z.int(), 4: z.int(), 5: z.int() })
    .nullable()
    .describe('不公开的事项只给工作人员看'),
  contacted: z.int().nullable(),
  solved: z.object({ yes: z.int(), partly: z.int(), no: z.int() }).nullable(),
})
export type RatingSums = z.infer<typeof counted>

const roundSums = z.object({
  round: z.int(),
  own: counted,
  groups: z.object({ raiser: counted, endorser: counted, council: counted, resident: counted }),
  helped: counted,
})
export type RoundSums = z.infer<typeof roundSums>

const params = z.object({ id: publicId })

export const evaluationRoutes = {
  listObjections: route({
    operationId: 'listObjections',
    method: 'GET',
    path: '/v1/issues/:id/objections',
    summary: '事项的异议与答复',
    description: '工作人员看到全部，其他人看到本人的；各轮合计人人可见。',
    tag: '评价',
    permission: 'issues.read',
    params,
    responses: {
      200: z.object({
        items: z.array(objectionView),
        sums: z.object({ made: z.int(), open: z.int(), upheld: z.int() }).describe('本轮'),
      }),
    },
    errors: ['not_found'],
  }),
  listRatings: route({
    operationId: 'listRatings',
    method: 'GET',
    path: '/v1/issues/:id/ratings',
    summary: '事项的评价与回访',
    description: '工作人员看到全部，其他人看到本人的；本轮合计中代填的单列，申诉成立的不计。未评价不等于满意。',
    tag: '评价',
    permission: 'issues.read',
    params,
    responses: {
      200: z.object({
        items: z.array(ratingView),
        sums: roundSums.describe('本轮：本人填写的合计及分群体，代填的单列'),
        first: roundSums.nullable().describe('首次评价的那一轮；就是本轮的为空'),
      }),
    },
    errors: ['not_found'],
  }),
}
