import type { Choice } from '@tongxin/lifecycle'
import type { Tx } from '../../db/connect.ts'
import type { Deps } from '../../deps.ts'
import { type Actor, personOf } from '../../http/actor.ts'
import { AppError } from '../../http/errors.ts'
import { recordMotionEvent } from '../council/index.ts'
import { countWhenSettled } from './count-vote.ts'
import { findStanding } from './head-proxies.queries.ts'
import { assertOpened, hasClosed, lockVote } from './lock-vote.ts'
import { assertUsable } from './proxy-fits.ts'
import { tellHead } from './tell-of-head.ts'
import { assertNotVoted, castHeadVote } from './vote-as-owner.ts'
import { findHead, isInterested, listEntries, saveEntry } from './vote-heads.queries.ts'
import type { VoteKey } from './votes.queries.ts'

/**
 * What one member of staff reads on a paper. Once another has read the same it is the head's vote; until then they may read it again.
 * A paper is in with its first reading, before the close; what is in may be settled until it is counted. Those for whom it speaks are
 * told, unless all have signed, and have time to object.
 * @param buildings those whose papers this person reads
 * @throws AppError motion_closed, ballot_not_open, already_voted, conflict; forbidden for a flat of one's own; unprocessable for a proxy
 * that is not on record, or not to be used any more
 */
export const enterPaper = async (
  tx: Tx,
  deps: Deps,
  key: VoteKey,
  actor: Actor,
  {
    headNo,
    choice,
    signedByAll,
    byProxy,
    buildings,
  }: { headNo: number; choice: Choice; signedByAll: boolean; byProxy: boolean; buildings: readonly string[] },
): Promise<void> => {
  const at = deps.clock.now()
  const by = personOf(actor)
  const motion = await lockVote(tx, key)
  if (motion.state !== 'open') throw new AppError('motion_closed')
  assertOpened(motion, at)
  const head = await findHead(tx, key, headNo)
  if (!head?.flats.some(({ buildingCode }) => buildings.includes(buildingCode)))
    throw new AppError('unprocessable', { reason: 'head_unknown', detail: '您负责的楼栋里没有这一票' })
  if (await isInterested(tx, key, headNo, by))
    throw new AppError('forbidden', { reason: 'own_household', detail: '这是您本人或家人的房屋，请由其他工作人员录入' })
  assertNotVoted(head, signedByAll)
  const entries = await listEntries(tx, key, [headNo])
  const closed = hasClosed(motion, at)
  if (closed && entries.length === 0)
    throw new AppError('motion_closed', { reason: 'paper_late', detail: '投票已截止，截止前没有录入过的纸质票不再收' })
  const proxy = byProxy ? await findStanding(tx, key, headNo) : undefined
  if (byProxy && !proxy)
    throw new AppError('unprocessable', { reason: 'no_proxy', detail: '没有登记这一票的委托，请先登记委托书' })
  if (proxy) await assertUsable(tx, deps, key, proxy)
  await saveEntry(tx, key, { headNo, enteredBy: by, choice, signedByAll, byProxy, at })
  const entered = { from: 'open', to: 'open', by, at, record: { headNo }, personal: { choice, signedByAll, byProxy } }
  await recordMotionEvent(tx, deps, key, 'enter_paper', entered)
  const agreed = entries.some(
    (entry) =>
      entry.enteredBy !== by &&
      entry.choice === choice &&
      entry.signedByAll === signedByAll &&
      entry.byProxy === byProxy,
  )
  if (!agreed) return
  await castHeadVote(tx, deps, key, by, { headNo, way: 'paper', choice, signedByAll, proxyId: proxy?.id ?? null })
  if (!signedByAll) await tellHead(tx, key, headNo, { proxyId: null, givenBy: null })
  await countWhenSettled(tx, deps, motion)
}
