import { VOTING_RULES, type VotingMethod, type VotingPlace, type VotingRule } from '@tongxin/lifecycle'
import * as z from 'zod'
import { keysOf } from '../../keys-of.ts'
import { instant, uuid } from '../../page.ts'
import { publicId } from '../../public-id.ts'
import { reviewed } from '../../reviewed.ts'
import { route } from '../../route.ts'
import { proposalBody, proposalView } from './proposals.ts'
import { motionVoting, shares, votingMethod, votingPlace } from './voting.ts'

export const MOTION_STATES = {
  moved: '待表决',
  open: '表决中',
  passed: '通过',
  failed: '未通过',
  accepted: '动议人接受',
  withdrawn: '已撤回',
} as const
export type MotionState = keyof typeof MOTION_STATES

const votingRule = keysOf<VotingRule>(VOTING_RULES)
const heads = z.int().min(0).max(1_000_000)

export const motionView = z
  .object({
    id: publicId,
    meetingId: publicId,
    issueId: publicId,
    amends: publicId.nullable().describe('修正案：所修正的表决事项'),
    text: z.string().describe('修正案：修正后的全文'),
    originalText: z.string().nullable().describe('经修正的，最初的文字'),
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

const how = {
  method: votingMethod.optional().describe('默认举手'),
  place: votingPlace.optional().describe('默认会场'),
  opensAt: instant.optional().describe('线上投票开始，默认立即'),
  closesAt: instant.optional().describe('线上投票截止'),
}
const movers = {
  moverId: uuid.optional().describe('动议人，须在会'),
  seconderId: uuid.optional().describe('附议人，须在会'),
}
const text = z.string().trim().min(2, '请写表决内容').max(2000)

interface How {
  method?: VotingMethod | undefined
  place?: VotingPlace | undefined
  opensAt?: string | undefined
  closesAt?: string | undefined
}
const WINDOW_OF_ONLINE = { path: ['closesAt'], message: '线上投票须有截止时间，会场投票没有' }
const LATER_ONLINE = { path: ['opensAt'], message: '只有线上投票可以稍后开始' }
const HANDS_IN_ROOM = { path: ['place'], message: '举手表决在会场进行' }
const hasItsWindow = ({ place = 'room', closesAt }: How) => (place === 'room') === (closesAt === undefined)
const opensLaterOnline = ({ place, opensAt }: How) => opensAt === undefined || place === 'online'
const raisesHandsInRoom = ({ method = 'hands', place = 'room' }: How) => method !== 'hands' || place === 'room'

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
        text,
        rule: votingRule,
        proposes: z.enum(['act', 'not_to_act']).default('act'),
        hold: z.boolean().optional().describe('先提出，修正之后再交付表决；表决方式到时再定'),
        ...how,
        ...movers,
        proposal: proposalBody.optional(),
        reviewed,
      })
      .refine((motion) => motion.proposes === 'act' || motion.rule === 'consensus', {
        path: ['rule'],
        message: '不办须协商一致',
      })
      .refine(hasItsWindow, WINDOW_OF_ONLINE)
      .refine(opensLaterOnline, LATER_ONLINE)
      .refine(raisesHandsInRoom, HANDS_IN_ROOM)
      .refine(({ hold, method, place }) => !hold || (method === undefined && place === undefined), {
        path: ['hold'],
        message: '先提出的，表决方式在交付表决时再定',
      })
      .refine((motion) => motion.proposes === 'act' || motion.proposal === undefined, {
        path: ['proposal'],
        message: '提议不办的，不必写由谁办理',
      }),
    responses: { 201: motionView },
    errors: ['meeting_wrong_state', 'motion_open', 'no_quorum', 'unprocessable'],
  }),
  putMotion: route({
    operationId: 'putMotion',
    method: 'POST',
    path: '/v1/motions/:id/put',
    summary: '交付表决',
    description: '由主持人；先提出的表决事项，或其修正案（在会场表决）。修正案没有定论之前，所修正的不能交付表决。',
    tag,
    permission: 'meetings.attend',
    params,
    body: z
      .strictObject(how)
      .refine(hasItsWindow, WINDOW_OF_ONLINE)
      .refine(opensLaterOnline, LATER_ONLINE)
      .refine(raisesHandsInRoom, HANDS_IN_ROOM),
    responses: { 200: motionView },
    errors: ['meeting_wrong_state', 'motion_open', 'motion_closed', 'no_quorum', 'unprocessable'],
  }),
  moveAmendment: route({
    operationId: 'moveAmendment',
    method: 'POST',
    path: '/v1/motions/:id/amendments',
    summary: '提出修正案',
    description: '由主持人登记；在交付表决之前，一次一件。给出修正后的全文；通过或经动议人接受的，即成为表决内容。',
    tag,
    permission: 'meetings.attend',
    params,
    body: z.strictObject({
      text,
      rule: z.enum(['consensus', 'majority', 'two_thirds']).default('majority'),
      ...movers,
      moverId: uuid.describe('提出修正的人，须在会'),
      reviewed,
    }),
    responses: { 201: motionView },
    errors: ['meeting_wrong_state', 'motion_open', 'motion_closed', 'unprocessable'],
  }),
  acceptAmendment: route({
    operationId: 'acceptAmendment',
    method: 'POST',
    path: '/v1/motions/:id/accept',
    summary: '接受修正案',
    description: '由所修正事项的动议人；或由主持人登记在会的动议人表示接受。没有登记动议人的，由主持人。',
    tag,
    permission: 'meetings.attend',
    params,
    responses: { 200: motionView },
    errors: ['meeting_wrong_state', 'motion_closed', 'unprocessable'],
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
    body: z.strictObject({ reason: z.string().trim().min(2, '请写理由').max(500), reviewed }),
    responses: { 200: motionView },
    errors: ['motion_closed', 'unprocessable'],
  }),
}
