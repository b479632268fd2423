import * as z from 'zod'
import { keysOf } from '../keys-of.ts'
import { instant, page, pageQuery } from '../page.ts'
import { route } from '../route.ts'
import { personName, phoneNumber, purposeText } from './people.ts'
import { unitHours } from './unit-hours.ts'

const tag = '联办单位'
const unitParams = z.object({ id: z.uuid() })
const contactParams = unitParams.extend({ contactId: z.uuid() })

export const unitContact = z
  .object({
    id: z.uuid(),
    name: z.string().describe('脱敏'),
    phone: z.string().describe('脱敏'),
    post: z.string().nullable(),
    version: z.int(),
  })
  .meta({ id: 'UnitContact' })
export type UnitContact = z.infer<typeof unitContact>

const contactInput = z.strictObject({
  name: personName,
  phone: phoneNumber,
  post: z.string().trim().min(1).max(40).nullable().default(null),
})

export const unitHandler = z.object({
  personId: z.uuid(),
  name: z.string().nullable().describe('脱敏'),
  since: instant,
  until: instant.nullable(),
})
export type UnitHandler = z.infer<typeof unitHandler>

export const UNIT_CHANGES = {
  added: '新增单位',
  changed: '修改基本信息',
  duties: '修改职责清单',
  hours: '修改服务时间',
  contact_added: '新增联系人',
  contact_changed: '修改联系人',
  contact_removed: '删除联系人',
} as const
export type UnitChangeKind = keyof typeof UNIT_CHANGES

const codes = z.array(z.string())
/** What it became, without any person's name or number. */
export const unitChangeDetails = z.object({
  name: z.string().optional(),
  kind: z.string().optional(),
  active: z.boolean().optional(),
  hasAccounts: z.boolean().optional(),
  phone: z.literal(true).optional().describe('改了电话'),
  duties: codes.optional().describe('新列入的类别'),
  leads: codes.optional().describe('新列为优先主办的'),
  notDuties: codes.optional().describe('新列为不属职责的'),
  dropped: codes.optional().describe('不再列出的'),
  hours: unitHours.nullable().optional(),
  post: z.string().nullable().optional(),
})
export type UnitChangeDetails = z.infer<typeof unitChangeDetails>

export const unitChangeRecord = z.object({
  id: z.uuid(),
  at: instant,
  by: z.string().nullable(),
  what: keysOf<UnitChangeKind>(UNIT_CHANGES),
  details: unitChangeDetails,
})
export type UnitChangeRecord = z.infer<typeof unitChangeRecord>

export const unitPeopleRoutes = {
  listUnitContacts: route({
    operationId: 'listUnitContacts',
    method: 'GET',
    path: '/v1/units/:id/contacts',
    summary: '单位联系人（脱敏）',
    tag,
    permission: 'units.contacts',
    params: unitParams,
    responses: { 200: z.object({ items: z.array(unitContact) }) },
    errors: ['not_found'],
  }),
  addUnitContact: route({
    operationId: 'addUnitContact',
    method: 'POST',
    path: '/v1/units/:id/contacts',
    summary: '新增单位联系人',
    tag,
    permission: 'units.keep',
    params: unitParams,
    body: contactInput,
    responses: { 201: unitContact },
    errors: ['not_found', 'unprocessable'],
  }),
  changeUnitContact: route({
    operationId: 'changeUnitContact',
    method: 'PATCH',
    path: '/v1/units/:id/contacts/:contactId',
    summary: '修改单位联系人',
    tag,
    permission: 'units.keep',
    params: contactParams,
    body: z.strictObject({
      name: personName.optional(),
      phone: phoneNumber.optional(),
      post: z.string().trim().min(1).max(40).nullable().optional(),
    }),
    ifMatch: true,
    responses: { 200: unitContact },
    errors: ['not_found'],
  }),
  removeUnitContact: route({
    operationId: 'removeUnitContact',
    method: 'DELETE',
    path: '/v1/units/:id/contacts/:contactId',
    summary: '删除单位联系人',
    description: '姓名和电话随即删除，只留下删过一位的记录。',
    tag,
    permission: 'units.keep',
    params: contactParams,
    ifMatch: true,
    responses: { 204: null },
    errors: ['not_found'],
  }),
  revealUnitContact: route({
    operationId: 'revealUnitContact',
    method: 'POST',
    path: '/v1/units/:id/contacts/:contactId/reveal',
    summary: '查看联系人的姓名和电话（须写明用途，留审计记录）',
    tag,
    permission: 'units.reveal',
    params: contactParams,
    body: z.strictObject({ purpose: purposeText }),
    idempotency: false,
    responses: { 200: z.object({ id: z.uuid(), name: z.string(), phone: z.string() }) },
    errors: ['not_found'],
  }),
  listUnitHandlers: route({
    operationId: 'listUnitHandlers',
    method: 'GET',
    path: '/v1/units/:id/handlers',
    summary: '单位现任经办人（依授权）',
    tag,
    permission: 'units.contacts',
    params: unitParams,
    responses: { 200: z.object({ items: z.array(unitHandler) }) },
    errors: ['not_found'],
  }),
  listUnitChanges: route({
    operationId: 'listUnitChanges',
    method: 'GET',
    path: '/v1/units/:id/changes',
    summary: '单位信息的历次修改',
    tag,
    permission: 'units.contacts',
    params: unitParams,
    query: pageQuery,
    responses: { 200: page(unitChangeRecord) },
    errors: ['not_found'],
  }),
  setUnitHours: route({
    operationId: 'setUnitHours',
    method: 'PUT',
    path: '/v1/units/:id/hours',
    summary: '设定单位的服务时间',
    description: '此后派给它的工单，签收时限按其服务时间计；hours 为空则恢复按区域的工作时间计。',
    tag,
    permission: 'units.manage',
    params: unitParams,
    body: z.strictObject({ hours: unitHours.nullable() }),
    ifMatch: true,
    responses: { 200: z.object({ hours: unitHours.nullable(), version: z.int() }) },
    errors: ['not_found'],
  }),
}
