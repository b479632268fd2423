import { type Body, type councilRoutes, makePublicId } from '@tongxin/contract'
import type { Tx } from '../../db/connect.ts'
import { type Actor, personOf } from '../../http/actor.ts'
import { AppError } from '../../http/errors.ts'
import { assertPublishable } from '../../personal-data/assert-publishable.ts'
import { type Door, takeSystemAction } from '../issues/index.ts'
import { addItems, endItems, hasHeardWaiting, listWaiting, setLiveItem } from './agenda.queries.ts'
import { bringAlong } from './bring-along.ts'
import { lockFor } from './lock-for.ts'
import { lockMeeting, lockNextMeeting, type MeetingKey, type MeetingRow, saveMeeting } from './meetings.queries.ts'
import { listOpenMotions, listOpenOnItems } from './motions.queries.ts'
import { withdrawNotice } from './notice.ts'
import { recordMeetingEvent } from './record-council-event.ts'
import { endAllSpeeches } from './speakers.queries.ts'

/** Takes a matter off this meeting: to the next one where there is one, else it waits to be put on an agenda. */
export const carryOn = async (
  tx: Tx,
  door: Door,
  meeting: MeetingRow,
  issueId: string,
  reason: string,
  next?: MeetingRow,
): Promise<void> => {
  const { communityCode } = meeting
  const issue = { communityCode, id: issueId }
  const following = next ?? (await lockNextMeeting(tx, meeting, door.deps.clock.now()))
  const payload = { reason, ...(following && { meetingId: makePublicId(communityCode, following.id) }) }
  if (!(await takeSystemAction(tx, door, issue, 'defer', payload))) await setLiveItem(tx, issue, 'dropped')
}

/** What is not decided goes on; a matter with an open ballot stays until that has ended. */
const carryOver = async (
  tx: Tx,
  door: Door,
  meeting: MeetingRow,
  { reason, by, at }: { reason: string; by: string | null; at: Date },
): Promise<string[]> => {
  const { communityCode } = meeting
  const voting = new Set(await listOpenOnItems(tx, meeting))
  const waiting = (await listWaiting(tx, meeting)).filter(({ issueId }) => !voting.has(issueId))
  const moves = waiting.length > 0 || (await hasHeardWaiting(tx, meeting))
  const next = moves ? await lockNextMeeting(tx, meeting, at) : undefined
  for (const { issueId, state } of waiting)
    if (state === 'discussing') await carryOn(tx, door, meeting, issueId, reason, next)
  const untouched = waiting.filter(({ state }) => state === 'pending').map(({ issueId }) => issueId)
  await endItems(tx, meeting)
  if (next) {
    await addItems(tx, next, untouched)
    await bringAlong(tx, door.deps, meeting, next, { issueIds: untouched, heard: true, by, at })
    await saveMeeting(tx, next)
  }
  return waiting.map(({ issueId }) => makePublicId(communityCode, issueId))
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
  // What is voted on online goes on without the meeting.
  if ((await listOpenMotions(tx, meeting)).some(({ place }) => place === 'room')) throw new AppError('motion_open')
  const by = personOf(actor)
  const at = deps.clock.now()
  const deferred = await carryOver(tx, door, meeting, { reason: '散会时尚未议决', by, at })
  await endAllSpeeches(tx, meeting, at)
  await saveMeeting(tx, meeting, { state: 'closed', endedAt: at.toISOString() })
  const it = { from: 'in_session', to: 'closed', by, at, record: { deferred } }
  await recordMeetingEvent(tx, deps, key, 'close', it)
}

/** The caller holds the meeting's lock. */
const cancelLocked = async (
  tx: Tx,
  door: Door,
  meeting: MeetingRow,
  by: string | null,
  reason: string,
): Promise<void> => {
  const { deps } = door
  if ((await listOpenMotions(tx, meeting)).length > 0) throw new AppError('motion_open')
  const at = deps.clock.now()
  const deferred = await carryOver(tx, door, meeting, { reason: `会议取消：${reason}`, by, at })
  await endAllSpeeches(tx, meeting, at)
  await saveMeeting(tx, meeting, { state: 'cancelled', endedAt: at.toISOString() })
  const said = await withdrawNotice(tx, meeting, reason, at)
  const it = { from: meeting.state, to: 'cancelled', by, at, record: { reason, deferred, ...said } }
  await recordMeetingEvent(tx, deps, meeting, 'cancel', it)
}

/** Cancels what was never announced; anything else is left as it is. */
export const cancelDraft = async (
  tx: Tx,
  door: Door,
  key: MeetingKey,
  by: string | null,
  reason: string,
): Promise<void> => {
  const meeting = await lockMeeting(tx, key)
  if (meeting?.state === 'draft') await cancelLocked(tx, door, meeting, by, reason)
}

export const cancelMeeting = async (
  tx: Tx,
  door: Door,
  key: MeetingKey,
  actor: Actor,
  version: number,
  { reason, reviewed }: Body<typeof councilRoutes.cancelMeeting>,
): Promise<void> => {
  const { meeting } = await lockFor(tx, door.deps, key, actor, 'cancel', version)
  assertPublishable(reviewed, { reason })
  await cancelLocked(tx, door, meeting, personOf(actor), reason)
}
