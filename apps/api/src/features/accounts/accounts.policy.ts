import { PERMISSIONS } from '@tongxin/contract'
import { isStaffRole } from '@tongxin/lifecycle'
import type { Actor, ActorGrant } from '../../http/actor.ts'
import { AppError } from '../../http/errors.ts'
import type { RegionTree } from '../regions/index.ts'

interface Held {
  id: string
  grants: readonly Pick<ActorGrant, 'role' | 'regionCode'>[]
}

/**
 * Over somebody else's way in: an administrator, or the secretary of the community, each only over whom all offices lie within the
 * region of that one office of theirs. So nobody reaches above themselves, nor into what else somebody does elsewhere.
 */
export function mayManage(tree: RegionTree, actor: Actor, { id, grants }: Held): boolean {
  if (id === actor.personId || !grants.some(({ role }) => isStaffRole(role))) return false
  return actor.grants.some(
    (office) =>
      PERMISSIONS['accounts.manage'].roles.some((role) => role === office.role) &&
      grants.every(({ regionCode }) => tree.covers(office.regionCode, regionCode)),
  )
}

/** @throws AppError not_found, forbidden */
export function assertMayManage<H extends Held>(
  tree: RegionTree,
  actor: Actor,
  account: H | undefined,
): asserts account is H {
  const sees = ({ regionCode }: Held['grants'][number]) =>
    actor.grants.some(
      (office) =>
        PERMISSIONS['accounts.read'].roles.some((role) => role === office.role) &&
        tree.covers(office.regionCode, regionCode),
    )
  if (!account?.grants.some((grant) => isStaffRole(grant.role) && sees(grant))) throw new AppError('not_found')
  if (mayManage(tree, actor, account)) return
  if (account.id === actor.personId)
    throw new AppError('forbidden', { reason: 'own_account', detail: '不能对自己的账号这样做' })
  throw new AppError('forbidden', { reason: 'account_beyond', detail: '此人还有您管辖之外的授权，请由上级管理员处理' })
}
