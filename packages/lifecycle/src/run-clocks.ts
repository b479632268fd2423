import { CLOCK_CODES, type ClockCode, clockRow, REMINDERS, type Standing } from './clocks.ts'
import type { Context, Issue } from './issue.ts'
import { type Policy, type Term, type TermRule, termNow, termOf } from './policy.ts'
import { calendarOfUnit } from './service-hours.ts'
import type { Action } from './table.ts'
import { addSpan, addWork, isWorkingTime, type Span, type WorkCalendar, workBetween } from './work-time.ts'

/** One clock of a matter, from its beginning until it has stopped. Instants as ISO strings, as they are stored. */
export interface Clock {
  clock: ClockCode
  /** Where several of a kind may run: the unit whose part it is, or when the objection or rating came. */
  about: string | null
  from: string
  rule: TermRule
  /** Null for a date that somebody set. */
  span: Span | null
  /** When each step of the ladder is reached, in the order of `REMINDERS`; the second is the end. */
  steps: readonly string[]
  /** How many of them were reached and told. */
  fired: number
  /** Since when it stands still or waits. */
  heldSince: string | null
  /** For how long it stood still so far, in milliseconds of the time it is counted in. */
  heldFor: number
}

const END = REMINDERS.findIndex(({ part }) => part === 1)

/** When it runs out. */
export const dueOf = ({ steps }: Clock): Date => new Date(steps[END] ?? 0)

const instant = (at: Date): string => at.toISOString()

/** Time as this clock counts it: of work for a term in working time, else of the wall. */
const timeOf = (span: Span | null, from: Date, end: Date, calendar: WorkCalendar) => {
  // A date set for an hour at which nobody works may leave no working time at all before it.
  const work = isWorkingTime(span) && workBetween(from, end, calendar) > 0
  return {
    between: (a: Date, b: Date) => (work ? workBetween(a, b, calendar) : Math.max(0, b.getTime() - a.getTime())),
    after: (a: Date, ms: number) => (work ? addWork(a, ms, calendar) : new Date(a.getTime() + ms)),
  }
}

/** The days and hours by which a clock is counted: of some those of the unit whose part it is, else of the lead. */
const calendarOf = (
  { clock, about, from }: Pick<Clock, 'clock' | 'about' | 'from'>,
  { leadUnitId }: Issue,
  policy: Policy,
): WorkCalendar =>
  clockRow(clock).inServiceHours ? calendarOfUnit(policy, about ?? leadUnitId, new Date(from)) : policy.calendar

type Run = Pick<Clock, 'from' | 'span' | 'heldFor'> & { until?: Date }

/** The instants of the ladder: at 80 %, 100 %, 150 % and 200 % of the term, put off by as long as it stood still. */
const stepsOf = ({ from, span, heldFor, until }: Run, calendar: WorkCalendar): string[] => {
  const begun = new Date(from)
  const end = span ? addSpan(begun, span, calendar) : (until ?? begun)
  const time = timeOf(span, begun, end, calendar)
  const length = time.between(begun, end)
  return REMINDERS.map(({ part }) =>
    instant(part === 1 ? time.after(end, heldFor) : time.after(begun, part * length + heldFor)),
  )
}

/** Told already, and not before its time as it now is. */
const stillFired = (steps: readonly string[], fired: number, now: Date): number =>
  Math.min(fired, steps.filter((at) => at <= instant(now)).length)

interface At {
  c: Context
  action: Action
  after: Issue
}

const AGED: ReadonlySet<ClockCode> = new Set<ClockCode>(['dispatch', 'schedule'])

const begin = (
  clock: ClockCode,
  { c, action, after }: At,
  { about = null, term, given = null }: { about?: string | null; term: Term | null; given?: Date | null },
): Clock => {
  // A matter split off is as old as it is: it waits to be dispatched or scheduled as though it had never been merged.
  const age = action === 'split' && AGED.has(clock) ? (after.acceptedAt ?? after.raisedAt) : c.now
  const from = instant(clockRow(clock).from?.(after, age) ?? age)
  const span = given === null ? (term?.span ?? null) : null
  const run = { from, span, heldFor: 0, ...(given && { until: given }) }
  const rule = given === null ? (term?.rule ?? 'given') : 'given'
  const steps = stepsOf(run, calendarOf({ clock, about, from }, after, c.policy))
  return { clock, about, from, rule, span, steps, fired: 0, heldSince: null, heldFor: 0 }
}

/** The same clock with another term, or to another date. */
const redated = (clock: Clock, term: Term | { until: Date }, { issue, policy, now }: Context): Clock => {
  const until = 'until' in term ? term.until : undefined
  const span = 'until' in term ? null : term.span
  const rule = 'until' in term ? 'given' : term.rule
  // A date that was set says when it ends, whatever stood still before.
  const heldFor = until ? 0 : clock.heldFor
  const calendar = calendarOf(clock, issue, policy)
  const steps = stepsOf({ from: clock.from, span, heldFor, ...(until && { until }) }, calendar)
  // Set while it stands still, it is put off by what is still to come of that.
  const heldSince = until && clock.heldSince !== null ? instant(now) : clock.heldSince
  return { ...clock, rule, span, heldFor, heldSince, steps, fired: stillFired(steps, clock.fired, now) }
}

const held = (clock: Clock, now: Date): Clock =>
  clock.heldSince === null ? { ...clock, heldSince: instant(now) } : clock

/** Goes on; what had stood still ends by as much later as it stood. A wall clock set back takes nothing away. */
const goesOn = (clock: Clock, stood: boolean, { issue, policy, now }: Context): Clock => {
  if (clock.heldSince === null) return clock
  const free = { ...clock, heldSince: null }
  if (!stood) return free
  const since = new Date(clock.heldSince)
  const end = dueOf(clock)
  const calendar = calendarOf(clock, issue, policy)
  const time = timeOf(clock.span, new Date(clock.from), end, calendar)
  const pause = time.between(since, now)
  const steps = clock.steps.map((at, i) => (i < clock.fired ? at : instant(time.after(new Date(at), pause))))
  return { ...free, heldFor: clock.heldFor + pause, steps }
}

const inStanding = (clock: Clock, was: Standing, is: Standing, c: Context): Clock => {
  if (is === 'runs') return goesOn(clock, was === 'stands', c)
  return held(clock, c.now)
}

const PRESSING: ReadonlySet<Issue['urgency']> = new Set(['emergency', 'urgent'] as const)

/**
 * What `reclassify` does to a term, where the class makes another one of it: a more urgent class brings the promised date forward, a
 * milder one never puts it off. A date that somebody set gives way to what cannot wait, and to nothing else.
 */
const reclassified = (clock: Clock, after: Issue, c: Context): Clock => {
  const row = clockRow(clock.clock)
  const term = row.term?.(after, c.policy)
  if (!term || JSON.stringify(row.term?.(c.issue, c.policy)) === JSON.stringify(term)) return clock
  const set = clock.rule === 'given' || clock.rule === 'rectify_working_days'
  if (set && !PRESSING.has(after.urgency)) return clock
  const next = redated(clock, term, c)
  return clock.clock === 'handle' && dueOf(next) >= dueOf(clock) ? clock : next
}

const date = (value: unknown): Date | null => {
  const at = typeof value === 'string' || value instanceof Date ? new Date(value) : null
  return at === null || Number.isNaN(at.getTime()) ? null : at
}

/** The end that somebody set with this very action. */
const setBy = (code: ClockCode, { c, action }: At): Date | null => {
  const { payload, issue } = c
  if (code !== 'handle') return null
  // Refused, it may still have another date than before.
  if (action === 'decide_extension')
    return date(payload.dueAt) ?? (payload.approved === true ? issue.extensionAskedFor : null)
  return action === 'dispatch' || action === 'reassign' || action === 'rectify' ? date(payload.dueAt) : null
}

/** A clock of the matter itself after the action; null when there is none. */
const ofMatter = (code: ClockCode, at: At): Clock | null => {
  const { c, action, after } = at
  const row = clockRow(code)
  const was = action === 'raise' ? null : (row.standing?.(c.issue) ?? null)
  const is = row.standing?.(after) ?? null
  if (is === null) return null
  const known = c.issue.clocks.find(({ clock, about }) => clock === code && about === null)
  const end = setBy(code, at)
  const given = end ?? row.given?.(after) ?? null
  if (was === null || row.restartedBy?.includes(action)) {
    const rectifies = code === 'handle' && action === 'rectify'
    const term = rectifies ? termOf(c.policy, 'rectify_working_days') : (row.term?.(after, c.policy) ?? null)
    const begun = begin(code, at, { term, given })
    return is === 'runs' ? begun : held(begun, c.now)
  }
  if (!known || row.endedBy?.includes(action)) return null
  const standing = inStanding(known, was, is, c)
  if (given && instant(given) !== instant(dueOf(standing))) return redated(standing, { until: given }, c)
  return action === 'reclassify' ? reclassified(standing, after, c) : standing
}

const without = (clocks: readonly Clock[], about: string | undefined): Clock[] => {
  const at = Math.max(
    0,
    clocks.findIndex((clock) => clock.about === about),
  )
  return clocks.filter((_, i) => i !== at)
}

/** Answers owed to several people: each its own clock, known by the moment at which it was asked for. */
const ofAnswers = (code: 'objection' | 'call_back', open: number, at: At): Clock[] => {
  const { c, action, after } = at
  const known = c.issue.clocks.filter(({ clock }) => clock === code)
  const before = code === 'objection' ? c.issue.openObjections : c.issue.openBadRatings
  if (open > before) {
    const term = termOf(c.policy, code === 'objection' ? 'objection_working_days' : 'call_back_working_days')
    return [...known, begin(code, at, { about: instant(c.now), term })]
  }
  if (open === before) return known
  if (open === 0 || after.round !== c.issue.round) return []
  const answered = (action === 'answer_objection' ? c.facts.objection?.at : c.facts.rating?.at)?.toISOString()
  return without(known, answered)
}

/** A co-unit's part: it is to be signed for, and done by a date of its own, else by the lead's. */
const partOf = (at: At, unitId: string, dueAt: unknown): Clock[] => [
  begin('sign', at, { about: unitId, term: clockRow('sign').term?.(at.after, at.c.policy) ?? null }),
  begin('part', at, { about: unitId, term: null, given: date(dueAt) ?? at.after.handleDueAt }),
]

/** The end of a part as decided; null where it stays. */
const partDecided = ({ payload, facts }: Context): Date | null => {
  const asked = facts.parts?.find(({ unitId }) => unitId === payload.unitId)?.extensionAskedFor ?? null
  return date(payload.dueAt) ?? (payload.approved === true ? asked : null)
}

const DISPATCHES: ReadonlySet<Action> = new Set<Action>(['dispatch', 'reassign', 'rectify'])
const PART_ENDS: ReadonlySet<Action> = new Set<Action>(['finish_part', 'waive', 'return_part'])
const OF_PARTS: ReadonlySet<ClockCode> = new Set<ClockCode>(['sign', 'part', 'extension'])
const isPartClock = ({ clock, about }: Clock): boolean => about !== null && OF_PARTS.has(clock)

const afterClass = (clock: Clock, { c, action, after }: At): Clock => {
  if (action !== 'reclassify') return clock
  if (clock.clock === 'sign') return reclassified(clock, after, c)
  // The lead's date that came forward takes the parts along: none ends after it.
  const { handleDueAt } = after
  if (clock.clock !== 'part' || handleDueAt === null || dueOf(clock) <= handleDueAt) return clock
  return redated(clock, { until: handleDueAt }, c)
}

const ofParts = (at: At): Clock[] => {
  const { c, action, after } = at
  if (after.openParts === 0) return []
  const known = c.issue.clocks.filter(isPartClock)
  const { payload } = c
  const unitId = String(payload.unitId)
  const others = known.filter(({ about }) => about !== unitId)
  const coUnits = payload.coUnits as readonly { unitId: string; dueAt?: unknown }[] | undefined
  if (DISPATCHES.has(action) && coUnits !== undefined)
    return coUnits.flatMap((part) => partOf(at, part.unitId, part.dueAt))
  if (PART_ENDS.has(action)) return others
  if (action === 'add_part') return [...others, ...partOf(at, unitId, payload.dueAt)]
  const is = (code: ClockCode) => (clock: Clock) => clock.clock === code && clock.about === unitId
  if (action === 'sign_part') return known.filter((clock) => !is('sign')(clock))
  if (action === 'request_part_extension') {
    const term = clockRow('extension').term?.(after, c.policy) ?? null
    return [...known.filter((clock) => !is('extension')(clock)), begin('extension', at, { about: unitId, term })]
  }
  if (action === 'decide_part_extension') {
    const until = partDecided(c)
    return known
      .filter((clock) => !is('extension')(clock))
      .map((clock) => (until && is('part')(clock) ? redated(clock, { until }, c) : clock))
  }
  const stood = c.issue.state === 'suspended'
  return known.map((clock) => {
    // An answer is owed also while the work rests.
    if (clock.clock === 'extension') return clock
    return after.state === 'suspended' ? held(clock, c.now) : goesOn(afterClass(clock, at), stood, c)
  })
}

/** Steps reached are told once, each. */
const told = (clock: Clock, { payload }: Context): Clock =>
  clock.clock === payload.clock && clock.about === (payload.about ?? null)
    ? { ...clock, fired: Math.max(clock.fired, Number(payload.level) || 0) }
    : clock

/** A clock as the calendar now has it, and the rules among `rules`; the same one where that changes nothing. */
const recomputed = (clock: Clock, c: Context, rules: ReadonlySet<string>): Clock => {
  const { rule, span } = clock
  const term = rules.has(rule) ? termNow(rule, c.policy) : { rule, span }
  if (!term?.span) return clock
  const next = redated(clock, term, c)
  // What was told at its time is over, whatever the rules say now.
  const ahead = ({ steps }: Clock) => JSON.stringify(steps.slice(clock.fired))
  return ahead(next) === ahead(clock) ? clock : next
}

/** Whether `recompute` would change anything: the calendar has, or one of these rules. */
export const wouldRecompute = (issue: Issue, policy: Policy, now: Date, rules: readonly TermRule[]): boolean => {
  const among = new Set<string>(rules)
  return issue.clocks.some((clock) => recomputed(clock, { issue, policy, now } as Context, among) !== clock)
}

/** The soonest end of those that run; the steps next to be told of the whole. */
const soonest = (clocks: readonly Clock[]): Clock | null =>
  clocks
    .filter(({ heldSince }) => heldSince === null)
    .reduce<Clock | null>((first, clock) => (first && dueOf(first) <= dueOf(clock) ? first : clock), null)

export type ClockChanges = Pick<Issue, 'clocks' | 'dueClock' | 'dueAt' | 'handleDueAt'>

/**
 * The clocks after an action was decided, and what lists show of them. `after` is the issue with the action's changes and its new state.
 * Pure: whether a clock runs follows from the state of the matter, so that none is forgotten or left running.
 */
export const runClocks = (c: Context, action: Action, after: Issue): ClockChanges => {
  const at = { c, action, after }
  const matter = CLOCK_CODES.filter((code) => clockRow(code).standing).flatMap((code) => {
    const clock = ofMatter(code, at)
    return clock ? [clock] : []
  })
  const handle = matter.find(({ clock }) => clock === 'handle')
  const handleDueAt = handle ? dueOf(handle) : after.handleDueAt
  const parts = ofParts({ ...at, after: { ...after, handleDueAt } })
  const answers = [
    ...ofAnswers('objection', after.openObjections, at),
    ...ofAnswers('call_back', after.openBadRatings, at),
  ]
  let clocks: Clock[] = [...matter, ...parts, ...answers]
  if (action === 'remind') clocks = clocks.map((clock) => told(clock, c))
  if (action === 'recompute') {
    const rules = new Set<string>(Array.isArray(c.payload.rules) ? c.payload.rules : [])
    clocks = clocks.map((clock) => recomputed(clock, c, rules))
  }
  const next = soonest(clocks)
  const recomputedHandle = clocks.find(({ clock }) => clock === 'handle')
  return {
    clocks,
    dueClock: next?.clock ?? null,
    dueAt: next && dueOf(next),
    handleDueAt: recomputedHandle ? dueOf(recomputedHandle) : after.handleDueAt,
  }
}

/** Actions that give work to a unit, with a date of its own or without. */
const GIVES_WORK: ReadonlySet<Action> = new Set<Action>(['dispatch', 'reassign', 'rectify', 'add_part'])

/** By when the work must be done where the action sets no date of its own; null for what gives none. */
export const dueByRule = (issue: Issue, action: Action, policy: Policy, now: Date): Date | null => {
  if (!GIVES_WORK.has(action)) return null
  if (action === 'add_part') return issue.handleDueAt
  const after: Issue = { ...issue, state: 'dispatched', firstDispatchedAt: issue.firstDispatchedAt ?? now }
  const c = { issue, payload: {}, policy, now } as unknown as Context
  const clock = ofMatter('handle', { c, action, after })
  return clock && dueOf(clock)
}

export interface StepReached {
  clock: Clock
  level: number
  to: (typeof REMINDERS)[number]['to']
}

const nextStep = ({ steps, fired, heldSince }: Clock): string | undefined =>
  heldSince === null ? steps[fired] : undefined

/** Of the steps that were reached by `now` and not told yet the one reached first; null when there is none. */
export const stepReached = ({ clocks }: Issue, now: Date): StepReached | null => {
  let first: { clock: Clock; at: string } | null = null
  for (const clock of clocks) {
    const at = nextStep(clock)
    if (at !== undefined && at <= instant(now) && (first === null || at < first.at)) first = { clock, at }
  }
  const reminder = first && REMINDERS[first.clock.fired]
  return first && reminder ? { clock: first.clock, level: reminder.level, to: reminder.to } : null
}

/** When this issue must be looked at again by itself; null if nothing will happen through time alone. */
export const nextWake = (issue: Issue, now: Date): Date | null => {
  const steps = issue.clocks.flatMap((clock) => {
    const next = nextStep(clock)
    return next === undefined ? [] : [new Date(next)]
  })
  const periods = issue.state === 'publicized' ? [issue.noticeEndsAt, issue.evaluationEndsAt] : []
  const review = issue.state === 'suspended' ? [issue.reviewAt] : []
  const times = [...periods.filter((t) => t !== null && t > now), ...review, ...steps].filter((t) => t !== null)
  return times.length ? new Date(Math.min(...times.map((t) => t.getTime()))) : null
}
