import type { Body, councilRoutes } from '@tongxin/contract'
import type { Tx } from '../../db/connect.ts'
import type { Deps } from '../../deps.ts'
import { type Actor, personOf } from '../../http/actor.ts'
import { AppError } from '../../http/errors.ts'
import { assertPublishable } from '../../personal-data/assert-publishable.ts'
import { listWaiting } from './agenda.queries.ts'
import { isCheckInCode } from './check-in-code.ts'
import { endProxyOnArrival } from './give-proxy.ts'
import { lockFor } from './lock-for.ts'
import {
  endAttendance,
  insertAttendance,
  isPresent,
  listAttendance,
  type MeetingKey,
  saveMeeting,
} from './meetings.queries.ts'
import { listPlaces } from './members.queries.ts'
import { listOpenMotions } from './motions.queries.ts'
import { findInvitation } from './notices.queries.ts'
import { recordMeetingEvent } from './record-council-event.ts'
import { endSpeechesOf } from './speakers.queries.ts'

const unfit = (reason: string, detail: string, field = 'personId') =>
  new AppError('unprocessable', { reason, detail, errors: [{ path: `body.${field}`, message: detail }] })

const operationFor = (actor: Actor, personId: string, own: 'check_in' | 'leave') =>
  personId === actor.personId ? own : 'check_in_others'

const IN_SESSION = { from: 'in_session', to: 'in_session' }

/**
 * Checking in twice changes nothing. Members show by the code on the screen that they are in the room; who organizes the
 * meeting sees who is.
 * @throws AppError unprocessable for a code that is not on the screen, and for somebody without a place at the council
 */
export const checkIn = async (
  tx: Tx,
  deps: Deps,
  key: MeetingKey,
  actor: Actor,
  { personId = personOf(actor), code }: { personId?: string | undefined; code?: string | undefined } = {},
): Promise<void> => {
  const { meeting, standing } = await lockFor(tx, deps, key, actor, operationFor(actor, personId, 'check_in'))
  const { clock, config, directory } = deps
  const at = clock.now()
  if (!standing.manages && !isCheckInCode(config.secret, key, at, code ?? ''))
    throw unfit('code_wrong', '签到码不对或已更换，请重新扫描会场屏幕上的二维码，或输入屏幕上现在的签到码', 'code')
  const places = await listPlaces(tx, await directory.regions.tree(), key.communityCode, personId, at)
  // A guest sits in without a vote, as staff do.
  if (places.length === 0 && (await findInvitation(tx, key, personId))?.class === 'guest')
    places.push({ class: 'staff', standsFor: null })
  if (places.length === 0) throw unfit('not_a_member', '此人不是议事会成员或社区工作人员')
  const there = (await listAttendance(tx, key)).filter(({ leftAt }) => leftAt === null)
  if (there.some((one) => one.personId === personId)) return
  const taken = new Set(there.flatMap((one) => [one.personId, one.standsFor]))
  const place = places.find(({ standsFor }) => standsFor === null || !taken.has(standsFor))
  if (!place) throw unfit('member_present', '被替补的成员已到会，或已有替补到会')
  const by = personOf(actor)
  const deputy = there.find(({ standsFor }) => standsFor === personId)
  // On the roll of a ballot that runs stands who sat there when it opened: the seat would lose its vote.
  if ((deputy || place.standsFor !== null) && (await isVotedOnInRoom(tx, key)))
    throw unfit('ballot_running', '会场正在投票，请在计票之后再签到')
  // Whoever comes after all takes their seat back.
  if (deputy?.personId === meeting.presiderId) throw unfit('presider_hands_over_first', '替补正在主持，请先移交主持')
  if (deputy) await end(tx, deps, key, deputy.personId, by, at)
  await insertAttendance(tx, key, { personId, ...place }, at)
  const { standsFor } = place
  const personal = standsFor === null ? { personId } : { personId, standsFor }
  const it = { ...IN_SESSION, by, at, record: { class: place.class }, personal }
  await recordMeetingEvent(tx, deps, key, 'check_in', it)
  // A seat speaks once: by its member, by a deputy, or by proxy.
  await endProxyOnArrival(tx, deps, meeting, { principalId: standsFor ?? personId, by, deputy: standsFor !== null })
}

const isVotedOnInRoom = async (tx: Tx, key: MeetingKey): Promise<boolean> =>
  (await listOpenMotions(tx, key)).some(({ place, method }) => place === 'room' && method !== 'hands')

/** False when they were not there. */
const end = async (tx: Tx, deps: Deps, key: MeetingKey, personId: string, by: string, at: Date): Promise<boolean> => {
  if (!(await endAttendance(tx, key, personId, at))) return false
  await endSpeechesOf(tx, key, personId, at)
  await recordMeetingEvent(tx, deps, key, 'leave', { ...IN_SESSION, by, at, personal: { personId } })
  return true
}

/** @throws AppError unprocessable when they are not there, or preside and have not handed over */
export const leaveMeeting = async (
  tx: Tx,
  deps: Deps,
  key: MeetingKey,
  actor: Actor,
  personId: string = personOf(actor),
): Promise<void> => {
  const { meeting } = await lockFor(tx, deps, key, actor, operationFor(actor, personId, 'leave'))
  if (meeting.presiderId === personId) throw unfit('presider_hands_over_first', '主持人离会前请先移交主持')
  const at = deps.clock.now()
  if (!(await end(tx, deps, key, personId, personOf(actor), at))) throw unfit('not_present', '此人没有签到，或已离会')
}

/** @throws AppError unprocessable when who is to preside is not there */
export const handOver = async (
  tx: Tx,
  deps: Deps,
  key: MeetingKey,
  actor: Actor,
  version: number,
  { personId, reason, reviewed }: Body<typeof councilRoutes.handOverMeeting>,
): Promise<void> => {
  const { meeting } = await lockFor(tx, deps, key, actor, 'hand_over', version)
  assertPublishable(reviewed, { reason })
  if (!(await isPresent(tx, key, personId))) throw unfit('not_present', '只能移交给在会的人')
  const { clock, directory } = deps
  const places = await listPlaces(tx, await directory.regions.tree(), key.communityCode, personId, clock.now())
  // A guest sits there, too, and has no say.
  if (places.length === 0) throw unfit('presider_unfit', '主持人须是议事会成员、社区专干或书记')
  // After it closed only what is still being voted on, or was since, asks for somebody who presides.
  if (meeting.state === 'closed' && (await listWaiting(tx, key)).length === 0) throw new AppError('meeting_wrong_state')
  await saveMeeting(tx, meeting, { presiderId: personId })
  const personal = { presiderId: personId }
  const { state } = meeting
  const it = { from: state, to: state, by: personOf(actor), at: deps.clock.now(), record: { reason }, personal }
  await recordMeetingEvent(tx, deps, key, 'hand_over', it)
}
