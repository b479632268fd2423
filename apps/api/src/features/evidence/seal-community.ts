import { leafHash, merkleRoot, sealHash, subjectName } from '@tongxin/evidence'
import { inTransaction, type Tx } from '../../db/connect.ts'
import { databaseError } from '../../db/constraints.ts'
import type { Deps } from '../../deps.ts'
import { civilDate } from '../regions/index.ts'
import {
  BLOCK_LEAVES,
  fetchGrown,
  findLastSeal,
  insertLeaves,
  insertSeal,
  listTenants,
  openGrown,
} from './evidence.queries.ts'

/**
 * Seals a community for the day: all chains that grew since the last seal, as one repeatable-read snapshot shows them.
 * @returns the seal's seq, or null when today's is there already
 */
export const sealCommunity = async (deps: Deps, communityCode: string): Promise<number | null> => {
  const now = deps.clock.now()
  try {
    return await inTransaction(deps.pool, (tx) => seal(deps, tx, communityCode, now), {
      mode: 'isolation level repeatable read',
    })
  } catch (error) {
    // Another worker sealed at the same moment: by the day's or the number's uniqueness only one of the two stands.
    if (['seals_one_a_day', 'seals_pkey'].includes(databaseError(error)?.constraint ?? '')) return null
    throw error
  }
}

const seal = async (deps: Deps, tx: Tx, communityCode: string, now: Date): Promise<number | null> => {
  const { evidenceHash: hashName } = deps.config
  const date = civilDate(now)
  const last = await findLastSeal(tx, communityCode)
  if (last && last.date >= date) return null
  const seq = (last?.seq ?? 0) + 1
  await tx.$client.query('set local statement_timeout = 0')
  await openGrown(tx, communityCode)

  const blockRoots: string[] = []
  let leafCount = 0
  for (;;) {
    const rows = await fetchGrown(tx)
    if (rows.length === 0) break
    const leaves = rows.map(({ subjectType, subjectId, subjectSeq, hash }) =>
      leafHash(hashName, { subject: subjectName(subjectType, communityCode, subjectId), seq: subjectSeq, hash }),
    )
    blockRoots.push(merkleRoot(hashName, leaves))
    leafCount += rows.length
    if (rows.length < BLOCK_LEAVES) break
  }
  const sealed = {
    communityCode,
    seq,
    date,
    // Blocks of a power of two are whole subtrees, so that the tree over their roots is the tree over all leaves.
    root: merkleRoot(hashName, blockRoots),
    leafCount,
    previous: last?.hash ?? null,
  }
  await insertSeal(tx, { ...sealed, blockRoots, hash: sealHash(hashName, sealed), hashName, sealedAt: now })
  // The same question in the same snapshot: the same leaves in the same order, without sending them back.
  await insertLeaves(tx, communityCode, seq)
  return seq
}

/** Job, once a day: a seal for every community and street, on empty days too. One that fails does not stop the others. */
export const sealCommunities = async (deps: Deps, _payload: unknown): Promise<void> => {
  const failures: unknown[] = []
  for (const communityCode of await listTenants(deps.db, civilDate(deps.clock.now()))) {
    try {
      await sealCommunity(deps, communityCode)
    } catch (error) {
      failures.push(error)
    }
  }
  if (failures.length > 0) throw new AggregateError(failures, `${failures.length} communities could not be sealed`)
}
