import type { Issue } from '@tongxin/lifecycle'
import type { Actor } from '../../http/actor.ts'
import { AppError } from '../../http/errors.ts'
import type { RegionTree } from '../regions/index.ts'
import { placeOf, type Relation, rolesAt, STAFF, unitsOf } from './standing.ts'

/** How much of an issue its reader sees. */
export type View = 'staff' | 'supervisor' | 'handler' | 'raiser' | 'public'

/** The widest view this person has of the issue; null when they may not know that it exists. */
export const viewOf = (
  actor: Actor,
  tree: RegionTree,
  communityCode: string,
  issue: Pick<
    Issue,
    'gridCode' | 'buildingCode' | 'visibility' | 'publicTitle' | 'leadUnitId' | 'complainedUnitId' | 'state'
  >,
  relation: Relation,
): View | null => {
  const roles = rolesAt(actor, tree, communityCode, placeOf(communityCode, issue))
  if (roles.some((role) => STAFF.includes(role))) return 'staff'
  // One's own matter is read as its raiser, whatever else one is.
  if (relation.raiser || relation.detached) return 'raiser'
  if (roles.includes('supervisor')) return 'supervisor'
  const leads = issue.leadUnitId !== null && issue.leadUnitId !== issue.complainedUnitId
  if (relation.part || relation.called || (leads && unitsOf(actor).includes(issue.leadUnitId ?? ''))) return 'handler'
  return issue.visibility === 'public' && issue.publicTitle !== null ? 'public' : null
}

/** Which issues of a community a list holds for this reader. */
export type Scope =
  | { kind: 'all'; masked: boolean }
  /** Of these grids, and those no grid was named for. */
  | { kind: 'grids'; grids: string[] }
  /** What these units work on, and what a task force has that this person is in for one of them. */
  | { kind: 'units'; units: string[]; personId: string | null }
  | { kind: 'mine'; personId: string }
  | { kind: 'public' }

/** A building comes close to a door: it is told to the community's office, not to everybody who reads of the matter. */
export const worksThere = (scope: Scope): boolean => scope.kind === 'all' || scope.kind === 'grids'

export const scopeOf = (actor: Actor, tree: RegionTree, communityCode: string, mine: boolean): Scope => {
  if (mine) {
    if (actor.personId === null) throw new AppError('unauthenticated')
    return { kind: 'mine', personId: actor.personId }
  }
  const roles = rolesAt(actor, tree, communityCode, communityCode)
  if (roles.includes('officer') || roles.includes('secretary')) return { kind: 'all', masked: false }
  const gridWork = actor.grants.filter(
    ({ role, regionCode }) =>
      role === 'grid_worker' &&
      (tree.covers(regionCode, communityCode) || tree.communityOf(regionCode) === communityCode),
  )
  if (gridWork.length > 0) {
    if (gridWork.some(({ regionCode }) => tree.covers(regionCode, communityCode))) return { kind: 'all', masked: false }
    return { kind: 'grids', grids: gridWork.flatMap(({ regionCode }) => tree.subtree(regionCode, new Set(['grid']))) }
  }
  if (roles.includes('supervisor')) return { kind: 'all', masked: true }
  const units = unitsOf(actor)
  if (units.length > 0) return { kind: 'units', units, personId: actor.personId }
  return { kind: 'public' }
}
