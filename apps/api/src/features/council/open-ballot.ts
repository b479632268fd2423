import { FEWEST_SECRET_BALLOTS, isQuorum, type OnRoll, partsOf } from '@tongxin/lifecycle'
import type { Tx } from '../../db/connect.ts'
import type { Deps } from '../../deps.ts'
import { AppError } from '../../http/errors.ts'
import { listAttendance, type MeetingRow } from './meetings.queries.ts'
import { listMembers } from './members.queries.ts'
import { type BallotRow, saveOpened } from './motions.queries.ts'
import { listProxies } from './proxies.queries.ts'
import { membersOf, percentOf } from './quorum.ts'
import { recordMotionEvent } from './record-council-event.ts'
import { insertRoll, type NewOnRoll } from './roll.queries.ts'

const rollOf = async (tx: Tx, deps: Deps, meeting: MeetingRow, motion: BallotRow, at: Date): Promise<NewOnRoll[]> => {
  const members = await listMembers(tx, await deps.directory.regions.tree(), meeting.communityCode, at)
  const attendance = await listAttendance(tx, meeting)
  const there = new Map(
    attendance.flatMap(({ personId, class: as, leftAt }) =>
      leftAt === null && as !== 'staff' ? [[personId, as] as const] : [],
    ),
  )
  /** Who sits in a member's place. */
  const deputies = new Map(
    meeting.state === 'in_session'
      ? attendance.flatMap(({ personId, standsFor, leftAt }) =>
          leftAt === null && standsFor !== null ? [[standsFor, personId] as const] : [],
        )
      : [],
  )
  const inRoom = (personId: string) => meeting.state === 'in_session' && there.has(personId)
  const standing = new Map(
    (await listProxies(tx, meeting))
      .filter(({ endedAt, principalId }) => endedAt === null && !inRoom(principalId))
      .map((one) => [one.principalId, one]),
  )
  if (motion.place !== 'room')
    return members.map(({ personId, class: as }) => {
      const proxy = standing.get(personId)
      return { personId, class: as, inRoom: inRoom(personId), proxyId: proxy?.id ?? null }
    })
  const seated = new Set(members.map(({ personId }) => personId))
  // A deputy whose member's seat has ended meanwhile speaks for nobody.
  const present = attendance.flatMap(({ personId, class: as, standsFor, leftAt }) =>
    leftAt === null && as !== 'staff' && (standsFor === null || seated.has(standsFor))
      ? [{ personId, class: as, inRoom: true, proxyId: null }]
      : [],
  )
  const represented = members.flatMap(({ personId, class: as }) => {
    const proxy = standing.get(personId)
    return proxy && there.has(proxy.holderId) && !deputies.has(personId)
      ? [{ personId, class: as, inRoom: false, proxyId: proxy.id }]
      : []
  })
  return [...present, ...represented]
}

/**
 * Freezes who may vote: in the room those who are there and whom they stand in for, online the whole council as it is now. The caller
 * holds the locks of meeting and motion.
 * @throws AppError no_quorum in a room without one; unprocessable when too few would vote in secret
 */
export const openBallot = async (
  tx: Tx,
  deps: Deps,
  meeting: MeetingRow,
  motion: BallotRow,
  by: string | null,
): Promise<void> => {
  const at = deps.clock.now()
  const roll = await rollOf(tx, deps, meeting, motion, at)
  if (motion.place === 'room') {
    const there: OnRoll[] = roll.map((one) => ({ ...one, tookPart: false }))
    if (!isQuorum(partsOf('room', there, percentOf(meeting), membersOf(meeting)))) throw new AppError('no_quorum')
  }
  if (motion.method === 'secret' && roll.length < FEWEST_SECRET_BALLOTS)
    throw new AppError('unprocessable', {
      reason: 'too_few_for_secret',
      detail: `有权投票的只有 ${roll.length} 人，不足 ${FEWEST_SECRET_BALLOTS} 人，不能无记名投票`,
    })
  const key = { communityCode: motion.communityCode, id: motion.id }
  await insertRoll(tx, key, roll, at)
  await saveOpened(tx, key, at)
  await recordMotionEvent(tx, deps, key, 'open_ballot', {
    from: 'open',
    to: 'open',
    by,
    at,
    record: { entitled: roll.length, method: motion.method, place: motion.place, publicKey: motion.publicKey },
    personal: { roll },
  })
}
