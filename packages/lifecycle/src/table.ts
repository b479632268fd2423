import { FACT_ROWS } from './facts.ts'
import type { FieldName } from './fields.ts'
import type { GuardCode } from './guards.ts'
import { MOVE_ROWS } from './moves.ts'
import type { Capacity } from './roles.ts'
import type { State } from './states.ts'

export interface Doer {
  as: Capacity
  /** Holds only then; a refused guard is the answer given. */
  when?: readonly GuardCode[]
}

/** Where a move leads: a state, or one of several by a condition of the row itself. */
export interface Way {
  from: readonly State[]
  to: State
  when?:
    | 'route_direct'
    | 'route_council'
    | 'suspended_in_adopted'
    | 'suspended_in_handling'
    | 'nobody_else'
    | 'somebody_else'
    | 'nobody_else_before_dispatch'
    | 'somebody_else_or_dispatched'
}

export type FollowUp = 'close' | 'schedule' | 'unschedule' | 'rectify'

export interface ActionRow {
  zh: string
  en: string
  by: readonly Doer[]
  guards: readonly GuardCode[]
  fields: { readonly [F in FieldName]?: 'required' | 'optional' }
  /** Who reads it on the timeline: everyone who may see the issue, its raisers and staff, or staff alone. */
  audience: 'public' | 'raisers' | 'staff'
  /** Tried by the product itself in the same transaction, right after. */
  then?: readonly FollowUp[]
  /** Taken by another door than the action route: `raise` makes the issue, the rest are the product's own. */
  door?: 'raise' | 'product'
}
export interface MoveRow extends ActionRow {
  ways: readonly Way[]
}
export interface FactRow extends ActionRow {
  in: readonly State[]
}

export const MOVES = MOVE_ROWS satisfies Record<string, MoveRow>
export const FACT_ACTIONS = FACT_ROWS satisfies Record<string, FactRow>
export type Move = keyof typeof MOVE_ROWS
export type FactAction = keyof typeof FACT_ROWS
export type Action = Move | FactAction

export const ACTIONS: Readonly<Record<Action, MoveRow | FactRow>> = { ...MOVES, ...FACT_ACTIONS }
export const ACTION_CODES = Object.keys(ACTIONS) as [Action, ...Action[]]
/** Those that have a route `POST /v1/issues/{id}/actions/{action}`. */
export const ROUTED_ACTIONS = ACTION_CODES.filter((action) => ACTIONS[action].door === undefined)
export const isMove = (action: Action): action is Move => Object.hasOwn(MOVES, action)
export const isAction = (name: unknown): name is Action => typeof name === 'string' && Object.hasOwn(ACTIONS, name)
/** The states in which `action` can be taken at all. */
export const statesFor = (action: Action): readonly State[] => {
  const row = ACTIONS[action]
  return 'ways' in row ? [...new Set(row.ways.flatMap((way) => way.from))] : row.in
}
