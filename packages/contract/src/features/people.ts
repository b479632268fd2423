import * as z from 'zod'
import { keysOf } from '../keys-of.ts'
import { instant, page, pageQuery } from '../page.ts'
import { route } from '../route.ts'
import { PERSON_LEVELS, type PersonLevel } from '../words.ts'
import { regionCode } from './regions.ts'

export const personLevel = keysOf<PersonLevel>(PERSON_LEVELS)

export const personName = z.string().trim().min(1).max(50)
/** A mainland mobile or landline number; spaces and hyphens are taken out before it is stored. */
export const phoneNumber = z
  .string()
  .transform((text) => text.replace(/[\s-]/g, '').replace(/^(\+|00)86/, ''))
  .pipe(z.string().regex(/^(1[3-9]\d{9}|0\d{9,11})$/, '请填写手机号或带区号的座机号'))
  .meta({ example: '138 0000 0000' })

/** Why personal data is looked at in full. It is kept with the audit record. */
export const purposeText = z.string().trim().min(2).max(200)

/** Name and number are masked here (`王*`, `138****0000`), for every reader. */
export const personView = z.object({
  id: z.uuid(),
  name: z.string().nullable(),
  phone: z.string().nullable(),
  level: personLevel,
  regionCode: regionCode.nullable(),
  largeType: z.boolean(),
  createdAt: instant,
  anonymised: z.boolean(),
  mergedInto: z.uuid().nullable().describe('已并入的记录'),
  version: z.int(),
})
export type Person = z.infer<typeof personView>

export const newPerson = z.strictObject({
  name: personName,
  phone: phoneNumber.optional(),
  regionCode,
})

export const personChange = z.strictObject({
  name: personName.optional(),
  phone: phoneNumber.nullable().optional(),
  regionCode: regionCode.optional(),
  largeType: z.boolean().optional(),
})

export const personInFull = z.object({ id: z.uuid(), name: z.string().nullable(), phone: z.string().nullable() })

export const auditRecord = z.object({
  id: z.uuid(),
  at: instant,
  person: z.object({ id: z.uuid(), name: z.string().nullable() }),
  action: z.string(),
  subjectType: z.string(),
  subjectId: z.string(),
  purpose: z.string(),
  regionCode,
  details: z.record(z.string(), z.unknown()),
})

const personParams = z.object({ id: z.uuid() })

export const peopleRoutes = {
  listPeople: route({
    operationId: 'listPeople',
    method: 'GET',
    path: '/v1/people',
    summary: '人员列表（姓名、电话脱敏）',
    tag: '人员',
    permission: 'people.read',
    query: pageQuery.extend({ region: regionCode.optional(), level: personLevel.optional() }),
    responses: { 200: page(personView) },
  }),
  readPerson: route({
    operationId: 'readPerson',
    method: 'GET',
    path: '/v1/people/:id',
    summary: '查看人员（脱敏）',
    tag: '人员',
    permission: 'people.read',
    params: personParams,
    responses: { 200: personView },
  }),
  registerPerson: route({
    operationId: 'registerPerson',
    method: 'POST',
    path: '/v1/people',
    summary: '登记人员',
    tag: '人员',
    permission: 'people.manage',
    body: newPerson,
    responses: { 201: personView },
    errors: ['conflict'],
  }),
  changePerson: route({
    operationId: 'changePerson',
    method: 'PATCH',
    path: '/v1/people/:id',
    summary: '修改人员资料（本人或社区工作人员）',
    tag: '人员',
    permission: 'people.change',
    params: personParams,
    body: personChange,
    ifMatch: true,
    responses: { 200: personView },
    errors: ['conflict'],
  }),
  findPersonByPhone: route({
    operationId: 'findPersonByPhone',
    method: 'POST',
    path: '/v1/people/find',
    summary: '按电话号码查找（号码不进网址）',
    tag: '人员',
    permission: 'people.manage',
    body: z.strictObject({ phone: phoneNumber }),
    idempotency: false,
    responses: { 200: z.object({ items: z.array(personView) }) },
  }),
  revealPerson: route({
    operationId: 'revealPerson',
    method: 'POST',
    path: '/v1/people/:id/reveal',
    summary: '查看完整姓名和电话（须写明用途，留审计记录）',
    tag: '人员',
    permission: 'people.reveal',
    params: personParams,
    body: z.strictObject({ purpose: purposeText }),
    idempotency: false,
    responses: { 200: personInFull },
  }),
  listAuditRecords: route({
    operationId: 'listAuditRecords',
    method: 'GET',
    path: '/v1/audit-records',
    summary: '个人信息查看与导出的审计记录',
    tag: '人员',
    permission: 'audit.read',
    query: pageQuery.extend({ region: regionCode.optional() }),
    responses: { 200: page(auditRecord) },
  }),
}
