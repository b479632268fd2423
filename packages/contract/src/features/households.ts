import * as z from 'zod'
import { keysOf } from '../keys-of.ts'
import { instant, page, pageQuery } from '../page.ts'
import { route } from '../route.ts'
import { MEMBER_KINDS, type MemberKind } from '../words.ts'
import { personLevel } from './people.ts'
import { regionCode } from './regions.ts'

export const memberKind = keysOf<MemberKind>(MEMBER_KINDS)

/** A share of the ownership as an exact fraction: 1/2, never 0.5. */
export const ownershipShare = z
  .strictObject({ numerator: z.int().min(1).max(1_000_000), denominator: z.int().min(1).max(1_000_000) })
  .refine((share) => share.numerator <= share.denominator, { message: '份额不能大于 1' })
export type Share = z.infer<typeof ownershipShare>

export const householdView = z.object({
  id: z.uuid(),
  buildingCode: regionCode,
  /** `2单元301`; null for readers who only see masked data. */
  door: z.string().nullable(),
  /** In 0.01 m²: 8950 is 89.50 m². */
  areaHundredths: z.int().nullable(),
  memberCount: z.int(),
  version: z.int(),
})
export type Household = z.infer<typeof householdView>

export const householdMember = z.object({
  person: z.object({ id: z.uuid(), name: z.string().nullable(), level: personLevel }),
  kind: memberKind,
  share: ownershipShare.nullable(),
  boundBy: z.enum(['code', 'staff']),
  boundAt: instant,
})

export type HouseholdMember = z.infer<typeof householdMember>

export const householdDetail = householdView.extend({ members: z.array(householdMember) })
export type HouseholdDetail = z.infer<typeof householdDetail>

/** One of the homes of a person. */
export const personHousehold = householdMember
  .omit({ person: true })
  .extend({ household: z.object({ id: z.uuid(), buildingCode: regionCode, door: z.string().nullable() }) })
export type PersonHousehold = z.infer<typeof personHousehold>

export const bindingView = householdMember.extend({
  household: z.object({ id: z.uuid(), buildingCode: regionCode, door: z.string().nullable() }),
  boundByPerson: z.object({ id: z.uuid(), name: z.string().nullable() }),
})

const area = z.int().min(100).max(10_000_000).describe('建筑面积，单位 0.01 平方米')
const door = z.string().trim().min(1).max(30)

const membership = { kind: memberKind, share: ownershipShare.optional() }
const ownersHaveShares = (m: { kind: MemberKind; share?: Share | undefined }) =>
  (m.kind === 'owner') === (m.share !== undefined)
const shareRule = { path: ['share'], message: '产权人须登记份额，其他成员没有份额' }

export const newHousehold = z.strictObject({
  buildingCode: regionCode,
  door,
  areaHundredths: area.nullable().optional(),
})
export const householdChange = z.strictObject({ areaHundredths: area.nullable().optional(), door: door.optional() })
export const newMember = z.strictObject({ personId: z.uuid(), ...membership }).refine(ownersHaveShares, shareRule)
export const newInvitation = z.strictObject(membership).refine(ownersHaveShares, shareRule)

/** Shown once; only its keyed hash is kept. */
export const invitationView = z.object({
  code: z.string(),
  kind: memberKind,
  share: ownershipShare.nullable(),
  expiresAt: instant,
})

const householdParams = z.object({ id: z.uuid() })

export const householdRoutes = {
  listHouseholds: route({
    operationId: 'listHouseholds',
    method: 'GET',
    path: '/v1/households',
    summary: '住户列表',
    tag: '住户',
    permission: 'households.read',
    query: pageQuery.extend({ region: regionCode.optional() }),
    responses: { 200: page(householdView) },
  }),
  readHousehold: route({
    operationId: 'readHousehold',
    method: 'GET',
    path: '/v1/households/:id',
    summary: '查看住户及成员（本户成员或社区工作人员）',
    tag: '住户',
    permission: 'households.join',
    params: householdParams,
    responses: { 200: householdDetail },
  }),
  addHousehold: route({
    operationId: 'addHousehold',
    method: 'POST',
    path: '/v1/households',
    summary: '登记住户',
    tag: '住户',
    permission: 'households.manage',
    body: newHousehold,
    responses: { 201: householdView },
    errors: ['conflict', 'unprocessable'],
  }),
  changeHousehold: route({
    operationId: 'changeHousehold',
    method: 'PATCH',
    path: '/v1/households/:id',
    summary: '修改住户面积、门牌',
    tag: '住户',
    permission: 'households.manage',
    params: householdParams,
    body: householdChange,
    ifMatch: true,
    responses: { 200: householdView },
    errors: ['conflict'],
  }),
  inviteToHousehold: route({
    operationId: 'inviteToHousehold',
    method: 'POST',
    path: '/v1/households/:id/invitations',
    summary: '签发入户邀请码（只显示一次，一码一人）',
    tag: '住户',
    permission: 'households.manage',
    params: householdParams,
    body: newInvitation,
    idempotency: false,
    responses: { 201: invitationView },
    errors: ['unprocessable'],
  }),
  bindMember: route({
    operationId: 'bindMember',
    method: 'POST',
    path: '/v1/households/:id/members',
    summary: '工作人员绑定住户成员（列入书记清单）',
    tag: '住户',
    permission: 'households.manage',
    params: householdParams,
    body: newMember,
    responses: { 201: householdMember },
    errors: ['conflict', 'unprocessable'],
  }),
  unbindMember: route({
    operationId: 'unbindMember',
    method: 'DELETE',
    path: '/v1/households/:id/members/:personId',
    summary: '解除绑定（本人或社区工作人员）',
    tag: '住户',
    permission: 'households.join',
    params: z.object({ id: z.uuid(), personId: z.uuid() }),
    responses: { 204: null },
  }),
  bindMyself: route({
    operationId: 'bindMyself',
    method: 'POST',
    path: '/v1/household-bindings',
    summary: '凭邀请码绑定住户',
    tag: '住户',
    permission: 'households.join',
    body: z.strictObject({ code: z.string().trim().min(6).max(40) }),
    responses: { 201: householdDetail },
    errors: ['conflict', 'unprocessable'],
  }),
  listBindings: route({
    operationId: 'listBindings',
    method: 'GET',
    path: '/v1/household-bindings',
    summary: '住户绑定清单（书记查看工作人员代绑）',
    tag: '住户',
    permission: 'households.audit',
    query: pageQuery.extend({ region: regionCode.optional(), boundBy: z.enum(['code', 'staff']).default('staff') }),
    responses: { 200: page(bindingView) },
  }),
  listPersonHouseholds: route({
    operationId: 'listPersonHouseholds',
    method: 'GET',
    path: '/v1/people/:id/households',
    summary: '某人的住户（所辖范围内）',
    tag: '住户',
    permission: 'households.read',
    params: householdParams,
    responses: { 200: z.object({ items: z.array(personHousehold) }) },
  }),
  listMyHouseholds: route({
    operationId: 'listMyHouseholds',
    method: 'GET',
    path: '/v1/me/households',
    summary: '我的住户',
    tag: '住户',
    permission: 'households.join',
    responses: { 200: z.object({ items: z.array(householdDetail) }) },
  }),
}
