import * as z from 'zod'
import { keysOf } from '../../keys-of.ts'
import { civilDate, instant, uuid } from '../../page.ts'
import { publicId } from '../../public-id.ts'
import { reviewed } from '../../reviewed.ts'
import { route } from '../../route.ts'
import { HOLIDAY_MOVES, type HolidayMove } from '../../words.ts'
import { meetingPlace, meetingState, meetingTitle } from './meetings.ts'
import { community } from './members.ts'

export const SERIES_RULES = { day_of_month: '每月几号', nth_weekday: '每月第几个星期几' } as const
export type SeriesRule = keyof typeof SERIES_RULES

export const MOVE_REASONS = { holiday: '法定节假日', weekend: '周末' } as const
export type MoveReason = keyof typeof MOVE_REASONS

const day = z.int('请填写几号').min(1, '请填写 1–31').max(31, '请填写 1–31')
const WEEKS: readonly number[] = [1, 2, 3, 4, -1]
const week = z.int('请选择第几个星期').refine((it) => WEEKS.includes(it), '请选择第 1 至第 4 个，或最后一个（-1）')
const weekday = z.int('请选择星期几').min(1, '请选择星期几').max(7, '请选择星期几')
const time = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, '请填写时间，例如 19:00')

const schedule = {
  rule: keysOf<SeriesRule>(SERIES_RULES),
  day: day.nullable().default(null).describe('按日期：几号；当月没有这一天的，为月末'),
  week: week.nullable().default(null).describe('按星期：第几个，-1 为最后一个'),
  weekday: weekday.nullable().default(null).describe('按星期：1 为星期一，7 为星期日'),
  time: time.describe('北京时间'),
  onHoliday: keysOf<HolidayMove>(HOLIDAY_MOVES).describe('遇法定节假日（含调休放假）'),
  moveFromWeekends: z.boolean().default(false).describe('普通周末也同样处理'),
}

export interface SeriesSchedule {
  rule: SeriesRule
  day: number | null
  week: number | null
  weekday: number | null
  time: string
  onHoliday: HolidayMove
  moveFromWeekends: boolean
}

const complete = (it: SeriesSchedule): boolean =>
  it.rule === 'day_of_month'
    ? it.day !== null && it.week === null && it.weekday === null
    : it.day === null && it.week !== null && it.weekday !== null
const INCOMPLETE = { message: '按日期的须填几号，按星期的须填第几个和星期几', path: ['rule'] }

/** A chosen Saturday or Sunday that is moved from every weekend would never take place. */
const possible = (it: SeriesSchedule): boolean =>
  !(it.rule === 'nth_weekday' && it.moveFromWeekends && (it.weekday ?? 0) > 5 && it.onHoliday !== 'keep')
const IMPOSSIBLE = { message: '固定在周末的，不能再避开周末', path: ['moveFromWeekends'] }

const seriesSchedule = z.strictObject(schedule).refine(complete, INCOMPLETE).refine(possible, IMPOSSIBLE)

export const seriesDate = z.object({
  month: z.string().describe('YYYY-MM'),
  plannedOn: z.iso.date().describe('规则定的日期'),
  heldAt: instant,
  moved: keysOf<MoveReason>(MOVE_REASONS).nullable().describe('日期变动的原因'),
  holiday: z.string().nullable().describe('节假日名称；当年放假安排尚未公布的为空'),
})
export type SeriesDate = z.infer<typeof seriesDate>

export const meetingSeries = z
  .object({
    id: publicId,
    title: z.string(),
    place: z.string(),
    schedule: z.object({
      ...schedule,
      day: z.int().nullable(),
      week: z.int().nullable(),
      weekday: z.int().nullable(),
      moveFromWeekends: z.boolean(),
    }),
    presider: z
      .object({ personId: z.uuid(), name: z.string().nullable() })
      .nullable()
      .describe('通常的主持人，只给议事会成员和工作人员看'),
    startsOn: z.iso.date(),
    endsOn: z.iso.date().nullable(),
    ended: z.boolean(),
    coming: z
      .array(seriesDate.extend({ meetingId: publicId.nullable(), meetingState: meetingState.nullable() }))
      .describe('接下来的几次；会议筹备后为会议自己的时间，筹备中的编号只给议事会成员和工作人员看'),
    mayManage: z.boolean(),
    version: z.int(),
  })
  .meta({ id: 'MeetingSeries' })
export type MeetingSeriesView = z.infer<typeof meetingSeries>

const params = z.object({ id: publicId })
const tag = '议事会'

export const seriesRoutes = {
  listMeetingSeries: route({
    operationId: 'listMeetingSeries',
    method: 'GET',
    path: '/v1/meeting-series',
    summary: '例会',
    tag,
    permission: 'meetings.read',
    query: z.object({ community }),
    responses: { 200: z.object({ items: z.array(meetingSeries) }) },
  }),
  readMeetingSeries: route({
    operationId: 'readMeetingSeries',
    method: 'GET',
    path: '/v1/meeting-series/:id',
    summary: '一种例会和它接下来的几次',
    tag,
    permission: 'meetings.read',
    params,
    responses: { 200: meetingSeries },
  }),
  previewSeriesDates: route({
    operationId: 'previewSeriesDates',
    method: 'GET',
    path: '/v1/meeting-series-dates',
    summary: '按这样的规则，接下来在哪些日子',
    tag,
    permission: 'meetings.manage',
    query: z
      .object({
        ...schedule,
        day: z.coerce.number().pipe(day).nullable().default(null),
        week: z.coerce.number().pipe(week).nullable().default(null),
        weekday: z.coerce.number().pipe(weekday).nullable().default(null),
        moveFromWeekends: z.stringbool().default(false),
        startsOn: civilDate.optional(),
      })
      .refine(complete, INCOMPLETE)
      .refine(possible, IMPOSSIBLE),
    responses: { 200: z.object({ items: z.array(seriesDate) }) },
  }),
  createMeetingSeries: route({
    operationId: 'createMeetingSeries',
    method: 'POST',
    path: '/v1/meeting-series',
    summary: '设立例会',
    description: '今后约 60 天的会议随即筹备，此后每天补齐。',
    tag,
    permission: 'meetings.manage',
    body: z.strictObject({
      community,
      title: meetingTitle,
      place: meetingPlace,
      schedule: seriesSchedule,
      presiderId: uuid.optional(),
      startsOn: civilDate.optional().describe('默认今天'),
      endsOn: civilDate.optional(),
      reviewed,
    }),
    responses: { 201: meetingSeries },
    errors: ['unprocessable'],
  }),
  changeMeetingSeries: route({
    operationId: 'changeMeetingSeries',
    method: 'PATCH',
    path: '/v1/meeting-series/:id',
    summary: '修改例会',
    description: '筹备中的会议随之改动；已公告的不动。',
    tag,
    permission: 'meetings.manage',
    params,
    body: z.strictObject({
      title: meetingTitle.optional(),
      place: meetingPlace.optional(),
      schedule: seriesSchedule.optional(),
      presiderId: uuid.nullable().optional(),
      reviewed,
    }),
    ifMatch: true,
    responses: { 200: meetingSeries },
    errors: ['unprocessable'],
  }),
  endMeetingSeries: route({
    operationId: 'endMeetingSeries',
    method: 'POST',
    path: '/v1/meeting-series/:id/end',
    summary: '停开例会',
    description: '此后筹备中的会议随之取消；已公告的不动。',
    tag,
    permission: 'meetings.manage',
    params,
    body: z.strictObject({ lastDay: civilDate.optional().describe('最后一天，默认今天') }),
    ifMatch: true,
    responses: { 200: meetingSeries },
    errors: ['unprocessable'],
  }),
}
