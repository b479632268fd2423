import * as z from 'zod'
import { instant } from '../../page.ts'
import { publicId } from '../../public-id.ts'
import { media, route } from '../../route.ts'
import { community } from './members.ts'

const tag = '议事会'
const ics = { 200: media('text/calendar'), 304: null }

export const calendarRoutes = {
  readCommunityCalendar: route({
    operationId: 'readCommunityCalendar',
    method: 'GET',
    path: '/v1/communities/:code/meetings.ics',
    summary: '社区会议日历（iCalendar）',
    description: '供日历软件订阅：近三个月和今后一年已公告的会议，取消的、改期的也在其中。带 ETag，未变的答复 304。',
    tag,
    permission: 'public.read',
    params: z.object({ code: community }),
    responses: ics,
  }),
  readMeetingCalendar: route({
    operationId: 'readMeetingCalendar',
    method: 'GET',
    path: '/v1/meetings/:id/calendar.ics',
    summary: '一次会议（iCalendar）',
    tag,
    permission: 'meetings.read',
    params: z.object({ id: publicId }),
    responses: ics,
  }),
  readPersonalCalendar: route({
    operationId: 'readPersonalCalendar',
    method: 'GET',
    path: '/v1/calendars/:token.ics',
    summary: '本人受邀的会议（iCalendar）',
    description: '凭订阅地址中的凭证读取，不需要登录；凭证更换或停用后答复 404。',
    tag,
    permission: 'public.read',
    params: z.object({ token: z.string().regex(/^[\w-]{20,64}$/, '订阅地址无效') }),
    responses: ics,
  }),
  readMyCalendar: route({
    operationId: 'readMyCalendar',
    method: 'GET',
    path: '/v1/me/calendar',
    summary: '本人的日历订阅',
    tag,
    permission: 'me.read',
    responses: { 200: z.object({ madeAt: instant.nullable().describe('尚未开通的为空') }) },
  }),
  renewMyCalendar: route({
    operationId: 'renewMyCalendar',
    method: 'POST',
    path: '/v1/me/calendar',
    summary: '开通或更换本人的日历订阅',
    description: '地址只在这时给出一次；先前的地址随即失效。',
    tag,
    permission: 'calendar.subscribe',
    // The answer holds a secret, which must not be stored.
    idempotency: false,
    responses: { 201: z.object({ address: z.url(), madeAt: instant }) },
  }),
  endMyCalendar: route({
    operationId: 'endMyCalendar',
    method: 'DELETE',
    path: '/v1/me/calendar',
    summary: '停用本人的日历订阅',
    tag,
    permission: 'calendar.subscribe',
    responses: { 204: null },
  }),
}
