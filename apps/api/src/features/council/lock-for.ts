import type { MeetingOperation } from '@tongxin/contract'
import type { Tx } from '../../db/connect.ts'
import type { Deps } from '../../deps.ts'
import type { Actor } from '../../http/actor.ts'
import { AppError } from '../../http/errors.ts'
import { assertMay, assertMayRead, type Standing, standingAt } from './council.policy.ts'
import { lockMeeting, type MeetingKey, type MeetingRow } from './meetings.queries.ts'

/**
 * Locks the meeting for an operation of this person's.
 * @param version what the caller saw; left out where being out of date does no harm
 * @throws AppError not_found, forbidden, meeting_wrong_state, stale_version
 */
export const lockFor = async (
  tx: Tx,
  deps: Deps,
  key: MeetingKey,
  actor: Actor,
  operation: MeetingOperation,
  version?: number,
): Promise<{ meeting: MeetingRow; standing: Standing }> => {
  const standing = standingAt(actor, await deps.directory.regions.tree(), key.communityCode)
  const meeting = assertMayRead(await lockMeeting(tx, key), standing)
  assertMay(operation, meeting, standing)
  if (version !== undefined && meeting.version !== version) throw new AppError('stale_version')
  return { meeting, standing }
}
