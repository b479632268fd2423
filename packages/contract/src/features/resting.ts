import { RECIPIENTS } from '@tongxin/lifecycle'
import * as z from 'zod'
import { keysOf } from '../keys-of.ts'
import { instant, page, pageQuery } from '../page.ts'
import { publicId } from '../public-id.ts'
import { route } from '../route.ts'
import { regionCode } from './regions.ts'

const ofMatter = {
  issueId: publicId,
  issueNumber: z.string().meta({ example: '2026-000123' }),
  issueTitle: z.string().nullable(),
  since: instant.describe('进入现状态的时间'),
}

export const suspendedMatter = z
  .object({
    ...ofMatter,
    reason: z.string().nullable().describe('挂账理由'),
    reviewAt: instant.describe('复查日期，到期自行恢复'),
    suspensions: z.int().describe('第几次挂账'),
  })
  .meta({ id: 'SuspendedMatter' })
export type SuspendedMatter = z.infer<typeof suspendedMatter>

export const referredMatter = z
  .object({
    ...ofMatter,
    recipient: keysOf(RECIPIENTS).nullable().describe('转介去向'),
    recipientNumber: z.string().nullable().describe('对方受理编号'),
    lastWord: z.string().nullable().describe('最近一次反馈'),
    lastWordAt: instant.nullable(),
    dueAt: instant.describe('应有反馈的时间'),
    overdue: z.boolean(),
  })
  .meta({ id: 'ReferredMatter' })
export type ReferredMatter = z.infer<typeof referredMatter>

const query = pageQuery.extend({
  community: regionCode.regex(/^\d{12}$/, '请填写 12 位社区代码').describe('社区代码'),
})
const tag = '挂账与转介'

export const restingRoutes = {
  listSuspendedMatters: route({
    operationId: 'listSuspendedMatters',
    method: 'GET',
    path: '/v1/resting-matters/suspended',
    summary: '挂账的事项：理由和复查日期',
    description: '先复查的在前，不公开的也在其中。公众看到的是 `/v1/suspended-matters`。',
    tag,
    permission: 'resting.read',
    query,
    responses: { 200: page(suspendedMatter) },
  }),
  listReferredMatters: route({
    operationId: 'listReferredMatters',
    method: 'GET',
    path: '/v1/resting-matters/referred',
    summary: '转介后还没有结果的事项',
    description: '先提出的在前。登记了对方办理结果的不再列出。',
    tag,
    permission: 'resting.read',
    query,
    responses: { 200: page(referredMatter) },
  }),
}
