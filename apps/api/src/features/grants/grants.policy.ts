import { GRANT_LEVELS, type GrantableRole, PERMISSIONS } from '@tongxin/contract'
import { isStaffRole, type Role } from '@tongxin/lifecycle'
import type { grants } from '../../db/schema/grants.ts'
import type { Actor } from '../../http/actor.ts'
import { AppError } from '../../http/errors.ts'
import { holdsOver, type RegionTree } from '../regions/index.ts'

type GrantRow = typeof grants.$inferSelect

/** Who gives staff their powers: the secretary of the community, or the street above it. Never an administrator. */
const STAFF_APPROVERS: readonly Role[] = ['secretary', 'supervisor']

/** @throws AppError unprocessable grant_region_unfit */
export function assertRegionFits(tree: RegionTree, role: GrantableRole, regionCode: string): void {
  const level = tree.get(regionCode)?.level
  if (level && GRANT_LEVELS[role].includes(level)) return
  const message = level ? '该角色不能授予这一级区域' : '没有这个区域'
  throw new AppError('unprocessable', {
    reason: 'grant_region_unfit',
    detail: message,
    errors: [{ path: 'body.regionCode', message }],
  })
}

const toSelf = () => new AppError('forbidden', { reason: 'cannot_grant_to_self', detail: '不能给自己授权' })

/** @throws AppError forbidden */
export function assertMayPropose(
  tree: RegionTree,
  actor: Actor,
  grant: { personId: string; regionCode: string },
): void {
  if (grant.personId === actor.personId) throw toSelf()
  if (!holdsOver(tree, actor, PERMISSIONS['grants.propose'].roles, grant.regionCode)) throw new AppError('forbidden')
}

/** @throws AppError not_found */
export function assertVisible(tree: RegionTree, actor: Actor, grant: GrantRow | undefined): asserts grant is GrantRow {
  if (!grant || !holdsOver(tree, actor, PERMISSIONS['grants.read'].roles, grant.regionCode)) {
    throw new AppError('not_found')
  }
}

const approvers = (role: Role): readonly Role[] =>
  isStaffRole(role) ? STAFF_APPROVERS : PERMISSIONS['grants.approve'].roles

/** The second approver: neither the one who gets the role nor the one who asked for it. @throws AppError forbidden */
export function assertMayApprove(tree: RegionTree, actor: Actor, grant: GrantRow): void {
  if (grant.personId === actor.personId) throw toSelf()
  if (grant.requestedBy === actor.personId) {
    throw new AppError('forbidden', { reason: 'cannot_approve_own_request', detail: '不能批准自己提出的授权' })
  }
  if (!holdsOver(tree, actor, approvers(grant.role), grant.regionCode)) throw new AppError('forbidden')
}

/** Whoever asked may take the request back. @throws AppError forbidden */
export function assertMayRefuse(tree: RegionTree, actor: Actor, grant: GrantRow): void {
  if (grant.requestedBy === actor.personId) return
  if (!holdsOver(tree, actor, approvers(grant.role), grant.regionCode)) throw new AppError('forbidden')
}

/** Taking a power away takes one person: an approver of it, or for a lost account an administrator. */
export function assertMayRevoke(tree: RegionTree, actor: Actor, grant: GrantRow): void {
  if (!holdsOver(tree, actor, [...approvers(grant.role), 'administrator'], grant.regionCode)) {
    throw new AppError('forbidden')
  }
}

const passes = (assertion: () => void): boolean => {
  try {
    assertion()
    return true
  } catch (error) {
    if (error instanceof AppError) return false
    throw error
  }
}

/** What the reader may do with it as it stands: the same rules that the writes obey. */
export function mayWith(tree: RegionTree, actor: Actor, grant: GrantRow) {
  const open = grant.approvedAt === null && grant.refusedAt === null
  const given = grant.approvedAt !== null && grant.revokedAt === null
  return {
    approve: open && passes(() => assertMayApprove(tree, actor, grant)),
    refuse: open && passes(() => assertMayRefuse(tree, actor, grant)),
    revoke: given && passes(() => assertMayRevoke(tree, actor, grant)),
  }
}
