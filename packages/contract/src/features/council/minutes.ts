import { STATE_CODES, VOTING_RULES, type VotingRule } from '@tongxin/lifecycle'
import * as z from 'zod'
import { keysOf } from '../../keys-of.ts'
import { instant, page, pageQuery, uuid } from '../../page.ts'
import { publicId } from '../../public-id.ts'
import { reviewed } from '../../reviewed.ts'
import { media, route } from '../../route.ts'
import { AGENDA_KINDS, type AgendaKind } from './agenda.ts'
import { attendanceClass } from './members.ts'
import { MOTION_STATES, type MotionState } from './motions.ts'
import { proposalView } from './proposals.ts'
import { votingMethod, votingPlace } from './voting.ts'

export const MINUTES_STATES = { draft: '草稿', amending: '征求意见', confirmed: '已确认' } as const
export type MinutesState = keyof typeof MINUTES_STATES

export const AMENDMENT_STATES = { open: '待答复', accepted: '已采纳', rejected: '未采纳' } as const
export type AmendmentState = keyof typeof AMENDMENT_STATES

export const ITEM_OUTCOMES = {
  adopted: '形成决议',
  dismissed: '议而不办',
  heard: '已听取',
  deferred: '续议',
  dropped: '撤下',
} as const
export type ItemOutcome = keyof typeof ITEM_OUTCOMES

/** What may be done with the minutes of a meeting, each a route of its own. */
export const MINUTES_OPERATIONS = {
  revise: '修改纪要',
  publish: '征求意见',
  take_back: '退回修改',
  propose_amendment: '提出修改意见',
  answer_amendment: '答复修改意见',
  confirm: '确认纪要',
} as const
export type MinutesOperation = keyof typeof MINUTES_OPERATIONS

/** In which capacity the minutes are confirmed. */
export const CONFIRMING = { chair: '主持人', secretary: '社区书记（代主持人）', member: '到会成员' } as const
export type Confirming = keyof typeof CONFIRMING

const attended = z.object({ members: z.int(), needed: z.int(), present: z.int() })

export const pastResolution = z
  .object({
    issueId: publicId,
    number: z.string(),
    title: z.string().nullable(),
    resolution: z.string(),
    meetingId: publicId,
    minutesNumber: z.string().nullable(),
    adoptedAt: instant,
    state: z.enum(STATE_CODES),
    stateSince: instant,
    unit: z.string().nullable().describe('主办单位'),
    dueAt: instant.nullable().describe('承诺办结时间'),
    overdue: z.boolean(),
  })
  .meta({ id: 'PastResolution' })
export type PastResolution = z.infer<typeof pastResolution>

const shares = z.object({ for: z.int(), against: z.int(), abstain: z.int() })

// Written out, not taken from the motion's own view: what was confirmed must still be read when that has grown.
const minutesMotion = z.object({
  id: publicId,
  amends: publicId.optional().describe('修正案：所修正的表决事项'),
  text: z.string(),
  originalText: z.string().optional().describe('经修正的，最初的文字'),
  rule: keysOf<VotingRule>(VOTING_RULES),
  proposes: z.enum(['act', 'not_to_act']),
  state: keysOf<MotionState>(MOTION_STATES),
  result: z
    .object({
      heads: shares,
      entitledHeads: z.int(),
      sustainedObjections: z.int().nullable(),
      area: shares.nullable().describe('专有面积，0.01 平方米'),
      entitledArea: z.int().nullable(),
      quorum: z.boolean(),
      passed: z.boolean(),
    })
    .nullable(),
  proposal: proposalView.nullable(),
  method: votingMethod.optional(),
  place: votingPlace.optional(),
  rolled: z.int().optional().describe('名册人数；举手表决没有名册'),
  cast: z.int().optional().describe('投出的票'),
})

const minutesItem = z.object({
  issueId: publicId.describe('事项编号；议题以外的，为该项议程的编号'),
  kind: keysOf<AgendaKind>(AGENDA_KINDS).optional().describe('没有的是议题'),
  number: z.string().nullable().describe('事项编号；议题以外的为空'),
  title: z.string().nullable().describe('公开标题；不公开的事项为空'),
  outcome: keysOf<ItemOutcome>(ITEM_OUTCOMES),
  reason: z.string().nullable().describe('续议、不办、撤下的理由'),
  resolution: z.string().nullable(),
  motions: z.array(minutesMotion),
  note: z.string().describe('记录人对该议题的记录'),
  text: z.string().optional(),
  presenter: z.string().optional().describe('报告单位，或填写的单位、身份；个人不公开'),
  papers: z.array(z.object({ title: z.string(), hash: z.string() })).optional(),
})

/** All that is public of a meeting, once and for good: what is confirmed, hashed and printed. */
export const minutesContent = z
  .object({
    number: z.string().meta({ example: '2026-03' }),
    communityCode: z.string(),
    communityName: z.string(),
    title: z.string(),
    place: z.string(),
    heldAt: instant,
    openedAt: instant,
    endedAt: instant,
    attendance: z.object({
      representatives: attended,
      partyMembers: attended,
      unitMembers: attended.optional(),
      staffMembers: attended.optional(),
      staff: z.int().describe('列席'),
    }),
    items: z.array(minutesItem),
    past: z.array(pastResolution).describe('前次决议落实情况'),
    remarks: z.string().describe('其他事项'),
  })
  .meta({ id: 'MinutesContent' })
export type MinutesContent = z.infer<typeof minutesContent>
export type MinutesItem = MinutesContent['items'][number]

export const minutesAmendment = z
  .object({
    id: z.uuid(),
    personId: z.uuid(),
    name: z.string().nullable(),
    issueId: publicId.nullable().describe('针对的议题；空为其他事项'),
    text: z.string(),
    state: keysOf<AmendmentState>(AMENDMENT_STATES),
    reply: z.string().nullable(),
    proposedAt: instant,
    answeredAt: instant.nullable(),
  })
  .meta({ id: 'MinutesAmendment' })
export type MinutesAmendment = z.infer<typeof minutesAmendment>

const named = z.object({ personId: z.uuid(), name: z.string().nullable() })

export const minutesView = z
  .object({
    meetingId: publicId,
    state: keysOf<MinutesState>(MINUTES_STATES),
    version: z.int(),
    content: minutesContent,
    hash: z.string().describe('正文（规范化 JSON）的散列值；确认后写入会议的证据链'),
    hashName: z.enum(['sha256', 'sm3']),
    draftedAt: instant,
    publishedAt: instant.nullable(),
    amendUntil: instant.nullable().describe('征求意见截止时间'),
    amendmentsOver: z.boolean().describe('征求意见期已满'),
    confirmedAt: instant.nullable(),
    people: z
      .object({
        presider: named.nullable(),
        recorder: named,
        attendance: z.array(
          named.extend({
            class: attendanceClass,
            standsFor: named.nullable().describe('代哪位成员到会'),
            leftAt: instant.nullable(),
          }),
        ),
      })
      .nullable()
      .describe('只给议事会成员和工作人员看'),
    amendments: z.array(minutesAmendment).nullable().describe('只给议事会成员和工作人员看'),
    confirmations: z.object({
      chair: z.boolean().describe('主持人已确认'),
      members: z.int().describe('已确认的到会成员'),
      membersNeeded: z.int(),
      by: z
        .array(named.extend({ as: keysOf<Confirming>(CONFIRMING), at: instant }))
        .nullable()
        .describe('只给议事会成员和工作人员看'),
    }),
    allowed: z.array(keysOf<MinutesOperation>(MINUTES_OPERATIONS)).describe('读者现在可以进行的操作'),
  })
  .meta({ id: 'Minutes' })
export type MinutesView = z.infer<typeof minutesView>

const params = z.object({ id: publicId })
const tag = '议事会'
const answers = { 200: minutesView }
const note = z.string().trim().max(5000)

export const minutesRoutes = {
  readMinutes: route({
    operationId: 'readMinutes',
    method: 'GET',
    path: '/v1/meetings/:id/minutes',
    summary: '会议纪要',
    description: '确认之前只给议事会成员、工作人员和到会的人看；公开的只有人数，没有姓名。',
    tag,
    permission: 'meetings.read',
    params,
    responses: answers,
    errors: ['not_found'],
  }),
  readMinutesPdf: route({
    operationId: 'readMinutesPdf',
    method: 'GET',
    path: '/v1/meetings/:id/minutes.pdf',
    summary: '会议纪要（PDF，A4）',
    description:
      '版式参照 GB/T 9704-2012。议事会成员和工作人员得到有姓名的版本，公众得到只有人数的版本；未确认的标明“草稿”。',
    tag,
    permission: 'meetings.read',
    params,
    responses: { 200: media('application/pdf') },
    errors: ['not_found'],
  }),
  draftMinutes: route({
    operationId: 'draftMinutes',
    method: 'POST',
    path: '/v1/meetings/:id/minutes',
    summary: '起草会议纪要',
    description: '散会之后，由主持人或工作人员起草：正文由议程、到会、表决和结果生成。',
    tag,
    permission: 'meetings.attend',
    params,
    responses: { 201: minutesView },
    errors: ['meeting_wrong_state', 'conflict'],
  }),
  reviseMinutes: route({
    operationId: 'reviseMinutes',
    method: 'PUT',
    path: '/v1/meetings/:id/minutes/notes',
    summary: '修改纪要的记录文字',
    description: '未给出的议题保留原有文字。文字公开，不得含有姓名、电话、门牌等个人信息。',
    tag,
    permission: 'meetings.attend',
    params,
    body: z.strictObject({
      notes: z
        .array(z.strictObject({ issueId: publicId, text: note }))
        .max(50)
        .default([]),
      remarks: note.optional(),
      reviewed,
    }),
    ifMatch: true,
    responses: answers,
    errors: ['action_refused', 'unprocessable'],
  }),
  publishMinutes: route({
    operationId: 'publishMinutes',
    method: 'POST',
    path: '/v1/meetings/:id/minutes/publish',
    summary: '向到会的人征求意见',
    description: '期限由社区规则定（默认 3 日）；向到会的人发短信。',
    tag,
    permission: 'meetings.attend',
    params,
    ifMatch: true,
    responses: answers,
    errors: ['action_refused'],
  }),
  takeBackMinutes: route({
    operationId: 'takeBackMinutes',
    method: 'POST',
    path: '/v1/meetings/:id/minutes/take-back',
    summary: '退回修改',
    description: '回到草稿，已有的确认作废；改好后重新征求意见。',
    tag,
    permission: 'meetings.attend',
    params,
    body: z.strictObject({ reason: z.string().trim().min(2, '请写理由').max(500), reviewed }),
    ifMatch: true,
    responses: answers,
    errors: ['action_refused', 'unprocessable'],
  }),
  proposeAmendment: route({
    operationId: 'proposeAmendment',
    method: 'POST',
    path: '/v1/meetings/:id/minutes/amendments',
    summary: '提出修改意见',
    description: '到会的人，在征求意见期内。',
    tag,
    permission: 'minutes.answer',
    params,
    body: z.strictObject({
      issueId: publicId.optional().describe('针对的议题'),
      text: z.string().trim().min(2, '请写明修改意见').max(1000),
    }),
    responses: { 201: minutesView },
    errors: ['action_refused', 'unprocessable'],
  }),
  answerAmendment: route({
    operationId: 'answerAmendment',
    method: 'POST',
    path: '/v1/meetings/:id/minutes/answers/:amendmentId',
    summary: '答复修改意见',
    description: '采纳的须给出改后的记录文字，随之更新纪要，此前的确认作废。',
    tag,
    permission: 'meetings.attend',
    params: params.extend({ amendmentId: uuid }),
    body: z
      .strictObject({
        accepted: z.boolean(),
        reply: z.string().trim().min(2, '请写答复').max(1000),
        note: note.optional().describe('采纳后该议题（或其他事项）的记录文字'),
        reviewed,
      })
      .refine(({ accepted, note: text }) => accepted === (text !== undefined), {
        path: ['note'],
        message: '采纳的须给出改后的文字，不采纳的不必给',
      }),
    ifMatch: true,
    responses: answers,
    errors: ['action_refused', 'unprocessable'],
  }),
  confirmMinutes: route({
    operationId: 'confirmMinutes',
    method: 'POST',
    path: '/v1/meetings/:id/minutes/confirm',
    summary: '确认纪要',
    description: '征求意见期满、意见都已答复之后。主持人和两名到会成员确认后定稿，不再改动，散列值写入证据链。',
    tag,
    permission: 'minutes.answer',
    params,
    ifMatch: true,
    responses: answers,
    errors: ['action_refused'],
  }),
  listPastResolutions: route({
    operationId: 'listPastResolutions',
    method: 'GET',
    path: '/v1/meetings/:id/past-resolutions',
    summary: '以前的决议落实得怎样',
    description: '以前各次会议形成决议、尚未办结，或上次会议之后才办结的事项；新的在前。',
    tag,
    permission: 'meetings.read',
    params,
    query: pageQuery,
    responses: { 200: page(pastResolution) },
    errors: ['not_found'],
  }),
}
