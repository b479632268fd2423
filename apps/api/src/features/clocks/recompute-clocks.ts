import { type TermRule, wouldRecompute } from '@tongxin/lifecycle'
import { inTransaction } from '../../db/connect.ts'
import { type Door, type IssueKey, lockIssue, takeSystemAction } from '../issues/index.ts'
import { listWithClocks } from './clocks.queries.ts'

const AT_ONCE = 500

export interface RecomputeOrder {
  regionCode: string
  /** The rules that changed; none for the calendar, which every term in working time is counted by. */
  rules: readonly TermRule[]
  /** From when on the rules hold, where that is known. */
  from?: string
  /** For each matter's record: what changed, and where it is on record itself. */
  cause: Record<string, unknown>
}

type Change = Omit<RecomputeOrder, 'regionCode'>

const ofMatter = (door: Door, key: IssueKey, { rules, cause }: Change): Promise<void> =>
  inTransaction(door.deps.pool, async (tx) => {
    const now = door.deps.clock.now()
    const policy = await door.deps.directory.policies.policyFor(key.communityCode, now)
    const row = await lockIssue(tx, key)
    if (row && wouldRecompute(row.issue, policy, now, rules))
      await takeSystemAction(tx, door, key, 'recompute', { rules, cause })
  })

/** A matter to which nothing can be added does not keep the others from following. */
const ofCommunity = async (door: Door, communityCode: string, change: Change): Promise<unknown[]> => {
  const failures: unknown[] = []
  for (let after: string | null = null; ; ) {
    const ids = await listWithClocks(door.deps.db, communityCode, after, AT_ONCE)
    for (const id of ids)
      await ofMatter(door, { communityCode, id }, change).catch((error: unknown) => void failures.push(error))
    after = ids.at(-1) ?? null
    if (ids.length < AT_ONCE) return failures
  }
}

/** Job: the running clocks of a region follow its rules and its calendar as they are now. Done again, it changes nothing. */
export const recomputeClocks = async (door: Door, { regionCode, ...change }: RecomputeOrder): Promise<void> => {
  const { clock, directory } = door.deps
  // This process's clock may be behind that which said that the time has come: the job is tried again.
  if (change.from !== undefined && clock.now() < new Date(change.from)) throw new Error('The rules do not hold yet')
  directory.policies.forget()
  const tree = await directory.regions.tree()
  const failures: unknown[] = []
  for (const communityCode of tree.tenantsUnder(regionCode))
    failures.push(...(await ofCommunity(door, communityCode, change)))
  if (failures.length > 0) throw new AggregateError(failures, `${failures.length} matters could not follow`)
}

/** Job, once a day: the State arranges a year's days off in the autumn before, and an update of the product brings them. */
export const recomputeForCalendar = async (door: Door): Promise<void> => {
  const tree = await door.deps.directory.regions.tree()
  for (const regionCode of tree.roots())
    await recomputeClocks(door, { regionCode, rules: [], cause: { calendar: 'statutory' } })
}
