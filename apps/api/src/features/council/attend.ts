import type { Tx } from '../../db/connect.ts'
import type { Deps } from '../../deps.ts'
import { type Actor, personOf } from '../../http/actor.ts'
import { AppError } from '../../http/errors.ts'
import { isCheckInCode } from './check-in-code.ts'
import { lockFor } from './lock-for.ts'
import { endAttendance, insertAttendance, isPresent, type MeetingKey, saveMeeting } from './meetings.queries.ts'
import { findClass } from './members.queries.ts'
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
  const { standing } = await lockFor(tx, deps, key, actor, operationFor(actor, personId, 'check_in'))
  const { clock, config, directory } = deps
  const at = clock.now()
  if (!standing.manages && !isCheckInCode(config.secret, key, at, code ?? ''))
    throw unfit('code_wrong', '签到码不对或已更换，请重新扫描会场屏幕上的二维码', 'code')
  const as = await findClass(tx, await directory.regions.tree(), key.communityCode, personId, at)
  if (as === null) throw unfit('not_a_member', '此人不是议事会成员或社区工作人员')
  if (!(await insertAttendance(tx, key, personId, as, at))) return
  const it = { ...IN_SESSION, by: personOf(actor), at, record: { class: as }, personal: { personId } }
  await recordMeetingEvent(tx, deps, key, 'check_in', it)
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
  if (!(await endAttendance(tx, key, personId, at))) throw unfit('not_present', '此人没有签到，或已离会')
  await endSpeechesOf(tx, key, personId, at)
  const it = { ...IN_SESSION, by: personOf(actor), at, personal: { personId } }
  await recordMeetingEvent(tx, deps, key, 'leave', it)
}

/** @throws AppError unprocessable when who is to preside is not there */
export const handOver = async (
  tx: Tx,
  deps: Deps,
  key: MeetingKey,
  actor: Actor,
  version: number,
  { personId, reason }: { personId: string; reason?: string | undefined },
): Promise<void> => {
  const { meeting } = await lockFor(tx, deps, key, actor, 'hand_over', version)
  if (!(await isPresent(tx, key, personId))) throw unfit('not_present', '只能移交给在会的人')
  await saveMeeting(tx, meeting, { presiderId: personId })
  const personal = { presiderId: personId }
  const it = { ...IN_SESSION, by: personOf(actor), at: deps.clock.now(), record: { reason }, personal }
  await recordMeetingEvent(tx, deps, key, 'hand_over', it)
}
