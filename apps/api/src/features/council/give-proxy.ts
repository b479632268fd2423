import { MOST_PROXIES, type ProxyEnd } from '@tongxin/contract'
import type { Tx } from '../../db/connect.ts'
import { newId } from '../../db/new-id.ts'
import type { Deps } from '../../deps.ts'
import { type Actor, personOf } from '../../http/actor.ts'
import { AppError } from '../../http/errors.ts'
import { assertMayRead, standingAt } from './council.policy.ts'
import { isPresent, lockMeeting, type MeetingKey, type MeetingRow } from './meetings.queries.ts'
import { hasSeat } from './members.queries.ts'
import { endProxyOf, insertProxy, listProxies, lockProxyOf } from './proxies.queries.ts'
import { recordMeetingEvent } from './record-council-event.ts'

const unfit = (reason: string, detail: string, field?: string) =>
  new AppError('unprocessable', {
    reason,
    detail,
    ...(field && { errors: [{ path: `body.${field}`, message: detail }] }),
  })

/** Locked, so that nobody is given a third proxy beside the second. @throws AppError not_found, forbidden */
const lockForMember = async (tx: Tx, deps: Deps, key: MeetingKey, actor: Actor): Promise<MeetingRow> => {
  const tree = await deps.directory.regions.tree()
  const meeting = assertMayRead(await lockMeeting(tx, key), standingAt(actor, tree, key.communityCode))
  if (!(await hasSeat(tx, tree, key.communityCode, personOf(actor), deps.clock.now()))) throw new AppError('forbidden')
  return meeting
}

const unmoved = (state: string) => ({ from: state, to: state })

/** A vote that somebody else may cast: for one meeting, on record, by the member alone. */
export const giveProxy = async (tx: Tx, deps: Deps, key: MeetingKey, actor: Actor, holderId: string): Promise<void> => {
  const { state } = await lockForMember(tx, deps, key, actor)
  if (state === 'closed' || state === 'cancelled') throw new AppError('meeting_wrong_state')
  const principalId = personOf(actor)
  const at = deps.clock.now()
  if (holderId === principalId) throw unfit('proxy_to_oneself', '不能委托自己', 'holderId')
  if (await isPresent(tx, key, principalId)) throw unfit('principal_present', '您已到会，请自己投票')
  if (!(await hasSeat(tx, await deps.directory.regions.tree(), key.communityCode, holderId, at)))
    throw unfit('holder_not_member', '只能委托议事会成员', 'holderId')
  const standing = (await listProxies(tx, key)).filter(({ endedAt }) => endedAt === null)
  if (standing.some((one) => one.principalId === principalId)) throw unfit('proxy_given', '您已委托他人，请先撤回')
  if (standing.some((one) => one.principalId === holderId))
    throw unfit('proxy_chain', '此人自己也委托了他人，不能接受委托', 'holderId')
  if (standing.some((one) => one.holderId === principalId))
    throw unfit('proxy_chain', '您接受了他人的委托，不能再委托别人')
  if (standing.filter((one) => one.holderId === holderId).length >= MOST_PROXIES)
    throw unfit('too_many_proxies', `一人最多接受 ${MOST_PROXIES} 份委托`, 'holderId')
  const id = newId(at)
  await insertProxy(tx, key, { id, principalId, holderId, at })
  await recordMeetingEvent(tx, deps, key, 'give_proxy', {
    ...unmoved(state),
    by: principalId,
    at,
    record: { proxyId: id },
    personal: { principalId, holderId },
  })
}

/** @throws AppError unprocessable when there is none, or a vote was cast by it */
export const revokeProxy = async (tx: Tx, deps: Deps, key: MeetingKey, actor: Actor): Promise<void> => {
  const { state } = await lockForMember(tx, deps, key, actor)
  const principalId = personOf(actor)
  await lockProxyOf(tx, key, principalId)
  const own = (await listProxies(tx, key)).find((one) => one.endedAt === null && one.principalId === principalId)
  if (!own) throw unfit('no_proxy', '您没有委托他人')
  if (own.used) throw unfit('proxy_used', '受托人已凭委托投票，不能撤回；您本人到会签到，委托即终止')
  await end(tx, deps, key, state, { principalId, by: principalId, why: 'revoked' })
}

const end = async (
  tx: Tx,
  deps: Deps,
  key: MeetingKey,
  state: string,
  { principalId, by, why }: { principalId: string; by: string; why: ProxyEnd },
): Promise<void> => {
  const at = deps.clock.now()
  const proxyId = await endProxyOf(tx, key, principalId, why, at)
  if (proxyId === undefined) return
  const record = { proxyId, why }
  const it = { ...unmoved(state), by, at, record, personal: { principalId } }
  await recordMeetingEvent(tx, deps, key, 'end_proxy', it)
}

/** Whoever comes votes for themselves, and so does a deputy in their place. The caller holds the meeting's lock. */
export const endProxyOnArrival = (
  tx: Tx,
  deps: Deps,
  { communityCode, id, state }: MeetingRow,
  { principalId, by, deputy }: { principalId: string; by: string; deputy: boolean },
): Promise<void> =>
  end(tx, deps, { communityCode, id }, state, { principalId, by, why: deputy ? 'deputy_came' : 'checked_in' })
