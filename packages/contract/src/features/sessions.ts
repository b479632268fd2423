import * as z from 'zod'
import { instant } from '../page.ts'
import { route } from '../route.ts'
import { personLevel } from './people.ts'

export const chinesePhone = z
  .string()
  .regex(/^1[3-9]\d{9}$/, '请填写 11 位手机号码')
  .describe('手机号码')

export const session = z
  .object({
    accessToken: z.string().describe('访问令牌，放在 Authorization: Bearer 请求头中'),
    expiresAt: instant.describe('访问令牌的失效时间'),
    personId: z.uuid(),
  })
  .meta({ id: 'Session' })

export const grantView = z
  .object({
    role: z.string(),
    regionCode: z.string(),
    unitId: z.uuid().nullable(),
  })
  .meta({ id: 'Grant' })

export const me = z
  .object({
    personId: z.uuid(),
    name: z.string().nullable(),
    phone: z.string().nullable().describe('脱敏后的手机号码'),
    username: z.string().nullable(),
    level: personLevel,
    grants: z.array(grantView),
    permissions: z.array(z.string()).describe('可以调用的功能'),
  })
  .meta({ id: 'Me' })

const tag = '登录'

export const sessionRoutes = {
  signIn: route({
    operationId: 'signIn',
    method: 'POST',
    path: '/v1/sessions',
    summary: '用账号和密码登录',
    description: '刷新令牌放在 httpOnly Cookie 中；连续失败会被要求等待。',
    tag,
    permission: 'session.start',
    idempotency: false,
    body: z.object({
      username: z.string().min(1).max(64).describe('账号'),
      password: z.string().min(1).max(200).describe('密码'),
    }),
    responses: { 201: session },
    errors: ['wrong_credentials', 'account_locked', 'too_many_attempts'],
  }),
  refresh: route({
    operationId: 'refreshSession',
    method: 'POST',
    path: '/v1/sessions/refresh',
    summary: '换取新的访问令牌',
    description:
      '刷新令牌每次更换；刚换下的令牌 30 秒内再次出现时，得到的仍是当前令牌；其他用过的刷新令牌再次出现时，整个登录被撤销。',
    tag,
    permission: 'session.start',
    idempotency: false,
    responses: { 201: session },
    errors: ['session_ended'],
  }),
  signOut: route({
    operationId: 'signOut',
    method: 'DELETE',
    path: '/v1/sessions/current',
    summary: '退出登录',
    tag,
    permission: 'session.end',
    idempotency: false,
    responses: { 204: null },
  }),
  requestPhoneCode: route({
    operationId: 'requestPhoneCode',
    method: 'POST',
    path: '/v1/phone-codes',
    summary: '获取短信验证码',
    tag,
    permission: 'session.start',
    idempotency: false,
    body: z.object({ phone: chinesePhone }),
    responses: { 202: z.object({ expiresAt: instant, retryAt: instant.describe('此时间之后可再次获取') }) },
    errors: ['too_many_attempts'],
  }),
  phoneSignIn: route({
    operationId: 'phoneSignIn',
    method: 'POST',
    path: '/v1/phone-sessions',
    summary: '用手机验证码登录',
    description: '首次登录的手机号会建立一个“已验证手机”级别的人员。',
    tag,
    permission: 'session.start',
    idempotency: false,
    body: z.object({ phone: chinesePhone, code: z.string().regex(/^\d{6}$/, '请填写 6 位验证码') }),
    responses: { 201: session },
    errors: ['wrong_code', 'account_locked', 'too_many_attempts'],
  }),
  me: route({
    operationId: 'readMe',
    method: 'GET',
    path: '/v1/me',
    summary: '本人信息与权限',
    tag,
    permission: 'me.read',
    responses: { 200: me },
  }),
}
