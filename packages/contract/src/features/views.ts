import * as z from 'zod'
import { keysOf } from '../keys-of.ts'
import { page, pageQuery } from '../page.ts'
import { publicId } from '../public-id.ts'
import { route } from '../route.ts'
import { MATTER_COLUMNS, MATTER_LAYOUTS, type MatterColumn, type MatterLayout } from '../words.ts'
import { issueFilters } from './issues.ts'

const tag = '视图'

/** The most views one person keeps in one community. */
export const MOST_VIEWS = 50

/** The filters of a list as they stand in its request. */
const filters = z.strictObject(
  Object.fromEntries(
    Object.keys(issueFilters.omit({ community: true }).shape).map((name) => [name, z.string().max(400).optional()]),
  ) as Record<Exclude<keyof typeof issueFilters.shape, 'community'>, z.ZodOptional<z.ZodString>>,
)
/** Whatever the list itself would refuse. */
const asListed = filters.superRefine((said, context) => {
  const { error } = issueFilters.partial({ community: true }).safeParse(said)
  for (const { path, message } of error?.issues ?? []) context.addIssue({ code: 'custom', path, message })
})

const content = {
  name: z.string().trim().min(1).max(30),
  filters: asListed.describe('与事项列表的查询参数相同'),
  columns: z.array(keysOf<MatterColumn>(MATTER_COLUMNS)).max(Object.keys(MATTER_COLUMNS).length),
  layout: keysOf<MatterLayout>(MATTER_LAYOUTS),
  shared: z.boolean().describe('同一社区的工作人员都能用'),
}

export const matterView = z
  .object({
    id: publicId,
    ...content,
    filters,
    ownerName: z.string().nullable(),
    mine: z.boolean().describe('本人保存的'),
    mayChange: z.boolean().describe('本人保存的，或由书记管理的共享视图'),
    version: z.int(),
  })
  .meta({ id: 'MatterView' })
export type MatterView = z.infer<typeof matterView>

const params = z.object({ id: publicId })

export const viewRoutes = {
  listViews: route({
    operationId: 'listViews',
    method: 'GET',
    path: '/v1/views',
    summary: '事项列表的视图：本人保存的和共享的',
    description: '本人的在前，其次按名称。',
    tag,
    permission: 'views.keep',
    query: pageQuery.extend({ community: issueFilters.shape.community }),
    responses: { 200: page(matterView) },
  }),
  saveView: route({
    operationId: 'saveView',
    method: 'POST',
    path: '/v1/views',
    summary: '保存视图',
    description: `每人在一个社区最多 ${MOST_VIEWS} 个。`,
    tag,
    permission: 'views.keep',
    body: z.strictObject({ community: issueFilters.shape.community, ...content }),
    responses: { 201: matterView },
    errors: ['conflict', 'unprocessable'],
  }),
  changeView: route({
    operationId: 'changeView',
    method: 'PATCH',
    path: '/v1/views/:id',
    summary: '修改视图',
    tag,
    permission: 'views.keep',
    params,
    body: z.strictObject(z.object(content).partial().shape),
    ifMatch: true,
    responses: { 200: matterView },
    errors: ['conflict', 'not_found', 'unprocessable'],
  }),
  removeView: route({
    operationId: 'removeView',
    method: 'DELETE',
    path: '/v1/views/:id',
    summary: '删除视图',
    tag,
    permission: 'views.keep',
    params,
    ifMatch: true,
    responses: { 204: null },
    errors: ['not_found'],
  }),
}
