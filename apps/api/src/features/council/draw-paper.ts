import { hash } from 'node:crypto'
import type { Tx } from '../../db/connect.ts'
import type { Deps } from '../../deps.ts'
import { type Actor, personOf } from '../../http/actor.ts'
import { AppError } from '../../http/errors.ts'
import { admitVoter, assertRunning, openWhenDue } from './admit-voter.ts'
import { signBlinded } from './ballot-key.ts'
import { findBallotKey } from './ballots.queries.ts'
import type { MeetingKey } from './meetings.queries.ts'
import { holdBallot } from './motions.queries.ts'
import { lockOnRoll, saveIssued } from './roll.queries.ts'

/** What the private key's cipher text belongs to. */
export const keyContext = ({ communityCode, id }: MeetingKey): string => `ballot_keys.private:${communityCode}-${id}`

/**
 * Signs one paper unseen for each person on the roll. What is signed tells nothing of the paper, so the same may be asked for again when
 * the answer was lost on the way; another one is refused. No event and no time are kept: they would say when.
 * @throws AppError paper_issued; unprocessable when what is to be signed is no paper
 */
export const drawPaper = async (
  tx: Tx,
  deps: Deps,
  key: MeetingKey,
  actor: Actor,
  { blinded, principalId = personOf(actor) }: { blinded: string; principalId?: string | undefined },
): Promise<{ blindSignature: string }> => {
  await openWhenDue(tx, deps, key)
  const motion = assertRunning(await holdBallot(tx, key), 'secret', deps.clock.now())
  const entry = await admitVoter(tx, motion, actor, principalId, lockOnRoll)
  const bytes = Buffer.from(blinded, 'base64url')
  const asked = hash('sha256', bytes, 'hex')
  if (entry.issued && entry.blinded !== asked) throw new AppError('paper_issued')
  const sealed = await findBallotKey(tx, key)
  if (sealed === undefined) throw new Error('A running ballot has no key')
  const signed = signBlinded(deps.cipher.decrypt(sealed, keyContext(key)), bytes)
  if (!signed) throw new AppError('paper_invalid')
  if (!entry.issued) await saveIssued(tx, key, principalId, asked)
  return { blindSignature: signed.toString('base64url') }
}
