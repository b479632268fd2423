import { type Body, type councilRoutes, makePublicId, splitPublicId } from '@tongxin/contract'
import type { Tx } from '../../db/connect.ts'
import { newId } from '../../db/new-id.ts'
import type { Deps } from '../../deps.ts'
import { type Actor, personOf } from '../../http/actor.ts'
import { AppError } from '../../http/errors.ts'
import { assertPublishable } from '../../personal-data/assert-publishable.ts'
import { type MeetingKey, recordMeetingEvent } from '../council/index.ts'
import { insertAmendment, saveAnswer } from './amendments.queries.ts'
import { lockMinutes } from './lock-minutes.ts'
import { assertInMinutes, withNote } from './minutes-text.ts'
import { writeVersion } from './write-minutes.ts'

/** Of one person, so that nobody drowns the others out. */
const MOST_OPEN = 20

/** @throws AppError unprocessable for what is no item of these minutes, or beyond what one person may have open */
export const proposeAmendment = async (
  tx: Tx,
  deps: Deps,
  key: MeetingKey,
  actor: Actor,
  { issueId, text }: Body<typeof councilRoutes.proposeAmendment>,
): Promise<void> => {
  const { meeting, minutes, amendments } = await lockMinutes(tx, deps, key, actor, 'propose_amendment')
  if (issueId !== undefined) assertInMinutes(minutes.content, issueId, 'body.issueId')
  const by = personOf(actor)
  if (amendments.filter(({ personId, state }) => personId === by && state === 'open').length >= MOST_OPEN)
    throw new AppError('unprocessable', { reason: 'too_many_open', detail: '您已有多条意见待答复，请等答复后再提' })
  const at = deps.clock.now()
  const id = newId(at)
  const item = issueId === undefined ? null : splitPublicId(issueId).id
  await insertAmendment(tx, key, { id, personId: by, issueId: item, text, at })
  const { state } = meeting
  await recordMeetingEvent(tx, deps, key, 'propose_amendment', {
    from: state,
    to: state,
    by,
    at,
    record: { amendmentId: id, issueId: issueId ?? null },
    // In somebody's own words, which may name others.
    personal: { text },
  })
}

/** @throws AppError not_found, action_refused when it was answered already; unprocessable as for revising */
export const answerAmendment = async (
  tx: Tx,
  deps: Deps,
  key: MeetingKey,
  actor: Actor,
  version: number,
  amendmentId: string,
  { accepted, reply, note, reviewed }: Body<typeof councilRoutes.answerAmendment>,
): Promise<void> => {
  const whole = await lockMinutes(tx, deps, key, actor, 'answer_amendment', version)
  const amendment = whole.amendments.find(({ id }) => id === amendmentId)
  if (!amendment) throw new AppError('not_found')
  if (amendment.state !== 'open')
    throw new AppError('action_refused', { reason: 'amendment_answered', detail: '这条意见已经答复' })
  const by = personOf(actor)
  const at = deps.clock.now()
  await saveAnswer(tx, key, { id: amendmentId, state: accepted ? 'accepted' : 'rejected', reply, by, at })
  const record = { amendmentId, accepted }
  const personal = { reply }
  if (note === undefined) {
    const { state } = whole.meeting
    await recordMeetingEvent(tx, deps, key, 'answer_amendment', { from: state, to: state, by, at, record, personal })
    return
  }
  assertPublishable(reviewed, { note })
  const item = amendment.issueId === null ? null : makePublicId(key.communityCode, amendment.issueId)
  const content = withNote(whole.minutes.content, item, note)
  await writeVersion(tx, deps, whole, 'answer_amendment', { by, at, content, record, personal })
}
