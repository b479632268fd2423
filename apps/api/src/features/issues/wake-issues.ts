import { nextWake, stepReached } from '@tongxin/lifecycle'
import { inTransaction, type Tx } from '../../db/connect.ts'
import { prepared } from '../../db/prepared.ts'
import { lockIssue } from './issue-row.ts'
import type { IssueKey } from './stage.ts'
import { type Door, takeSystemAction } from './take-action.ts'

/** So many together in one transaction: whoever acts on one of them meanwhile waits for no more than these. */
const AT_ONCE = 20
const AGAIN_MS = 300_000

const WITH_WORK = `select c.code from unnest($1::text[]) c (code)
  where exists (select from issues i where i.community_code = c.code and i.wake_at <= $2)`
// What another worker has in hand is passed over.
const TAKE = `select community_code as "communityCode", id from issues where community_code = $1 and wake_at <= $2
  order by wake_at limit ${AT_ONCE} for no key update skip locked`
const TAKE_ONE = `select community_code as "communityCode", id from issues
  where community_code = $1 and id = $2 and wake_at <= $3 for no key update skip locked`
const LATER = 'update issues set wake_at = $4 where community_code = $1 and id = $2 and wake_at <= $3'

/** Whatever an action has set meanwhile stands. */
const wakeLater = async (tx: Tx, { communityCode, id }: IssueKey, now: Date, at: Date | null): Promise<void> => {
  await prepared(tx, 'issue_wake_later', LATER, [communityCode, id, now.toISOString(), at?.toISOString() ?? null])
}

const later = (now: Date): Date => new Date(now.getTime() + AGAIN_MS)

/**
 * What time alone brings about: the steps of clocks that are reached, each once and in their order; the end of a suspension; the close at
 * the end of the periods. Looks at the row, not at why it was called, so that running it twice or late comes to the same end.
 */
const wake = async (tx: Tx, door: Door, key: IssueKey, now: Date): Promise<void> => {
  for (;;) {
    const row = await lockIssue(tx, key)
    const step = row && stepReached(row.issue, now)
    if (!step) break
    const { clock, level, to } = step
    const payload = { clock: clock.clock, about: clock.about, level, to, dueAt: clock.steps[1] }
    if (!(await takeSystemAction(tx, door, key, 'remind', payload))) break
  }
  const row = await lockIssue(tx, key)
  const ends = row?.issue.state === 'suspended' ? 'resume' : row?.issue.state === 'publicized' ? 'close' : null
  if (ends) await takeSystemAction(tx, door, key, ends)
  await settle(tx, key, now)
}

/** What could not be done now waits for what comes next, or is looked at again later: not at once, for ever. */
const settle = async (tx: Tx, key: IssueKey, now: Date): Promise<void> => {
  const row = (await isDue(tx, key, now)) ? await lockIssue(tx, key) : null
  if (!row) return
  const next = nextWake(row.issue, now)
  await wakeLater(tx, key, now, next && next <= now ? later(now) : next)
}

const isDue = async (tx: Tx, { communityCode, id }: IssueKey, now: Date): Promise<boolean> =>
  (await prepared(tx, 'issue_due_still', TAKE_ONE, [communityCode, id, now.toISOString()])).length > 0

const take = (tx: Tx, communityCode: string, now: Date): Promise<IssueKey[]> =>
  prepared<IssueKey>(tx, 'issues_to_wake', TAKE, [communityCode, now.toISOString()])

/** One alone, after it spoilt a whole lot: what fails is put off, so that the rest do not wait for it. */
const wakeOne = async (door: Door, key: IssueKey, now: Date): Promise<void> => {
  const { pool, logger } = door.deps
  try {
    await inTransaction(pool, async (tx) => {
      if (await isDue(tx, key, now)) await wake(tx, door, key, now)
    })
  } catch (error) {
    logger.error({ err: error, issue: key }, 'waking an issue')
    await inTransaction(pool, (tx) => wakeLater(tx, key, now, later(now)))
  }
}

const wakeSome = async (door: Door, communityCode: string, now: Date): Promise<number> => {
  let keys: IssueKey[] = []
  try {
    return await inTransaction(door.deps.pool, async (tx) => {
      keys = await take(tx, communityCode, now)
      for (const key of keys) await wake(tx, door, key, now)
      return keys.length
    })
  } catch (error) {
    door.deps.logger.warn({ err: error }, 'waking issues together')
    for (const key of keys) await wakeOne(door, key, now)
    return keys.length
  }
}

/** Wakes every issue whose time has come. Any number of workers may do so at once: each issue is woken by one of them. */
export const wakeIssues = async (door: Door): Promise<number> => {
  const { db, clock, directory } = door.deps
  const tree = await directory.regions.tree()
  const now = clock.now()
  const due = await prepared<{ code: string }>(db, 'communities_to_wake', WITH_WORK, [
    tree.roots().flatMap((root) => tree.tenantsUnder(root)),
    now.toISOString(),
  ])
  let woken = 0
  for (const { code } of due)
    for (let some = AT_ONCE; some === AT_ONCE; woken += some) some = await wakeSome(door, code, now)
  return woken
}
