import { splitPublicId } from '@tongxin/contract'
import type { Tx } from '../../db/connect.ts'
import type { Deps } from '../../deps.ts'
import { type Actor, personOf } from '../../http/actor.ts'
import { AppError } from '../../http/errors.ts'
import { type AgendaRow, beginItem, endHearing, listAgenda, saveNote } from './items.queries.ts'
import { lockFor } from './lock-for.ts'
import { type MeetingKey, saveMeeting } from './meetings.queries.ts'
import { recordMeetingEvent } from './record-council-event.ts'

const IN_SESSION = { from: 'in_session', to: 'in_session' }

/** @throws AppError not_found for what does not stand on the agenda */
export const itemOf = async (tx: Tx, key: MeetingKey, publicId: string): Promise<AgendaRow> => {
  const { communityCode, id } = splitPublicId(publicId)
  const agenda = communityCode === key.communityCode ? await listAgenda(tx, key) : []
  const item = agenda.find((row) => row.id === id && row.state !== 'dropped')
  if (!item) throw new AppError('not_found')
  return item
}

const refuse = (reason: string, detail: string) => new AppError('unprocessable', { reason, detail })

/** The room turns to this item; what was being heard until now has been heard. @throws AppError unprocessable */
export const takeUpItem = async (
  tx: Tx,
  deps: Deps,
  key: MeetingKey,
  actor: Actor,
  publicId: string,
): Promise<void> => {
  await lockFor(tx, deps, key, actor, 'take_up')
  const item = await itemOf(tx, key, publicId)
  if (item.kind === 'issue' && item.state !== 'discussing')
    throw refuse('item_not_discussed', '请先开议；已经议决、续议的不再进行')
  if (item.state !== 'pending' && item.state !== 'discussing') throw refuse('item_over', '这一项已经结束')
  const at = deps.clock.now()
  await endHearing(tx, key, null)
  await beginItem(tx, key, item.id, at)
  await recordMeetingEvent(tx, deps, key, 'take_up', {
    ...IN_SESSION,
    by: personOf(actor),
    at,
    record: { itemId: item.id },
  })
}

/** @throws AppError unprocessable for a matter, and for what is not being heard */
export const finishItem = async (
  tx: Tx,
  deps: Deps,
  key: MeetingKey,
  actor: Actor,
  publicId: string,
): Promise<void> => {
  await lockFor(tx, deps, key, actor, 'take_up')
  const item = await itemOf(tx, key, publicId)
  if (item.kind === 'issue') throw refuse('ends_by_decision', '议题由议决、续议结束')
  if (item.state !== 'discussing') throw refuse('item_not_discussed', '这一项没有在进行')
  const at = deps.clock.now()
  await endHearing(tx, key, item.id)
  await recordMeetingEvent(tx, deps, key, 'finish', {
    ...IN_SESSION,
    by: personOf(actor),
    at,
    record: { itemId: item.id },
  })
}

export const noteItem = async (
  tx: Tx,
  deps: Deps,
  key: MeetingKey,
  actor: Actor,
  version: number,
  publicId: string,
  text: string,
): Promise<void> => {
  const { meeting } = await lockFor(tx, deps, key, actor, 'note', version)
  const item = await itemOf(tx, key, publicId)
  const at = deps.clock.now()
  const by = personOf(actor)
  await saveNote(tx, key, item.id, { text, by, at })
  await saveMeeting(tx, meeting)
  const it = { ...IN_SESSION, by, at, record: { itemId: item.id }, personal: { text } }
  await recordMeetingEvent(tx, deps, key, 'note', it)
}
