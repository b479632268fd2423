import { inTransaction } from '../../db/connect.ts'
import type { Deps } from '../../deps.ts'
import { verifyBallots } from '../council/index.ts'
import { verifyErased } from '../opinions/index.ts'
import { verifyOwnersVotes } from '../owners/index.ts'
import { verifyCells } from '../statistics/index.ts'
import { fail, type Mismatch, MismatchError } from './mismatch.ts'
import { countRecords } from './verification.queries.ts'
import { verifyChains } from './verify-chains.ts'
import { verifyMinutes } from './verify-minutes.ts'
import { verifyPhotos } from './verify-photos.ts'
import { verifySeals } from './verify-seals.ts'

export interface Verified {
  chains: number
  events: number
  seals: number
  leaves: number
  photos: number
  /** The first record that does not fit; null when all do. */
  mismatch: Mismatch | null
}

/**
 * Recomputes the whole record as one snapshot shows it, beside whatever is being written, in memory that does not grow with it.
 * @param onProgress called with how many of the events were looked at
 */
export const verifyRecord = async (
  deps: Pick<Deps, 'pool' | 'storage'>,
  onProgress: (done: number, total: number) => void = () => {},
): Promise<Verified> => {
  const seen = { chains: 0, events: 0, seals: 0, leaves: 0, photos: 0 }
  try {
    await inTransaction(
      deps.pool,
      async (tx) => {
        await tx.$client.query('set local statement_timeout = 0')
        const total = await countRecords(tx)
        await verifyChains(tx, seen, () => onProgress(seen.events, total.events))
        await verifyBallots(tx, fail)
        await verifyOwnersVotes(tx, fail)
        await verifyErased(tx, fail)
        await verifyCells(tx, fail)
        Object.assign(seen, await verifySeals(tx))
        await verifyMinutes(tx)
        Object.assign(seen, await verifyPhotos(tx, deps.storage))
      },
      { mode: 'isolation level repeatable read, read only' },
    )
    return { ...seen, mismatch: null }
  } catch (error) {
    if (error instanceof MismatchError) return { ...seen, mismatch: error.mismatch }
    throw error
  }
}
