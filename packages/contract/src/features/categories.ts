import { ROUTES, type Route, URGENCIES, type Urgency } from '@tongxin/lifecycle'
import * as z from 'zod'
import { keysOf } from '../keys-of.ts'
import { instant, page, pageQuery } from '../page.ts'
import { route } from '../route.ts'
import { CATEGORY_KINDS, type CategoryKind } from '../words.ts'

export const categoryKind = keysOf<CategoryKind>(CATEGORY_KINDS)

export const categoryCode = z
  .string()
  .regex(/^\d{6}$/, '类别代码为 6 位数字')
  .meta({ example: '209022' })

const urgencyCode = keysOf<Urgency>(URGENCIES)
const routeCode = keysOf<Route>(ROUTES)
const limits = {
  handleLimitWorkingDays: z.int().min(1).max(60).nullable(),
  handleLimitHours: z.int().min(1).max(240).nullable(),
}
const oneLimit = (c: { handleLimitWorkingDays?: number | null; handleLimitHours?: number | null }) =>
  !(c.handleLimitWorkingDays && c.handleLimitHours)
const limitRule = { path: ['handleLimitHours'], message: '办理时限只能取工作日或小时之一' }

export const categoryView = z.object({
  code: categoryCode,
  kind: categoryKind,
  class: z.string(),
  name: z.string(),
  defaultUrgency: urgencyCode,
  defaultRoute: routeCode,
  /** Null with no limit in hours either: the policy's limit for the urgency. */
  ...limits,
  active: z.boolean(),
  provenance: z.string(),
  changesAt: instant.nullable().describe('已定的修改从什么时候起生效；没有为空'),
  version: z.int(),
})
export type Category = z.infer<typeof categoryView>

const categoryName = z.string().trim().min(2).max(30)

export const newCategory = z
  .strictObject({
    code: z.string().regex(/^2090\d{2}$/, '新增类别只能用 2090 开头的 6 位代码'),
    class: categoryName.default('小区生活'),
    name: categoryName,
    defaultUrgency: urgencyCode.default('ordinary'),
    defaultRoute: routeCode.default('direct'),
    handleLimitWorkingDays: limits.handleLimitWorkingDays.default(null),
    handleLimitHours: limits.handleLimitHours.default(null),
  })
  .refine(oneLimit, limitRule)

export const categoryChange = z
  .strictObject({
    name: categoryName.optional(),
    defaultUrgency: urgencyCode.optional(),
    defaultRoute: routeCode.optional(),
    handleLimitWorkingDays: limits.handleLimitWorkingDays.optional(),
    handleLimitHours: limits.handleLimitHours.optional(),
    active: z.boolean().optional(),
    effectiveFrom: instant.optional().describe('从什么时候起；不填即现在。再次修改即代替还没有生效的'),
    reason: z.string().trim().min(2).max(300).optional(),
  })
  .refine(oneLimit, limitRule)

const categoryParams = z.object({ code: categoryCode })

export const categoryRoutes = {
  listCategories: route({
    operationId: 'listCategories',
    method: 'GET',
    path: '/v1/categories',
    summary: '事项类别',
    tag: '事项分类',
    permission: 'public.read',
    query: pageQuery.extend({ kind: categoryKind.optional(), inactive: z.stringbool().default(false) }),
    responses: { 200: page(categoryView) },
  }),
  readCategory: route({
    operationId: 'readCategory',
    method: 'GET',
    path: '/v1/categories/:code',
    summary: '查看类别',
    tag: '事项分类',
    permission: 'public.read',
    params: categoryParams,
    responses: { 200: categoryView },
  }),
  addCategory: route({
    operationId: 'addCategory',
    method: 'POST',
    path: '/v1/categories',
    summary: '新增小区生活类别（2090xx）',
    tag: '事项分类',
    permission: 'categories.manage',
    body: newCategory,
    responses: { 201: categoryView },
    errors: ['conflict'],
  }),
  changeCategory: route({
    operationId: 'changeCategory',
    method: 'PATCH',
    path: '/v1/categories/:code',
    summary: '修改类别的默认设置',
    description: '已经开始计时的事项仍按原来的时限。',
    tag: '事项分类',
    permission: 'categories.manage',
    params: categoryParams,
    body: categoryChange,
    ifMatch: true,
    responses: { 200: categoryView },
    errors: ['unprocessable'],
  }),
}
