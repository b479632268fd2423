import type { TaskForceOperation } from '@tongxin/contract'
import type { Actor } from '../../http/actor.ts'
import { AppError } from '../../http/errors.ts'
import { unitsOf } from '../issues/index.ts'
import { holdsOver, type RegionTree } from '../regions/index.ts'
import type { ForceRow } from './task-forces.queries.ts'

/** How a person stands to the task forces of one community. */
export interface Standing {
  personId: string | null
  /** Sets them up. */
  manages: boolean
  /** Reads all of them: as staff does, as a supervisor does, or none but their own. */
  reads: 'staff' | 'supervisor' | 'own'
  /** Works for the community. */
  staff: boolean
  units: readonly string[]
}

export const standingAt = (actor: Actor, tree: RegionTree, communityCode: string): Standing => {
  const office = holdsOver(tree, actor, ['officer', 'secretary'], communityCode)
  const supervises = holdsOver(tree, actor, ['supervisor'], communityCode)
  const inGrids = actor.grants.some(
    ({ role, regionCode }) => role === 'grid_worker' && tree.communityOf(regionCode) === communityCode,
  )
  return {
    personId: actor.personId,
    manages: holdsOver(tree, actor, ['secretary'], communityCode),
    reads: office ? 'staff' : supervises ? 'supervisor' : 'own',
    staff: office || inGrids,
    units: unitsOf(actor),
  }
}

/** A member for as long as they work for whom they came. */
export const isMember = (
  members: readonly { personId: string; unitId: string | null }[],
  { personId, staff, units }: Standing,
): boolean => {
  const own = members.find((each) => each.personId === personId)
  return own !== undefined && (own.unitId === null ? staff : units.includes(own.unitId))
}

/** @throws AppError not_found for who is not in it and does not read all of them */
export const assertMayRead = (
  force: ForceRow | undefined,
  members: readonly { personId: string; unitId: string | null }[],
  standing: Standing,
): ForceRow => {
  if (!force || (standing.reads === 'own' && !isMember(members, standing))) throw new AppError('not_found')
  return force
}

/**
 * Whether of a matter it owns, or owned when it ended, anything is read through it: by its members for as long as it works, and of a
 * complaint never by the people of the unit complained about.
 */
export const readsMatter = (
  { state }: Pick<ForceRow, 'state'>,
  { complainedUnitId }: { complainedUnitId: string | null },
  { reads, units }: Standing,
): boolean =>
  reads !== 'own' || (state === 'active' && (complainedUnitId === null || !units.includes(complainedUnitId)))

export const operationsOn = (force: ForceRow, member: boolean, standing: Standing): TaskForceOperation[] => {
  if (force.state === 'closed') return []
  const { manages } = standing
  const leads = member && force.leaderId === standing.personId
  return [
    ...(manages ? (['change'] as const) : []),
    ...(manages || leads ? (['plan'] as const) : []),
    ...(manages || member ? (['reach'] as const) : []),
    ...(manages ? (['close'] as const) : []),
  ]
}
