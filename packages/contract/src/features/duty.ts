import { CLOCKS, type ClockCode } from '@tongxin/lifecycle'
import * as z from 'zod'
import { keysOf } from '../keys-of.ts'
import { civilDate, instant, page, pageQuery, uuid } from '../page.ts'
import { publicId } from '../public-id.ts'
import { route } from '../route.ts'

const tag = '值班'

export const DUTY_KINDS = { day: '白班', night: '夜班' } as const
export type DutyKind = keyof typeof DUTY_KINDS
const dutyKind = keysOf<DutyKind>(DUTY_KINDS)

const timeOfDay = z
  .string()
  .regex(/^([01]\d|2[0-3]):[0-5]\d$/, '时间写作 08:30')
  .meta({ example: '08:00' })
const dayCode = z.string().regex(/^\d{12}$/, '社区代码为 12 位数字')

/** People take turns in this order: week by week on a weekday, day by day over a holiday. */
const turns = z.array(uuid).max(20)
const dutyDay = z.strictObject({ day: turns, night: turns })
export type DutyDay = z.infer<typeof dutyDay>

export const dutyPattern = z
  .strictObject({
    dayFrom: timeOfDay.describe('白班开始'),
    nightFrom: timeOfDay.describe('夜班开始，到次日白班开始为止'),
    week: z.array(dutyDay).length(7).describe('周一至周日'),
    holiday: dutyDay.nullable().describe('法定节假日另排的；空为按星期排'),
  })
  .refine(({ dayFrom, nightFrom }) => dayFrom < nightFrom, '夜班须晚于白班开始')
export type DutyPattern = z.infer<typeof dutyPattern>

const dutyPerson = z.object({ id: z.uuid(), name: z.string().nullable() })
export type DutyPerson = z.infer<typeof dutyPerson>

export const dutyPlan = z
  .object({
    community: z.string(),
    phone: z.string().nullable().describe('值班电话，公开'),
    pattern: dutyPattern.nullable(),
    people: z.array(dutyPerson).describe('可以排班的人'),
    named: z.boolean().describe('读者同意值班时向居民公布姓名'),
    mayManage: z.boolean(),
    version: z.int(),
  })
  .meta({ id: 'DutyPlan' })
export type DutyPlan = z.infer<typeof dutyPlan>

export const dutyShift = z
  .object({
    id: publicId,
    kind: dutyKind,
    from: instant,
    to: instant,
    person: dutyPerson,
    stands: z.boolean().describe('此人仍在岗位上；否则这一班等于没人'),
    insteadOf: dutyPerson.nullable().describe('原排的人'),
    standInReason: z.string().nullable(),
    handedOver: z.enum(['no', 'made', 'confirmed']).describe('交接：未交、已交待接、已接'),
    mine: z.boolean(),
    version: z.int(),
  })
  .meta({ id: 'DutyShift' })
export type DutyShift = z.infer<typeof dutyShift>

const gap = z.object({ from: instant, to: instant })

export const DUTY_WHY = { not_contacted: '尚未联系诉求人', overdue: '已超期', running_out: '即将到期' } as const
export type DutyWhy = keyof typeof DUTY_WHY

export const dutyMatter = z
  .object({
    id: publicId,
    number: z.string(),
    title: z.string().nullable().describe('读者不能看的为空'),
    why: keysOf<DutyWhy>(DUTY_WHY),
    clock: keysOf<ClockCode>(CLOCKS).nullable(),
    dueAt: instant.nullable(),
  })
  .meta({ id: 'DutyMatter' })
export type DutyMatter = z.infer<typeof dutyMatter>

export const dutyHandOver = z
  .object({
    shiftId: publicId,
    kind: dutyKind,
    from: instant,
    to: instant,
    madeBy: dutyPerson,
    madeAt: instant,
    note: z.string(),
    receiver: dutyPerson,
    confirmedAt: instant.nullable(),
    matters: z.array(dutyMatter),
    mayConfirm: z.boolean(),
  })
  .meta({ id: 'DutyHandOver' })
export type DutyHandOver = z.infer<typeof dutyHandOver>

const communityParams = z.object({ code: dayCode })
const shiftParams = z.object({ id: publicId })
const text = (most: number) => z.string().trim().min(2).max(most)

export const dutyRoutes = {
  readOnDuty: route({
    operationId: 'readOnDuty',
    method: 'GET',
    path: '/v1/communities/:code/duty/now',
    summary: '现在谁值班',
    description: '公众只看到值班电话；本人同意的才公布姓名。工作人员看到是谁。',
    tag,
    permission: 'public.read',
    params: communityParams,
    responses: {
      200: z.object({
        phone: z.string().nullable(),
        onDuty: z.boolean(),
        kind: dutyKind.nullable(),
        until: instant.nullable(),
        name: z.string().nullable(),
      }),
    },
    errors: ['not_found'],
  }),
  readDutyPlan: route({
    operationId: 'readDutyPlan',
    method: 'GET',
    path: '/v1/communities/:code/duty/plan',
    summary: '值班安排（每周轮换）',
    tag,
    permission: 'duty.read',
    params: communityParams,
    responses: { 200: dutyPlan },
    errors: ['not_found'],
  }),
  setDutyPlan: route({
    operationId: 'setDutyPlan',
    method: 'PUT',
    path: '/v1/communities/:code/duty/plan',
    summary: '设定值班安排',
    description: '此后四周未开始的班次按新安排重排；替过班的不动。以后每天自动往后续排。',
    tag,
    permission: 'duty.manage',
    params: communityParams,
    body: z.strictObject({
      phone: z
        .string()
        .trim()
        .regex(/^[\d\s-]{3,20}$/, '请填写电话号码')
        .nullable(),
      pattern: dutyPattern,
    }),
    ifMatch: true,
    responses: { 200: dutyPlan },
    errors: ['not_found', 'unprocessable'],
  }),
  listDutyShifts: route({
    operationId: 'listDutyShifts',
    method: 'GET',
    path: '/v1/communities/:code/duty/shifts',
    summary: '值班表，及没有人值班的时段',
    tag,
    permission: 'duty.read',
    params: communityParams,
    query: z.object({ from: civilDate, to: civilDate.describe('含当日，最多 45 天') }),
    responses: { 200: z.object({ items: z.array(dutyShift), gaps: z.array(gap) }) },
    errors: ['not_found', 'unprocessable'],
  }),
  addDutyShift: route({
    operationId: 'addDutyShift',
    method: 'POST',
    path: '/v1/communities/:code/duty/shifts',
    summary: '补排一班',
    tag,
    permission: 'duty.manage',
    params: communityParams,
    body: z.strictObject({ kind: dutyKind, from: instant, to: instant, personId: uuid }),
    responses: { 201: dutyShift },
    errors: ['not_found', 'unprocessable'],
  }),
  standIn: route({
    operationId: 'standIn',
    method: 'PUT',
    path: '/v1/duty/shifts/:id/person',
    summary: '替班',
    description: '由排班人或值班人本人安排，留下原排的人和理由。',
    tag,
    permission: 'duty.read',
    params: shiftParams,
    body: z.strictObject({ personId: uuid, reason: text(200) }),
    ifMatch: true,
    responses: { 200: dutyShift },
    errors: ['not_found', 'unprocessable'],
  }),
  listDutyMatters: route({
    operationId: 'listDutyMatters',
    method: 'GET',
    path: '/v1/communities/:code/duty/matters',
    summary: '值班要盯的事项：尚未联系的、已超期的、十二小时内到期的',
    tag,
    permission: 'duty.read',
    params: communityParams,
    responses: { 200: z.object({ items: z.array(dutyMatter) }) },
    errors: ['not_found'],
  }),
  handOverDuty: route({
    operationId: 'handOverDuty',
    method: 'POST',
    path: '/v1/duty/shifts/:id/hand-over',
    summary: '交班',
    description: '由这一班的值班人交给下一班；当时要盯的事项一并记下。',
    tag,
    permission: 'duty.read',
    params: shiftParams,
    body: z.strictObject({ note: text(1000) }),
    responses: { 201: dutyHandOver },
    errors: ['not_found', 'unprocessable'],
  }),
  confirmHandOver: route({
    operationId: 'confirmHandOver',
    method: 'POST',
    path: '/v1/duty/shifts/:id/hand-over/confirm',
    summary: '接班',
    tag,
    permission: 'duty.read',
    params: shiftParams,
    body: z.strictObject({}),
    responses: { 200: dutyHandOver },
    errors: ['not_found', 'unprocessable'],
  }),
  listHandOvers: route({
    operationId: 'listHandOvers',
    method: 'GET',
    path: '/v1/communities/:code/duty/hand-overs',
    summary: '交接班记录',
    tag,
    permission: 'duty.read',
    params: communityParams,
    query: pageQuery,
    responses: { 200: page(dutyHandOver) },
    errors: ['not_found'],
  }),
  setDutyName: route({
    operationId: 'setDutyName',
    method: 'PUT',
    path: '/v1/communities/:code/duty/name',
    summary: '本人是否同意值班时向居民公布姓名',
    tag,
    permission: 'duty.read',
    params: communityParams,
    body: z.strictObject({ named: z.boolean() }),
    responses: { 200: z.object({ named: z.boolean() }) },
    errors: ['not_found'],
  }),
}
