import * as z from 'zod'
import { keysOf } from '../../keys-of.ts'
import { instant, page, pageQuery, uuid } from '../../page.ts'
import { publicId } from '../../public-id.ts'
import { media, route } from '../../route.ts'
import { MOST_HEAD_PROXIES } from '../../words.ts'
import { personName, phoneNumber } from '../people.ts'
import { headNo, ownHead, voteFlat, voteParams } from './votes.ts'

export const HEAD_PROXY_ENDS = { revoked: '委托人撤回', voted: '业主自己投了票', objected: '共有人提出异议' } as const
export type HeadProxyEnd = keyof typeof HEAD_PROXY_ENDS

/** As staff see it who keep the record. */
export const headProxy = z
  .object({
    id: z.uuid(),
    headNo: z.int(),
    flats: z.array(voteFlat),
    holder: z.string().nullable().describe('受托人，脱敏'),
    giver: z.string().nullable().describe('在线委托的业主，脱敏；书面委托的为空'),
    enteredBy: z.string().nullable().describe('登记书面委托的工作人员；在线委托的为空'),
    givenAt: instant,
    endedAt: instant.nullable(),
    ended: keysOf<HeadProxyEnd>(HEAD_PROXY_ENDS).nullable().describe('怎样终止的'),
    used: z.boolean().describe('已凭委托投票'),
    mayCancel: z.boolean().describe('书面委托，还没有用过'),
  })
  .meta({ id: 'HeadProxy' })
export type HeadProxy = z.infer<typeof headProxy>

const tag = '业主表决'
const one = voteParams.extend({ proxyId: uuid })
const rule = `只对这一次表决；受托人可以不是业主，但不能是社区工作人员；一人最多接受 ${MOST_HEAD_PROXIES} 份委托，不能转委托；业主自己投票，委托即终止。`

export const headProxyRoutes = {
  appointProxy: route({
    operationId: 'appointProxy',
    method: 'POST',
    path: '/v1/owners-votes/:id/proxies',
    summary: '业主在线委托他人投票',
    description: `${rule}受托人须已在社区登记姓名和手机号，两者都相符才能委托。`,
    tag,
    permission: 'ballots.vote',
    params: voteParams,
    body: z.strictObject({
      headNo,
      name: personName.describe('受托人姓名'),
      phone: phoneNumber.describe('受托人手机号'),
    }),
    // Whose number it is may not be tried out: wrong tries count, though they are undone. Sent again, it is given once all the same.
    idempotency: false,
    responses: { 201: ownHead },
    errors: ['motion_closed', 'already_voted', 'not_entitled', 'conflict', 'unprocessable', 'too_many_attempts'],
  }),
  recordHeadProxy: route({
    operationId: 'recordHeadProxy',
    method: 'POST',
    path: '/v1/owners-votes/:id/paper-proxies',
    summary: '登记业主交来的书面委托',
    description: `${rule}附委托书的照片或扫描件；登记人不能与这一票有关；业主会收到短信，可以撤回。`,
    tag,
    permission: 'owners.manage',
    params: voteParams,
    body: z.strictObject({
      headNo,
      holderId: uuid.describe('受托人'),
      attachmentId: publicId.describe('委托书，先按会议材料上传'),
    }),
    responses: { 201: headProxy },
    errors: ['motion_closed', 'already_voted', 'conflict', 'forbidden', 'unprocessable'],
  }),
  revokeHeadProxy: route({
    operationId: 'revokeHeadProxy',
    method: 'DELETE',
    path: '/v1/owners-votes/:id/proxies/:proxyId',
    summary: '撤回委托',
    description: '受托人还没有投票之前，由业主撤回；书面委托也可由工作人员撤销登记，在线委托只能由业主自己撤回。',
    tag,
    permission: 'ballots.vote',
    params: one,
    responses: { 204: null },
    errors: ['motion_closed', 'forbidden', 'unprocessable'],
  }),
  listHeadProxies: route({
    operationId: 'listHeadProxies',
    method: 'GET',
    path: '/v1/owners-votes/:id/proxies',
    summary: '这次表决的委托，按时间',
    tag,
    permission: 'owners.manage',
    params: voteParams,
    query: pageQuery,
    responses: { 200: page(headProxy) },
  }),
  readHeadProxyPaper: route({
    operationId: 'readHeadProxyPaper',
    method: 'GET',
    path: '/v1/owners-votes/:id/proxies/:proxyId/paper',
    summary: '查看委托书',
    description: 'PDF 或 JPEG；只给管理名册的工作人员看。',
    tag,
    permission: 'owners.manage',
    params: one,
    responses: { 200: media('*/*'), 304: null },
    errors: ['not_found'],
  }),
}
