import type { LifecycleView } from '@tongxin/contract'
import {
  ACTION_CODES,
  ACTIONS,
  type Action,
  CAPACITIES,
  type Capacity,
  type Doer,
  FIELDS,
  type FieldName,
  GUARDS,
  type GuardCode,
  isMove,
  POLICIES,
  POLICY_KEYS,
  ROUTED_ACTIONS,
  STAGE_CODES,
  STAGES,
  STATE_CODES,
  STATES,
} from '@tongxin/lifecycle'

const actionView = (code: Action): LifecycleView['actions'][number] => {
  const row = ACTIONS[code]
  return {
    code,
    zh: row.zh,
    en: row.en,
    move: isMove(code),
    routed: ROUTED_ACTIONS.includes(code),
    ways:
      'ways' in row
        ? row.ways.map(({ from, to, when }) => ({ from: [...from], to, when: when ?? null }))
        : row.in.map((state) => ({ from: [state], to: state, when: null })),
    by: row.by.map(({ as, when }: Doer) => ({ as, when: [...(when ?? [])] })),
    guards: [...row.guards],
    fields: (Object.keys(row.fields) as FieldName[]).map((name) => {
      const { zh, en, type } = FIELDS[name]
      return { name, zh, en, type, required: row.fields[name] === 'required' }
    }),
  }
}

/** The tables as they are served; the same for everybody. */
export const presentLifecycle = (): LifecycleView => ({
  stages: STAGE_CODES.map((code) => ({ code, zh: STAGES[code].zh, en: STAGES[code].en })),
  states: STATE_CODES.map((code) => ({ code, ...STATES[code] })),
  actions: ACTION_CODES.map(actionView),
  capacities: (Object.keys(CAPACITIES) as Capacity[]).map((code) => ({
    code,
    zh: CAPACITIES[code].zh,
    en: CAPACITIES[code].en,
  })),
  guards: (Object.keys(GUARDS) as GuardCode[]).map((code) => ({ code, zh: GUARDS[code].zh, en: GUARDS[code].en })),
  policies: POLICY_KEYS.map((key) => ({ key, ...POLICIES[key] })),
})
