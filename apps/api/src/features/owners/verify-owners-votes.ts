import { makePublicId } from '@tongxin/contract'
import { tally } from '@tongxin/lifecycle'
import type { Tx } from '../../db/connect.ts'
import { countOf } from './count-vote.ts'
import { findVote, listCounted } from './votes.queries.ts'

type Fail = (
  subject: string,
  seq: number | null,
  reason: string,
  expected?: string | number | null,
  found?: string | number | null,
) => never

/** Counts every owners' vote again from its frozen roll and its votes. @param fail throws */
export const verifyOwnersVotes = async (tx: Tx, fail: Fail): Promise<void> => {
  for (const key of await listCounted(tx)) {
    const vote = await findVote(tx, key)
    if (!vote) continue
    const count = await countOf(tx, vote)
    const same = (name: string, expected: string | number | null, found: string | number | null) => {
      if (expected !== found)
        fail(`motion:${makePublicId(key.communityCode, key.id)}`, null, `recount.${name}`, expected, found)
    }
    same('for', count.heads.for, vote.headsFor)
    same('against', count.heads.against, vote.headsAgainst)
    same('abstain', count.heads.abstain, vote.headsAbstain)
    same('area_for', count.area?.for ?? null, vote.areaFor)
    same('area_against', count.area?.against ?? null, vote.areaAgainst)
    same('area_abstain', count.area?.abstain ?? null, vote.areaAbstain)
    same('state', tally(vote.rule, count).passed ? 'passed' : 'failed', vote.motionState)
  }
}
