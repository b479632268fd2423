import { KINDS, type Kind, URGENCIES, type Urgency } from '@tongxin/lifecycle'
import * as z from 'zod'
import { keysOf } from '../keys-of.ts'
import { instant, page, pageQuery } from '../page.ts'
import { publicId } from '../public-id.ts'
import { route } from '../route.ts'
import { ORDER_STATES, type OrderState } from '../words.ts'
import { regionCode } from './regions.ts'

export const orderState = keysOf<OrderState>(ORDER_STATES)

export const ORDER_ROLES = { lead: '主办', co: '协办' } as const
export type OrderRole = keyof typeof ORDER_ROLES
export const orderRole = keysOf<OrderRole>(ORDER_ROLES)

export const workOrder = z
  .object({
    id: publicId,
    issueId: publicId,
    issueNumber: z.string().meta({ example: '2026-000123' }),
    issueTitle: z.string().nullable().describe('已删除个人信息的为空；已退单、改派、免办的只给原单位看公开标题'),
    round: z.int().describe('第几轮办理'),
    unitId: z.uuid(),
    unitName: z.string(),
    role: orderRole,
    state: orderState,
    task: z.string().nullable().describe('办理要求'),
    dueAt: instant,
    signDueAt: instant.nullable().describe('最迟何时签收'),
    signedAt: instant.nullable(),
    firstDueAt: instant.describe('最先到期的：未签收的是签收期限与办理期限中较早的'),
    overdue: z.boolean(),
    held: z.boolean().describe('事项挂账，期限暂停计算'),
    designated: z.boolean().describe('书记指定，不得退单'),
    extensionAskedFor: instant.nullable().describe('申请延至何时，尚未批复'),
    handlerName: z.string().nullable().describe('在谁手上，只给工作人员和本单位的经办人看'),
    inMyHands: z.boolean(),
    madeAt: instant,
    endedAt: instant.nullable(),
    result: z.string().nullable().describe('办理结果，或免办、退单的理由'),
    mine: z.boolean().describe('是读者所在单位的工单'),
    hasHandlers: z.boolean().describe('该单位现在有自己的经办人；没有的由社区代办'),
  })
  .meta({ id: 'WorkOrder' })
export type WorkOrder = z.infer<typeof workOrder>

/** A work order on paper: what the unit's handler may read, whoever prints it. */
export const orderSheet = z
  .object({
    order: workOrder,
    title: z.string().nullable(),
    text: z.string().nullable().describe('隐去个人信息的内容'),
    kind: keysOf<Kind>(KINDS),
    urgency: keysOf<Urgency>(URGENCIES).nullable(),
    categoryCode: z.string().nullable(),
    gridCode: z.string().nullable(),
    buildingCode: z.string().nullable(),
    others: z.array(workOrder.pick({ unitId: true, unitName: true, role: true, task: true, dueAt: true })),
  })
  .meta({ id: 'OrderSheet' })
export type OrderSheet = z.infer<typeof orderSheet>

/** 首接负责: who received it first answers for the matter until another unit has signed for it. */
const answerable = z.object({
  unitId: z.uuid(),
  unitName: z.string(),
  signed: z.boolean().describe('该单位已签收；否则为首接单位，在其他单位签收前由其负责'),
})
export type Answerable = z.infer<typeof answerable>

export const officeRoutes = {
  listWorkOrders: route({
    operationId: 'listWorkOrders',
    method: 'GET',
    path: '/v1/work-orders',
    summary: '工单列表',
    description: '最先到期的在前。经办人只看到本单位的工单，网格员只看到本网格的。',
    tag: '工单',
    permission: 'orders.read',
    query: pageQuery.extend({
      community: regionCode.regex(/^\d{12}$/, '请填写 12 位社区代码').describe('社区代码'),
      state: orderState.default('open'),
      unit: z.uuid().optional().describe('只看该单位的'),
      role: orderRole.optional(),
      mine: z.stringbool().default(false).describe('只看本人所在单位的'),
    }),
    responses: { 200: page(workOrder) },
  }),
  listIssueWorkOrders: route({
    operationId: 'listIssueWorkOrders',
    method: 'GET',
    path: '/v1/issues/:id/work-orders',
    summary: '事项的全部工单',
    tag: '工单',
    permission: 'orders.read',
    params: z.object({ id: publicId }),
    responses: {
      200: z.object({
        items: z.array(workOrder),
        answerable: answerable.nullable().describe('目前由哪个单位负责'),
        disputed: z.boolean().describe('本轮退单已达次数，须由书记指定单位'),
      }),
    },
    errors: ['not_found'],
  }),
  readOrderSheet: route({
    operationId: 'readOrderSheet',
    method: 'GET',
    path: '/v1/work-orders/:id/sheet',
    summary: '可打印的工作单',
    description: '不含提出人的联系方式；内容与经办人所见相同。',
    tag: '工单',
    permission: 'orders.read',
    params: z.object({ id: publicId }),
    responses: { 200: orderSheet },
    errors: ['not_found'],
  }),
  listColleagues: route({
    operationId: 'listColleagues',
    method: 'GET',
    path: '/v1/work-orders/:id/colleagues',
    summary: '可以移交的本单位经办人',
    tag: '工单',
    permission: 'orders.read',
    params: z.object({ id: publicId }),
    responses: { 200: z.object({ items: z.array(z.object({ personId: z.uuid(), name: z.string().nullable() })) }) },
    errors: ['not_found'],
  }),
}
