import { ROLE_CODES, type Role } from '@tongxin/lifecycle'
import * as z from 'zod'
import { keysOf } from '../keys-of.ts'
import { instant, page, pageQuery, uuid } from '../page.ts'
import { route } from '../route.ts'
import { regionCode } from './regions.ts'

/** `resident` is a level that comes with a household, never a grant. */
export type GrantableRole = Exclude<Role, 'resident'>
export const grantableRole = z.enum(
  ROLE_CODES.filter((role) => role !== 'resident') as [GrantableRole, ...GrantableRole[]],
)

export const GRANT_STATUSES = {
  requested: '待批准',
  active: '生效中',
  refused: '未批准',
  revoked: '已撤销',
  ended: '已到期',
} as const
export type GrantStatus = keyof typeof GRANT_STATUSES
export const grantStatus = keysOf<GrantStatus>(GRANT_STATUSES)

const decision = z
  .object({
    by: z.uuid(),
    name: z.string().nullable(),
    at: instant,
    reason: z.string().nullable(),
  })
  .nullable()

export const grantRecord = z.object({
  id: z.uuid(),
  person: z.object({ id: z.uuid(), name: z.string().nullable().describe('非工作人员的只留姓') }),
  role: grantableRole,
  regionCode,
  unit: z.object({ id: z.uuid(), name: z.string() }).nullable(),
  deputyFor: z.uuid().nullable().describe('替补：此人缺席时代其出席议事会'),
  deputyForName: z.string().nullable().describe('脱敏'),
  status: grantStatus,
  requested: z.object({ by: z.uuid(), name: z.string().nullable(), at: instant, reason: z.string() }),
  approved: decision,
  refused: decision,
  revoked: decision,
  validFrom: instant.nullable(),
  validTo: instant.nullable(),
  /** What the reader may do with it as it stands. */
  may: z.object({ approve: z.boolean(), refuse: z.boolean(), revoke: z.boolean() }),
  version: z.int(),
})
export type GrantRecord = z.infer<typeof grantRecord>

const reason = z.string().trim().min(2).max(300)

export const newGrant = z
  .strictObject({
    personId: uuid,
    role: grantableRole,
    regionCode,
    unitId: uuid.optional(),
    deputyFor: uuid.optional().describe('作为哪位议事会成员的替补'),
    reason,
    validFrom: z.iso.datetime({ offset: true }).optional(),
    validTo: z.iso.datetime({ offset: true }).optional(),
  })
  .refine((g) => g.role === 'representative' || (g.role === 'unit_handler') === (g.unitId !== undefined), {
    path: ['unitId'],
    message: '联办单位经办人须指明单位；议事会代表指明单位的，为该单位的席位；其他角色没有单位',
  })
  .refine((g) => g.deputyFor === undefined || g.role === 'representative' || g.role === 'party_member', {
    path: ['deputyFor'],
    message: '只有居民代表、党员骨干有替补',
  })
  .refine((g) => !g.validFrom || !g.validTo || Date.parse(g.validFrom) < Date.parse(g.validTo), {
    path: ['validTo'],
    message: '结束时间须晚于开始时间',
  })

const grantParams = z.object({ id: uuid })

export const grantRoutes = {
  listGrants: route({
    operationId: 'listGrants',
    method: 'GET',
    path: '/v1/grants',
    summary: '授权列表',
    tag: '授权',
    permission: 'grants.read',
    query: pageQuery.extend({
      region: regionCode.optional(),
      personId: z.uuid().optional(),
      role: grantableRole.optional(),
      status: grantStatus.optional(),
    }),
    responses: { 200: page(grantRecord) },
  }),
  readGrant: route({
    operationId: 'readGrant',
    method: 'GET',
    path: '/v1/grants/:id',
    summary: '查看授权',
    tag: '授权',
    permission: 'grants.read',
    params: grantParams,
    responses: { 200: grantRecord },
  }),
  requestGrant: route({
    operationId: 'requestGrant',
    method: 'POST',
    path: '/v1/grants',
    summary: '申请授权（须另一人批准）',
    tag: '授权',
    permission: 'grants.propose',
    body: newGrant,
    responses: { 201: grantRecord },
    errors: ['conflict', 'unprocessable'],
  }),
  approveGrant: route({
    operationId: 'approveGrant',
    method: 'POST',
    path: '/v1/grants/:id/approve',
    summary: '批准授权',
    tag: '授权',
    permission: 'grants.approve',
    params: grantParams,
    responses: { 200: grantRecord },
    errors: ['conflict'],
  }),
  refuseGrant: route({
    operationId: 'refuseGrant',
    method: 'POST',
    path: '/v1/grants/:id/refuse',
    summary: '不批准授权',
    tag: '授权',
    permission: 'grants.approve',
    params: grantParams,
    body: z.strictObject({ reason }),
    responses: { 200: grantRecord },
    errors: ['conflict'],
  }),
  revokeGrant: route({
    operationId: 'revokeGrant',
    method: 'POST',
    path: '/v1/grants/:id/revoke',
    summary: '撤销授权（立即失效）',
    tag: '授权',
    permission: 'grants.revoke',
    params: grantParams,
    body: z.strictObject({ reason }),
    responses: { 200: grantRecord },
    errors: ['conflict'],
  }),
}
