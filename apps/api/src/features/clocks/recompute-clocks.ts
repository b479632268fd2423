import { type TermRule, wouldRecompute } from '@tongxin/lifecycle'
import { inTransaction } from '../../db/connect.ts'
import { type Door, lockIssue, takeSystemAction } from '../issues/index.ts'
import { listWithClocks } from './clocks.queries.ts'

/** So many in one transaction. */
const AT_ONCE = 50

export interface RecomputeOrder {
  regionCode: string
  /** The rules that changed; none for the calendar, which every term in working time is counted by. */
  rules: readonly TermRule[]
  /** For each matter's record: what changed, and where it is on record itself. */
  cause: Record<string, unknown>
}

const ofCommunity = async (door: Door, communityCode: string, { rules, cause }: Omit<RecomputeOrder, 'regionCode'>) => {
  const { db, pool, clock, directory } = door.deps
  for (let after: string | null = null; ; ) {
    const ids = await listWithClocks(db, communityCode, after, AT_ONCE)
    await inTransaction(pool, async (tx) => {
      const now = clock.now()
      const policy = await directory.policies.policyFor(communityCode, now)
      for (const id of ids) {
        const key = { communityCode, id }
        const row = await lockIssue(tx, key)
        if (row && wouldRecompute(row.issue, policy, now, rules))
          await takeSystemAction(tx, door, key, 'recompute', { rules, cause })
      }
    })
    after = ids.at(-1) ?? null
    if (ids.length < AT_ONCE) return
  }
}

/** Job: the running clocks of a region follow its rules and its calendar as they are now. Done again, it changes nothing. */
export const recomputeClocks = async (door: Door, { regionCode, ...order }: RecomputeOrder): Promise<void> => {
  const tree = await door.deps.directory.regions.tree()
  for (const communityCode of tree.tenantsUnder(regionCode)) await ofCommunity(door, communityCode, order)
}

/** Job, once a day: the State arranges a year's days off in the autumn before, and an update of the product brings them. */
export const recomputeForCalendar = async (door: Door): Promise<void> => {
  const tree = await door.deps.directory.regions.tree()
  for (const regionCode of tree.roots())
    await recomputeClocks(door, { regionCode, rules: [], cause: { calendar: 'statutory' } })
}
