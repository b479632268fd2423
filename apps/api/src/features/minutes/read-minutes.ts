import type { MinutesView } from '@tongxin/contract'
import type { Queryable } from '../../db/connect.ts'
import type { Deps } from '../../deps.ts'
import type { Actor } from '../../http/actor.ts'
import { findMeeting, type MeetingKey } from '../council/index.ts'
import { findPerson } from '../people/index.ts'
import { gatherMinutes } from './lock-minutes.ts'
import { presentMinutes } from './minutes.present.ts'

/** The minutes as this reader may see them. @throws AppError not_found when they may not know of them */
export const readMinutes = async (on: Queryable, deps: Deps, key: MeetingKey, actor: Actor): Promise<MinutesView> => {
  const whole = await gatherMinutes(on, deps, await findMeeting(on, key), actor)
  const { presiderId } = whole.meeting
  const presider = presiderId !== null && whole.standing.inside ? await findPerson(on, presiderId) : undefined
  return presentMinutes(whole, presider?.nameCipher ?? null, deps)
}
