import { makePublicId } from '@tongxin/contract'
import type { Tx } from '../../db/connect.ts'
import type { Deps } from '../../deps.ts'
import { AppError } from '../../http/errors.ts'
import { assertRunning } from './admit-voter.ts'
import { paperChecker } from './ballot-key.ts'
import { findPaper, insertBallot, type Paper } from './ballots.queries.ts'
import type { MeetingKey } from './meetings.queries.ts'
import { holdBallot } from './motions.queries.ts'

/**
 * Takes a paper and a choice from whoever brings them. The token is what counts once and what its owner finds again in the list; the
 * same ballot sent again, because its answer was lost, is the same ballot. Nothing else is written, here or by whoever calls.
 * @throws AppError paper_invalid, already_voted when the paper was cast for another choice
 */
export const castPaper = async (tx: Tx, deps: Deps, key: MeetingKey, paper: Paper): Promise<void> => {
  const motion = assertRunning(await holdBallot(tx, key), 'secret', deps.clock.now())
  const { publicKey } = motion
  if (publicKey === null || !paperChecker(makePublicId(key.communityCode, key.id), publicKey)(paper))
    throw new AppError('paper_invalid')
  if (await insertBallot(tx, key, paper)) return
  const before = await findPaper(tx, key, paper.token)
  if (before?.choice !== paper.choice) throw new AppError('already_voted')
}
