import * as z from 'zod'
import { keysOf } from '../../keys-of.ts'
import { instant, uuid } from '../../page.ts'
import { publicId } from '../../public-id.ts'
import { route } from '../../route.ts'
import { INVITATION_ANSWERS, type InvitationAnswer } from '../../words.ts'
import { meetingState } from './meetings.ts'
import { ATTENDANCE_CLASSES, community } from './members.ts'
import { MOVE_REASONS, type MoveReason } from './series.ts'

export const INVITED_CLASSES = { ...ATTENDANCE_CLASSES, guest: '特邀' } as const
export type InvitedClass = keyof typeof INVITED_CLASSES

export const GUEST_KINDS = { community: '社区', unit: '联办单位' } as const
export type GuestKind = keyof typeof GUEST_KINDS

const answer = keysOf<InvitationAnswer>(INVITATION_ANSWERS)
const invitedAs = keysOf<InvitedClass>(INVITED_CLASSES)
const counts = z.object({ pending: z.int(), accepted: z.int(), declined: z.int(), tentative: z.int() })
const guest = z.object({ kind: keysOf<GuestKind>(GUEST_KINDS), id: z.string(), name: z.string() })
export type MeetingGuest = z.infer<typeof guest>

const own = z.object({
  class: invitedAs,
  answer,
  note: z.string().nullable(),
  answeredAt: instant.nullable(),
  mayAnswer: z.boolean().describe('会议已公告、尚未开会'),
})

export const meetingNotice = z
  .object({
    announcedAt: instant.nullable().describe('筹备中的为空'),
    noticeDays: z.int().nullable().describe('公告时规定的提前天数'),
    daysAhead: z.int().nullable().describe('实际提前的天数'),
    shortNoticeReason: z.string().nullable(),
    cancelReason: z.string().nullable(),
    neededDays: z.int().describe('现在规定的提前天数'),
    daysLeft: z.int().describe('到开会的日子还有几天，已过的为负'),
    series: z
      .object({
        id: publicId,
        title: z.string(),
        plannedOn: z.iso.date(),
        moved: keysOf<MoveReason>(MOVE_REASONS).nullable(),
      })
      .nullable()
      .describe('所属的例会'),
    guests: z.array(guest).describe('特邀的社区和单位'),
    invited: counts.nullable().describe('受邀的人答复如何，合计'),
    mine: own.nullable().describe('读者自己的邀请'),
    maySeeAnswers: z.boolean(),
  })
  .meta({ id: 'MeetingNotice' })
export type MeetingNotice = z.infer<typeof meetingNotice>

export const meetingInvitation = z.object({
  personId: z.uuid(),
  name: z.string().nullable(),
  class: invitedAs,
  guest: guest.nullable().describe('代表哪个社区或单位'),
  answer,
  note: z.string().nullable(),
  answeredAt: instant.nullable(),
  toldAt: instant.nullable().describe('最近一次短信发出的时间'),
})
export type MeetingInvitation = z.infer<typeof meetingInvitation>

const params = z.object({ id: publicId })
const tag = '议事会'

export const invitationRoutes = {
  readMeetingNotice: route({
    operationId: 'readMeetingNotice',
    method: 'GET',
    path: '/v1/meetings/:id/notice',
    summary: '会议的公告、特邀单位和本人的邀请',
    tag,
    permission: 'meetings.read',
    params,
    responses: { 200: meetingNotice },
  }),
  listInvitations: route({
    operationId: 'listInvitations',
    method: 'GET',
    path: '/v1/meetings/:id/invitations',
    summary: '谁会来',
    description: '给主持人和组织会议的工作人员。',
    tag,
    permission: 'meetings.attend',
    params,
    responses: { 200: z.object({ counts, items: z.array(meetingInvitation) }) },
  }),
  answerInvitation: route({
    operationId: 'answerInvitation',
    method: 'PUT',
    path: '/v1/meetings/:id/invitation',
    summary: '答复邀请',
    description: '受邀的本人，在会议公告之后、开会之前；可以再改。',
    tag,
    permission: 'meetings.answer',
    params,
    body: z.strictObject({
      answer: z.enum(['accepted', 'declined', 'tentative'], '请选择参加、不参加或待定'),
      note: z.string().trim().max(200, '说明至多 200 字').optional(),
      heldAt: instant.optional().describe('读到的会议时间：已改期的，答复 412，以免答非所问'),
    }),
    responses: { 200: own },
    errors: ['meeting_wrong_state', 'forbidden', 'stale_version'],
  }),
  setMeetingGuests: route({
    operationId: 'setMeetingGuests',
    method: 'PUT',
    path: '/v1/meetings/:id/guests',
    summary: '特邀其他社区和联办单位',
    description: '给出全部：不在其中的撤回邀请。社区由书记、单位由经办人收到邀请；特邀的人不计入法定人数。开会之前。',
    tag,
    permission: 'meetings.manage',
    params,
    body: z.strictObject({
      communities: z.array(community).max(20, '至多 20 个社区').default([]),
      unitIds: z.array(uuid).max(20, '至多 20 个单位').default([]),
    }),
    ifMatch: true,
    responses: { 200: meetingNotice },
    errors: ['meeting_wrong_state', 'unprocessable'],
  }),
  listMyInvitations: route({
    operationId: 'listMyInvitations',
    method: 'GET',
    path: '/v1/me/invitations',
    summary: '本人接下来的会议邀请',
    tag,
    permission: 'me.read',
    responses: {
      200: z.object({
        items: z.array(
          own.extend({
            meetingId: publicId,
            title: z.string(),
            heldAt: instant,
            place: z.string(),
            state: meetingState,
          }),
        ),
      }),
    },
  }),
}
