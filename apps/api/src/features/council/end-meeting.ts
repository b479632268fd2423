import { makePublicId } from '@tongxin/contract'
import type { Tx } from '../../db/connect.ts'
import { type Actor, personOf } from '../../http/actor.ts'
import { AppError } from '../../http/errors.ts'
import { type Door, takeSystemAction } from '../issues/index.ts'
import { addItems, deferPending, listWaiting, setLiveItem } from './agenda.queries.ts'
import { lockFor } from './lock-for.ts'
import { lockNextMeeting, type MeetingKey, type MeetingRow, saveMeeting } from './meetings.queries.ts'
import { hasOpenMotion } from './motions.queries.ts'
import { recordMeetingEvent } from './record-council-event.ts'
import { endAllSpeeches } from './speakers.queries.ts'

/** What is not decided goes on: to the next meeting where there is one, else it waits to be put on an agenda. */
const carryOver = async (tx: Tx, door: Door, meeting: MeetingRow, reason: string): Promise<string[]> => {
  const { communityCode } = meeting
  const waiting = await listWaiting(tx, meeting)
  const next = waiting.length > 0 ? await lockNextMeeting(tx, meeting) : undefined
  const meetingId = next && makePublicId(communityCode, next.id)
  for (const { issueId, state } of waiting) {
    if (state !== 'discussing') continue
    const issue = { communityCode, id: issueId }
    const payload = { reason, ...(meetingId && { meetingId }) }
    if (!(await takeSystemAction(tx, door, issue, 'defer', payload))) await setLiveItem(tx, issue, 'dropped')
  }
  await deferPending(tx, meeting)
  const untouched = waiting.filter(({ state }) => state === 'pending').map(({ issueId }) => issueId)
  if (next) {
    await addItems(tx, next, untouched)
    await saveMeeting(tx, next)
  }
  return waiting.map(({ issueId }) => makePublicId(communityCode, issueId))
}

const assertNothingOpen = async (tx: Tx, meeting: MeetingRow): Promise<void> => {
  if (await hasOpenMotion(tx, meeting)) throw new AppError('motion_open')
}

/** @throws AppError motion_open while a motion was not counted */
export const closeMeeting = async (
  tx: Tx,
  door: Door,
  key: MeetingKey,
  actor: Actor,
  version: number,
): Promise<void> => {
  const { deps } = door
  const { meeting } = await lockFor(tx, deps, key, actor, 'close', version)
  await assertNothingOpen(tx, meeting)
  const deferred = await carryOver(tx, door, meeting, '散会时尚未议决')
  const at = deps.clock.now()
  await endAllSpeeches(tx, meeting, at)
  await saveMeeting(tx, meeting, { state: 'closed', endedAt: at.toISOString() })
  const it = { from: 'in_session', to: 'closed', by: personOf(actor), at, record: { deferred } }
  await recordMeetingEvent(tx, deps, key, 'close', it)
}

export const cancelMeeting = async (
  tx: Tx,
  door: Door,
  key: MeetingKey,
  actor: Actor,
  version: number,
  reason: string,
): Promise<void> => {
  const { deps } = door
  const { meeting } = await lockFor(tx, deps, key, actor, 'cancel', version)
  await assertNothingOpen(tx, meeting)
  const deferred = await carryOver(tx, door, meeting, `会议取消：${reason}`)
  const at = deps.clock.now()
  await endAllSpeeches(tx, meeting, at)
  await saveMeeting(tx, meeting, { state: 'cancelled', endedAt: at.toISOString() })
  const it = { from: meeting.state, to: 'cancelled', by: personOf(actor), at, record: { reason, deferred } }
  await recordMeetingEvent(tx, deps, key, 'cancel', it)
}
