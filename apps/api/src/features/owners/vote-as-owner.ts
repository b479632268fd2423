import type { Choice } from '@tongxin/lifecycle'
import type { Tx } from '../../db/connect.ts'
import type { Deps } from '../../deps.ts'
import { type Actor, personOf } from '../../http/actor.ts'
import { AppError } from '../../http/errors.ts'
import { type BallotRow, recordMotionEvent } from '../council/index.ts'
import { assertOpened, hasClosed, lockVote } from './lock-vote.ts'
import { findHead, type HeadRow, insertHeadVote, listOwnHeads } from './vote-heads.queries.ts'
import type { VoteKey } from './votes.queries.ts'

/** @throws AppError motion_closed, ballot_not_open */
const assertOpen = (motion: BallotRow, now: Date): void => {
  if (motion.state !== 'open' || hasClosed(motion, now)) throw new AppError('motion_closed')
  assertOpened(motion, now)
}

/** @throws AppError not_entitled for the head of others */
export const admit = async (tx: Tx, motion: BallotRow, actor: Actor, headNo: number): Promise<HeadRow> => {
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
