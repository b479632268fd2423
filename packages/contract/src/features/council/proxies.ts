import * as z from 'zod'
import { keysOf } from '../../keys-of.ts'
import { instant, uuid } from '../../page.ts'
import { publicId } from '../../public-id.ts'
import { route } from '../../route.ts'
import { MOST_PROXIES } from '../../words.ts'

export const PROXY_ENDS = { revoked: '委托人撤回', checked_in: '本人到会', deputy_came: '替补到会' } as const
export type ProxyEnd = keyof typeof PROXY_ENDS

const person = z.object({ personId: z.uuid(), name: z.string().nullable() })

export const proxyView = z
  .object({
    principal: person.describe('委托人'),
    holder: person.describe('受托人'),
    givenAt: instant,
    endedAt: instant.nullable(),
    ended: keysOf<ProxyEnd>(PROXY_ENDS).nullable().describe('怎样终止的'),
    enteredBy: person.nullable().describe('书面委托由谁登记；委托人自己办理的为空'),
    used: z.boolean().describe('已凭委托投过票；无记名的，计票之后才显示'),
    usedOn: z.array(z.object({ motionId: publicId, text: z.string() })).describe('用在哪些表决上'),
  })
  .meta({ id: 'Proxy' })
export type ProxyView = z.infer<typeof proxyView>

const params = z.object({ id: publicId })
const tag = '议事会'
const proxyList = { 200: z.object({ items: z.array(proxyView) }) }

export const proxyRoutes = {
  listProxies: route({
    operationId: 'listProxies',
    method: 'GET',
    path: '/v1/meetings/:id/proxies',
    summary: '会议的委托',
    description: '只给议事会成员和工作人员看。',
    tag,
    permission: 'ballots.vote',
    params,
    responses: proxyList,
  }),
  giveProxy: route({
    operationId: 'giveProxy',
    method: 'PUT',
    path: '/v1/meetings/:id/proxy',
    summary: '委托另一位成员投票',
    description: `只对这一次会议；一人最多接受 ${MOST_PROXIES} 份委托，不能转委托；本人到会签到，委托即终止。`,
    tag,
    permission: 'ballots.vote',
    params,
    body: z.strictObject({ holderId: uuid.describe('受托人') }),
    responses: proxyList,
    errors: ['meeting_wrong_state', 'forbidden', 'unprocessable'],
  }),
  revokeProxy: route({
    operationId: 'revokeProxy',
    method: 'DELETE',
    path: '/v1/meetings/:id/proxy',
    summary: '撤回委托',
    description: '受托人还没有用它投票、领票之前。',
    tag,
    permission: 'ballots.vote',
    params,
    responses: proxyList,
    errors: ['forbidden', 'unprocessable'],
  }),
  recordProxy: route({
    operationId: 'recordProxy',
    method: 'POST',
    path: '/v1/meetings/:id/proxies',
    summary: '登记交来的书面委托',
    description: '由组织会议的工作人员登记，规则与本人委托相同；登记人不能是委托人或受托人，留下记录。',
    tag,
    permission: 'meetings.manage',
    params,
    body: z.strictObject({
      principalId: uuid.describe('委托人'),
      holderId: uuid.describe('受托人'),
    }),
    responses: { 201: z.object({ items: z.array(proxyView) }) },
    errors: ['meeting_wrong_state', 'forbidden', 'unprocessable'],
  }),
  cancelRecordedProxy: route({
    operationId: 'cancelRecordedProxy',
    method: 'DELETE',
    path: '/v1/meetings/:id/proxies/:personId',
    summary: '撤销登记的书面委托',
    description: '委托人书面撤回，或登记有误；还没有用它投票、领票之前。本人办理的委托只能由本人撤回。',
    tag,
    permission: 'meetings.manage',
    params: params.extend({ personId: uuid.describe('委托人') }),
    responses: proxyList,
    errors: ['meeting_wrong_state', 'forbidden', 'unprocessable'],
  }),
}
