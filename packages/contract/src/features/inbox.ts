import { CLOCKS, type ClockCode } from '@tongxin/lifecycle'
import * as z from 'zod'
import { keysOf } from '../keys-of.ts'
import { instant, page, pageQuery } from '../page.ts'
import { publicId } from '../public-id.ts'
import { media, route } from '../route.ts'

/** What somebody at an office is told of. */
export const INBOX_STEPS = {
  clock_warned: { zh: '时限将到', en: 'A deadline comes near' },
  clock_overdue: { zh: '已超期', en: 'Overdue' },
  ordered: { zh: '派单到本单位', en: 'An order for your unit' },
  handed_over: { zh: '同事移交给您的工单', en: 'An order handed over to you' },
  part_finished: { zh: '协办单位分工办结', en: 'A co-unit finished its part' },
  part_returned: { zh: '分工退单，请处理', en: 'A part was returned' },
  returned: { zh: '退单，须重新派单', en: 'Returned: to be dispatched anew' },
  rejected: { zh: '核查退回，须继续办理', en: 'Sent back after the check' },
  extension_asked: { zh: '申请延期，待批复', en: 'An extension to decide on' },
  extension_decided: { zh: '延期已批复', en: 'The extension was decided' },
  whistled: { zh: '吹哨，待报到', en: 'Called: report in' },
  reported_in: { zh: '街道已报到', en: 'The street reported in' },
  supervised: { zh: '督办，待回复', en: 'A supervision to reply to' },
  supervision_answered: { zh: '督办已回复', en: 'The supervision was answered' },
  objected: { zh: '异议，待答复', en: 'An objection to answer' },
  review_asked: { zh: '异议复核，待答复', en: 'An objection to review' },
  contested: { zh: '评价申诉，待决定', en: 'A contest to decide' },
  appealed: { zh: '申请复核，待答复', en: 'An appeal to decide' },
  resumed: { zh: '挂账到期，已恢复办理', en: 'Its review date has come: resumed' },
  referral_silent: { zh: '转介尚无结果，请跟进', en: 'A referral without an outcome: follow it up' },
  promise_due: { zh: '承诺解决的日期到了，请跟踪回访', en: 'A promised date has come: call again' },
} as const
export type InboxStep = keyof typeof INBOX_STEPS

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

/** So many are counted; beyond that nobody needs to know. */
export const MOST_UNREAD = 99

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
  followInbox: route({
    operationId: 'followInbox',
    method: 'GET',
    path: '/v1/inbox/events',
    summary: '实时跟随本人的未读条数',
    description:
      '事件流（text/event-stream）：先送出未读条数，此后每有变化送一次，事件名 `inbox`。约十分钟后结束，由客户端以当时的登录重连。',
    tag,
    permission: 'inbox.read',
    responses: { 200: media('text/event-stream') },
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
