import type { Tx } from '../db/connect.ts'
import { preparedOne } from '../db/prepared.ts'
import type { Actor } from './actor.ts'
import { AppError } from './errors.ts'

const HOLD = 'select merged_into is null as stands from people where id = $1 for key share'

/**
 * Nobody merges who is asking into another record while this transaction runs, so that nothing comes to stand under the id after a merge has
 * moved everything; it keeps nobody from changing the row. Who was merged since they were let in is signed out by now.
 * @throws AppError unauthenticated
 */
export async function holdActor(tx: Tx, { personId }: Actor): Promise<void> {
  if (personId === null) return
  const row = await preparedOne<{ stands: boolean }>(tx, 'actor_hold', HOLD, [personId])
  if (!row?.stands) throw new AppError('unauthenticated')
}
