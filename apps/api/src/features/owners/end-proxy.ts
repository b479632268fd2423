import { type HeadProxyEnd, PERMISSIONS } from '@tongxin/contract'
import type { Tx } from '../../db/connect.ts'
import type { Deps } from '../../deps.ts'
import { type Actor, personOf } from '../../http/actor.ts'
import { AppError } from '../../http/errors.ts'
import { recordMotionEvent } from '../council/index.ts'
import { holdsOver } from '../regions/index.ts'
import { endStanding, findProxy } from './head-proxies.queries.ts'
import { hasClosed, lockVote } from './lock-vote.ts'
import { deleteProxyEntries, listOwnHeads } from './vote-heads.queries.ts'
import type { VoteKey } from './votes.queries.ts'

/**
 * Ends the proxy that stands for a head, if one does. A paper signed under it is dead: it must not count under the next one, nor keep
 * the count waiting. The caller holds the motion.
 */
export const endProxy = async (
  tx: Tx,
  deps: Deps,
  key: VoteKey,
  headNo: number,
  { why, by }: { why: HeadProxyEnd; by: string },
): Promise<void> => {
  const at = deps.clock.now()
  const proxyId = await endStanding(tx, key, headNo, why, at)
  if (proxyId === undefined) return
  await deleteProxyEntries(tx, key, headNo)
  const it = { from: 'open', to: 'open', by, at, record: { headNo, proxyId, why } }
  await recordMotionEvent(tx, deps, key, 'end_proxy', it)
}

/**
 * By any of the head's people; one typed from a paper by staff as well, who may have mistyped it.
 * @throws AppError not_found for who has no part in it; forbidden, motion_closed; unprocessable when it ended or was voted by
 */
export const revokeProxy = async (tx: Tx, deps: Deps, key: VoteKey, actor: Actor, id: string): Promise<void> => {
  const motion = await lockVote(tx, key)
  const proxy = await findProxy(tx, key, id)
  const by = personOf(actor)
  const own = await listOwnHeads(tx, motion, by, motion.rule === 'households')
  const tree = await deps.directory.regions.tree()
  const keeps = holdsOver(tree, actor, PERMISSIONS['owners.manage'].roles, key.communityCode)
  const isOwn = proxy !== undefined && own.includes(proxy.headNo)
  if (!proxy || !(isOwn || keeps || proxy.holderId === by)) throw new AppError('not_found')
  if (!isOwn && !keeps) throw new AppError('forbidden', { reason: 'not_the_giver', detail: '委托只能由业主撤回' })
  if (!isOwn && proxy.enteredBy === null)
    throw new AppError('forbidden', { reason: 'proxy_given_personally', detail: '业主在线办理的委托，只能由业主撤回' })
  if (motion.state !== 'open' || hasClosed(motion, deps.clock.now())) throw new AppError('motion_closed')
  if (proxy.used) throw new AppError('unprocessable', { reason: 'proxy_used', detail: '受托人已凭委托投票，不能撤回' })
  if (proxy.endedAt !== null) throw new AppError('unprocessable', { reason: 'no_proxy', detail: '这份委托已经终止' })
  await endProxy(tx, deps, key, proxy.headNo, { why: 'revoked', by })
}
