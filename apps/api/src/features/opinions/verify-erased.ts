import { makePublicId } from '@tongxin/contract'
import type { Tx } from '../../db/connect.ts'
import { findMiscounted } from './statements.queries.ts'

type Fail = (
  subject: string,
  seq: number | null,
  reason: string,
  expected?: string | number | null,
  found?: string | number | null,
) => never

/** As many statements on each matter are kept as erased as the chains of its statements say were. @param fail throws */
export const verifyErased = async (tx: Tx, fail: Fail): Promise<void> => {
  const wrong = await findMiscounted(tx)
  if (!wrong) return
  const { communityCode, issueId, recorded, kept } = wrong
  fail(`issue:${makePublicId(communityCode, issueId)}`, null, 'erased_statements.erased', recorded, kept)
}
