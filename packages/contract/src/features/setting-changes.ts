import * as z from 'zod'
import { instant, page, pageQuery } from '../page.ts'
import { route } from '../route.ts'
import { categoryCode } from './categories.ts'
import { regionCode } from './regions.ts'

/** What is the same for every community and yet changed by people. */
export type SettingKind = 'category' | 'region'

const value = z.union([z.string(), z.number(), z.boolean(), z.null()])

export const settingChange = z.object({
  version: z.int(),
  at: instant,
  byName: z.string().nullable().describe('只给工作人员看'),
  effectiveFrom: instant,
  standing: z
    .enum(['in_force', 'coming', 'replaced'])
    .describe('已经生效；到生效日期才生效；还没有生效就被后来的修改代替'),
  reason: z.string().nullable(),
  added: z.boolean().describe('由此新增'),
  changes: z.array(z.object({ field: z.string(), from: value, to: value })).describe('边界的值为点数'),
})
export type SettingChange = z.infer<typeof settingChange>

export const settingChangeRoutes = {
  listCategoryChanges: route({
    operationId: 'listCategoryChanges',
    method: 'GET',
    path: '/v1/categories/:code/changes',
    summary: '类别的历次修改',
    tag: '事项分类',
    permission: 'public.read',
    params: z.object({ code: categoryCode }),
    query: pageQuery,
    responses: { 200: page(settingChange) },
  }),
  listRegionChanges: route({
    operationId: 'listRegionChanges',
    method: 'GET',
    path: '/v1/regions/:code/changes',
    summary: '区域的历次修改',
    tag: '区域',
    permission: 'public.read',
    params: z.object({ code: regionCode }),
    query: pageQuery,
    responses: { 200: page(settingChange) },
  }),
}
