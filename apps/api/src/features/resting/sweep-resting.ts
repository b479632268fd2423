import { inTransaction } from '../../db/connect.ts'
import type { Deps } from '../../deps.ts'
import { tellOfficers } from '../inbox/index.ts'
import type { RegionTree } from '../regions/index.ts'
import { referralDue } from './referral-due.ts'
import { listDuePromises, listReferredMatters, type ReferredRow } from './resting.queries.ts'

const AT_ONCE = 200

const sweepCommunity = async (deps: Deps, tree: RegionTree, communityCode: string, now: Date): Promise<void> => {
  const policy = await deps.directory.policies.policyFor(communityCode, now)
  await inTransaction(deps.pool, async (tx) => {
    for (const { id, dueAt, seq } of await listDuePromises(tx, communityCode, now))
      await tellOfficers(tx, tree, { communityCode, id }, { step: 'promise_due', seq, at: now, dueAt })
    let last: ReferredRow | undefined
    do {
      const after = last ? ([last.raisedAt, last.id] as const) : null
      const rows = await listReferredMatters(tx, { communityCode, grids: null, after, limit: AT_ONCE })
      for (const row of rows) {
        const dueAt = referralDue(row, policy)
        // While the matter's own clock runs, that one tells.
        if (row.told || row.dueAt !== null || dueAt > now) continue
        const telling = { step: 'referral_silent' as const, seq: row.lastSeq, at: now, dueAt: dueAt.toISOString() }
        await tellOfficers(tx, tree, { communityCode, id: row.id }, telling)
      }
      last = rows.length === AT_ONCE ? rows.at(-1) : undefined
    } while (last)
  })
}

/**
 * Looks for what rests longer than it should, and tells the officers of each once: referrals that gave a word but no outcome and have been
 * silent since, and dates that were promised to a rater and have come. The rest is watched by the matters' own clocks: the first word
 * on a referral, an appeal; a suspension ends by itself on its review date. Where one community fails, the others are looked at all the
 * same.
 */
export const sweepResting = async (deps: Deps, _payload: object): Promise<void> => {
  const { clock, directory, logger } = deps
  const tree = await directory.regions.tree()
  const now = clock.now()
  for (const communityCode of tree.roots().flatMap((root) => tree.tenantsUnder(root)))
    await sweepCommunity(deps, tree, communityCode, now).catch((error: unknown) =>
      logger.error({ err: error, communityCode }, 'what rests could not be looked through'),
    )
}
