import { PERMISSIONS } from '@tongxin/contract'
import type { Role } from '@tongxin/lifecycle'
import type { Actor } from '../../http/actor.ts'
import { AppError } from '../../http/errors.ts'
import { holdsOver, type RegionTree } from '../regions/index.ts'

/** Whose turn it may be: who is on duty answers for the whole community, also where their own work is one grid of it. */
export const ON_ROSTER: readonly Role[] = PERMISSIONS['duty.read'].roles

export const worksFor = (tree: RegionTree, actor: Actor, community: string): boolean =>
  actor.grants.some(
    ({ role, regionCode }) =>
      ON_ROSTER.includes(role) && (tree.covers(regionCode, community) || tree.communityOf(regionCode) === community),
  )

/** @throws AppError not_found (no such community), forbidden */
export function assertWorksFor(tree: RegionTree, actor: Actor, community: string): void {
  if (tree.get(community)?.level !== 'community') throw new AppError('not_found')
  if (!worksFor(tree, actor, community)) throw new AppError('forbidden')
}

export const mayManage = (tree: RegionTree, actor: Actor, community: string): boolean =>
  holdsOver(tree, actor, PERMISSIONS['duty.manage'].roles, community)

/** @throws AppError not_found, forbidden */
export function assertMayManage(tree: RegionTree, actor: Actor, community: string): void {
  if (tree.get(community)?.level !== 'community') throw new AppError('not_found')
  if (!mayManage(tree, actor, community)) throw new AppError('forbidden')
}

/** Only whoever takes over says so; where they no longer hold the office, whoever makes the roster. */
export const mayConfirm = (
  { receiverId, receiverStands }: { receiverId: string; receiverStands: boolean },
  { personId, manages }: { personId: string; manages: boolean },
): boolean => receiverId === personId || (manages && !receiverStands)
