import type { TaskForceOperation } from '@tongxin/contract'
import type { Tx } from '../../db/connect.ts'
import type { Deps } from '../../deps.ts'
import type { Actor } from '../../http/actor.ts'
import { AppError } from '../../http/errors.ts'
import { assertMayRead, isMember, operationsOn, standingAt } from './task-forces.policy.ts'
import { type ForceKey, type ForceRow, listMembers, lockForce, type MemberRow } from './task-forces.queries.ts'

/**
 * Locks the task force for an operation of this person's.
 * @throws AppError not_found, forbidden, stale_version; unprocessable when it has ended
 */
export const lockFor = async (
  tx: Tx,
  { directory, clock }: Pick<Deps, 'directory' | 'clock'>,
  key: ForceKey,
  actor: Actor,
  operation: TaskForceOperation,
  version: number,
): Promise<{ force: ForceRow; members: MemberRow[] }> => {
  const standing = standingAt(actor, await directory.regions.tree(), key.communityCode)
  const found = await lockForce(tx, key)
  const members = await listMembers(tx, key, clock.now())
  const force = assertMayRead(found, members, standing)
  if (!operationsOn({ ...force, state: 'active' }, isMember(members, standing), standing).includes(operation))
    throw new AppError('forbidden')
  if (force.version !== version) throw new AppError('stale_version')
  if (force.state === 'closed')
    throw new AppError('unprocessable', { reason: 'task_force_closed', detail: '该专班已结束' })
  return { force, members }
}
