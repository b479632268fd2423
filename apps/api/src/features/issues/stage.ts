import type { Action, Capacity, FactSlice, Facts, Issue, Payload } from '@tongxin/lifecycle'
import type { Tx } from '../../db/connect.ts'
import type { Deps } from '../../deps.ts'

/** Where an issue stands: its tenant and its id there. */
export interface IssueKey {
  communityCode: string
  id: string
}

/** One action on one issue, whose row is locked. */
export interface Acting {
  key: IssueKey
  issue: Issue
  action: Action
  payload: Payload
  /** Null for the product itself. */
  personId: string | null
  unitIds: readonly string[]
  now: Date
}

/** A decided action, before its event is written. */
export interface Decided extends Acting {
  as: Capacity
  after: Issue
  /** Of the event about to be written. */
  seq: number
}

/** What an effect adds to the event: ids it made, sums it counted. */
export interface Addition {
  record?: Record<string, unknown>
  personal?: Record<string, unknown>
}

export type FactLoaders = {
  readonly [S in FactSlice]?: (tx: Tx, acting: Acting) => Promise<NonNullable<Facts[S]>>
}
export type Effects = {
  readonly [A in Action]?: (tx: Tx, decided: Decided, deps: Deps) => Promise<Addition | undefined>
}

/**
 * What a stage knows and does when an issue is acted on, handed to the issues feature by `app.ts`: the facts its guards ask
 * for, and the work done in the same transaction. Each slice belongs to one stage; an action may concern several.
 */
export interface Stage {
  facts?: FactLoaders
  effects?: Effects
  /**
   * Puts an action on record in the sitting it was decided in. @throws AppError when that is not in session, not theirs to preside over,
   * or not about the matter
   */
  decidedIn?: (tx: Tx, sittingId: string, decided: Decided, deps: Deps) => Promise<Addition>
  /** Whether this person presides over the meeting that has the issue on its agenda. */
  presides?: (tx: Tx, key: IssueKey, personId: string) => Promise<boolean>
}
