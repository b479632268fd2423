import { VOTING_RULES, type VotingRule } from '@tongxin/lifecycle'
import * as z from 'zod'
import { keysOf } from '../../keys-of.ts'
import { instant, uuid } from '../../page.ts'
import { publicId } from '../../public-id.ts'
import { route } from '../../route.ts'
import { proposalBody, proposalView } from './proposals.ts'
import { motionVoting, shares, votingMethod, votingPlace } from './voting.ts'

export const MOTION_STATES = { open: '表决中', passed: '通过', failed: '未通过', withdrawn: '已撤回' } as const
export type MotionState = keyof typeof MOTION_STATES

const votingRule = keysOf<VotingRule>(VOTING_RULES)
const heads = z.int().min(0).max(1_000_000)

export const motionView = z
  .object({
    id: publicId,
    meetingId: publicId,
    issueId: publicId,
    text: z.string(),
    rule: votingRule,
    proposes: z.enum(['act', 'not_to_act']).describe('办理，或不办'),
    state: keysOf<MotionState>(MOTION_STATES),
    proposedAt: instant,
    countedAt: instant.nullable(),
    voting: motionVoting,
    result: z
      .object({
        heads: shares.describe('人数'),
        entitledHeads: z.int().describe('到会人数；业主、户代表表决为有权表决的人数'),
        sustainedObjections: z.int().nullable().describe('协商一致：坚持异议的人数'),
        area: shares.nullable().describe('专有面积，0.01 平方米'),
        entitledArea: z.int().nullable(),
        quorum: z.boolean().describe('参与人数达到该规则的要求'),
        passed: z.boolean(),
      })
      .nullable()
      .describe('计票前为空'),
    proposal: proposalView.nullable().describe('建议由谁办、何时办结、用什么钱'),
  })
  .meta({ id: 'Motion' })
export type MotionView = z.infer<typeof motionView>

const params = z.object({ id: publicId })
const tag = '议事会'

export const motionRoutes = {
  proposeMotion: route({
    operationId: 'proposeMotion',
    method: 'POST',
    path: '/v1/meetings/:id/motions',
    summary: '提出表决',
    description:
      '由主持人就正在议的议题提出；会场上一次只表决一件，线上投票可以在散会后继续。业主、户代表表决另行发布公告。',
    tag,
    permission: 'meetings.attend',
    params,
    body: z
      .strictObject({
        issueId: publicId,
        text: z.string().trim().min(2, '请写表决内容').max(2000),
        rule: votingRule,
        proposes: z.enum(['act', 'not_to_act']).default('act'),
        method: votingMethod.optional().describe('默认举手'),
        place: votingPlace.optional().describe('默认会场'),
        opensAt: instant.optional().describe('线上投票开始，默认立即'),
        closesAt: instant.optional().describe('线上投票截止'),
        moverId: uuid.optional().describe('动议人，须在会'),
        seconderId: uuid.optional().describe('附议人，须在会'),
        proposal: proposalBody.optional(),
      })
      .refine((motion) => motion.proposes === 'act' || motion.rule === 'consensus', {
        path: ['rule'],
        message: '不办须协商一致',
      })
      .refine((motion) => ((motion.place ?? 'room') === 'room') === (motion.closesAt === undefined), {
        path: ['closesAt'],
        message: '线上投票须有截止时间，会场投票没有',
      })
      .refine((motion) => motion.opensAt === undefined || motion.place === 'online', {
        path: ['opensAt'],
        message: '只有线上投票可以稍后开始',
      })
      .refine((motion) => (motion.method ?? 'hands') !== 'hands' || (motion.place ?? 'room') === 'room', {
        path: ['place'],
        message: '举手表决在会场进行',
      })
      .refine((motion) => motion.proposes === 'act' || motion.proposal === undefined, {
        path: ['proposal'],
        message: '提议不办的，不必写由谁办理',
      }),
    responses: { 201: motionView },
    errors: ['meeting_wrong_state', 'motion_open', 'no_quorum', 'unprocessable'],
  }),
  countMotion: route({
    operationId: 'countMotion',
    method: 'POST',
    path: '/v1/motions/:id/count',
    summary: '计票',
    description: '举手人数按会上所见登记；赞成、反对、弃权之外的人视为没有表态。',
    tag,
    permission: 'meetings.attend',
    params,
    body: z.strictObject({
      for: heads,
      against: heads,
      abstain: heads,
      sustainedObjections: heads.optional().describe('协商一致：讨论后仍坚持异议的人数，默认为反对人数'),
    }),
    responses: { 200: motionView },
    errors: ['meeting_wrong_state', 'motion_closed', 'no_quorum', 'unprocessable'],
  }),
  withdrawMotion: route({
    operationId: 'withdrawMotion',
    method: 'POST',
    path: '/v1/motions/:id/withdraw',
    summary: '撤回表决',
    tag,
    permission: 'meetings.attend',
    params,
    body: z.strictObject({ reason: z.string().trim().min(2, '请写理由').max(500) }),
    responses: { 200: motionView },
    errors: ['motion_closed'],
  }),
}
