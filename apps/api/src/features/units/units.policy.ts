import { PERMISSIONS } from '@tongxin/contract'
import type { Role } from '@tongxin/lifecycle'
import type { units } from '../../db/schema/units.ts'
import type { Actor } from '../../http/actor.ts'
import { AppError } from '../../http/errors.ts'
import { unitsOf } from '../issues/index.ts'
import { holdsOver, type RegionTree } from '../regions/index.ts'

type UnitRow = typeof units.$inferSelect

const REVEALERS: readonly Role[] = PERMISSIONS['units.reveal'].roles.filter((role) => role !== 'unit_handler')
const CONTACT_READERS: readonly Role[] = PERMISSIONS['units.contacts'].roles.filter((role) => role !== 'unit_handler')
const SEES_NUMBERS: readonly Role[] = [...REVEALERS, 'supervisor', 'administrator']

/** Units and their duties are public to everybody signed in, so that elsewhere's staff are told 403, not 404. */
export function assertMayManage(tree: RegionTree, actor: Actor, regionCode: string): void {
  if (!mayManage(tree, actor, regionCode)) throw new AppError('forbidden')
}

export const mayManage = (tree: RegionTree, actor: Actor, regionCode: string): boolean =>
  holdsOver(tree, actor, PERMISSIONS['units.manage'].roles, regionCode)

/** Whom to ring a unit's own people know best. Its hours, which it is measured by, are set by who manages it. */
export const mayKeep = (tree: RegionTree, actor: Actor, unit: UnitRow): boolean =>
  mayManage(tree, actor, unit.regionCode) || (unit.active && belongsTo(actor, unit))

/** @throws AppError not_found, forbidden */
export function assertMayKeep(tree: RegionTree, actor: Actor, unit: UnitRow | undefined): asserts unit is UnitRow {
  if (!unit) throw new AppError('not_found')
  if (!mayKeep(tree, actor, unit)) throw new AppError('forbidden')
}

/** Staff of a region the unit serves: of its own, above it or below it. */
const serves = (tree: RegionTree, actor: Actor, unit: UnitRow, roles: readonly Role[]): boolean =>
  actor.grants.some(
    (grant) =>
      roles.includes(grant.role) &&
      (tree.covers(grant.regionCode, unit.regionCode) || tree.covers(unit.regionCode, grant.regionCode)),
  )

/** What may be asked of a unit's people: whom it serves, whom it works for, and it itself. */
export function assertMayReadContacts(tree: RegionTree, actor: Actor, unit: UnitRow): void {
  if (!belongsTo(actor, unit) && !serves(tree, actor, unit, CONTACT_READERS)) throw new AppError('forbidden')
}

const belongsTo = (actor: Actor, unit: UnitRow): boolean => unitsOf(actor).includes(unit.id)

export const seesNumber = (tree: RegionTree, actor: Actor, unit: UnitRow): boolean =>
  belongsTo(actor, unit) || serves(tree, actor, unit, SEES_NUMBERS)

export function assertMayReveal(tree: RegionTree, actor: Actor, unit: UnitRow): void {
  if (!belongsTo(actor, unit) && !serves(tree, actor, unit, REVEALERS)) throw new AppError('forbidden')
}
