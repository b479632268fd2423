import * as z from 'zod'
import { keysOf } from '../keys-of.ts'
import { instant, page, pageQuery, uuid } from '../page.ts'
import { route } from '../route.ts'
import { ACCOUNT_STATUSES, type AccountStatus, PASSWORD_LENGTH } from '../words.ts'
import { grantableRole } from './grants.ts'
import { regionCode } from './regions.ts'

const accountStatus = keysOf<AccountStatus>(ACCOUNT_STATUSES)

const ownSession = z.object({
  id: z.uuid(),
  current: z.boolean().describe('就是这一次登录'),
  method: z.enum(['password', 'phone']),
  device: z.string().nullable().describe('浏览器和系统，登录时由浏览器报出'),
  startedAt: instant,
  usedAt: instant,
})

export const ownAccount = z.object({
  username: z.string().nullable().describe('没有设过账号的为空'),
  hasPassword: z.boolean(),
  phone: z.string().nullable().describe('脱敏后的手机号码'),
  provedUntil: instant.nullable().describe('刚用短信验证码登录：此时间之前设置密码不必再确认'),
  sessions: z.array(ownSession),
})
export type OwnAccount = z.infer<typeof ownAccount>

const username = z
  .string()
  .trim()
  .regex(/^[\p{L}\p{N}][\p{L}\p{N}._-]{1,31}$/u, '账号为 2 至 32 个字母、汉字或数字，可含 . _ -')
  .regex(/[^\p{N}]/u, '账号不能全是数字')
const newPassword = z
  .string()
  .min(PASSWORD_LENGTH, `密码至少 ${PASSWORD_LENGTH} 个字符`)
  .max(200)
  .refine((text) => new Set(text).size > 4, '密码太简单，请多用几个不同的字符')

export const passwordChange = z
  .strictObject({
    username: username.optional().describe('首次设置时填写，以后不变'),
    newPassword,
    currentPassword: z.string().min(1).max(200).optional(),
    code: z
      .string()
      .regex(/^\d{6}$/, '请填写 6 位验证码')
      .optional()
      .describe('发到本人手机的验证码'),
  })
  .refine((change) => !change.username || !change.newPassword.toLowerCase().includes(change.username.toLowerCase()), {
    path: ['newPassword'],
    message: '密码里不能有账号',
  })

export const staffAccount = z.object({
  person: z.object({
    id: z.uuid(),
    name: z.string().nullable().describe('工作人员的全名'),
    phone: z.string().nullable().describe('脱敏'),
  }),
  grants: z.array(z.object({ role: grantableRole, regionCode })),
  username: z.string().nullable().describe('没有设过账号的为空'),
  hasPassword: z.boolean(),
  lastSignInAt: instant.nullable(),
  sessions: z.int().describe('现在有几处登录'),
  locked: z.object({ at: instant, by: z.string().nullable().describe('锁定者的全名'), reason: z.string() }).nullable(),
  may: z.boolean().describe('读者能否锁定、解锁、结束登录、撤下密码'),
})
export type StaffAccount = z.infer<typeof staffAccount>

const own = '我的账号'
const tag = '账号'
const params = z.object({ personId: uuid })
const body = z.strictObject({ reason: z.string().trim().min(2).max(300) })

export const accountRoutes = {
  readOwnAccount: route({
    operationId: 'readOwnAccount',
    method: 'GET',
    path: '/v1/me/account',
    summary: '本人的账号和登录',
    tag: own,
    permission: 'account.keep',
    responses: { 200: ownAccount },
  }),
  requestOwnCode: route({
    operationId: 'requestOwnCode',
    method: 'POST',
    path: '/v1/me/phone-codes',
    summary: '向本人手机发验证码',
    tag: own,
    permission: 'account.keep',
    idempotency: false,
    responses: { 202: z.object({ expiresAt: instant, retryAt: instant.describe('此时间之后可再次获取') }) },
    errors: ['too_many_attempts', 'unprocessable'],
  }),
  setPassword: route({
    operationId: 'setPassword',
    method: 'PUT',
    path: '/v1/me/password',
    summary: '设置或修改本人的密码',
    description: '须有当前密码或发到本人手机的验证码，刚用验证码登录的不必。其他登录随即结束。',
    tag: own,
    permission: 'account.keep',
    idempotency: false,
    body: passwordChange,
    responses: { 200: ownAccount },
    errors: ['wrong_credentials', 'wrong_code', 'too_many_attempts', 'proof_needed', 'username_taken', 'unprocessable'],
  }),
  endOwnSession: route({
    operationId: 'endOwnSession',
    method: 'DELETE',
    path: '/v1/me/sessions/:id',
    summary: '结束本人的一处登录',
    tag: own,
    permission: 'account.keep',
    params: z.object({ id: uuid }),
    responses: { 200: ownAccount },
  }),
  endOtherSessions: route({
    operationId: 'endOtherSessions',
    method: 'DELETE',
    path: '/v1/me/sessions',
    summary: '结束本人的其他登录',
    tag: own,
    permission: 'account.keep',
    responses: { 200: ownAccount },
  }),
  listAccounts: route({
    operationId: 'listAccounts',
    method: 'GET',
    path: '/v1/accounts',
    summary: '工作人员的账号',
    tag,
    permission: 'accounts.read',
    query: pageQuery.extend({
      region: regionCode.optional(),
      personId: uuid.optional(),
      role: grantableRole.optional(),
      status: accountStatus.optional(),
      q: z.string().trim().min(1).max(40).optional().describe('姓名、账号，或手机号后四位'),
    }),
    responses: { 200: page(staffAccount) },
  }),
  lockAccount: route({
    operationId: 'lockAccount',
    method: 'POST',
    path: '/v1/accounts/:personId/lock',
    summary: '锁定账号（所有登录立即结束，不能再登录）',
    tag,
    permission: 'accounts.manage',
    params,
    body,
    responses: { 200: staffAccount },
    errors: ['conflict', 'last_administrator'],
  }),
  unlockAccount: route({
    operationId: 'unlockAccount',
    method: 'POST',
    path: '/v1/accounts/:personId/unlock',
    summary: '解除锁定',
    tag,
    permission: 'accounts.manage',
    params,
    body,
    responses: { 200: staffAccount },
    errors: ['conflict'],
  }),
  endSessions: route({
    operationId: 'endSessions',
    method: 'POST',
    path: '/v1/accounts/:personId/end-sessions',
    summary: '结束所有登录',
    tag,
    permission: 'accounts.manage',
    params,
    body,
    responses: { 200: staffAccount },
  }),
  removePassword: route({
    operationId: 'removePassword',
    method: 'POST',
    path: '/v1/accounts/:personId/remove-password',
    summary: '撤下密码（本人用短信验证码登录后另设）',
    tag,
    permission: 'accounts.manage',
    params,
    body,
    responses: { 200: staffAccount },
    errors: ['conflict'],
  }),
}
