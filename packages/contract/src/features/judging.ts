import * as z from 'zod'
import { keysOf } from '../keys-of.ts'
import { instant, page, pageQuery } from '../page.ts'
import { publicId } from '../public-id.ts'
import { route } from '../route.ts'
import { RATER_GROUPS, type RaterGroup } from '../words.ts'
import { CALL_BACK_RESULTS, callBackAttempt, OWED_REASONS, type OwedReason, ratingLevel } from './evaluation.ts'
import { regionCode } from './regions.ts'

const community = regionCode.regex(/^\d{12}$/, '请填写 12 位社区代码').describe('社区代码')
const grid = z
  .string()
  .regex(/^\d{15}$/)
  .optional()
  .describe('网格代码')

/** What names the matter a line of a work list belongs to. */
const ofIssue = {
  issueId: publicId,
  issueNumber: z.string().meta({ example: '2026-000123' }),
  issueTitle: z.string().nullable().describe('已删除个人信息的为空'),
}

export const callView = z
  .object({
    ratingId: publicId,
    ...ofIssue,
    round: z.int(),
    reason: keysOf<OwedReason>(OWED_REASONS),
    dueAt: instant,
    overdue: z.boolean(),
    level: ratingLevel,
    group: keysOf<RaterGroup>(RATER_GROUPS),
    comment: z.string().nullable(),
    personName: z.string().nullable().describe('脱敏'),
    phone: z.string().nullable().describe('脱敏，完整号码另行查看并留审计记录；没有登记的为空'),
    helperName: z.string().nullable(),
    attempts: z.array(callBackAttempt),
    nextAttemptOn: z.iso.date().nullable().describe('建议下次拨打的日期；已了结的为空'),
    outcome: keysOf(CALL_BACK_RESULTS).nullable(),
    concludedAt: instant.nullable(),
  })
  .meta({ id: 'Call' })
export type CallView = z.infer<typeof callView>

export const openObjectionView = z
  .object({
    id: publicId,
    ...ofIssue,
    round: z.int(),
    madeAt: instant,
    dueAt: instant,
    overdue: z.boolean(),
    review: z.boolean().describe('申请复核，由书记（或街道）答复'),
    reason: z.string().nullable(),
  })
  .meta({ id: 'OpenObjection' })
export type OpenObjectionView = z.infer<typeof openObjectionView>

export const openContestView = z
  .object({
    ratingId: publicId,
    ...ofIssue,
    round: z.int(),
    level: ratingLevel,
    comment: z.string().nullable(),
    reason: z.string(),
    contestedAt: instant,
    mine: z.boolean().describe('由读者本人申诉，须由他人决定'),
  })
  .meta({ id: 'OpenContest' })
export type OpenContestView = z.infer<typeof openContestView>

/** What holds a publicized matter back from being closed; a matter may wait for several. */
export const PUBLICIZED_WAITS = {
  notice: '公示期满',
  objection: '答复异议',
  call_back: '回访差评',
  contest: '决定评价申诉',
  rectify: '整改',
  evaluation: '评价期满',
} as const
export type PublicizedWait = keyof typeof PUBLICIZED_WAITS
const publicizedWait = keysOf<PublicizedWait>(PUBLICIZED_WAITS)

export const publicizedView = z
  .object({
    ...ofIssue,
    round: z.int(),
    private: z.boolean().describe('不公开的事项，只由提出人评价'),
    since: instant,
    noticeEndsAt: instant.nullable().describe('不公示的为空'),
    evaluationEndsAt: instant.nullable(),
    openObjections: z.int(),
    ratings: z.int().describe('本轮已有的评价'),
    waits: z.array(publicizedWait).describe('办结之前还等什么；为空的，什么都不等了'),
  })
  .meta({ id: 'Publicized' })
export type PublicizedView = z.infer<typeof publicizedView>

export const judgingRoutes = {
  listPublicized: route({
    operationId: 'listPublicized',
    method: 'GET',
    path: '/v1/publicized-issues',
    summary: '公示评价中的事项',
    description: '先公示的在前。',
    tag: '评价',
    permission: 'judging.read',
    query: pageQuery.extend({ community, grid, waits: publicizedWait.optional().describe('还等着这一项的') }),
    responses: { 200: page(publicizedView) },
  }),
  listCalls: route({
    operationId: 'listCalls',
    method: 'GET',
    path: '/v1/calls',
    summary: '回访台',
    description:
      '待回访的：差评在前，其次到期的限期登记、代填评价、好评抽查，同类中期限近的在前；限期登记到了日期才列出。已了结的：近的在前。',
    tag: '评价',
    permission: 'calls.read',
    query: pageQuery.extend({
      community,
      grid,
      state: z.enum(['owed', 'concluded']).default('owed'),
      list: z.enum(['all', 'must', 'sampled', 'registered']).default('all').describe('must：必访（差评和代填）'),
    }),
    responses: { 200: page(callView) },
  }),
  revealCall: route({
    operationId: 'revealCall',
    method: 'POST',
    path: '/v1/calls/:id/reveal',
    summary: '查看待回访人的姓名和电话（留审计记录）',
    description: '只在待回访期间；办理人、评价人、代填人和被投诉单位的人须回避。编号是评价的编号。',
    tag: '评价',
    permission: 'calls.read',
    params: z.object({ id: publicId }),
    idempotency: false,
    responses: { 200: z.object({ name: z.string().nullable(), phone: z.string().nullable() }) },
    errors: ['not_found', 'forbidden'],
  }),
  listOpenObjections: route({
    operationId: 'listOpenObjections',
    method: 'GET',
    path: '/v1/objections',
    summary: '待答复的异议',
    description: '各事项本轮未答复的异议和复核申请，期限近的在前。',
    tag: '评价',
    permission: 'judging.read',
    query: pageQuery.extend({ community, grid }),
    responses: { 200: page(openObjectionView) },
  }),
  listOpenContests: route({
    operationId: 'listOpenContests',
    method: 'GET',
    path: '/v1/rating-contests',
    summary: '待决定的评价申诉',
    description: '早申诉的在前。由申诉人、评价人、办理人以外的人决定。',
    tag: '评价',
    permission: 'judging.read',
    query: pageQuery.extend({ community, grid }),
    responses: { 200: page(openContestView) },
  }),
}
