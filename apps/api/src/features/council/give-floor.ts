import type { Tx } from '../../db/connect.ts'
import { newId } from '../../db/new-id.ts'
import type { Deps } from '../../deps.ts'
import { type Actor, personOf } from '../../http/actor.ts'
import { AppError } from '../../http/errors.ts'
import { lockFor } from './lock-for.ts'
import { isPresent, type MeetingKey } from './meetings.queries.ts'
import { beginSpeech, endSpeaking, endSpeechRow, findSpeaker, insertSpeaker } from './speakers.queries.ts'

const unfit = (reason: string, detail: string, field = 'personId') =>
  new AppError('unprocessable', { reason, detail, errors: [{ path: `body.${field}`, message: detail }] })

/** Puts somebody who is there at the end of the list. @throws AppError unprocessable when they are not */
export const askFloor = async (
  tx: Tx,
  deps: Deps,
  key: MeetingKey,
  actor: Actor,
  personId: string = personOf(actor),
): Promise<void> => {
  await lockFor(tx, deps, key, actor, personId === actor.personId ? 'ask_floor' : 'give_floor')
  if (!(await isPresent(tx, key, personId))) throw unfit('not_present', '没有签到或已离会，不能要求发言')
  const at = deps.clock.now()
  await insertSpeaker(tx, key, newId(at), personId, at)
}

/** @throws AppError not_found; unprocessable for who has spoken or left */
export const giveFloor = async (
  tx: Tx,
  deps: Deps,
  key: MeetingKey,
  actor: Actor,
  id: string,
  seconds: number,
): Promise<void> => {
  await lockFor(tx, deps, key, actor, 'give_floor')
  const speaker = await findSpeaker(tx, key, id)
  if (!speaker) throw new AppError('not_found')
  if (speaker.state !== 'waiting') throw unfit('not_waiting', '此人没有在等候发言', 'speakerId')
  const at = deps.clock.now()
  await endSpeaking(tx, key, at)
  await beginSpeech(tx, key, id, seconds, at)
}

/** Ending twice changes nothing. @throws AppError forbidden for the speech of somebody else, but for the chair */
export const endSpeech = async (tx: Tx, deps: Deps, key: MeetingKey, actor: Actor, id: string): Promise<void> => {
  const speaker = await findSpeaker(tx, key, id)
  if (!speaker) throw new AppError('not_found')
  await lockFor(tx, deps, key, actor, speaker.personId === actor.personId ? 'ask_floor' : 'give_floor')
  await endSpeechRow(tx, key, id, deps.clock.now())
}
