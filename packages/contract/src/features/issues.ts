import {
  ACTIONS,
  type Action,
  CAPACITIES,
  type Capacity,
  CHANNELS,
  type Channel,
  CLOCKS,
  type ClockCode,
  isMove,
  KINDS,
  type Kind,
  ROUTED_ACTIONS,
  ROUTES,
  type Route,
  STAGE_CODES,
  STATE_CODES,
  URGENCIES,
  type Urgency,
} from '@tongxin/lifecycle'
import * as z from 'zod'
import { keysOf } from '../keys-of.ts'
import { instant, page, pageQuery, uuid } from '../page.ts'
import { textProposal } from '../personal-data.ts'
import { publicId } from '../public-id.ts'
import { type RouteContract, route } from '../route.ts'
import { bodyOf, positionInput } from './action-payloads.ts'
import { resolutionView } from './council/proposals.ts'
import { proofView } from './evidence.ts'
import { purposeText } from './people.ts'

const communityCode = z
  .string()
  .regex(/^\d{12}$/, '社区代码为 12 位数字')
  .meta({ example: '340803002001' })
export const issueId = publicId.meta({ example: '340803002001-0190b8a0-5c1e-7c3a-9d2e-1f2a3b4c5d6e' })
const stateCode = z.enum(STATE_CODES)
const stageCode = z.enum(STAGE_CODES)
const kindCode = keysOf<Kind>(KINDS)
const urgencyCode = keysOf<Urgency>(URGENCIES)
const routeCode = keysOf<Route>(ROUTES)
const channelCode = keysOf<Channel>(CHANNELS)
const visibilityCode = z.enum(['public', 'private'])
export const actionCode = keysOf<Action>(ACTIONS)
const capacityCode = keysOf<Capacity>(CAPACITIES)
const regionCode = z.string().max(20)

const manyOf = <T extends z.core.$ZodType<string, string>>(item: T) =>
  z
    .string()
    .max(400)
    .transform((text) => text.split(',').filter(Boolean))
    .pipe(z.array(item).min(1).max(16))

/** What a list, an export and a count can be narrowed by. */
export const issueFilters = z.object({
  community: communityCode.describe('社区代码'),
  state: manyOf(stateCode).optional().describe('状态，多个以逗号分隔'),
  stage: stageCode.optional().describe('阶段'),
  kind: kindCode.optional(),
  category: z
    .string()
    .regex(/^\d{6}$/)
    .optional()
    .describe('类别代码'),
  grid: z
    .string()
    .regex(/^\d{15}$/)
    .optional()
    .describe('网格代码'),
  building: z
    .string()
    .regex(/^\d{15}B\d{2,3}$/)
    .optional()
    .describe('楼栋代码，只给社区工作人员用'),
  urgency: urgencyCode.optional(),
  overdue: z.stringbool().optional().describe('只看超期的'),
  mine: z.stringbool().optional().describe('只看本人提出的'),
  unit: z.uuid().optional().describe('主办单位'),
  text: z.string().trim().min(1).max(50).optional().describe('标题和内容中的文字；写编号的只找该编号'),
  raisedFrom: instant.optional().describe('提出时间起（含）'),
  raisedBefore: instant.optional().describe('提出时间止（不含）'),
  order: z
    .enum(['newest', 'due'])
    .optional()
    .describe('先后：newest 新提出的在前（默认）；due 先到期的在前，没有时限的在后，其中新的在前'),
})
export type IssueFilters = z.output<typeof issueFilters>

/** A map of more would take a moment that nobody waits for gladly. */
export const MOST_COUNTED = 10_000

export const issueItem = z
  .object({
    id: issueId,
    number: z.string().meta({ example: '2026-000123' }),
    title: z.string().nullable().describe('读者可见的标题；已删除个人信息的为空'),
    state: stateCode,
    stage: stageCode,
    kind: kindCode,
    visibility: visibilityCode,
    urgency: urgencyCode.nullable(),
    categoryCode: z.string().nullable(),
    gridCode: z.string().nullable(),
    channel: channelCode,
    round: z.int(),
    raisedAt: instant,
    stateSince: instant,
    dueClock: keysOf<ClockCode>(CLOCKS).nullable(),
    dueAt: instant.nullable(),
    handleDueAt: instant.nullable().describe('承诺办结时间'),
    noticeEndsAt: instant.nullable().describe('公示期满'),
    evaluationEndsAt: instant.nullable().describe('评价期满'),
    reviewAt: instant.nullable().describe('挂账的复核日期'),
    leadUnitId: z.uuid().nullable(),
    endorsingHouseholds: z.int(),
    externalSupport: z.int(),
  })
  .meta({ id: 'IssueItem' })
export type IssueItem = z.infer<typeof issueItem>

export const issueList = page(issueItem).extend({
  count: z
    .object({ value: z.int(), exact: z.boolean() })
    .nullable()
    .describe('总数：1,000 以内精确，以上为 1,000+；未要求时为空'),
})

export const timelineEntry = z
  .object({
    seq: z.int(),
    action: actionCode,
    from: stateCode.nullable(),
    to: stateCode,
    occurredAt: instant,
    recordedAt: instant,
    as: capacityCode.describe('以何身份'),
    channel: channelCode,
    actorName: z.string().nullable().describe('经办人姓名，只给工作人员看；非工作人员的只留姓'),
    fields: z.record(z.string(), z.unknown()).describe('该动作记录的公开内容，以及读者可见的个人内容'),
    photos: z.array(z.object({ id: z.string(), hash: z.string() })),
    erased: z.boolean().describe('个人内容已删除'),
    hash: z.string().describe('证据链散列值'),
  })
  .meta({ id: 'TimelineEntry' })
export type TimelineEntry = z.infer<typeof timelineEntry>

export const issueDetail = issueItem
  .extend({
    promisedAt: instant
      .nullable()
      .describe('向提出人承诺的日期：受理后即有，派单后即承诺办结时间；交议事会的议定后才有'),
    version: z.int(),
    route: routeCode.nullable(),
    buildingCode: z.string().nullable(),
    anonymous: z.boolean(),
    body: z.string().nullable(),
    publicTitle: z.string().nullable(),
    publicText: z.string().nullable(),
    proposedTitle: textProposal.nullable().describe('建议的公开标题（已自动隐去个人信息，须人工审定）'),
    proposedText: textProposal.nullable().describe('建议的公开内容'),
    result: z.string().nullable(),
    acceptedAt: instant.nullable(),
    publicizedAt: instant.nullable(),
    closedAt: instant.nullable(),
    noticeEndsAt: instant.nullable(),
    evaluationEndsAt: instant.nullable(),
    reviewAt: instant.nullable(),
    contactedAt: instant.nullable(),
    extensionAskedFor: instant.nullable(),
    complainedUnitId: z.uuid().nullable().describe('被投诉的单位，只给工作人员和提出人看'),
    raiserCount: z.int(),
    ratingCount: z.int(),
    openObjections: z.int(),
    openBadRatings: z.int(),
    openParts: z.int(),
    mergedInto: issueId.nullable(),
    escalated: z.boolean(),
    supervisionDueAt: instant.nullable(),
    resolution: resolutionView.nullable().describe('议事会的决议'),
    view: z.enum(['staff', 'supervisor', 'handler', 'raiser', 'public']).describe('读者以何身份看到'),
    timeline: z.array(timelineEntry),
    allowedActions: z.array(
      z.object({
        action: actionCode,
        as: capacityCode,
        kind: z.enum(['move', 'fact']),
        next: z.boolean().describe('时限等着读者做的就是它'),
        dueByRule: instant.nullable().describe('交办类动作：不另定期限的话，现在交办按规则办到什么时候'),
      }),
    ),
  })
  .meta({ id: 'Issue' })
export type IssueDetail = z.infer<typeof issueDetail>

const phone = z.string().regex(/^1\d{10}$/, '请填写 11 位手机号码')

export const raiseBody = z
  .strictObject({
    community: communityCode,
    kind: kindCode,
    title: z.string().trim().min(2, '请写一个标题').max(200),
    body: z.string().trim().min(2, '请写明是什么事').max(20_000),
    visibility: visibilityCode.optional().describe('默认：求助、投诉、咨询不公开，问题、建议公开'),
    anonymous: z.boolean().default(false).describe('对公众匿名，工作人员可见'),
    channel: channelCode.default('hall'),
    saidAt: instant.optional().describe('提出人是什么时候说的，只用于代报，不早于 30 天前；时限从那时算起。不填即现在'),
    categoryCode: z
      .string()
      .regex(/^\d{6}$/)
      .optional(),
    urgency: urgencyCode.optional().describe('提出人自报的紧急程度，受理时核定'),
    regionCode: regionCode.optional().describe('网格或楼栋代码'),
    place: z.string().trim().max(200).optional(),
    complainedUnitId: uuid.optional().describe('被投诉的单位；只用于投诉'),
    contactConsent: z.boolean().default(false).describe('同意将联系方式提供给办理单位'),
    raiser: z
      .strictObject({ name: z.string().trim().min(1).max(50).optional(), phone: phone.optional() })
      .optional()
      .describe('代报时提出人是谁；未登录提事时本人的联系方式'),
    photos: z.array(publicId).max(9).default([]),
    uploadToken: z.string().max(200).optional().describe('未登录上传照片时得到的凭证'),
  })
  .meta({ id: 'NewIssue' })
export type NewIssue = z.output<typeof raiseBody>

export const raiseReceipt = z
  .object({
    id: issueId,
    number: z.string(),
    hash: z.string().describe('首条记录的散列值：凭它可以核对这件事从未被改动'),
    trackingToken: z.string().nullable().describe('凭此链接可随时查看进度；有账号的提出人为空'),
    respondBy: instant.describe('最迟何时答复'),
  })
  .meta({ id: 'RaiseReceipt' })

/** Where and when a photo says it was taken (`photoId`), or the phone was of who recorded the entry. */
export const photoOrigin = z.object({
  seq: z.int().describe('时间线中的序号'),
  photoId: publicId.nullable(),
  at: instant.nullable(),
  place: positionInput.nullable(),
})
export type PhotoOrigin = z.infer<typeof photoOrigin>

export const RELATIONS = {
  merged_into: '已并入的事项',
  merged: '并入本件的',
  split_off: '从本件拆出的',
  split_from: '拆案前所并入的',
  referred_to: '转到其他社区后的事项',
  referred_from: '转介来源',
} as const

export const relatedIssue = z
  .object({
    ...issueItem.pick({ id: true, number: true, title: true, state: true, raisedAt: true }).shape,
    relation: keysOf<keyof typeof RELATIONS>(RELATIONS),
    at: instant.nullable().describe('何时并案、拆案或转介'),
    as: capacityCode.nullable(),
    by: z.string().nullable().describe('由谁，只给工作人员看'),
  })
  .meta({ id: 'RelatedIssue' })
export type RelatedIssue = z.infer<typeof relatedIssue>

const one = z.object({ id: issueId })

export const issueRoutes = {
  listIssues: route({
    operationId: 'listIssues',
    method: 'GET',
    path: '/v1/issues',
    summary: '事项列表',
    description: '按提出时间从新到旧，或先到期的在前。读者看不到的事项不在其中。',
    tag: '事项',
    permission: 'issues.read',
    query: issueFilters.extend({
      ...pageQuery.shape,
      count: z.stringbool().default(false).describe('是否一并返回总数'),
    }),
    responses: { 200: issueList },
  }),
  countIssuesByRegion: route({
    operationId: 'countIssuesByRegion',
    method: 'GET',
    path: '/v1/issues/by-region',
    summary: '事项在各网格、楼栋的件数',
    description: `筛选与列表相同；最多数最近提出的 ${MOST_COUNTED} 件。楼栋只给工作人员看。`,
    tag: '事项',
    permission: 'issues.read',
    query: issueFilters,
    responses: {
      200: z.object({
        items: z.array(
          z.object({
            gridCode: z.string().nullable(),
            buildingCode: z.string().nullable().describe('没有指明楼栋的，或读者看不到的为空'),
            count: z.int(),
            overdue: z.int(),
          }),
        ),
        counted: z.int(),
        exact: z.boolean().describe('否：还有更早的没有数'),
      }),
    },
  }),
  raiseIssue: route({
    operationId: 'raiseIssue',
    method: 'POST',
    path: '/v1/issues',
    summary: '提事',
    description: '居民本人、工作人员或志愿者代报；未登录也可以。',
    tag: '事项',
    permission: 'issues.raise',
    body: raiseBody,
    responses: { 201: raiseReceipt },
  }),
  readIssue: route({
    operationId: 'readIssue',
    method: 'GET',
    path: '/v1/issues/:id',
    summary: '事项详情、时间线和可办动作',
    tag: '事项',
    permission: 'issues.read',
    params: one,
    responses: { 200: issueDetail },
  }),
  listRelatedIssues: route({
    operationId: 'listRelatedIssues',
    method: 'GET',
    path: '/v1/issues/:id/related',
    summary: '并案、拆案、转介所关联的事项',
    description: '最近的在前。读者看不到的事项不在其中。',
    tag: '事项',
    permission: 'issues.read',
    params: one,
    responses: { 200: z.object({ items: z.array(relatedIssue) }) },
  }),
  readIssueProof: route({
    operationId: 'readIssueProof',
    method: 'GET',
    path: '/v1/issues/:id/proof',
    summary: '事项的证据：散列链和最近一次封存中的位置',
    tag: '事项',
    permission: 'issues.read',
    params: one,
    responses: { 200: proofView },
  }),
  listRaisers: route({
    operationId: 'listRaisers',
    method: 'GET',
    path: '/v1/issues/:id/raisers',
    summary: '提出人（脱敏）',
    tag: '事项',
    permission: 'people.read',
    params: one,
    responses: {
      200: z.object({
        items: z.array(
          z.object({
            id: publicId,
            personId: z.uuid().nullable(),
            name: z.string().nullable(),
            phone: z.string().nullable(),
            contactConsent: z.boolean(),
            joinedAt: instant,
            mergedFrom: issueId.nullable(),
            detachedAt: instant.nullable(),
          }),
        ),
      }),
    },
  }),
  revealContacts: route({
    operationId: 'revealContacts',
    method: 'POST',
    path: '/v1/issues/:id/contacts/reveal',
    summary: '承办单位查看提出人联系方式（须写明用途，留审计记录）',
    description: '只给有未办结工单的单位经办人，只含同意提供联系方式的提出人；投诉一律不提供，由社区转达。',
    tag: '事项',
    permission: 'contacts.reveal',
    params: one,
    body: z.strictObject({ purpose: purposeText }),
    idempotency: false,
    responses: {
      200: z.object({ items: z.array(z.object({ name: z.string().nullable(), phone: z.string().nullable() })) }),
    },
    errors: ['not_found', 'forbidden'],
  }),
  revealOrigins: route({
    operationId: 'revealOrigins',
    method: 'POST',
    path: '/v1/issues/:id/origins',
    summary: '照片的拍摄时间和地点、核查时的手机定位（须写明用途，留审计记录）',
    tag: '事项',
    permission: 'issues.origins',
    params: one,
    body: z.strictObject({ purpose: purposeText }),
    idempotency: false,
    responses: { 200: z.object({ items: z.array(photoOrigin) }) },
  }),
  readTrackedIssue: route({
    operationId: 'readTrackedIssue',
    method: 'GET',
    path: '/v1/tracking/:token',
    summary: '凭查询链接查看事项',
    description: '只能查看。要补充、评价或撤回，请用提事时留下的手机号取验证码登录。',
    tag: '事项',
    permission: 'issues.read',
    params: z.object({ token: z.string().min(20).max(100) }),
    responses: { 200: issueDetail },
  }),
} as const

export const actionOutcome = z
  .object({
    id: issueId,
    state: stateCode,
    version: z.int(),
    seq: z.int().describe('该动作在时间线中的序号'),
    hash: z.string(),
    followed: z.array(actionCode).describe('随之由系统完成的动作'),
  })
  .meta({ id: 'ActionOutcome' })

const actionRoute = (action: Action) =>
  route({
    operationId: `${action.replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase())}Issue`,
    method: 'POST',
    path: `/v1/issues/:id/actions/${action}`,
    summary: ACTIONS[action].zh,
    description: isMove(action) ? '改变事项状态；须以 If-Match 给出所见版本。' : '为事项补充记录，不改变状态。',
    tag: isMove(action) ? '事项动作' : '事项记录',
    permission: 'issues.act',
    params: one,
    body: bodyOf(action),
    ifMatch: isMove(action),
    responses: { 200: actionOutcome },
  }) satisfies RouteContract

/** One operation for every action of both tables that people take. */
export const issueActionRoutes = Object.fromEntries(
  ROUTED_ACTIONS.map((action) => [action, actionRoute(action)]),
) as Record<Action, ReturnType<typeof actionRoute>>
