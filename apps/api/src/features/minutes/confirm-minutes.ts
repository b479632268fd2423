import type { Tx } from '../../db/connect.ts'
import type { Deps } from '../../deps.ts'
import { type Actor, personOf } from '../../http/actor.ts'
import { AppError } from '../../http/errors.ts'
import { type MeetingKey, recordMeetingEvent } from '../council/index.ts'
import { lockMinutes } from './lock-minutes.ts'
import { membersConfirmed, membersNeeded } from './minutes.policy.ts'
import { insertConfirmation, saveMinutes } from './minutes.queries.ts'

/** One person's word for this version; the last that was waited for locks it for good. */
export const confirmMinutes = async (
  tx: Tx,
  deps: Deps,
  key: MeetingKey,
  actor: Actor,
  version: number,
): Promise<void> => {
  const { meeting, minutes, attendance, confirmations, standing } = await lockMinutes(
    tx,
    deps,
    key,
    actor,
    'confirm',
    version,
  )
  const as = standing.confirmsAs
  if (as === null) throw new AppError('forbidden')
  const by = personOf(actor)
  const at = deps.clock.now()
  const { contentHash, hashName, content } = minutes
  const { state } = meeting
  await insertConfirmation(tx, key, { personId: by, version, as, at })
  const where = { from: state, to: state, by, at }
  await recordMeetingEvent(tx, deps, key, 'confirm_minutes', { ...where, record: { as, version, hash: contentHash } })
  const all = [...confirmations, { personId: by, as }]
  const chaired = all.some((one) => one.as !== 'member')
  if (!chaired || membersConfirmed(attendance, all) < membersNeeded(meeting, attendance, all)) return
  await saveMinutes(tx, { ...minutes, state: 'confirmed', confirmedAt: at.toISOString() })
  const record = { number: content.number, version, hash: contentHash, hashName }
  await recordMeetingEvent(tx, deps, key, 'lock_minutes', { ...where, record })
}
