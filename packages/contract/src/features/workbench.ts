import { CLOCKS, type ClockCode, REMINDERS } from '@tongxin/lifecycle'
import * as z from 'zod'
import { keysOf } from '../keys-of.ts'
import { instant, page, pageQuery } from '../page.ts'
import { publicId } from '../public-id.ts'
import { route } from '../route.ts'
import { COUNCIL_STEPS, type CouncilStepKind } from '../words.ts'
import { actionCode, issueItem } from './issues.ts'
import { regionCode } from './regions.ts'

const WORKBENCH_LISTS = ['mine', 'warnings', 'others'] as const
export type WorkbenchList = (typeof WORKBENCH_LISTS)[number]

export const workbenchItem = issueItem
  .extend({
    step: z
      .object({
        action: actionCode.describe('该做的下一步'),
        clock: keysOf<ClockCode>(CLOCKS).describe('等着这一步的时限'),
        dueAt: instant,
      })
      .nullable()
      .describe('读者现在该做的；等别人的为空'),
    warning: z
      .object({
        clock: keysOf<ClockCode>(CLOCKS).describe('哪项时限超期'),
        level: z.int().min(1).max(REMINDERS.length).describe('报到了第几级'),
        dueAt: instant,
        actions: z.array(actionCode).min(1).describe('可以作的决定，最可能的在前'),
      })
      .nullable()
      .describe('在别人手上超期、已报到读者这一级、可以作决定的；否则为空'),
  })
  .meta({ id: 'WorkbenchItem' })
export type WorkbenchItem = z.infer<typeof workbenchItem>

export const councilStep = z
  .object({
    kind: keysOf<CouncilStepKind>(COUNCIL_STEPS),
    meetingId: publicId,
    title: z.string().describe('会议的名称'),
    dueAt: instant.nullable(),
  })
  .meta({ id: 'CouncilStep' })
export type CouncilStep = z.infer<typeof councilStep>

const community = regionCode.regex(/^\d{12}$/, '请填写 12 位社区代码').describe('社区代码')
const tag = '工作台'

export const workbenchRoutes = {
  listWorkbench: route({
    operationId: 'listWorkbench',
    method: 'GET',
    path: '/v1/workbench',
    summary: '等着本人办的、超期要本人决定的，和本人在等别人办的',
    description:
      '最先到期的在前。哪些事项等着谁，由动作表和时限表推出；一件事项只在一张单子上。一页可能少于所要的条数，以 `nextCursor` 为准，但不会在后面还有时空着（看过两千件仍没有的除外）。',
    tag,
    permission: 'workbench.read',
    query: pageQuery.extend({
      community,
      list: z
        .enum(WORKBENCH_LISTS)
        .default('mine')
        .describe('mine：等着本人办；warnings：在别人手上超期，要本人决定；others：在等别人办'),
    }),
    responses: { 200: page(workbenchItem) },
  }),
  listCouncilSteps: route({
    operationId: 'listCouncilSteps',
    method: 'GET',
    path: '/v1/workbench/council',
    summary: '议事会上等着本人做的：公告、开会、纪要、邀请、投票',
    description: '有期限的在前，最先到期的最前。',
    tag,
    permission: 'workbench.read',
    query: z.object({ community }),
    responses: { 200: z.object({ items: z.array(councilStep) }) },
  }),
}
