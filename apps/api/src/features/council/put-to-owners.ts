import type { Body, councilRoutes } from '@tongxin/contract'
import type { OwnersRule } from '@tongxin/lifecycle'
import type { Tx } from '../../db/connect.ts'
import type { Deps } from '../../deps.ts'
import { type Actor, personOf } from '../../http/actor.ts'
import { lockFor } from './lock-for.ts'
import type { MeetingKey } from './meetings.queries.ts'
import { writeMotion } from './write-motion.ts'

interface OwnersMotion
  extends Pick<Body<typeof councilRoutes.proposeMotion>, 'issueId' | 'text' | 'proposal' | 'reviewed'> {
  rule: OwnersRule
  opensAt: string
  closesAt: string
}

/**
 * A motion that whoever presides puts to the owners or households: by name and over a window, like a vote held online; who may vote
 * and how it is counted is not the council's.
 * @throws AppError as `proposeMotion`
 */
export const putToOwners = async (
  tx: Tx,
  deps: Deps,
  key: MeetingKey,
  actor: Actor,
  motion: OwnersMotion,
  at: Date,
): Promise<MeetingKey> => {
  const { meeting } = await lockFor(tx, deps, key, actor, 'propose')
  const how = {
    state: 'open',
    method: 'open',
    place: 'online',
    moverId: null,
    seconderId: null,
    publicKey: null,
  } as const
  return writeMotion(tx, deps, meeting, { ...motion, ...how, proposes: 'act' }, personOf(actor), at)
}
