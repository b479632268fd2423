import * as z from 'zod'
import { keysOf } from '../../keys-of.ts'
import { instant, page, pageQuery } from '../../page.ts'
import { route } from '../../route.ts'
import { regionCode } from '../regions.ts'

/** Members, and who sits in without a vote. */
export const ATTENDANCE_CLASSES = {
  representative: '居民代表',
  party_member: '党员骨干',
  unit_member: '单位代表',
  staff_member: '居委会成员',
  staff: '列席',
} as const
export type AttendanceClass = keyof typeof ATTENDANCE_CLASSES

export const attendanceClass = keysOf<AttendanceClass>(ATTENDANCE_CLASSES)
export const community = regionCode.regex(/^\d{12}$/, '请填写 12 位社区代码').describe('社区代码')

export const councilMember = z
  .object({
    personId: z.uuid(),
    name: z.string().nullable(),
    class: attendanceClass,
    unit: z.object({ id: z.uuid(), name: z.string() }).nullable().describe('所代表的单位；居民代表、党员骨干为空'),
    regionCode: z.string().describe('所代表的网格；全社区的为社区代码'),
    since: instant.describe('任期起'),
    until: instant.nullable().describe('任期止；没有约定的为空'),
    seatId: z.uuid().describe('席位，即其授权的编号'),
    deputies: z
      .array(
        z.object({
          personId: z.uuid(),
          name: z.string().nullable(),
          seatId: z.uuid(),
          since: instant,
          until: instant.nullable(),
        }),
      )
      .describe('缺席时代其出席的人'),
  })
  .meta({ id: 'CouncilMember' })
export type CouncilMember = z.infer<typeof councilMember>

export const councilSeat = councilMember
  .omit({ deputies: true, seatId: true })
  .extend({
    id: z.uuid(),
    deputyFor: z.object({ personId: z.uuid(), name: z.string().nullable() }).nullable().describe('作为其替补'),
    endedBecause: z.string().nullable().describe('提前终止的理由'),
  })
  .meta({ id: 'CouncilSeat' })
export type CouncilSeat = z.infer<typeof councilSeat>

const tag = '议事会'

export const memberRoutes = {
  listCouncilMembers: route({
    operationId: 'listCouncilMembers',
    method: 'GET',
    path: '/v1/council-members',
    summary: '议事会成员',
    description: '现任，或某一时刻在任的成员。',
    tag,
    permission: 'meetings.attend',
    query: z.object({ community, at: instant.optional() }),
    responses: { 200: z.object({ items: z.array(councilMember) }) },
  }),
  listCouncilSeats: route({
    operationId: 'listCouncilSeats',
    method: 'GET',
    path: '/v1/council-seats',
    summary: '历任议事会成员和替补',
    description: '按任命的先后，新的在前。',
    tag,
    permission: 'meetings.attend',
    query: pageQuery.extend({ community }),
    responses: { 200: page(councilSeat) },
  }),
}
