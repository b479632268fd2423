import { CLOCKS, type ClockCode } from '@tongxin/lifecycle'
import * as z from 'zod'
import { keysOf } from '../keys-of.ts'
import { instant, page, pageQuery } from '../page.ts'
import { route } from '../route.ts'
import { actionCode, issueItem } from './issues.ts'
import { regionCode } from './regions.ts'

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
  })
  .meta({ id: 'WorkbenchItem' })
export type WorkbenchItem = z.infer<typeof workbenchItem>

const community = regionCode.regex(/^\d{12}$/, '请填写 12 位社区代码').describe('社区代码')
const tag = '工作台'

export const workbenchRoutes = {
  listWorkbench: route({
    operationId: 'listWorkbench',
    method: 'GET',
    path: '/v1/workbench',
    summary: '等着本人办的，和本人在等别人办的',
    description: '最先到期的在前。哪些事项等着谁，由动作表和时限表推出。一页可能少于所要的条数，以 `nextCursor` 为准。',
    tag,
    permission: 'workbench.read',
    query: pageQuery.extend({
      community,
      list: z.enum(['mine', 'others']).default('mine').describe('mine：等着本人办；others：在等别人办'),
    }),
    responses: { 200: page(workbenchItem) },
  }),
}
