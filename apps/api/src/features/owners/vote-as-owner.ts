import type { Choice } from '@tongxin/lifecycle'
import type { Tx } from '../../db/connect.ts'
import type { Deps } from '../../deps.ts'
import { type Actor, personOf } from '../../http/actor.ts'
import { AppError } from '../../http/errors.ts'
import { type BallotRow, recordMotionEvent } from '../council/index.ts'
import { endProxy } from './end-proxy.ts'
import { findStanding } from './head-proxies.queries.ts'
import { assertOpened, hasClosed, lockVote } from './lock-vote.ts'
import { assertUsable } from './proxy-fits.ts'
import { findHead, type HeadRow, insertHeadVote, listOwnHeads, type NewVote } from './vote-heads.queries.ts'
import type { VoteKey } from './votes.queries.ts'

/** @throws AppError motion_closed, ballot_not_open */
const assertOpen = (motion: BallotRow, now: Date): void => {
  if (motion.state !== 'open' || hasClosed(motion, now)) throw new AppError('motion_closed')
  assertOpened(motion, now)
}

const speaksFor = async (tx: Tx, motion: BallotRow, personId: string, headNo: number): Promise<boolean> =>
  (await listOwnHeads(tx, motion, personId, motion.rule === 'households')).includes(headNo)

/** @throws AppError not_entitled */
const existing = async (tx: Tx, motion: BallotRow, headNo: number, entitled: boolean): Promise<HeadRow> => {
  const head = entitled ? await findHead(tx, motion, headNo) : undefined
  if (!head)
    throw new AppError('not_entitled', { detail: '您不是名册上这一票的业主（住户），请先绑定房屋，或联系社区工作人员' })
  return head
}

/** @throws AppError not_entitled for the head of others */
export const admit = async (tx: Tx, motion: BallotRow, actor: Actor, headNo: number): Promise<HeadRow> =>
  existing(tx, motion, headNo, await speaksFor(tx, motion, personOf(actor), headNo))

/** @throws AppError already_voted, saying by which way; conflict after an objection, when only a paper signed by all counts */
export const assertNotVoted = ({ way, proxyId, objected }: HeadRow, signedByAll: boolean): void => {
  if (way === 'online' && proxyId !== null)
    throw new AppError('already_voted', { reason: 'voted_by_proxy', detail: '受托人已经代这一票投出，不能再投' })
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

/** Writes down a head's vote; what is not cast by its proxy ends that. The caller holds the motion. */
export const castHeadVote = async (tx: Tx, deps: Deps, key: VoteKey, by: string, vote: NewVote): Promise<void> => {
  const at = deps.clock.now()
  await insertHeadVote(tx, key, { ...vote, castBy: by, at })
  await recordMotionEvent(tx, deps, key, 'vote_head', { from: 'open', to: 'open', by, at, record: { ...vote } })
  if (vote.proxyId === null) await endProxy(tx, deps, key, vote.headNo, { why: 'voted', by })
}

/** One vote for a head, by whoever of its people comes first or holds its proxy; final, unless another of them objects. @throws what `assertUsable` does */
export const voteAsOwner = async (
  tx: Tx,
  deps: Deps,
  key: VoteKey,
  actor: Actor,
  { headNo, choice }: { headNo: number; choice: Choice },
): Promise<void> => {
  const motion = await lockVote(tx, key)
  assertOpen(motion, deps.clock.now())
  const by = personOf(actor)
  const own = await speaksFor(tx, motion, by, headNo)
  const proxy = own ? undefined : await findStanding(tx, motion, headNo)
  assertNotVoted(await existing(tx, motion, headNo, own || proxy?.holderId === by), false)
  if (proxy) await assertUsable(tx, deps, motion, proxy)
  const proxyId = proxy?.id ?? null
  await castHeadVote(tx, deps, key, by, { headNo, way: 'online', choice, signedByAll: false, proxyId })
}
