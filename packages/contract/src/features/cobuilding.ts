import * as z from 'zod'
import { keysOf } from '../keys-of.ts'
import { civilDate, instant, page, pageQuery, uuid } from '../page.ts'
import { publicId } from '../public-id.ts'
import { reviewed } from '../reviewed.ts'
import { route } from '../route.ts'

const tag = '共建'

export const COBUILDING_KINDS = { offer: '资源', need: '需求' } as const
export type CobuildingKind = keyof typeof COBUILDING_KINDS
const kind = keysOf<CobuildingKind>(COBUILDING_KINDS)

export const COBUILDING_RESOURCES = {
  venue: '场地',
  people: '人力',
  skill: '专业服务',
  activity: '活动',
  goods: '物资',
  funds: '资金',
} as const
export type CobuildingResource = keyof typeof COBUILDING_RESOURCES
const resource = keysOf<CobuildingResource>(COBUILDING_RESOURCES)

export const PROJECT_STATES = { running: '进行中', done: '已完成', dropped: '已中止' } as const
export type ProjectState = keyof typeof PROJECT_STATES
const projectState = keysOf<ProjectState>(PROJECT_STATES)

const itemState = z.enum(['open', 'closed'])
const title = z.string().trim().min(2).max(60)
const longText = z.string().trim().min(2).max(1000)
const community = z.string().regex(/^\d{12}$/, '社区代码为 12 位数字')
const unitRef = z.object({ id: z.uuid(), name: z.string() })

export const cobuildingItem = z
  .object({
    id: publicId,
    kind,
    unit: unitRef.nullable().describe('空为社区自己的'),
    resource,
    title: z.string(),
    detail: z.string(),
    from: z.iso.date().nullable(),
    until: z.iso.date().nullable(),
    state: itemState,
    projects: z.int().describe('用到它的项目数'),
    mayChange: z.boolean(),
    version: z.int(),
  })
  .meta({ id: 'CobuildingItem' })
export type CobuildingItem = z.infer<typeof cobuildingItem>

export const projectFigure = z.strictObject({
  name: z.string().trim().min(1).max(20),
  amount: z.int().min(0).max(1_000_000_000),
  unit: z.string().trim().max(8),
})

export const cobuildingProject = z
  .object({
    id: publicId,
    title: z.string(),
    plan: z.string(),
    units: z.array(unitRef),
    offer: z.object({ id: publicId, title: z.string() }).nullable(),
    need: z.object({ id: publicId, title: z.string() }).nullable(),
    state: projectState,
    startsOn: z.iso.date(),
    closedAt: instant.nullable(),
    result: z.string().nullable(),
    figures: z.array(projectFigure),
    mayChange: z.boolean(),
    version: z.int(),
  })
  .meta({ id: 'CobuildingProject' })
export type CobuildingProject = z.infer<typeof cobuildingProject>

const inOrder = ({ from, until }: { from?: string | null | undefined; until?: string | null | undefined }) =>
  !from || !until || from <= until
const OUT_OF_ORDER = '止期不能早于起期'

const itemParams = z.object({ id: publicId })
const itemFields = { resource, title, detail: longText, from: civilDate.nullable(), until: civilDate.nullable() }

export const cobuildingRoutes = {
  listCobuildingItems: route({
    operationId: 'listCobuildingItems',
    method: 'GET',
    path: '/v1/cobuilding/items',
    summary: '资源清单、需求清单',
    description: '公众看到可用的资源；需求只给工作人员和单位经办人看。',
    tag,
    permission: 'public.read',
    query: pageQuery.extend({ community, kind, state: itemState.default('open'), unit: z.uuid().optional() }),
    responses: { 200: page(cobuildingItem) },
  }),
  addCobuildingItem: route({
    operationId: 'addCobuildingItem',
    method: 'POST',
    path: '/v1/cobuilding/items',
    summary: '登记一项资源或需求',
    tag,
    permission: 'cobuilding.keep',
    body: z
      .strictObject({
        community,
        kind,
        unitId: uuid.nullable(),
        ...itemFields,
        from: civilDate.nullable().default(null),
        until: civilDate.nullable().default(null),
        reviewed,
      })
      .refine(inOrder, { path: ['until'], error: OUT_OF_ORDER }),
    responses: { 201: cobuildingItem },
    errors: ['unprocessable'],
  }),
  changeCobuildingItem: route({
    operationId: 'changeCobuildingItem',
    method: 'PATCH',
    path: '/v1/cobuilding/items/:id',
    summary: '修改、收回或重新列出一项资源或需求',
    tag,
    permission: 'cobuilding.keep',
    params: itemParams,
    body: z.strictObject({ ...z.object(itemFields).partial().shape, state: itemState.optional(), reviewed }),
    ifMatch: true,
    responses: { 200: cobuildingItem },
    errors: ['not_found', 'unprocessable'],
  }),
  listCobuildingMatches: route({
    operationId: 'listCobuildingMatches',
    method: 'GET',
    path: '/v1/cobuilding/items/:id/matches',
    summary: '与一项资源或需求对得上的另一方',
    description: '同一类资源、时间对得上的在前，其次是用词相同最多的；说明为什么。由人决定是否立项。',
    tag,
    permission: 'cobuilding.keep',
    params: itemParams,
    responses: {
      200: z.object({
        items: z.array(
          z.object({
            item: cobuildingItem,
            sameResource: z.boolean(),
            shared: z.array(z.string()).describe('双方都提到的词'),
          }),
        ),
      }),
    },
    errors: ['not_found'],
  }),
  listCobuildingProjects: route({
    operationId: 'listCobuildingProjects',
    method: 'GET',
    path: '/v1/cobuilding/projects',
    summary: '共建项目清单',
    tag,
    permission: 'public.read',
    query: pageQuery.extend({ community, state: projectState.optional() }),
    responses: { 200: page(cobuildingProject) },
  }),
  startCobuildingProject: route({
    operationId: 'startCobuildingProject',
    method: 'POST',
    path: '/v1/cobuilding/projects',
    summary: '立项',
    tag,
    permission: 'cobuilding.match',
    body: z.strictObject({
      community,
      title,
      plan: longText,
      startsOn: civilDate,
      offerId: publicId.nullable().default(null),
      needId: publicId.nullable().default(null),
      unitIds: z
        .array(uuid)
        .min(1)
        .max(20)
        .refine((ids) => new Set(ids).size === ids.length, '同一单位只列一次'),
      reviewed,
    }),
    responses: { 201: cobuildingProject },
    errors: ['unprocessable'],
  }),
  closeCobuildingProject: route({
    operationId: 'closeCobuildingProject',
    method: 'POST',
    path: '/v1/cobuilding/projects/:id/close',
    summary: '项目办结或中止，写明做成了什么',
    description: '办结的，所对应的需求随之了结；资源仍可再用。',
    tag,
    permission: 'cobuilding.match',
    params: itemParams,
    body: z.strictObject({
      state: z.enum(['done', 'dropped']),
      result: longText,
      figures: z.array(projectFigure).max(5).default([]),
      reviewed,
    }),
    ifMatch: true,
    responses: { 200: cobuildingProject },
    errors: ['not_found', 'unprocessable'],
  }),
}
