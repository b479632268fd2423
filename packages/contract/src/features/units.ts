import * as z from 'zod'
import { keysOf } from '../keys-of.ts'
import { page, pageQuery } from '../page.ts'
import { route } from '../route.ts'
import { categoryCode } from './categories.ts'
import { phoneNumber, purposeText } from './people.ts'
import { regionCode } from './regions.ts'
import { unitHours } from './unit-hours.ts'
import { unitPeopleRoutes } from './unit-people.ts'

export * from './unit-hours.ts'
export * from './unit-people.ts'

export const UNIT_KINDS = {
  department: '职能部门',
  property: '物业',
  partner: '共建单位',
  committee: '社区居委会',
  street: '街道',
} as const
export type UnitKind = keyof typeof UNIT_KINDS
export const unitKind = keysOf<UnitKind>(UNIT_KINDS)

export const unitView = z.object({
  id: z.uuid(),
  regionCode,
  name: z.string(),
  kind: unitKind,
  hasAccounts: z.boolean(),
  /** Masked, and only for staff of the region. */
  phone: z.string().nullable(),
  active: z.boolean(),
  duties: z.array(categoryCode).describe('承办的类别'),
  leads: z.array(categoryCode).describe('其中派单时优先建议由它主办的'),
  notDuties: z.array(categoryCode).describe('写明不归它办的类别：只有书记指定才派给它'),
  version: z.int(),
})
export type Unit = z.infer<typeof unitView>

export const unitDetail = unitView
  .extend({
    hours: unitHours.nullable().describe('服务时间；空为按区域的工作时间'),
    mayManage: z.boolean().describe('读者可修改基本信息、职责清单和服务时间'),
    mayKeep: z.boolean().describe('读者可维护联系人'),
  })
  .meta({ id: 'UnitDetail' })
export type UnitDetail = z.infer<typeof unitDetail>

const dutyCodes = z.array(categoryCode).max(300)
const unitName = z.string().trim().min(2).max(60)

export const newUnit = z.strictObject({
  regionCode,
  name: unitName,
  kind: unitKind,
  hasAccounts: z.boolean().default(true),
  phone: phoneNumber.optional(),
  duties: dutyCodes.default([]),
  leads: dutyCodes.default([]),
  notDuties: dutyCodes.default([]),
})

export const unitChange = z.strictObject({
  name: unitName.optional(),
  kind: unitKind.optional(),
  hasAccounts: z.boolean().optional(),
  phone: phoneNumber.nullable().optional(),
  active: z.boolean().optional(),
  /** Each the whole list, replacing the one on record. */
  duties: dutyCodes.optional(),
  leads: dutyCodes.optional(),
  notDuties: dutyCodes.optional(),
})

const unitParams = z.object({ id: z.uuid() })

export const unitRoutes = {
  ...unitPeopleRoutes,
  listUnits: route({
    operationId: 'listUnits',
    method: 'GET',
    path: '/v1/units',
    summary: '联办单位列表及职责清单',
    tag: '联办单位',
    permission: 'units.read',
    query: pageQuery.extend({
      region: regionCode.optional().describe('服务于该区域的单位：本级、上级和下级的'),
      category: categoryCode.optional().describe('职责清单含该类别'),
      inactive: z.stringbool().default(false),
    }),
    responses: { 200: page(unitView) },
  }),
  readUnit: route({
    operationId: 'readUnit',
    method: 'GET',
    path: '/v1/units/:id',
    summary: '查看单位',
    tag: '联办单位',
    permission: 'units.read',
    params: unitParams,
    responses: { 200: unitDetail },
  }),
  addUnit: route({
    operationId: 'addUnit',
    method: 'POST',
    path: '/v1/units',
    summary: '新增单位',
    tag: '联办单位',
    permission: 'units.manage',
    body: newUnit,
    responses: { 201: unitDetail },
    errors: ['unprocessable'],
  }),
  changeUnit: route({
    operationId: 'changeUnit',
    method: 'PATCH',
    path: '/v1/units/:id',
    summary: '修改单位、职责清单、停用',
    tag: '联办单位',
    permission: 'units.manage',
    params: unitParams,
    body: unitChange,
    ifMatch: true,
    responses: { 200: unitDetail },
    errors: ['unprocessable', 'unit_has_open_orders'],
  }),
  revealUnit: route({
    operationId: 'revealUnit',
    method: 'POST',
    path: '/v1/units/:id/reveal',
    summary: '查看单位完整电话（须写明用途，留审计记录）',
    tag: '联办单位',
    permission: 'units.reveal',
    params: unitParams,
    body: z.strictObject({ purpose: purposeText }),
    idempotency: false,
    responses: { 200: z.object({ id: z.uuid(), phone: z.string().nullable() }) },
  }),
}
