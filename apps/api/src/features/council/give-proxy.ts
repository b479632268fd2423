import { MOST_PROXIES, type ProxyEnd } from '@tongxin/contract'
import type { Tx } from '../../db/connect.ts'
import { newId } from '../../db/new-id.ts'
import type { Deps } from '../../deps.ts'
import { type Actor, personOf } from '../../http/actor.ts'
import { AppError } from '../../http/errors.ts'
import { enqueue } from '../../jobs/enqueue.ts'
import { assertMay, assertMayRead, standingAt } from './council.policy.ts'
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

interface Giving {
  principalId: string
  holderId: string
  /** Staff who typed the paper; null when the principal gives it themself. */
  enteredBy: string | null
}

/** One member's vote in another's hand, for one meeting, on record. The caller holds the meeting's lock. */
const give = async (
  tx: Tx,
  deps: Deps,
  meeting: MeetingRow,
  { principalId, holderId, enteredBy }: Giving,
): Promise<string> => {
  const { communityCode, id: meetingId, state } = meeting
  const key = { communityCode, id: meetingId }
  const at = deps.clock.now()
  const say = (own: string, paper: string) => (enteredBy === null ? own : paper)
  if (holderId === principalId) throw unfit('proxy_to_oneself', '不能委托自己', 'holderId')
  if (await isPresent(tx, key, principalId))
    throw unfit('principal_present', say('您已到会，请自己投票', '委托人已到会，由其本人投票'))
  if (!(await hasSeat(tx, await deps.directory.regions.tree(), communityCode, holderId, at)))
    throw unfit('holder_not_member', '只能委托议事会成员', 'holderId')
  const standing = (await listProxies(tx, key)).filter(({ endedAt }) => endedAt === null)
  if (standing.some((one) => one.principalId === principalId))
    throw unfit('proxy_given', say('您已委托他人，请先撤回', '委托人已委托他人，须先撤回'))
  if (standing.some((one) => one.principalId === holderId))
    throw unfit('proxy_chain', '此人自己也委托了他人，不能接受委托', 'holderId')
  if (standing.some((one) => one.holderId === principalId))
    throw unfit('proxy_chain', say('您接受了他人的委托，不能再委托别人', '委托人接受了他人的委托，不能再委托别人'))
  if (standing.filter((one) => one.holderId === holderId).length >= MOST_PROXIES)
    throw unfit('too_many_proxies', `一人最多接受 ${MOST_PROXIES} 份委托`, 'holderId')
  const id = newId(at)
  await insertProxy(tx, key, { id, principalId, holderId, enteredBy, at })
  await recordMeetingEvent(tx, deps, key, 'give_proxy', {
    ...unmoved(state),
    by: enteredBy ?? principalId,
    at,
    record: { proxyId: id, ...(enteredBy !== null && { onPaper: true }) },
    personal: { principalId, holderId },
  })
  return id
}

export const giveProxy = async (tx: Tx, deps: Deps, key: MeetingKey, actor: Actor, holderId: string): Promise<void> => {
  const meeting = await lockForMember(tx, deps, key, actor)
  if (meeting.state === 'closed' || meeting.state === 'cancelled') throw new AppError('meeting_wrong_state')
  await give(tx, deps, meeting, { principalId: personOf(actor), holderId, enteredBy: null })
}

/** @throws AppError not_found, forbidden, meeting_wrong_state */
const lockForRecorder = async (tx: Tx, deps: Deps, key: MeetingKey, actor: Actor): Promise<MeetingRow> => {
  const standing = standingAt(actor, await deps.directory.regions.tree(), key.communityCode)
  const meeting = assertMayRead(await lockMeeting(tx, key), standing)
  assertMay('record_proxy', meeting, standing)
  return meeting
}

/** A written proxy, handed in: typed by staff with no part in it. */
export const recordProxy = async (
  tx: Tx,
  deps: Deps,
  key: MeetingKey,
  actor: Actor,
  paper: { principalId: string; holderId: string },
): Promise<void> => {
  const meeting = await lockForRecorder(tx, deps, key, actor)
  const enteredBy = personOf(actor)
  if (enteredBy === paper.principalId || enteredBy === paper.holderId)
    throw unfit('proxy_of_the_recorder', '登记人不能是委托人或受托人，请由其他工作人员登记')
  const tree = await deps.directory.regions.tree()
  if (!(await hasSeat(tx, tree, key.communityCode, paper.principalId, deps.clock.now())))
    throw unfit('principal_not_member', '委托人不是议事会成员', 'principalId')
  const proxyId = await give(tx, deps, meeting, { ...paper, enteredBy })
  await enqueue(tx, 'tell_principal', { ...key, proxyId })
}

/** @throws AppError unprocessable when the principal gave it themself, or a vote was cast by it */
export const cancelRecordedProxy = async (
  tx: Tx,
  deps: Deps,
  key: MeetingKey,
  actor: Actor,
  principalId: string,
): Promise<void> => {
  const { state } = await lockForRecorder(tx, deps, key, actor)
  await lockProxyOf(tx, key, principalId)
  const standing = (await listProxies(tx, key)).find((one) => one.endedAt === null && one.principalId === principalId)
  if (!standing) throw unfit('no_proxy', '此人没有委托他人')
  if (standing.enteredBy === null) throw unfit('proxy_given_personally', '本人办理的委托，只能由本人撤回')
  if (standing.used) throw unfit('proxy_used', '受托人已凭委托投票，不能撤回；委托人到会签到，委托即终止')
  await end(tx, deps, key, state, { principalId, by: personOf(actor), why: 'revoked' })
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
