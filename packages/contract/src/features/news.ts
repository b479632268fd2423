import * as z from 'zod'
import { media, route } from '../route.ts'
import { regionCode } from './regions.ts'

export const newsRoutes = {
  followNews: route({
    operationId: 'followNews',
    method: 'GET',
    path: '/v1/news/events',
    summary: '实时跟随：本人的未读提醒，和一个社区的事项有了变化',
    description:
      '事件流（text/event-stream）。事件 `inbox`：未读条数（UnreadCount），先送出一次，此后每有变化送一次。事件 `community`：写明社区而本人在那里有工作的，先送出一次，此后社区的事项每有变化送一次，只说有变化，不说是什么。约十分钟后结束，由客户端以当时的登录重连；约二十秒没有任何内容时送一行空注释，久无声息即是断线。',
    tag: '提醒',
    permission: 'inbox.read',
    query: z.object({
      community: regionCode
        .regex(/^\d{12}$/, '请填写 12 位社区代码')
        .describe('社区代码')
        .optional(),
    }),
    responses: { 200: media('text/event-stream') },
  }),
}
