import { CLOCKS, type ClockCode } from '@tongxin/lifecycle'
import * as z from 'zod'
import { keysOf } from '../keys-of.ts'
import { instant, page, pageQuery } from '../page.ts'
import { publicId } from '../public-id.ts'
import { route } from '../route.ts'
import { INBOX_STEPS, type InboxStep, MOST_UNREAD } from '../words.ts'

export const inboxItem = z
  .object({
    id: publicId,
    step: keysOf<InboxStep>(INBOX_STEPS),
    issueId: publicId,
    issueNumber: z.string().meta({ example: '2026-000123' }),
    issueTitle: z.string().nullable().describe('街道、区只看到不含个人信息的，单位只看到公开标题'),
    clock: keysOf<ClockCode>(CLOCKS).nullable().describe('哪项时限'),
    dueAt: instant.nullable(),
    madeAt: instant,
    readAt: instant.nullable(),
  })
  .meta({ id: 'InboxItem' })
export type InboxItem = z.infer<typeof inboxItem>

export const unreadCount = z
  .object({ unread: z.int().describe(`未读条数，最多数到 ${MOST_UNREAD + 1}`) })
  .meta({ id: 'UnreadCount' })
export type UnreadCount = z.infer<typeof unreadCount>

const tag = '提醒'

export const inboxRoutes = {
  listInbox: route({
    operationId: 'listInbox',
    method: 'GET',
    path: '/v1/inbox',
    summary: '本人的工作提醒',
    description: '后到的在前。凭某项授权收到的，授权终止后不再列出。',
    tag,
    permission: 'inbox.read',
    query: pageQuery.extend({ unread: z.stringbool().default(false).describe('只列未读的') }),
    responses: { 200: page(inboxItem).extend({ unread: unreadCount.shape.unread }) },
  }),
  readInbox: route({
    operationId: 'readInbox',
    method: 'POST',
    path: '/v1/inbox/read',
    summary: '标为已读：列出的，或不晚于某一时刻的全部',
    tag,
    permission: 'inbox.read',
    body: z.union([
      z.strictObject({ ids: z.array(publicId).min(1).max(100) }),
      z.strictObject({ until: instant.describe('列表最上面一条的时间：此后来的仍是未读') }),
    ]),
    responses: { 200: unreadCount },
  }),
}
