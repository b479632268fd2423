import { CLOCKS, type ClockCode, REMINDERS } from '@tongxin/lifecycle'
import * as z from 'zod'
import { keysOf } from '../keys-of.ts'
import { instant } from '../page.ts'
import { publicId } from '../public-id.ts'
import { route } from '../route.ts'
import { policyKey } from './policies.ts'
import { regionCode } from './regions.ts'

const tag = '时限'
const day = z.iso.date()

export const CLOCK_CHANGES = {
  begun: '起算',
  paused: '暂停',
  resumed: '恢复计时',
  handed_in: '已申报办结，待核查',
  sent_back: '核查退回，继续计时',
  date_set: '另定期限',
  term_changed: '时限变更',
  recomputed: '规则或日历调整后重算',
  stopped: '终止',
} as const

const clockChange = z.object({
  what: keysOf<keyof typeof CLOCK_CHANGES>(CLOCK_CHANGES),
  seq: z.int().describe('见事项时间线的第几条'),
  at: instant,
  dueAt: instant.describe('此后的截止时间'),
})
export type ClockChange = z.infer<typeof clockChange>

export const DAY_KINDS = {
  weekday: '平日',
  weekend: '周末',
  holiday: '节假日',
  swapped: '调休上班',
  own: '本地安排',
} as const

const calendarDay = z.object({
  day,
  works: z.boolean(),
  kind: keysOf<keyof typeof DAY_KINDS>(DAY_KINDS),
  name: z.string().nullable().describe('节日名称，或本地安排的事由'),
})

const TERM_UNITS = ['minutes', 'calendar_hours', 'days', 'working_hours', 'working_days'] as const
const termUnit = z.enum(TERM_UNITS).describe('分钟、小时、天；工作小时、工作日')
export type TermUnit = z.infer<typeof termUnit>

const termView = z.discriminatedUnion('by', [
  z.object({
    by: z.literal('policy'),
    key: policyKey,
    name: z.string(),
    amount: z.int(),
    unit: termUnit,
    setFor: regionCode.nullable().describe('由哪一级区域设定；空为默认'),
    effectiveFrom: instant.nullable(),
  }),
  z.object({
    by: z.literal('category'),
    code: z.string(),
    name: z.string().nullable(),
    amount: z.int(),
    unit: termUnit,
  }),
  z.object({ by: z.literal('given') }),
])

export const clockView = z
  .object({
    clock: keysOf<ClockCode>(CLOCKS),
    about: z.string().nullable().describe('分工的单位名称'),
    state: z.enum(['running', 'paused', 'handed_in', 'stopped']),
    from: instant.describe('起算时间'),
    dueAt: instant.describe('截止时间'),
    doneAt: instant.nullable().describe('何时办完；仍在计时的为空'),
    late: z.boolean(),
    hoursOf: z.string().nullable().describe('按哪个单位自己的服务时间计；空为按区域的工作时间'),
    inWorkingTime: z.boolean().describe('按工作时间计；否则按自然时间计'),
    term: termView.describe('时限依据'),
    daysOff: z.int().describe('起止之间不计的天数'),
    days: z.array(calendarDay).describe('起止之间的节假日、调休和本地安排'),
    provisional: z.boolean().describe('截止日所在年份的放假安排尚未公布，公布后重算'),
    steps: z.array(
      z.object({
        level: z.int().min(1).max(REMINDERS.length),
        to: z.enum(['officer', 'secretary', 'supervisor']),
        at: instant,
        toldAt: instant.nullable(),
      }),
    ),
    changes: z.array(clockChange),
  })
  .meta({ id: 'ClockView' })
export type ClockView = z.infer<typeof clockView>

const ownDay = calendarDay.extend({ version: z.int().describe('本区域设定过几次'), setFor: regionCode.nullable() })
export type CalendarDay = z.infer<typeof ownDay>

export const clockRoutes = {
  listClocks: route({
    operationId: 'listClocks',
    method: 'GET',
    path: '/v1/issues/:id/clocks',
    summary: '事项各项时限的由来',
    description: '起算、依据、不计的日子、暂停和变更。首次联系、异议答复、评价回访只给经办方和诉求人看。',
    tag,
    permission: 'public.read',
    params: z.object({ id: publicId }),
    responses: { 200: z.object({ now: instant, items: z.array(clockView) }) },
    errors: ['not_found'],
  }),
  readCalendar: route({
    operationId: 'readCalendar',
    method: 'GET',
    path: '/v1/calendar/:regionCode',
    summary: '区域的工作日历',
    description: '法定节假日、调休，以及本区域或上级另行安排的日子；平日和周末不列。',
    tag,
    permission: 'public.read',
    params: z.object({ regionCode }),
    query: z.object({ year: z.coerce.number().int().min(2000).max(2100) }),
    responses: {
      200: z.object({
        regionCode,
        year: z.int(),
        arranged: z.boolean().describe('国务院已公布当年安排'),
        items: z.array(ownDay),
      }),
    },
    errors: ['not_found'],
  }),
  setCalendarDay: route({
    operationId: 'setCalendarDay',
    method: 'PUT',
    path: '/v1/calendar/:regionCode/days/:day',
    summary: '另行安排一天上班或休息',
    description:
      '如台风停工、临时调休。正在计时的工作日、工作小时时限随之重算，并记入每件事项。as_arranged 恢复法定安排。',
    tag,
    permission: 'policies.manage',
    params: z.object({ regionCode, day }),
    body: z.strictObject({
      works: z.enum(['works', 'rests', 'as_arranged']),
      reason: z.string().trim().min(2).max(100),
    }),
    ifMatch: true,
    responses: { 200: ownDay },
    errors: ['unprocessable'],
  }),
}
