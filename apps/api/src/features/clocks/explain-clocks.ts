import type { ClockChange, ClockView } from '@tongxin/contract'
import { type Clock, dueOf, isWorkingTime, REMINDERS } from '@tongxin/lifecycle'
import type { Snapshot } from './clocks.queries.ts'

/** One clock from its beginning, as the events of the matter tell it. */
export interface Story {
  clock: Clock
  stoppedAt: string | null
  told: (string | null)[]
  changes: ClockChange[]
}

const nameOf = ({ clock, about, from }: Clock) => `${clock} ${about} ${from}`
const due = (clock: Clock) => dueOf(clock).toISOString()

const whatChanged = (before: Clock, after: Clock, { action }: Snapshot): ClockChange['what'] | null => {
  if (before.heldSince === null && after.heldSince !== null) return action === 'submit' ? 'handed_in' : 'paused'
  if (before.heldSince !== null && after.heldSince === null) return action === 'reject' ? 'sent_back' : 'resumed'
  if (action === 'recompute' && due(before) !== due(after)) return 'recomputed'
  if (after.rule === 'given' && due(before) !== due(after)) return 'date_set'
  return due(before) === due(after) ? null : 'term_changed'
}

/** What came of it at this event. */
const goOn = (story: Story, clock: Clock, snapshot: Snapshot): void => {
  const { seq, at } = snapshot
  const what = whatChanged(story.clock, clock, snapshot)
  if (what) story.changes.push({ what, seq, at, dueAt: due(clock) })
  for (let step = story.clock.fired; step < clock.fired; step++) story.told[step] = at
  // A step that is ahead again will be told again.
  for (let step = clock.fired; step < story.clock.fired; step++) story.told[step] = null
  story.clock = clock
}

/** Every clock the matter ever had, in the order in which they began. */
export const storiesOf = (snapshots: readonly Snapshot[]): Story[] => {
  const stories: Story[] = []
  const open = new Map<string, Story>()
  for (const snapshot of snapshots) {
    const { seq, at, clocks } = snapshot
    for (const clock of clocks) {
      const known = open.get(nameOf(clock))
      if (known) goOn(known, clock, snapshot)
      else {
        const begun: ClockChange = { what: 'begun', seq, at, dueAt: due(clock) }
        const story = { clock, stoppedAt: null, told: REMINDERS.map(() => null), changes: [begun] }
        open.set(nameOf(clock), story)
        stories.push(story)
      }
    }
    const names = new Set(clocks.map(nameOf))
    for (const [name, story] of open) {
      if (names.has(name)) continue
      story.stoppedAt = at
      story.changes.push({ what: 'stopped', seq, at, dueAt: due(story.clock) })
      open.delete(name)
    }
  }
  return stories
}

const stateOf = ({ stoppedAt, clock, changes }: Story): ClockView['state'] => {
  if (stoppedAt !== null) return 'stopped'
  if (clock.heldSince === null) return 'running'
  return changes.findLast(({ what }) => what === 'handed_in' || what === 'paused')?.what === 'handed_in'
    ? 'handed_in'
    : 'paused'
}

/** What follows from the story alone; the rule, the names and the days come from the directory. */
export const presentStory = (story: Story, now: Date) => {
  const { clock, stoppedAt, told, changes } = story
  // What was handed in and not sent back was done when it was handed in.
  const doneAt = stoppedAt === null ? null : (clock.heldSince ?? stoppedAt)
  const end = due(clock)
  return {
    clock: clock.clock,
    state: stateOf(story),
    from: clock.from,
    dueAt: end,
    doneAt,
    late: (doneAt ?? (clock.heldSince === null ? now.toISOString() : clock.heldSince)) > end,
    inWorkingTime: isWorkingTime(clock.span),
    steps: REMINDERS.map(({ level, to }, i) => ({ level, to, at: clock.steps[i] ?? end, toldAt: told[i] ?? null })),
    changes,
  }
}
