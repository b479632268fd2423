import type { Tx } from '../../db/connect.ts'
import type { Deps } from '../../deps.ts'
import { type Actor, personOf } from '../../http/actor.ts'
import { AppError } from '../../http/errors.ts'
import { listAgenda, listAttendance, type MeetingKey, recordMeetingEvent, takeMinutesNumber } from '../council/index.ts'
import { composeMinutes, notesInSession } from './compose-minutes.ts'
import { lockReadable, standingOf } from './lock-minutes.ts'
import { findMinutes, insertMinutes } from './minutes.queries.ts'
import { hashOfContent } from './minutes-text.ts'

/** @throws AppError forbidden; meeting_wrong_state before it has ended; conflict where there are minutes already */
export const draftMinutes = async (tx: Tx, deps: Deps, key: MeetingKey, actor: Actor): Promise<void> => {
  const meeting = await lockReadable(tx, deps, key, actor)
  const standing = await standingOf(tx, deps, meeting, await listAttendance(tx, key), actor)
  if (!standing.writes) throw new AppError('forbidden')
  if (meeting.openedAt === null || meeting.endedAt === null) throw new AppError('meeting_wrong_state')
  // Voted on online after the meeting, or counted and not yet decided.
  if ((await listAgenda(tx, key)).some(({ state: of }) => of === 'discussing'))
    throw new AppError('action_refused', {
      reason: 'decision_pending',
      detail: '还有议题没有议决（线上表决未截止，或尚未形成决议），议决后再拟纪要',
    })
  if (await findMinutes(tx, key))
    throw new AppError('conflict', { reason: 'minutes_exist', detail: '这次会议已有纪要' })
  const number = await takeMinutesNumber(tx, key, meeting.openedAt)
  const content = await composeMinutes(tx, deps, meeting, number, await notesInSession(tx, meeting))
  const hashName = deps.config.evidenceHash
  const contentHash = hashOfContent(hashName, content)
  const by = personOf(actor)
  const at = deps.clock.now()
  await insertMinutes(tx, key, { content, contentHash, hashName, by, at })
  const { state } = meeting
  const record = { number, hash: contentHash, hashName }
  await recordMeetingEvent(tx, deps, key, 'draft_minutes', { from: state, to: state, by, at, record })
}
