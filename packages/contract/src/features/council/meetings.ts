import * as z from 'zod'
import { keysOf } from '../../keys-of.ts'
import { instant, page, pageQuery, uuid } from '../../page.ts'
import { publicId } from '../../public-id.ts'
import { reviewed } from '../../reviewed.ts'
import { route } from '../../route.ts'
import { agendaItem } from './agenda.ts'
import { attendanceClass, community } from './members.ts'
import { motionView } from './motions.ts'

export const MEETING_STATES = {
  draft: '筹备中',
  announced: '已公告',
  in_session: '开会中',
  closed: '已散会',
  cancelled: '已取消',
} as const
export type MeetingState = keyof typeof MEETING_STATES
export const meetingState = keysOf<MeetingState>(MEETING_STATES)

export const SPEAKER_STATES = {
  waiting: '等候发言',
  speaking: '正在发言',
  spoken: '已发言',
  withdrawn: '已撤回',
} as const
export type SpeakerState = keyof typeof SPEAKER_STATES

/** What may be done with a meeting or its motions, each a route of its own. */
export const MEETING_OPERATIONS = {
  change: '修改会议',
  set_agenda: '编排议程',
  attach_papers: '附材料',
  remove_papers: '撤下材料',
  set_guests: '邀请列席单位',
  announce: '公告',
  open: '开会',
  check_in: '签到',
  show_code: '显示签到码',
  ask_floor: '要求发言',
  give_floor: '安排发言',
  leave: '离会',
  check_in_others: '为他人签到',
  record_proxy: '登记书面委托',
  hand_over: '移交主持',
  take_up: '进行议程',
  note: '会中记录',
  propose: '提出表决',
  amend: '提出修正案',
  put: '交付表决',
  accept: '接受修正案',
  count: '计票',
  end_ballot: '结束投票',
  close: '散会',
  cancel: '取消',
} as const
export type MeetingOperation = keyof typeof MEETING_OPERATIONS

const classQuorum = z.object({ members: z.int(), needed: z.int(), present: z.int() })

export const meetingItem = z
  .object({
    id: publicId,
    title: z.string(),
    heldAt: instant,
    place: z.string(),
    state: meetingState,
    agendaCount: z.int(),
    version: z.int(),
  })
  .meta({ id: 'MeetingItem' })
export type MeetingItem = z.infer<typeof meetingItem>

export const meetingView = meetingItem
  .extend({
    openedAt: instant.nullable(),
    endedAt: instant.nullable(),
    presider: z
      .object({ personId: z.uuid(), name: z.string().nullable() })
      .nullable()
      .describe('主持人，只给议事会成员和工作人员看'),
    presiding: z.boolean().describe('读者正在主持'),
    quorum: z
      .object({
        representatives: classQuorum,
        partyMembers: classQuorum,
        unitMembers: classQuorum.nullable().describe('单位代表；没有单位席位的为空'),
        staffMembers: classQuorum.nullable().describe('居委会成员；没有席位的为空'),
        reached: z.boolean(),
      })
      .describe('法定人数：每类成员的比例由社区规则规定，默认半数；开会时确定，之前按现有成员估算'),
    agenda: z.array(agendaItem).describe('按议程的先后'),
    motions: z.array(motionView),
    attendance: z
      .array(
        z.object({
          personId: z.uuid(),
          name: z.string().nullable(),
          class: attendanceClass,
          standsFor: z
            .object({ personId: z.uuid(), name: z.string().nullable() })
            .nullable()
            .describe('作为替补，代其出席的成员'),
          checkedInAt: instant,
          leftAt: instant.nullable(),
        }),
      )
      .nullable()
      .describe('只给议事会成员和工作人员看'),
    speakers: z
      .array(
        z.object({
          id: z.uuid(),
          personId: z.uuid(),
          name: z.string().nullable(),
          state: keysOf<SpeakerState>(SPEAKER_STATES),
          beganAt: instant.nullable(),
          endedAt: instant.nullable(),
          seconds: z.int().nullable().describe('发言时长，秒；请其发言时确定'),
        }),
      )
      .nullable()
      .describe('按要求发言的先后，撤回的不列；只给议事会成员和工作人员看'),
    allowed: z.array(keysOf<MeetingOperation>(MEETING_OPERATIONS)).describe('读者现在可以进行的操作'),
  })
  .meta({ id: 'Meeting' })
export type MeetingView = z.infer<typeof meetingView>

export const meetingTitle = z.string().trim().min(2, '请写会议名称').max(100)
export const meetingPlace = z.string().trim().min(1, '请写会议地点').max(100)
const shortNoticeReason = z
  .string()
  .trim()
  .min(2, '请写理由')
  .max(200)
  .optional()
  .describe('公告不足规定天数的理由，公开')
const params = z.object({ id: publicId })
const tag = '议事会'
const meetingAnswer = { 200: meetingView }

export const meetingRoutes = {
  listMeetings: route({
    operationId: 'listMeetings',
    method: 'GET',
    path: '/v1/meetings',
    summary: '会议列表',
    description: '新的在前。筹备中的只给议事会成员和工作人员看。',
    tag,
    permission: 'meetings.read',
    query: pageQuery.extend({ community, state: meetingState.optional() }),
    responses: { 200: page(meetingItem) },
  }),
  readMeeting: route({
    operationId: 'readMeeting',
    method: 'GET',
    path: '/v1/meetings/:id',
    summary: '会议、议程、到会和表决',
    tag,
    permission: 'meetings.read',
    params,
    responses: meetingAnswer,
    errors: ['not_found'],
  }),
  createMeeting: route({
    operationId: 'createMeeting',
    method: 'POST',
    path: '/v1/meetings',
    summary: '筹备会议',
    tag,
    permission: 'meetings.manage',
    body: z.strictObject({
      community,
      title: meetingTitle,
      place: meetingPlace,
      heldAt: instant,
      presiderId: uuid.optional(),
      reviewed,
    }),
    responses: { 201: meetingView },
    errors: ['unprocessable'],
  }),
  changeMeeting: route({
    operationId: 'changeMeeting',
    method: 'PATCH',
    path: '/v1/meetings/:id',
    summary: '修改会议名称、时间、地点、主持人',
    description: '开会之前。已公告的会议改时间、地点，会通知受邀的人；改时间的，须重新答复。',
    tag,
    permission: 'meetings.manage',
    params,
    body: z.strictObject({
      title: meetingTitle.optional(),
      place: meetingPlace.optional(),
      heldAt: instant.optional(),
      presiderId: uuid.optional(),
      shortNoticeReason,
      reviewed,
    }),
    ifMatch: true,
    responses: meetingAnswer,
    errors: ['meeting_wrong_state', 'unprocessable'],
  }),
  announceMeeting: route({
    operationId: 'announceMeeting',
    method: 'POST',
    path: '/v1/meetings/:id/announce',
    summary: '公告会议和议程，发出邀请',
    description: '不足规定的提前天数（规则 meeting_notice_days）的，须写明理由，否则答复 notice_too_short；理由公开。',
    tag,
    permission: 'meetings.manage',
    params,
    body: z.strictObject({ shortNoticeReason, reviewed }),
    ifMatch: true,
    responses: meetingAnswer,
    errors: ['meeting_wrong_state', 'unprocessable'],
  }),
  openMeeting: route({
    operationId: 'openMeeting',
    method: 'POST',
    path: '/v1/meetings/:id/open',
    summary: '开会',
    description:
      '由会议组织者或指定的主持人开会，最早在会议时间前两小时，确定法定人数。未指定主持人的，由开会的人主持。',
    tag,
    permission: 'meetings.attend',
    params,
    ifMatch: true,
    responses: meetingAnswer,
    errors: ['meeting_wrong_state', 'meeting_too_early'],
  }),
  checkIn: route({
    operationId: 'checkIn',
    method: 'POST',
    path: '/v1/meetings/:id/check-in',
    summary: '签到',
    description: '本人签到须填会场屏幕上的签到码；也可由工作人员代为登记。',
    tag,
    permission: 'meetings.attend',
    params,
    body: z.strictObject({
      personId: uuid.optional().describe('代为登记的成员'),
      code: z.string().trim().toUpperCase().max(20).optional().describe('会场签到码，本人签到时填写'),
    }),
    responses: meetingAnswer,
    errors: ['meeting_wrong_state', 'unprocessable'],
  }),
  leaveMeeting: route({
    operationId: 'leaveMeeting',
    method: 'POST',
    path: '/v1/meetings/:id/leave',
    summary: '离会',
    tag,
    permission: 'meetings.attend',
    params,
    body: z.strictObject({ personId: uuid.optional() }),
    responses: meetingAnswer,
    errors: ['meeting_wrong_state', 'unprocessable'],
  }),
  handOverMeeting: route({
    operationId: 'handOverMeeting',
    method: 'POST',
    path: '/v1/meetings/:id/presider',
    summary: '移交主持',
    description: '由现主持人或社区书记移交给在会的人，留下记录。',
    tag,
    permission: 'meetings.attend',
    params,
    body: z.strictObject({ personId: uuid, reason: z.string().trim().min(2).max(200).optional(), reviewed }),
    ifMatch: true,
    responses: meetingAnswer,
    errors: ['meeting_wrong_state', 'unprocessable'],
  }),
  closeMeeting: route({
    operationId: 'closeMeeting',
    method: 'POST',
    path: '/v1/meetings/:id/close',
    summary: '散会',
    description: '没有议决的议题续议，并列入下一次会议。',
    tag,
    permission: 'meetings.attend',
    params,
    ifMatch: true,
    responses: meetingAnswer,
    errors: ['meeting_wrong_state', 'motion_open'],
  }),
  cancelMeeting: route({
    operationId: 'cancelMeeting',
    method: 'POST',
    path: '/v1/meetings/:id/cancel',
    summary: '取消会议',
    description: '议题列入下一次会议。',
    tag,
    permission: 'meetings.manage',
    params,
    body: z.strictObject({ reason: z.string().trim().min(2, '请写理由').max(500), reviewed }),
    ifMatch: true,
    responses: meetingAnswer,
    errors: ['meeting_wrong_state', 'motion_open', 'unprocessable'],
  }),
}
