import { PERMISSIONS } from '@tongxin/contract'
import type { Tx } from '../../db/connect.ts'
import type { Deps } from '../../deps.ts'
import { findActor } from '../../http/access.ts'
import { type Actor, personOf } from '../../http/actor.ts'
import { AppError } from '../../http/errors.ts'
import { type RegionTree, regionsHeld } from '../regions/index.ts'
import type { ProxyRow } from './head-proxies.queries.ts'
import type { VoteKey } from './votes.queries.ts'

/** Whether somebody reads papers of this community, and so may hold nobody's proxy. */
export const readsPapers = (tree: RegionTree, person: Actor, { communityCode }: VoteKey): boolean =>
  regionsHeld(tree, person, PERMISSIONS['owners.enter'].roles, { within: communityCode }).length > 0

/** @throws AppError unprocessable for who reads papers, or is not known any more */
export const assertMayHold = async (tx: Tx, deps: Deps, key: VoteKey, holderId: string): Promise<void> => {
  const holder = await findActor(tx, holderId, deps.clock.now())
  if (!holder || readsPapers(await deps.directory.regions.tree(), holder, key))
    throw new AppError('unprocessable', { reason: 'holder_counts', detail: '社区工作人员录入和清点选票，不能受托' })
}

/** Flats are sold and people are employed after a proxy was given: what it rests on is asked again when it is used. */
export const isUsable = (tree: RegionTree, holder: Actor, key: VoteKey, proxy: ProxyRow): boolean =>
  proxy.holderId === personOf(holder) && !proxy.giverLeft && !readsPapers(tree, holder, key)

/** @throws AppError unprocessable when who gave it does not speak for the head any more, or who holds it reads papers now */
export const assertUsable = async (tx: Tx, deps: Deps, key: VoteKey, proxy: ProxyRow): Promise<void> => {
  if (proxy.giverLeft)
    throw new AppError('unprocessable', {
      reason: 'giver_left',
      detail: '委托人已不再是这一票的业主（住户），这份委托不能再用',
    })
  await assertMayHold(tx, deps, key, proxy.holderId)
}
