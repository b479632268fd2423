import type { Tx } from '../../db/connect.ts'
import type { Deps } from '../../deps.ts'
import { type Actor, personOf } from '../../http/actor.ts'
import { AppError } from '../../http/errors.ts'
import { recordMotionEvent } from '../council/index.ts'
import { countWhenSettled } from './count-vote.ts'
import { endProxy } from './end-proxy.ts'
import { assertOpened, lockVote } from './lock-vote.ts'
import { mayObject, objectableUntil } from './objections.ts'
import { admit } from './vote-as-owner.ts'
import { saveObjection } from './vote-heads.queries.ts'
import type { VoteKey } from './votes.queries.ts'

/** @throws AppError motion_closed when it is too late; conflict when there is no vote of another to object to */
export const objectToVote = async (tx: Tx, deps: Deps, key: VoteKey, actor: Actor, headNo: number): Promise<void> => {
  const at = deps.clock.now()
  const motion = await lockVote(tx, key)
  if (motion.state !== 'open' || motion.closesAt === null) throw new AppError('motion_closed')
  assertOpened(motion, at)
  const head = await admit(tx, motion, actor, headNo)
  if (objectableUntil(head, motion.closesAt) <= at) throw new AppError('motion_closed')
  const by = personOf(actor)
  if (!mayObject(head, by))
    throw new AppError('conflict', { reason: 'nothing_to_object', detail: '没有其他共有人投出的票可以异议' })
  await saveObjection(tx, key, { headNo, personId: by, at })
  const it = { from: 'open', to: 'open', by, at, record: { headNo } }
  await recordMotionEvent(tx, deps, key, 'object_to_vote', it)
  await endProxy(tx, deps, key, headNo, { why: 'objected', by })
  await countWhenSettled(tx, deps, motion)
}
