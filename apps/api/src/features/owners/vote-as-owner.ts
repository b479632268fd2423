import { type Choice, isOwnersRule } from '@tongxin/lifecycle'
import type { Tx } from '../../db/connect.ts'
import type { Deps } from '../../deps.ts'
import { type Actor, personOf } from '../../http/actor.ts'
import { AppError } from '../../http/errors.ts'
import { type BallotRow, lockBallot, recordMotionEvent } from '../council/index.ts'
import { findHead, type HeadRow, insertHeadVote, listOwnHeads, saveObjection } from './vote-heads.queries.ts'
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

export const hasOpened = ({ opensAt }: BallotRow, now: Date): boolean =>
  opensAt !== null && Date.parse(opensAt) <= now.getTime()
export const hasClosed = ({ closesAt }: BallotRow, now: Date): boolean =>
  closesAt !== null && Date.parse(closesAt) <= now.getTime()

/** @throws AppError motion_closed, ballot_not_open */
const assertOpen = (motion: BallotRow, now: Date): void => {
  if (motion.state !== 'open' || hasClosed(motion, now)) throw new AppError('motion_closed')
  if (!hasOpened(motion, now)) throw new AppError('ballot_not_open', { detail: '公告期未满，投票还没有开始' })
}

/** @throws AppError not_entitled for the head of others */
const admit = async (tx: Tx, motion: BallotRow, actor: Actor, headNo: number): Promise<HeadRow> => {
  const own = await listOwnHeads(tx, motion, personOf(actor), motion.rule === 'households')
  const head = own.includes(headNo) ? await findHead(tx, motion, headNo) : undefined
  if (!head)
    throw new AppError('not_entitled', { detail: '您不是名册上这一票的业主（住户），请先绑定房屋，或联系社区工作人员' })
  return head
}

/** @throws AppError already_voted, saying by which way; conflict after an objection, when only a paper signed by all counts */
export const assertNotVoted = ({ way, objected }: HeadRow, signedByAll: boolean): void => {
  if (way === 'online')
    throw new AppError('already_voted', { reason: 'voted_online', detail: '这一票已经在线投出，不能再投' })
  if (way === 'paper')
    throw new AppError('already_voted', { reason: 'voted_on_paper', detail: '这一票的纸质票已经计入，不能再投' })
  if (objected && !signedByAll)
    throw new AppError('conflict', {
      reason: 'objected',
      detail: '共有人提出过异议，这一票须由全体共有人在纸质票上签名',
    })
}

/** One vote for a head, by whoever of its people comes first; final, unless another of them objects. */
export const voteAsOwner = async (
  tx: Tx,
  deps: Deps,
  key: VoteKey,
  actor: Actor,
  { headNo, choice }: { headNo: number; choice: Choice },
): Promise<void> => {
  const at = deps.clock.now()
  const motion = await lockVote(tx, key)
  assertOpen(motion, at)
  assertNotVoted(await admit(tx, motion, actor, headNo), false)
  const by = personOf(actor)
  await insertHeadVote(tx, key, { headNo, way: 'online', choice, signedByAll: false, castBy: by, at })
  const it = { from: 'open', to: 'open', by, at, record: { headNo, way: 'online', choice, signedByAll: false } }
  await recordMotionEvent(tx, deps, key, 'vote_head', it)
}

/** To what another cast online, or handed in without everybody's name. */
export const mayObject = ({ way, castBy, signedByAll, objected }: HeadRow, personId: string): boolean =>
  way !== null && signedByAll !== true && !objected && !(way === 'online' && castBy === personId)

/** @throws AppError conflict when there is no vote of another to object to */
export const objectToVote = async (tx: Tx, deps: Deps, key: VoteKey, actor: Actor, headNo: number): Promise<void> => {
  const at = deps.clock.now()
  const motion = await lockVote(tx, key)
  assertOpen(motion, at)
  const head = await admit(tx, motion, actor, headNo)
  const by = personOf(actor)
  if (!mayObject(head, by))
    throw new AppError('conflict', { reason: 'nothing_to_object', detail: '没有其他共有人投出的票可以异议' })
  await saveObjection(tx, key, { headNo, personId: by, at })
  const it = { from: 'open', to: 'open', by, at, record: { headNo } }
  await recordMotionEvent(tx, deps, key, 'object_to_vote', it)
}
