import { setImmediate, setTimeout } from 'node:timers/promises'
import { inTransaction, type Tx } from '../../db/connect.ts'
import type { Deps } from '../../deps.ts'
import { replayed } from '../../evidence/replay.ts'
import { addEntry, type CellKey, cellsOf, type Figures, merge, nameOf, tidied } from './figures.ts'
import {
  deleteEntries,
  findCells,
  findEntries,
  holdCounting,
  insertEntries,
  type MatterKey,
  readChains,
  type StoredEntry,
  takeUncounted,
  writeCells,
} from './statistics.queries.ts'
import { MatterTally } from './tally-matter.ts'

/** Events looked at in one transaction: thousands would keep whoever asks this process meanwhile waiting for a third of a second. */
const AT_ONCE = 100

const placeOf = ({ communityCode, issueId, measure, nth }: StoredEntry): string =>
  `${communityCode}|${issueId}|${measure}|${nth}`
const wordOf = ({ day, grid, unit, category, value }: StoredEntry): string =>
  `${day}|${grid}|${unit}|${category}|${value}`

/** The entries of these matters as all their events make them. */
const entriesOf = async (tx: Tx, matters: readonly MatterKey[]): Promise<StoredEntry[]> => {
  const entries: StoredEntry[] = []
  for (const { communityCode, issueId, events } of await readChains(tx, matters)) {
    const tally = new MatterTally()
    let issue = null
    for (const event of events) {
      const step = replayed(event, true, issue)
      issue = step.after
      tally.take(step)
    }
    entries.push(...tally.entries().map((entry) => ({ communityCode, issueId, ...entry })))
    await setImmediate()
  }
  return entries
}

/** What is to be added to each cell, and what taken out of it. */
const cellChanges = (gone: readonly StoredEntry[], come: readonly StoredEntry[]) => {
  const changes = new Map<string, { key: CellKey; figures: Figures }>()
  const count = (entry: StoredEntry, times: 1 | -1) => {
    for (const key of cellsOf(entry.communityCode, entry)) {
      const name = nameOf(key)
      const change = changes.get(name) ?? { key, figures: {} }
      changes.set(name, change)
      addEntry(change.figures, entry, times)
    }
  }
  for (const entry of gone) count(entry, -1)
  for (const entry of come) count(entry, 1)
  return changes
}

const countSome = async (tx: Tx): Promise<number> => {
  if (!(await holdCounting(tx))) return 0
  const taken = await takeUncounted(tx, AT_ONCE)
  if (taken.events === 0) return 0
  const [stored, made] = await Promise.all([findEntries(tx, taken.matters), entriesOf(tx, taken.matters)])
  const before = new Map(stored.map((entry) => [placeOf(entry), entry]))
  const after = new Map(made.map((entry) => [placeOf(entry), entry]))
  const differs = (entry: StoredEntry, other: StoredEntry | undefined) => !other || wordOf(entry) !== wordOf(other)
  const gone = stored.filter((entry) => differs(entry, after.get(placeOf(entry))))
  const come = made.filter((entry) => differs(entry, before.get(placeOf(entry))))
  await deleteEntries(tx, gone)
  await insertEntries(tx, come)
  const changes = cellChanges(gone, come)
  const cells = new Map(
    (
      await findCells(
        tx,
        [...changes.values()].map(({ key }) => key),
      )
    ).map((cell) => [nameOf(cell), cell.figures]),
  )
  await writeCells(
    tx,
    [...changes].map(([name, { key, figures }]) => {
      const now = cells.get(name) ?? {}
      merge(now, figures)
      return { ...key, figures: tidied(now) }
    }),
  )
  return taken.events
}

/**
 * Brings the figures up to date with the events committed so far. What a matter is measured by is made anew from all its events and
 * only the difference goes into the roll-ups, in the transaction that takes its events off the list of uncounted ones: whatever is
 * run twice, at once or in another order comes to the same figures.
 */
export const countMatters = async (deps: Pick<Deps, 'pool'>): Promise<void> => {
  while ((await inTransaction(deps.pool, countSome)) > 0);
}

/** So many times as long as a lot took the job rests after it: figures may wait some minutes longer than who waits for a page. */
const REST = 9
/** What is left then the next minute's job goes on with. */
const UNTIL_MS = 55_000

/** The same beside everything else that the service does: some at a time. */
export const countMattersInPassing = async ({ pool }: Pick<Deps, 'pool'>): Promise<void> => {
  const begun = performance.now()
  for (let at = begun; at - begun < UNTIL_MS; at = performance.now()) {
    if ((await inTransaction(pool, countSome)) === 0) return
    await setTimeout(REST * (performance.now() - at))
  }
}
