import type { Tx } from '../../db/connect.ts'
import type { Deps } from '../../deps.ts'
import { amendText, type BallotRow } from './motions.queries.ts'
import { recordMotionEvent } from './record-council-event.ts'

/**
 * What was moved reads from now on as the amendment that passed, or was accepted, has it; nothing for a motion that amends none.
 * Both texts stay: in the row, and on the chain. The caller holds the lock of their meeting.
 */
export const applyAmendment = async (
  tx: Tx,
  deps: Deps,
  { communityCode, id, amendsId }: Pick<BallotRow, 'communityCode' | 'id' | 'amendsId'>,
  by: string | null,
  at: Date,
): Promise<void> => {
  if (amendsId === null) return
  const text = await amendText(tx, { communityCode, id })
  const it = { from: 'moved', to: 'moved', by, at, record: { amendmentId: id, text } }
  await recordMotionEvent(tx, deps, { communityCode, id: amendsId }, 'amend', it)
}
