import type { Choice } from '@tongxin/lifecycle'
import { send, type Tx } from '../../db/connect.ts'
import type { Deps } from '../../deps.ts'
import { type Actor, personOf } from '../../http/actor.ts'
import { AppError } from '../../http/errors.ts'
import { admitVoter, assertRunning, openWhenDue } from './admit-voter.ts'
import { hasVoted, insertVote } from './ballots.queries.ts'
import type { MeetingKey } from './meetings.queries.ts'
import { lockBallot } from './motions.queries.ts'
import { recordMotionEvent } from './record-council-event.ts'

/**
 * One vote for each person on the roll, under their name, and final as on paper. The motion is locked: of a vote and the count that
 * meet, either the vote is counted or it is refused.
 */
export const castVote = async (
  tx: Tx,
  deps: Deps,
  key: MeetingKey,
  actor: Actor,
  { choice, principalId = personOf(actor) }: { choice: Choice; principalId?: string | undefined },
): Promise<{ seq: number; hash: string; at: string }> => {
  await openWhenDue(tx, deps, key)
  const at = deps.clock.now()
  const motion = assertRunning(await lockBallot(tx, key), 'open', at)
  await admitVoter(tx, motion, actor, principalId)
  if (await hasVoted(tx, key, principalId)) throw new AppError('already_voted')
  const castBy = personOf(actor)
  const { seq, hash } = await recordMotionEvent(tx, deps, key, 'cast', {
    from: 'open',
    to: 'open',
    by: castBy,
    at,
    record: { choice },
    personal: { personId: principalId },
  })
  send(tx, insertVote(tx, key, { personId: principalId, castBy, choice, at, seq }))
  return { seq, hash, at: at.toISOString() }
}
