import type { Body, councilRoutes } from '@tongxin/contract'
import type { Tx } from '../../db/connect.ts'
import type { Deps } from '../../deps.ts'
import { type Actor, personOf } from '../../http/actor.ts'
import { AppError } from '../../http/errors.ts'
import { assertMayRead, standingAt } from './council.policy.ts'
import { lockMeeting, type MeetingKey } from './meetings.queries.ts'
import { findInvitation, saveAnswer } from './notices.queries.ts'
import { recordMeetingEvent } from './record-council-event.ts'

/** The same answer again changes nothing. @throws AppError not_found, forbidden for who was not invited, meeting_wrong_state, stale_version */
export const answerInvitation = async (
  tx: Tx,
  deps: Deps,
  key: MeetingKey,
  actor: Actor,
  body: Body<typeof councilRoutes.answerInvitation>,
): Promise<void> => {
  const standing = standingAt(actor, await deps.directory.regions.tree(), key.communityCode)
  const { state, heldAt } = assertMayRead(await lockMeeting(tx, key), standing)
  const personId = personOf(actor)
  const before = await findInvitation(tx, key, personId)
  if (!before) throw new AppError('forbidden', { reason: 'not_invited', detail: '您不在这次会议的邀请之列' })
  if (state !== 'announced') throw new AppError('meeting_wrong_state')
  // Whoever said yes to Thursday has not said so of Monday.
  if (body.heldAt !== undefined && body.heldAt !== heldAt)
    throw new AppError('stale_version', { reason: 'meeting_moved', detail: '会议时间已改，请看新的时间再答复' })
  const { answer } = body
  const note = body.note || null
  if (before.answer === answer && before.note === note) return
  const at = deps.clock.now()
  await saveAnswer(tx, key, personId, { answer, note }, at)
  const it = { from: state, to: state, by: personId, at, record: { answer }, personal: { ...(note && { note }) } }
  await recordMeetingEvent(tx, deps, key, 'answer', it)
}
