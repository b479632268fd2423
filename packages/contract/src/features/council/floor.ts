import * as z from 'zod'
import { instant, uuid } from '../../page.ts'
import { publicId } from '../../public-id.ts'
import { media, route } from '../../route.ts'
import { meetingView } from './meetings.ts'

const params = z.object({ id: publicId })
const speakerParams = params.extend({ speakerId: uuid })
const tag = '议事会'
const meetingAnswer = { 200: meetingView }
const errors = ['meeting_wrong_state', 'unprocessable'] as const

/** What happens in the room: the code on the screen, who has the floor, and everybody seeing the same. */
export const floorRoutes = {
  followMeeting: route({
    operationId: 'followMeeting',
    method: 'GET',
    path: '/v1/meetings/:id/events',
    summary: '实时跟随会议',
    description:
      '事件流（text/event-stream）：先送出会议现况，此后每有变化送一次，事件名 `meeting`，内容同“会议、议程、到会和表决”的公开内容。只送最新状态，不补送中间状态。',
    tag,
    permission: 'meetings.read',
    params,
    responses: { 200: media('text/event-stream') },
    errors: ['not_found'],
  }),
  readCheckInCode: route({
    operationId: 'readCheckInCode',
    method: 'GET',
    path: '/v1/meetings/:id/check-in-code',
    summary: '会场签到码',
    description: '显示在会场屏幕上，每 30 秒更换；换下的再认 30 秒。由主持人和工作人员显示。',
    tag,
    permission: 'meetings.attend',
    params,
    responses: {
      200: z.object({ code: z.string(), until: instant.describe('到这一刻更换') }),
    },
    errors: ['not_found', 'meeting_wrong_state'],
  }),
  askFloor: route({
    operationId: 'askFloor',
    method: 'POST',
    path: '/v1/meetings/:id/speakers',
    summary: '要求发言',
    description: '在会的人为本人要求，或由主持人为在会的人登记；按先后排队。',
    tag,
    permission: 'meetings.attend',
    params,
    body: z.strictObject({ personId: uuid.optional().describe('由主持人登记时：要求发言的人') }),
    responses: { 201: meetingView },
    errors,
  }),
  giveFloor: route({
    operationId: 'giveFloor',
    method: 'POST',
    path: '/v1/meetings/:id/speakers/:speakerId/begin',
    summary: '请其发言',
    description: '由主持人；前一位的发言随之结束。',
    tag,
    permission: 'meetings.attend',
    params: speakerParams,
    body: z.strictObject({ seconds: z.int().min(30).max(1800).default(180).describe('发言时长，秒') }),
    responses: meetingAnswer,
    errors,
  }),
  endSpeech: route({
    operationId: 'endSpeech',
    method: 'POST',
    path: '/v1/meetings/:id/speakers/:speakerId/end',
    summary: '结束发言，或撤回发言要求',
    description: '由主持人或本人。',
    tag,
    permission: 'meetings.attend',
    params: speakerParams,
    responses: meetingAnswer,
    errors,
  }),
}
