import { ACTION_CODES, CLOCKS, STAGE_CODES, STATE_CODES } from '@tongxin/lifecycle'
import * as z from 'zod'
import { keysOf } from '../keys-of.ts'
import { instant, page, pageQuery, uuid } from '../page.ts'
import { publicId } from '../public-id.ts'
import { media, route } from '../route.ts'
import { regionCode } from './regions.ts'

export const SITTING_STATES = {
  announced: '待召开',
  in_session: '进行中',
  closed: '已结束',
  cancelled: '已取消',
} as const
export type SittingState = keyof typeof SITTING_STATES
const sittingState = keysOf<SittingState>(SITTING_STATES)

export const SITTING_REASONS = {
  extension: '申请延期待批',
  suspended: '挂账',
  returned: '退单待派',
  dispatch: '待派单',
  overdue: '超期',
  other: '其他',
} as const
export type SittingReason = keyof typeof SITTING_REASONS

export const SITTING_ITEM_STATES = { waiting: '待议', decided: '已决定', noted: '记录，下次再议' } as const
export type SittingItemState = keyof typeof SITTING_ITEM_STATES

export const SITTING_OPERATIONS = {
  change: '调整',
  open: '开会',
  attend: '记到会单位',
  decide: '作决定',
  close: '结束会议',
  cancel: '取消会议',
} as const
export type SittingOperation = keyof typeof SITTING_OPERATIONS

const place = z.string().trim().min(2).max(100)
const note = z.string().trim().min(2).max(500)
const units = z.array(uuid).max(50).describe('请到会的单位')
const issueIds = z.array(publicId).max(100)

export const newSitting = z.strictObject({
  community: regionCode.regex(/^\d{12}$/, '请填写 12 位社区代码'),
  heldAt: instant,
  place,
  presiderId: uuid.describe('主持人，本社区书记或专干'),
  units: units.default([]),
  issueIds: issueIds.describe('要议的事项，按次序'),
})

export const sittingEdit = z.strictObject({
  heldAt: instant.optional(),
  place: place.optional(),
  presiderId: uuid.optional(),
  units: units.optional(),
  issueIds: issueIds.optional().describe('还没有议的事项，全部'),
})

const person = z.object({ personId: z.uuid(), name: z.string().nullable() })

const matter = {
  issueId: publicId,
  issueNumber: z.string().meta({ example: '2026-000123' }),
  issueTitle: z.string().nullable().describe('已删除个人信息的为空'),
  stage: z.enum(STAGE_CODES),
  state: z.enum(STATE_CODES),
  leadUnitId: z.uuid().nullable(),
  dueClock: keysOf<keyof typeof CLOCKS>(CLOCKS).nullable(),
  dueAt: instant.nullable(),
  overdue: z.boolean(),
}

export const sittingItem = z
  .object({
    ...matter,
    reason: keysOf<SittingReason>(SITTING_REASONS).describe('为什么上会'),
    itemState: keysOf<SittingItemState>(SITTING_ITEM_STATES),
    note: z.string().nullable().describe('下次再议的说明'),
    decision: z
      .object({ action: z.enum(ACTION_CODES), seq: z.int(), fields: z.record(z.string(), z.unknown()) })
      .nullable()
      .describe('所作的决定，即事项时间线的第 seq 条'),
  })
  .meta({ id: 'SittingItem' })
export type SittingItem = z.infer<typeof sittingItem>

export const sittingCandidate = z
  .object({
    ...matter,
    reason: keysOf<SittingReason>(SITTING_REASONS),
    comesBack: z.boolean().describe('上次会议留到这次再议的'),
  })
  .meta({ id: 'SittingCandidate' })
export type SittingCandidate = z.infer<typeof sittingCandidate>

const head = {
  id: publicId,
  number: z.int().nullable().describe('第几次，开会时编定'),
  state: sittingState,
  heldAt: instant,
  place: z.string(),
}

export const sittingSummary = z
  .object({ ...head, items: z.int(), decided: z.int(), units: z.int() })
  .meta({ id: 'SittingSummary' })
export type SittingSummary = z.infer<typeof sittingSummary>

export const sittingView = z
  .object({
    ...head,
    presider: person,
    presiding: z.boolean().describe('由读者主持'),
    units: z.array(z.object({ unitId: z.uuid(), unitName: z.string(), present: z.boolean() })),
    items: z.array(sittingItem),
    openedAt: instant.nullable(),
    closedAt: instant.nullable(),
    cancelReason: z.string().nullable(),
    operations: z.array(keysOf<SittingOperation>(SITTING_OPERATIONS)).describe('读者现在可以做的'),
    version: z.int(),
  })
  .meta({ id: 'Sitting' })
export type SittingView = z.infer<typeof sittingView>

const community = regionCode.regex(/^\d{12}$/, '请填写 12 位社区代码').describe('社区代码')
const sittingParams = z.object({ id: publicId })

const write = {
  method: 'POST',
  tag: '联席会议',
  permission: 'sittings.manage',
  params: sittingParams,
  ifMatch: true,
  responses: { 200: sittingView },
  errors: ['not_found', 'unprocessable'],
} as const

export const sittingRoutes = {
  listSittings: route({
    operationId: 'listSittings',
    method: 'GET',
    path: '/v1/sittings',
    summary: '联席会议列表',
    description: '新的在前。',
    tag: '联席会议',
    permission: 'sittings.read',
    query: pageQuery.extend({ community }),
    responses: { 200: page(sittingSummary) },
  }),
  listSittingCandidates: route({
    operationId: 'listSittingCandidates',
    method: 'GET',
    path: '/v1/sittings/candidates',
    summary: '可以上会的事项，和可以主持的人',
    description:
      '上次留下的、申请延期的、退单的、待派单的、挂账的、超期的；每类最多 100 件。已在另一次会议议程上的不列。',
    tag: '联席会议',
    permission: 'sittings.manage',
    query: z.object({ community }),
    responses: { 200: z.object({ items: z.array(sittingCandidate), presiders: z.array(person) }) },
  }),
  createSitting: route({
    operationId: 'createSitting',
    method: 'POST',
    path: '/v1/sittings',
    summary: '召集联席会议',
    tag: '联席会议',
    permission: 'sittings.manage',
    body: newSitting,
    responses: { 201: sittingView },
    errors: ['unprocessable'],
  }),
  readSitting: route({
    operationId: 'readSitting',
    method: 'GET',
    path: '/v1/sittings/:id',
    summary: '查看联席会议',
    tag: '联席会议',
    permission: 'sittings.read',
    params: sittingParams,
    responses: { 200: sittingView },
    errors: ['not_found'],
  }),
  changeSitting: route({
    ...write,
    operationId: 'changeSitting',
    method: 'PATCH',
    path: '/v1/sittings/:id',
    summary: '调整联席会议的时间、地点、主持人、单位、事项',
    body: sittingEdit,
  }),
  openSitting: route({
    ...write,
    operationId: 'openSitting',
    path: '/v1/sittings/:id/open',
    summary: '开会',
    description: '由主持人宣布；会议的次序号此时编定。',
  }),
  attendSitting: route({
    ...write,
    operationId: 'attendSitting',
    path: '/v1/sittings/:id/attendance',
    summary: '记到会单位',
    body: z.strictObject({ present: z.array(uuid).max(50).describe('到会的单位，全部') }),
  }),
  putOffMatter: route({
    ...write,
    operationId: 'putOffMatter',
    path: '/v1/sittings/:id/items/:issueId/note',
    summary: '记录在案，下次再议',
    description: '由主持人在会上记。作决定用事项的动作，在内容里写明会议（sitting）。',
    params: sittingParams.extend({ issueId: publicId }),
    body: z.strictObject({ note }),
  }),
  closeSitting: route({
    ...write,
    operationId: 'closeSitting',
    path: '/v1/sittings/:id/close',
    summary: '结束会议',
    description: '没有议到的事项下次再议。',
  }),
  cancelSitting: route({
    ...write,
    operationId: 'cancelSitting',
    path: '/v1/sittings/:id/cancel',
    summary: '取消会议',
    body: z.strictObject({ reason: note }),
  }),
  printSitting: route({
    operationId: 'printSitting',
    method: 'GET',
    path: '/v1/sittings/:id/minutes.pdf',
    summary: '会议记录（PDF）',
    description: '会议结束后。事项用公开标题。',
    tag: '联席会议',
    permission: 'sittings.read',
    params: sittingParams,
    responses: { 200: media('application/pdf') },
    errors: ['not_found'],
  }),
}
