import { CLOCK_CODES, type ClockCode, clockRow, REMINDERS } from './clocks.ts'
import { has, isSurelyOffered } from './decide.ts'
import { GUARDS, type Guard, type GuardCode } from './guards.ts'
import type { Actor, FactSlice, Facts, Issue } from './issue.ts'
import type { Policy } from './policy.ts'
import type { Role } from './roles.ts'
import { dueOf } from './run-clocks.ts'
import { ACTIONS, type Action, type Doer } from './table.ts'

/** What somebody owes to a matter: the action, and the clock that waits for it. */
export interface NextStep {
  action: Action
  clock: ClockCode
  dueAt: Date
}

/** Slices that say of which unit a person speaks: a condition on them is how staff stand in for units that nobody signs in for. */
const OF_UNITS: ReadonlySet<FactSlice> = new Set<FactSlice>(['leadUnit', 'parts'])
const standsIn = ({ when }: Doer): boolean =>
  (when ?? []).some((code: GuardCode) => (GUARDS[code] as Guard).needs?.some((slice) => OF_UNITS.has(slice)))

/** Some action must first bring about what makes it theirs, as an appeal does: the exception, not the rule. */
const isException = ({ when }: Doer): boolean =>
  (when ?? []).some((code: GuardCode) => {
    const { ofPayload, freedBy } = GUARDS[code] as Guard
    return ofPayload === true || freedBy.every((freed) => 'action' in freed)
  })

const doersOf = (clock: ClockCode): readonly Doer[] =>
  clockRow(clock).answeredBy.flatMap((action): readonly Doer[] => ACTIONS[action].by)

/** The clocks that wait for holders of these roles by their own office; not those that they answer only in place of a unit. */
export const clocksWaitingFor = (roles: ReadonlySet<Role>): ClockCode[] =>
  CLOCK_CODES.filter((clock) => doersOf(clock).some((doer) => roles.has(doer.as as Role) && !standsIn(doer)))

/** The clocks that as a rule wait for others than holders of these roles: it is not they who do the likeliest of what answers them. */
export const clocksWaitingForOthers = (roles: ReadonlySet<Role>): ClockCode[] =>
  CLOCK_CODES.filter((clock) => {
    const [likeliest] = clockRow(clock).answeredBy
    const doers: readonly Doer[] = likeliest === undefined ? [] : ACTIONS[likeliest].by
    return !doers.some((doer) => roles.has(doer.as as Role) && !isException(doer))
  })

/** Whether holders of these roles answer clocks in place of units that nobody signs in for. */
export const standInForUnits = (roles: ReadonlySet<Role>): boolean =>
  CLOCK_CODES.some((clock) => doersOf(clock).some((doer) => roles.has(doer.as as Role) && standsIn(doer)))

/**
 * What waits for this person here: of the clocks that run, the first to run out that they may answer, and how. Null when the matter
 * waits for others, for time, or for nothing. Pure; `facts` holds at least the slices `leadUnit`, `parts` and `returns`.
 */
export const nextStep = (issue: Issue, actor: Actor, facts: Facts, policy: Policy, now: Date): NextStep | null => {
  const running = issue.clocks
    .filter(({ heldSince }) => heldSince === null)
    .sort((a, b) => dueOf(a).getTime() - dueOf(b).getTime())
  for (const clock of running) {
    const { answeredBy, done } = clockRow(clock.clock)
    const owed = answeredBy.filter((each) => done?.(issue).includes(each) !== true)
    const action = owed.find((each) => isSurelyOffered(issue, each, actor, facts, policy, now))
    if (action) return { action, clock: clock.clock, dueAt: dueOf(clock) }
  }
  return null
}

/** A clock that ran out at others and was reported to somebody, and what they may decide. */
export interface Warning {
  clock: ClockCode
  /** The highest rung of the ladder that was reached and is theirs. */
  level: number
  dueAt: Date
  actions: Action[]
}

/** The lowest rung at which holders of these roles have something to decide; null for those who have none. */
export const firstRungOf = (roles: ReadonlySet<Role>): number | null =>
  REMINDERS.find(({ to, decides }) => roles.has(to) && decides.length > 0)?.level ?? null

/**
 * What this person was told of and may decide on, of the clocks that run the one that ran out first. Null where they were told of nothing
 * or can do nothing about it; a supervision that was ordered is a decision taken. Pure; `facts` as for `nextStep`, which comes first.
 */
export const warningFor = (issue: Issue, actor: Actor, facts: Facts, policy: Policy, now: Date): Warning | null => {
  const running = issue.clocks
    .filter(({ heldSince }) => heldSince === null)
    .sort((a, b) => dueOf(a).getTime() - dueOf(b).getTime())
  for (const clock of running) {
    const told = REMINDERS.filter(({ level, to }) => level <= clock.fired && has(actor, to, issue))
    const decides = new Set<Action>(told.flatMap((rung): readonly Action[] => rung.decides))
    if (issue.supervisions > 0) decides.delete('supervise')
    const actions = [...decides].filter((action) => isSurelyOffered(issue, action, actor, facts, policy, now))
    const level = told.at(-1)?.level
    if (actions.length > 0 && level !== undefined) return { clock: clock.clock, level, dueAt: dueOf(clock), actions }
  }
  return null
}
