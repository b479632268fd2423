import { PERMISSIONS } from '@tongxin/contract'
import type { Role } from '@tongxin/lifecycle'
import type { households } from '../../db/schema/households.ts'
import type { Actor } from '../../http/actor.ts'
import { AppError } from '../../http/errors.ts'
import { holdsOver, type RegionTree } from '../regions/index.ts'

type HouseholdRow = typeof households.$inferSelect

/** Doors are shown to those who visit homes; supervisors see the rest masked. */
const SEE_DOORS: readonly Role[] = PERMISSIONS['households.read'].roles.filter((role) => role !== 'supervisor')

export const seesDoor = (tree: RegionTree, actor: Actor, buildingCode: string): boolean =>
  holdsOver(tree, actor, SEE_DOORS, buildingCode)

export const isVisible = (tree: RegionTree, actor: Actor, household: HouseholdRow): boolean =>
  holdsOver(tree, actor, PERMISSIONS['households.read'].roles, household.buildingCode)

/** @throws AppError not_found */
export function assertVisible(
  tree: RegionTree,
  actor: Actor,
  household: HouseholdRow | undefined,
): asserts household is HouseholdRow {
  if (!household || !isVisible(tree, actor, household)) throw new AppError('not_found')
}

/** @throws AppError forbidden */
export function assertMayManage(tree: RegionTree, actor: Actor, buildingCode: string): void {
  if (!holdsOver(tree, actor, PERMISSIONS['households.manage'].roles, buildingCode)) throw new AppError('forbidden')
}

/** Nobody raises their own level: staff bind others, themselves only by a code from somebody else. */
export function assertNotOneself(actor: Actor, personId: string): void {
  if (actor.personId === personId) {
    throw new AppError('forbidden', {
      reason: 'cannot_bind_oneself',
      detail: '不能为自己绑定住户，请由其他工作人员办理',
    })
  }
}
