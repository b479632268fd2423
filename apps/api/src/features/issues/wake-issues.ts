import { setTimeout } from 'node:timers/promises'
import { type Action, nextWake, type Payload, stepReached } from '@tongxin/lifecycle'
import { inTransaction, type Tx } from '../../db/connect.ts'
import { prepared } from '../../db/prepared.ts'
import { type IssueRow, STORED, type StoredRow, toRow } from './issue-row.ts'
import type { IssueKey } from './stage.ts'
import { type Door, takeOnLocked } from './take-action.ts'

/** So many together in one transaction: whoever acts on one of them meanwhile waits for no more than these. */
const AT_ONCE = 5
/** A worker takes a lot in hand no oftener: two of them tell 100,000 matters in five minutes so. */
const PACE_MS = 30
const AGAIN_MS = 300_000

const WITH_WORK = `select c.code from unnest($1::text[]) c (code)
  where exists (select from issues i where i.community_code = c.code and i.wake_at <= $2)`
// What another worker has in hand is passed over.
const TAKE = `select id, ${STORED} from issues where community_code = $1 and wake_at <= $2
  order by wake_at limit ${AT_ONCE} for no key update skip locked`
const TAKE_ONE = `select id, ${STORED} from issues
  where community_code = $1 and id = $2 and wake_at <= $3 for no key update skip locked`
const LATER = 'update issues set wake_at = $4 where community_code = $1 and id = $2 and wake_at <= $3'

type Taken = StoredRow & { id: string }
const rowsOf = (communityCode: string, taken: Taken[]): IssueRow[] =>
  taken.map((each) => toRow({ communityCode, id: each.id }, each))

/** Whatever an action has set meanwhile stands. */
const wakeLater = async (tx: Tx, { communityCode, id }: IssueKey, now: Date, at: Date | null): Promise<void> => {
  await prepared(tx, 'issue_wake_later', LATER, [communityCode, id, now.toISOString(), at?.toISOString() ?? null])
}

const later = (now: Date): Date => new Date(now.getTime() + AGAIN_MS)

/**
 * What time alone brings about: the steps of clocks that are reached, each once and in their order; the end of a suspension; the close at
 * the end of the periods. Looks at the row, which the caller holds locked, not at why it was called, so that running it twice or late
 * comes to the same end.
 */
const wake = async (tx: Tx, door: Door, taken: IssueRow, now: Date): Promise<void> => {
  let row = taken
  const act = async (action: Action, payload?: Payload): Promise<boolean> => {
    const done = await takeOnLocked(tx, door, row, action, payload)
    if (done) row = done.last
    return done !== null
  }
  for (let step = stepReached(row.issue, now); step; step = stepReached(row.issue, now)) {
    const { clock, level, to } = step
    const payload = { clock: clock.clock, about: clock.about, level, to, dueAt: clock.steps[1] }
    if (!(await act('remind', payload))) break
  }
  const { state } = row.issue
  const ends = state === 'suspended' ? 'resume' : state === 'publicized' ? 'close' : null
  if (ends) await act(ends)
  // What could not be done now waits for what comes next, or is looked at again later: not at once, for ever.
  const next = nextWake(row.issue, now)
  const stuck = next !== null && next <= now
  if (stuck || row === taken) await wakeLater(tx, row.key, now, stuck ? later(now) : next)
}

const take = async (tx: Tx, communityCode: string, now: Date): Promise<IssueRow[]> =>
  rowsOf(communityCode, await prepared<Taken>(tx, 'issues_to_wake', TAKE, [communityCode, now.toISOString()]))

const takeOne = async (tx: Tx, { communityCode, id }: IssueKey, now: Date): Promise<IssueRow[]> =>
  rowsOf(communityCode, await prepared<Taken>(tx, 'issue_to_wake', TAKE_ONE, [communityCode, id, now.toISOString()]))

/** One alone, after it spoilt a whole lot: what fails is put off, so that the rest do not wait for it. */
const wakeOne = async (door: Door, key: IssueKey, now: Date): Promise<void> => {
  const { pool, logger } = door.deps
  try {
    await inTransaction(pool, async (tx) => {
      for (const row of await takeOne(tx, key, now)) await wake(tx, door, row, now)
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
      const rows = await take(tx, communityCode, now)
      keys = rows.map(({ key }) => key)
      // Side by side, so that their statements travel together; the lot ends when all of them have.
      const woken = await Promise.allSettled(rows.map((row) => wake(tx, door, row, now)))
      for (const one of woken) if (one.status === 'rejected') throw one.reason
      return rows.length
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
  for (const { code } of due) {
    for (let some = AT_ONCE; some === AT_ONCE; woken += some) {
      const began = performance.now()
      some = await wakeSome(door, code, now)
      // However much falls due at once, half of the time at least is for whoever waits for a page.
      const took = performance.now() - began
      if (some === AT_ONCE) await setTimeout(Math.max(PACE_MS - took, took))
    }
  }
  return woken
}
