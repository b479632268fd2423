import { isOwnersRule } from '@tongxin/lifecycle'
import type { Tx } from '../../db/connect.ts'
import { AppError } from '../../http/errors.ts'
import { type BallotRow, lockBallot } from '../council/index.ts'
import type { VoteKey } from './votes.queries.ts'

/**
 * The motion, locked: votes, papers and the count come one after another.
 * @throws AppError not_found
 */
export const lockVote = async (tx: Tx, key: VoteKey): Promise<BallotRow> => {
  const motion = await lockBallot(tx, key)
  if (!motion || !isOwnersRule(motion.rule)) throw new AppError('not_found')
  return motion
}

export const hasClosed = ({ closesAt }: BallotRow, now: Date): boolean =>
  closesAt !== null && Date.parse(closesAt) <= now.getTime()

/** @throws AppError ballot_not_open before the days of notice are over */
export const assertOpened = ({ opensAt }: BallotRow, now: Date): void => {
  if (opensAt === null || Date.parse(opensAt) > now.getTime())
    throw new AppError('ballot_not_open', { detail: '公告期未满，投票还没有开始' })
}
