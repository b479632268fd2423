import { COUNCIL_RULES, type VotingMethod } from '@tongxin/lifecycle'
import type { Tx } from '../../db/connect.ts'
import type { Deps } from '../../deps.ts'
import { type Actor, personOf } from '../../http/actor.ts'
import { AppError } from '../../http/errors.ts'
import { isPresent, lockMeeting, type MeetingKey } from './meetings.queries.ts'
import { type BallotRow, findBallot, lockBallot } from './motions.queries.ts'
import { openBallot } from './open-ballot.ts'
import { holdProxyOf } from './proxies.queries.ts'
import { findOnRoll, type RollRow } from './roll.queries.ts'

/** Past its end nothing is taken, whether or not it was counted yet. */
const hasEnded = ({ state, closesAt }: BallotRow, now: Date): boolean =>
  state !== 'open' || (closesAt !== null && Date.parse(closesAt) <= now.getTime())

/** @throws AppError motion_closed, ballot_not_open; unprocessable when it is voted on another way */
export const assertRunning = (motion: BallotRow | undefined, method: VotingMethod, now: Date): BallotRow => {
  if (!motion) throw new AppError('not_found')
  if (motion.method !== method || !COUNCIL_RULES.has(motion.rule))
    throw new AppError('unprocessable', { reason: 'other_method', detail: '这件表决不是这样投票的' })
  if (hasEnded(motion, now)) throw new AppError('motion_closed')
  if (motion.openedAt === null) throw new AppError('ballot_not_open')
  return motion
}

const isDue = (motion: BallotRow, now: Date): boolean =>
  motion.method !== 'hands' &&
  COUNCIL_RULES.has(motion.rule) &&
  motion.openedAt === null &&
  !hasEnded(motion, now) &&
  (motion.opensAt === null || Date.parse(motion.opensAt) <= now.getTime())

/** Opens a ballot whose time has come, unless somebody else just did. Locks the meeting, then the motion. */
export const openWhenDue = async (tx: Tx, deps: Deps, key: MeetingKey): Promise<void> => {
  const known = await findBallot(tx, key)
  if (!known || !isDue(known, deps.clock.now())) return
  const meeting = await lockMeeting(tx, { ...key, id: known.meetingId })
  const motion = await lockBallot(tx, key)
  if (meeting && motion && isDue(motion, deps.clock.now())) await openBallot(tx, deps, meeting, motion, null)
}

const refused = (reason: string, detail: string) => new AppError('not_entitled', { reason, detail })

/**
 * Whether this person may cast the principal's vote now: their own, unless a proxy of theirs stands; another's by proxy alone; in the
 * room, as long as they are there. The caller holds the motion.
 * @throws AppError not_entitled with the reason
 */
export const admitVoter = async (
  tx: Tx,
  motion: BallotRow,
  actor: Actor,
  principalId: string,
  find: (tx: Tx, key: MeetingKey, personId: string) => Promise<RollRow | undefined> = findOnRoll,
): Promise<RollRow> => {
  const personId = personOf(actor)
  const meeting = { communityCode: motion.communityCode, id: motion.meetingId }
  // First the proxy, then what it says on the roll: it may just be ending.
  if (principalId !== personId) await holdProxyOf(tx, meeting, principalId)
  const entry = await find(tx, motion, principalId)
  if (principalId !== personId) {
    if (entry?.holderId !== personId) throw refused('no_proxy', '没有此人的委托，不能代为投票')
  } else {
    if (!entry) throw new AppError('not_entitled')
    if (entry.holderId !== null) throw refused('by_proxy', '您已委托他人投票，请先撤回委托')
  }
  if (motion.place === 'room' && !(await isPresent(tx, meeting, personId)))
    throw refused('not_present', '会场投票须在会，请先签到')
  return entry
}
