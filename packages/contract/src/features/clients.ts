import * as z from 'zod'
import { keysOf } from '../keys-of.ts'
import { instant, page, pageQuery, uuid } from '../page.ts'
import { CLIENT_SCOPE_CODES } from '../permissions.ts'
import { route } from '../route.ts'
import { CLIENT_STATUSES, type ClientStatus, LONGEST_CLIENT_YEARS, LONGEST_OVERLAP_HOURS } from '../words.ts'
import { regionCode } from './regions.ts'

export const clientStatus = keysOf<ClientStatus>(CLIENT_STATUSES)
const clientScope = z.enum(CLIENT_SCOPE_CODES)

const step = z.object({
  by: z.uuid(),
  name: z.string().nullable(),
  at: instant,
  reason: z.string().nullable(),
})

/** A key that still opens something; of the key itself only its end is kept. */
const clientKey = z.object({
  id: z.uuid(),
  lastFour: z.string(),
  createdAt: instant,
  endsAt: instant.nullable().describe('已换发新密钥的，到这时失效'),
})

export const clientView = z.object({
  id: z.uuid(),
  name: z.string(),
  operator: z.string().describe('运营单位'),
  operatorPhone: z.string().nullable().describe('运营单位的座机或服务热线'),
  regionCode,
  scopes: z.array(clientScope),
  status: clientStatus,
  expiresAt: instant,
  lastUsedAt: instant.nullable().describe('最近一次使用，精确到小时左右'),
  requested: step,
  approved: step.nullable(),
  refused: step.nullable(),
  revoked: step.nullable(),
  keys: z.array(clientKey).describe('现在有效的密钥，新的在前'),
  may: z
    .object({ approve: z.boolean(), refuse: z.boolean(), revoke: z.boolean(), issueKey: z.boolean() })
    .describe('读的人现在能对它做什么'),
  version: z.int(),
})
export type ClientView = z.infer<typeof clientView>

const reason = z.string().trim().min(2).max(300)

export const newClient = z.strictObject({
  name: z.string().trim().min(2).max(40),
  operator: z.string().trim().min(2).max(60),
  operatorPhone: z
    .string()
    .trim()
    .regex(/^(0\d{2,3}-?\d{7,8}|[48]00-?\d{3,4}-?\d{3,4}|\d{5,6})$/, '请填写单位的座机或服务热线，不要填个人手机')
    .optional(),
  regionCode,
  scopes: z.array(clientScope).min(1, '请至少选一项权限').max(CLIENT_SCOPE_CODES.length),
  expiresAt: instant.describe(`至多 ${LONGEST_CLIENT_YEARS} 年`),
  reason,
})

const tag = '第三方系统'
const clientParams = z.object({ id: uuid })

export const clientRoutes = {
  listClients: route({
    operationId: 'listClients',
    method: 'GET',
    path: '/v1/clients',
    summary: '第三方系统列表',
    tag,
    permission: 'clients.read',
    query: pageQuery.extend({ region: regionCode.optional(), status: clientStatus.optional() }),
    responses: { 200: page(clientView) },
  }),
  readClient: route({
    operationId: 'readClient',
    method: 'GET',
    path: '/v1/clients/:id',
    summary: '查看第三方系统',
    tag,
    permission: 'clients.read',
    params: clientParams,
    responses: { 200: clientView },
  }),
  registerClient: route({
    operationId: 'registerClient',
    method: 'POST',
    path: '/v1/clients',
    summary: '登记第三方系统（须另一人批准）',
    description: '权限和区域批准后不能修改；要改的另行登记，再停用原来的。',
    tag,
    permission: 'clients.manage',
    body: newClient,
    responses: { 201: clientView },
    errors: ['unprocessable'],
  }),
  approveClient: route({
    operationId: 'approveClient',
    method: 'POST',
    path: '/v1/clients/:id/approve',
    summary: '批准第三方系统接入',
    tag,
    permission: 'clients.approve',
    params: clientParams,
    responses: { 200: clientView },
    errors: ['conflict'],
  }),
  refuseClient: route({
    operationId: 'refuseClient',
    method: 'POST',
    path: '/v1/clients/:id/refuse',
    summary: '不批准第三方系统接入，或撤回登记',
    tag,
    permission: 'clients.manage',
    params: clientParams,
    body: z.strictObject({ reason }),
    responses: { 200: clientView },
    errors: ['conflict'],
  }),
  revokeClient: route({
    operationId: 'revokeClient',
    method: 'POST',
    path: '/v1/clients/:id/revoke',
    summary: '停用第三方系统（立即失效）',
    tag,
    permission: 'clients.manage',
    params: clientParams,
    body: z.strictObject({ reason }),
    responses: { 200: clientView },
    errors: ['conflict'],
  }),
  issueClientKey: route({
    operationId: 'issueClientKey',
    method: 'POST',
    path: '/v1/clients/:id/keys',
    summary: '签发新密钥',
    description: '密钥只在这次答复中出现，系统只留其散列值。原有密钥在 overlapHours 之后失效，为 0 的立即失效。',
    tag,
    permission: 'clients.manage',
    // The answer holds the key, which is stored nowhere: the version seen keeps a repeat from making another.
    idempotency: false,
    ifMatch: true,
    params: clientParams,
    body: z.strictObject({ overlapHours: z.int().min(0).max(LONGEST_OVERLAP_HOURS).default(24) }),
    responses: { 201: z.object({ key: z.string().describe('只显示这一次'), client: clientView }) },
    errors: ['conflict'],
  }),
}
