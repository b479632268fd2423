import { POLICY_KEYS } from '@tongxin/lifecycle'
import * as z from 'zod'
import { instant, page, pageQuery } from '../page.ts'
import { route } from '../route.ts'
import { regionCode } from './regions.ts'

export const policyKey = z.enum(POLICY_KEYS)

/** One rule as it stands for a region: its value, where that comes from, and what the law or good sense allows. */
export const policyRule = z.object({
  key: policyKey,
  name: z.string(),
  unit: z.string(),
  value: z.int(),
  default: z.int(),
  min: z.int(),
  max: z.int(),
  /** The region that set it; null while the default holds. */
  setFor: regionCode.nullable(),
  effectiveFrom: instant.nullable(),
  /** A change already decided that takes effect later. */
  coming: z.object({ value: z.int(), effectiveFrom: instant, setFor: regionCode }).nullable(),
  /** How often this region itself has set it: what the next change is matched against. */
  version: z.int(),
})
export type PolicyRule = z.infer<typeof policyRule>

export const policySheet = z.object({
  regionCode,
  maySet: z.boolean().describe('读的人能否修改这个区域的规则'),
  items: z.array(policyRule),
})
export type PolicySheet = z.infer<typeof policySheet>

export const policyVersion = z.object({
  key: policyKey,
  regionCode,
  version: z.int(),
  value: z.int(),
  effectiveFrom: instant,
  reason: z.string(),
  running: z.boolean().describe('是否对当时正在计时的事项一并生效'),
  setBy: z.uuid(),
  setByName: z.string().nullable().describe('只给工作人员看'),
  setAt: instant,
})
export type PolicyVersion = z.infer<typeof policyVersion>

const policyRegionParams = z.object({ regionCode })
const policyRuleParams = policyRegionParams.extend({ key: policyKey })

export const policyRoutes = {
  readPolicies: route({
    operationId: 'readPolicies',
    method: 'GET',
    path: '/v1/policies/:regionCode',
    summary: '区域的议事规则与时限',
    tag: '规则',
    permission: 'public.read',
    params: policyRegionParams,
    responses: { 200: policySheet },
  }),
  listPolicyVersions: route({
    operationId: 'listPolicyVersions',
    method: 'GET',
    path: '/v1/policies/:regionCode/:key/versions',
    summary: '规则的历次修改',
    tag: '规则',
    permission: 'public.read',
    params: policyRuleParams,
    query: pageQuery,
    responses: { 200: page(policyVersion) },
  }),
  setPolicy: route({
    operationId: 'setPolicy',
    method: 'PUT',
    path: '/v1/policies/:regionCode/:key',
    summary: '修改规则（书记）',
    description: '已经开始计时的事项仍按原规则；要求 applyToRunning 的，其时限自生效时起重算，并记入每件事项。',
    tag: '规则',
    permission: 'policies.manage',
    params: policyRuleParams,
    body: z.strictObject({
      value: z.int(),
      effectiveFrom: z.iso.datetime({ offset: true }).optional(),
      reason: z.string().trim().min(2).max(300),
      applyToRunning: z.boolean().default(false).describe('对正在计时的事项一并生效'),
    }),
    ifMatch: true,
    responses: { 200: policyRule },
    errors: ['unprocessable'],
  }),
}
