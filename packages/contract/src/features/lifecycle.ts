import {
  ACTION_CODES,
  CAPACITIES,
  type Capacity,
  FIELDS,
  type FieldName,
  GUARDS,
  type GuardCode,
  POLICY_KEYS,
  STAGE_CODES,
  STATE_CODES,
} from '@tongxin/lifecycle'
import * as z from 'zod'
import { keysOf } from '../keys-of.ts'
import { route } from '../route.ts'

const stateCode = z.enum(STATE_CODES)
const capacityCode = keysOf<Capacity>(CAPACITIES)
const guardCode = keysOf<GuardCode>(GUARDS)
const named = { zh: z.string(), en: z.string() }

/** The rules of the loop as data: what the product decides by, what the diagram and the buttons are made from. */
export const lifecycleView = z.object({
  stages: z.array(z.object({ code: z.enum(STAGE_CODES), ...named })),
  states: z.array(z.object({ code: stateCode, stage: z.enum(STAGE_CODES), resting: z.boolean(), ...named })),
  actions: z.array(
    z.object({
      code: z.enum(ACTION_CODES),
      ...named,
      /** A move changes the state and takes `If-Match`; a fact adds to the record. */
      move: z.boolean(),
      /** Whether `POST /v1/issues/{id}/actions/{action}` takes it; the others are the product's own or raising itself. */
      routed: z.boolean(),
      /** Where it leads; a fact leads from each state to itself. `from` empty: it makes the issue. */
      ways: z.array(z.object({ from: z.array(stateCode), to: stateCode, when: z.string().nullable() })),
      by: z.array(z.object({ as: capacityCode, when: z.array(guardCode) })),
      guards: z.array(guardCode),
      fields: z.array(z.object({ name: keysOf<FieldName>(FIELDS), ...named, type: z.string(), required: z.boolean() })),
    }),
  ),
  capacities: z.array(z.object({ code: capacityCode, ...named })),
  guards: z.array(z.object({ code: guardCode, ...named })),
  /** Local rules with their defaults; what holds in a region is read at `/v1/policies/{regionCode}`. */
  policies: z.array(
    z.object({
      key: z.enum(POLICY_KEYS),
      ...named,
      unit: z.string(),
      default: z.int(),
      min: z.int(),
      max: z.int(),
    }),
  ),
})
export type LifecycleView = z.infer<typeof lifecycleView>

export const lifecycleRoutes = {
  readLifecycle: route({
    operationId: 'readLifecycle',
    method: 'GET',
    path: '/v1/lifecycle',
    summary: '事项的状态、动作与条件',
    description: 'The two tables of the loop as data: every state, every action, who may take it, when, and with what.',
    tag: '事项',
    permission: 'public.read',
    responses: { 200: lifecycleView },
  }),
}
