import type { WorkbenchList } from '@tongxin/contract'
import {
  type ClockCode,
  clocksWaitingFor,
  clocksWaitingForOthers,
  firstRungOf,
  type Role,
  standInForUnits,
} from '@tongxin/lifecycle'
import type { Actor } from '../../http/actor.ts'
import { AppError } from '../../http/errors.ts'
import { type Scope, scopeOf, unitsOf } from '../issues/index.ts'
import type { RegionTree } from '../regions/index.ts'

/** Where to look for what is on one of a person's lists; which of it is, the rules say matter by matter. */
export interface Search {
  /** What they may read. */
  scope: Scope
  /** Matters on which one of these clocks is on. */
  clocks: readonly ClockCode[]
  /** Matters on which one of these units has an open order, and for `others` that one of them leads. */
  units: readonly string[]
  /** Matters on which a unit that nobody signs in for has an open order. */
  standIn: boolean
  /** Matters of which a clock has run out and reached this rung of the ladder. */
  rung: number | null
}

/** Has a part in this community's work. */
export const worksIn = (actor: Actor, tree: RegionTree, community: string): boolean =>
  scopeOf(actor, tree, community, false).kind !== 'public'

/** @throws AppError forbidden for who has no part in this community's work */
export const searchFor = (actor: Actor, tree: RegionTree, community: string, list: WorkbenchList): Search => {
  const scope = scopeOf(actor, tree, community, false)
  if (scope.kind === 'public') throw new AppError('forbidden')
  const roles = new Set<Role>(
    actor.grants
      .filter(({ regionCode }) => tree.covers(regionCode, community) || tree.communityOf(regionCode) === community)
      .map(({ role }) => role),
  )
  if (list === 'warnings') return { scope, clocks: [], units: [], standIn: false, rung: firstRungOf(roles) }
  const units = unitsOf(actor)
  // A unit reads what it works on or is called to, and no more: of clocks it is asked to answer the street's alone.
  if (scope.kind === 'units')
    return { scope, clocks: list === 'mine' ? ['report_in'] : [], units, standIn: false, rung: null }
  const clocks = list === 'mine' ? clocksWaitingFor(roles) : clocksWaitingForOthers(roles)
  return { scope, clocks, units, standIn: list === 'mine' && standInForUnits(roles), rung: null }
}
