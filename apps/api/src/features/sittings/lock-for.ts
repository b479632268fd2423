import type { SittingOperation } from '@tongxin/contract'
import type { Tx } from '../../db/connect.ts'
import type { Deps } from '../../deps.ts'
import type { Actor } from '../../http/actor.ts'
import { AppError } from '../../http/errors.ts'
import { assertMay, assertMayRead, standingAt } from './sittings.policy.ts'
import { lockSitting, type SittingKey, type SittingRow } from './sittings.queries.ts'

/**
 * Locks the sitting for an operation of this person's.
 * @throws AppError not_found, forbidden, stale_version; unprocessable at another time
 */
export const lockFor = async (
  tx: Tx,
  { directory }: Pick<Deps, 'directory'>,
  key: SittingKey,
  actor: Actor,
  operation: SittingOperation,
  version: number,
): Promise<SittingRow> => {
  const standing = standingAt(actor, await directory.regions.tree(), key.communityCode)
  const sitting = assertMayRead(await lockSitting(tx, key), standing)
  assertMay(operation, sitting, standing)
  if (sitting.version !== version) throw new AppError('stale_version')
  return sitting
}
