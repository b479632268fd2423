import * as z from 'zod'
import { instant, page, pageQuery } from '../page.ts'
import { publicId } from '../public-id.ts'
import { route } from '../route.ts'
import { issueFilters, issueItem } from './issues.ts'

const query = pageQuery.extend({ community: issueFilters.shape.community })
const shown = issueItem.pick({ id: true, number: true, kind: true, categoryCode: true, round: true })
const photos = z.array(publicId)

/** A matter whose result stands open to objections and ratings. Approved texts alone; nobody is named. */
export const noticeItem = shown
  .extend({
    title: z.string(),
    text: z.string().nullable(),
    result: z.string().nullable().describe('办理结果'),
    leadUnit: z.string().nullable().describe('主办单位'),
    publicizedAt: instant,
    noticeEndsAt: instant.describe('异议截止'),
    evaluationEndsAt: instant.nullable().describe('评价截止'),
    before: photos.describe('办理前的照片'),
    after: photos.describe('办理后的照片'),
  })
  .meta({ id: 'NoticeItem' })
export type NoticeItem = z.infer<typeof noticeItem>

/** A matter put off, with the reason and the day on which it is looked at again. */
export const suspendedItem = shown
  .extend({
    title: z.string(),
    reason: z.string().nullable().describe('挂账理由'),
    suspendedAt: instant,
    reviewAt: instant.describe('复查日期'),
    suspensions: z.int().describe('第几次挂账'),
  })
  .meta({ id: 'SuspendedItem' })
export type SuspendedItem = z.infer<typeof suspendedItem>

export const publicityRoutes = {
  listNotices: route({
    operationId: 'listNotices',
    method: 'GET',
    path: '/v1/notices',
    summary: '公示栏：公示期内的事项',
    description: '后公示的在前。只有经审定的公开文字，不含个人信息；不公开的事项不在其中。',
    tag: '公示',
    permission: 'public.read',
    query,
    responses: { 200: page(noticeItem) },
  }),
  listSuspended: route({
    operationId: 'listSuspended',
    method: 'GET',
    path: '/v1/suspended-matters',
    summary: '问题库：挂账的事项、理由和复查日期',
    description: '先复查的在前。',
    tag: '公示',
    permission: 'public.read',
    query,
    responses: { 200: page(suspendedItem) },
  }),
} as const
