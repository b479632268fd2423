import type { Body, councilRoutes, MotionState } from '@tongxin/contract'
import { COUNCIL_RULES } from '@tongxin/lifecycle'
import type { Tx } from '../../db/connect.ts'
import { inTransaction } from '../../db/connect.ts'
import { type Actor, personOf } from '../../http/actor.ts'
import { AppError } from '../../http/errors.ts'
import { cancelJob, enqueue } from '../../jobs/enqueue.ts'
import { assertPublishable } from '../../personal-data/assert-publishable.ts'
import type { Door } from '../issues/index.ts'
import { openWhenDue } from './admit-voter.ts'
import { applyAmendment } from './apply-amendment.ts'
import { deleteBallotKey, rewriteBallots } from './ballots.queries.ts'
import { carryOn } from './end-meeting.ts'
import { lockFor } from './lock-for.ts'
import { lockMeeting, type MeetingKey, type MeetingRow } from './meetings.queries.ts'
import {
  type BallotRow,
  findBallot,
  findMotion,
  isBeingAmended,
  lockBallot,
  saveCount,
  withdrawMotionRow,
} from './motions.queries.ts'
import { outcomeOf } from './outcome.ts'
import { recordMotionEvent } from './record-council-event.ts'
import { rewriteRoll } from './roll.queries.ts'

export const openingKey = ({ communityCode, id }: MeetingKey): string => `ballot:open:${communityCode}-${id}`
export const closingKey = ({ communityCode, id }: MeetingKey): string => `ballot:close:${communityCode}-${id}`

/**
 * After the ballot nothing can be signed any more, and nothing tells in which order it was. A job that ends it does not take itself
 * back: it is in hand, and done with this.
 */
const tidyUp = async (
  tx: Tx,
  motion: BallotRow,
  papers: Parameters<typeof rewriteBallots>[2],
  by: string | null,
): Promise<void> => {
  if (motion.method === 'secret') {
    await rewriteBallots(tx, motion, papers)
    await rewriteRoll(tx, motion)
    await deleteBallotKey(tx, motion)
    await enqueue(tx, 'sweep_ballots', {}, { jobKey: 'ballot:sweep' })
  }
  if (by !== null) await cancelJob(tx, openingKey(motion))
  if (by !== null || motion.openedAt === null) await cancelJob(tx, closingKey(motion))
}

/** Counts what was cast and nothing after it. The caller holds the locks of meeting and motion. */
const count = async (tx: Tx, door: Door, meeting: MeetingRow, motion: BallotRow, by: string | null): Promise<void> => {
  const { deps } = door
  const at = deps.clock.now()
  const key = { communityCode: motion.communityCode, id: motion.id }
  const outcome = await outcomeOf(tx, motion, meeting)
  const { passed, quorum, cast, issued, listHash } = outcome
  const state = passed ? 'passed' : 'failed'
  await saveCount(tx, key, outcome.count, { passed, by, at, cast, listHash })
  await tidyUp(tx, motion, outcome.papers, by)
  const record = { ...outcome.count, quorum, passed, cast, ...(motion.method === 'secret' && { issued, listHash }) }
  await recordMotionEvent(tx, deps, key, 'count', { from: 'open', to: state, by, at, record })
  if (passed) await applyAmendment(tx, deps, motion, by, at)
  // A matter that nothing was decided on must not stay behind in a meeting that is over.
  if (meeting.state !== 'in_session' && motion.proposes === 'not_to_act' && !passed)
    await carryOn(tx, door, meeting, motion.issueId, '表决没有达成一致')
}

const hasPassed = ({ closesAt }: BallotRow, now: Date) => closesAt !== null && Date.parse(closesAt) <= now.getTime()

const lockMotionFor = async (
  tx: Tx,
  door: Door,
  key: MeetingKey,
  actor: Actor,
  states: readonly (MotionState | undefined)[],
) => {
  const known = await findBallot(tx, key)
  if (!known) throw new AppError('not_found')
  const { meeting } = await lockFor(tx, door.deps, { ...key, id: known.meetingId }, actor, 'end_ballot')
  const motion = await lockBallot(tx, key)
  if (!motion || !states.includes(motion.state)) throw new AppError('motion_closed')
  return { meeting, motion }
}

/**
 * Ends a ballot by the chair's word: in the room at any time; online when its time is over or everybody voted.
 * @throws AppError motion_closed, ballot_running; unprocessable for a show of hands
 */
export const closeBallot = async (tx: Tx, door: Door, key: MeetingKey, actor: Actor): Promise<void> => {
  const { meeting, motion } = await lockMotionFor(tx, door, key, actor, ['open'])
  if (motion.method === 'hands')
    throw new AppError('unprocessable', { reason: 'counted_by_hand', detail: '举手表决请登记人数' })
  if (!COUNCIL_RULES.has(motion.rule))
    throw new AppError('unprocessable', { reason: 'owners_by_roll', detail: '业主、户代表表决截止后按名册计票' })
  if (motion.place !== 'room' && !hasPassed(motion, door.deps.clock.now())) {
    const turnout = await findMotion(tx, key)
    if (!turnout || motion.openedAt === null || turnout.cast < turnout.rolled)
      throw new AppError('ballot_running', { detail: '投票还没有截止，名册上的人也没有都投票' })
  }
  await count(tx, door, meeting, motion, personOf(actor))
}

/** Takes a ballot back with whatever was cast: nothing of it is counted or shown. */
export const withdrawBallot = async (
  tx: Tx,
  door: Door,
  key: MeetingKey,
  actor: Actor,
  { reason, reviewed }: Body<typeof councilRoutes.withdrawMotion>,
): Promise<void> => {
  const { meeting, motion } = await lockMotionFor(tx, door, key, actor, ['moved', 'open'])
  assertPublishable(reviewed, { reason })
  if (await isBeingAmended(tx, key))
    throw new AppError('motion_open', { reason: 'amendment_open', detail: '请先撤回或表决修正案' })
  // Whoever has read the papers would know which way it went.
  if (!COUNCIL_RULES.has(motion.rule) && hasPassed(motion, door.deps.clock.now()))
    throw new AppError('motion_closed', { reason: 'to_be_counted', detail: '投票已截止，须按名册计票，不能再撤回' })
  await withdraw(tx, door, meeting, motion, personOf(actor), reason)
}

const withdraw = async (
  tx: Tx,
  door: Door,
  meeting: MeetingRow,
  motion: BallotRow,
  by: string | null,
  reason: string,
): Promise<void> => {
  const key = { communityCode: motion.communityCode, id: motion.id }
  await withdrawMotionRow(tx, key)
  await tidyUp(tx, motion, [], by)
  const it = { from: motion.state, to: 'withdrawn', by, at: door.deps.clock.now(), record: { reason } }
  await recordMotionEvent(tx, door.deps, key, 'withdraw', it)
  if (meeting.state !== 'in_session') await carryOn(tx, door, meeting, motion.issueId, `表决撤回：${reason}`)
}

/** Freezes the roll when the window begins. One that too few could vote in is taken back. */
export const openBallotJob = (door: Door, key: MeetingKey): Promise<void> =>
  inTransaction(door.deps.pool, async (tx) => {
    try {
      await tx.$client.query('savepoint opening')
      await openWhenDue(tx, door.deps, key)
    } catch (error) {
      if (!(error instanceof AppError && error.details.reason === 'too_few_for_secret')) throw error
      await tx.$client.query('rollback to savepoint opening')
      const known = await findBallot(tx, key)
      const meeting = known && (await lockMeeting(tx, { ...key, id: known.meetingId }))
      const motion = await lockBallot(tx, key)
      if (meeting && motion?.state === 'open')
        await withdraw(tx, door, meeting, motion, null, error.details.detail ?? error.message)
    }
  })

/** Counts when the window ends, once: whoever comes second finds it counted. */
export const closeBallotJob = (door: Door, key: MeetingKey): Promise<void> =>
  inTransaction(door.deps.pool, async (tx) => {
    const known = await findBallot(tx, key)
    const meeting = known && (await lockMeeting(tx, { ...key, id: known.meetingId }))
    const motion = await lockBallot(tx, key)
    if (!meeting || motion?.state !== 'open') return
    if (hasPassed(motion, door.deps.clock.now())) return count(tx, door, meeting, motion, null)
    if (motion.closesAt !== null)
      await enqueue(tx, 'close_ballot', key, { jobKey: closingKey(key), runAt: new Date(motion.closesAt) })
  })
