import type { MeasureCode, Outcome } from '@tongxin/contract'
import {
  type Action,
  type ClockCode,
  type Issue,
  OUTCOMES,
  STAGE_CODES,
  STATES,
  type Stage,
  type State,
  stageOf,
} from '@tongxin/lifecycle'
import type { Replayed } from '../../evidence/replay.ts'
import { civilDate } from '../regions/index.ts'
import { clocksMet } from './clocks-met.ts'
import { Judgements } from './verdict.ts'

/** One row of what a matter is measured by. */
export interface Entry {
  measure: MeasureCode
  nth: number
  /** `YYYY-MM-DD` in Asia/Shanghai. */
  day: string
  /** `''` for none. */
  grid: string
  unit: string
  category: string
  value: number
}

/** Facts and moves that are counted each time. */
const COUNTED: Partial<Record<Action, MeasureCode>> = {
  return: 'returned',
  return_part: 'returned',
  reject: 'rejected',
  rectify: 'reworked',
  suspend: 'suspended',
  reopen: 'reopened',
  object: 'objected',
  endorse: 'endorsed',
  evaluate: 'evaluated',
  supervise: 'supervised',
}

/** Where a matter may rest, counted as long as it does. */
const RESTING: Partial<Record<State, MeasureCode>> = {
  declined: 'declined',
  referred: 'referred',
  withdrawn: 'withdrawn',
  merged: 'merged',
  dismissed: 'dismissed',
}

/** What happened, and which unit answers for it where it is another than the matter's last. */
interface Mark {
  measure: MeasureCode
  at: Date
  value: number
  unit?: string
}

const between = (from: Date, to: Date): number => Math.max(0, to.getTime() - from.getTime())

/** A return is put to the unit that returned it, the rest to the one that leads. */
const unitOfReturn = (action: Action, before: Issue | null, record: Record<string, unknown>): { unit?: string } => {
  if (action === 'return') return { unit: before?.leadUnitId ?? '' }
  return action === 'return_part' ? { unit: String(record.unitId) } : {}
}

const EXTENDS: ReadonlySet<Action> = new Set<Action>(['decide_extension', 'decide_part_extension'])

const sumsOf = (outcomes: unknown): Map<Outcome, number> => {
  const sums = new Map<Outcome, number>()
  for (const { key, amount } of (outcomes as { key: string; amount: unknown }[] | undefined) ?? [])
    if (Object.hasOwn(OUTCOMES, key)) sums.set(key as Outcome, (sums.get(key as Outcome) ?? 0) + Number(amount))
  return sums
}

/** The street's report is its unit's. */
const unitOf = (clock: ClockCode, record: Record<string, unknown>): { unit?: string } =>
  clock === 'report_in' && record.reportingUnitId ? { unit: String(record.reportingUnitId) } : {}

/**
 * What one matter is measured by, folded from its events in their order. The same fold makes the figures and checks them.
 *
 * - Time in a stage is the sum of its visits without resting states (suspended, declined …), told on the day it was last left.
 * - Grid, unit and category are those the matter has now (of a unit the last that led), so that a figure fits the list behind it;
 *   only a return is put to the unit that returned it, and a whistle to that unit of the street which was called or reported in.
 * - Of outcomes the last stated count, from the day on which the result was made public.
 * - What was imported ran under no clock here, and is told by its times of raising and answering alone.
 */
export class MatterTally {
  #issue: Issue | null = null
  #lastUnit = ''
  #whistle: Mark | null = null
  /** When those that were not answered yet are due. */
  readonly #supervisions: Date[] = []
  #lastAt = new Date(0)
  readonly #marks: Mark[] = []
  #answered = false
  #accepted = false
  readonly #spent: Record<Stage, number> = { raise: 0, deliberate: 0, handle: 0, evaluate: 0 }
  readonly #left: Partial<Record<Stage, { at: Date; spent: number }>> = {}
  #stated: Map<Outcome, number> | null = null
  #outcomes: { at: Date; sums: Map<Outcome, number> } | null = null
  readonly #judgements = new Judgements()

  take(event: Replayed): void {
    const { before, after, record } = event
    if (after === null) return
    const action = event.action as Action
    const at = new Date(event.at)
    this.#issue = after
    this.#judgements.take(event)
    const counted = COUNTED[action]
    if (counted) this.#mark(counted, at, 1, unitOfReturn(action, before, record))
    if (EXTENDS.has(action) && record.approved === true) this.#mark('extended', at)
    if (action === 'call_back') this.#mark('called_back', at, record.reached === true ? 1 : 0)
    if (after.leadUnitId !== null) this.#lastUnit = after.leadUnitId
    this.#follow(before, after, action, record, at)
    this.#keepOutcomes(action, record, at)
    this.#askStreet(before, after, action, record, at)
    this.#lastAt = at
  }

  #mark(measure: MeasureCode, at: Date, value = 1, more: { unit?: string } = {}): void {
    this.#marks.push({ measure, at, value, ...more })
  }

  /** From state to state: times and clocks. */
  #follow(before: Issue | null, after: Issue, action: Action, record: Record<string, unknown>, at: Date): void {
    const answered = after.state === 'publicized' || (after.channel === 'import' && after.state === 'closed')
    if (answered && !this.#answered) {
      this.#answered = true
      this.#mark('answered', at, between(after.raisedAt, at))
    }
    if (before === null || before.channel === 'import') return
    if (after.acceptedAt !== null && !this.#accepted) {
      this.#accepted = true
      this.#mark('accepted', at)
    }
    if (before.state === 'raised' && after.state !== 'raised' && before.appealOf === null)
      this.#mark('responded', at, between(after.raisedAt, at))
    for (const { clock, onTime } of clocksMet(before, after, action, at))
      this.#mark(`clock_${clock}`, at, onTime ? 1 : 0, unitOf(clock, record))
    this.#spend(before.state, after.state, at)
  }

  #spend(from: State, to: State, at: Date): void {
    const stage = stageOf(from)
    if (STATES[from].resting) return
    this.#spent[stage] += between(this.#lastAt, at)
    const ends = stageOf(to) !== stage || (STATES[to].resting && to !== 'suspended')
    if (ends) this.#left[stage] = { at, spent: this.#spent[stage] }
  }

  /** Whistles and supervisions, each with whether it was answered in time. */
  #askStreet(before: Issue | null, after: Issue, action: Action, record: Record<string, unknown>, at: Date): void {
    if (after.escalated && before?.escalated === false) {
      const called = action === 'escalate' ? record.streetUnitId : after.leadUnitId
      this.#whistle = { measure: 'escalated', at, value: 1, unit: String(called ?? '') }
      this.#marks.push(this.#whistle)
    }
    if (action === 'report_in' && this.#whistle && record.reportingUnitId)
      this.#whistle.unit = String(record.reportingUnitId)
    if (action === 'supervise') this.#supervisions.push(new Date(String(record.dueAt)))
    if (action === 'reply_supervision')
      for (const dueAt of this.#supervisions.splice(0)) this.#mark('supervision_answered', at, at <= dueAt ? 1 : 0)
  }

  #keepOutcomes(action: Action, record: Record<string, unknown>, at: Date): void {
    if (action === 'submit' || action === 'answer')
      this.#stated = record.outcomes === undefined ? null : sumsOf(record.outcomes)
    if ((action === 'publicize' || action === 'answer') && this.#stated) {
      this.#outcomes = { at, sums: this.#stated }
      this.#stated = null
    }
  }

  #standing(issue: Issue): Mark[] {
    const raised = (measure: MeasureCode): Mark => ({ measure, at: issue.raisedAt, value: 1 })
    const marks = [raised('raised'), raised(`kind_${issue.kind}`)]
    if (issue.route) marks.push(raised(`route_${issue.route}`))
    if (issue.urgency) marks.push(raised(`urgency_${issue.urgency}`))
    const rests = RESTING[issue.state]
    if (rests) marks.push({ measure: rests, at: issue.stateSince, value: 1 })
    if (issue.state === 'closed') {
      const at = issue.closedAt ?? issue.stateSince
      marks.push({ measure: 'closed', at, value: between(issue.raisedAt, at) })
    }
    for (const stage of STAGE_CODES) {
      const left = this.#left[stage]
      if (left) marks.push({ measure: `stage_${stage}`, at: left.at, value: left.spent })
    }
    for (const [outcome, amount] of this.#outcomes?.sums ?? [])
      marks.push({ measure: `outcome_${outcome}`, at: this.#outcomes!.at, value: amount })
    return [...marks, ...this.#verdict()]
  }

  #verdict(): Mark[] {
    const verdict = this.#judgements.verdict()
    if (!verdict) return []
    const at = new Date(verdict.at)
    return [
      { measure: 'rated', at, value: verdict.level },
      { measure: 'rated_first', at, value: verdict.firstLevel },
      { measure: 'rated_contacted', at, value: verdict.contacted ? 1 : 0 },
      { measure: 'rated_solved', at, value: verdict.solved === 'yes' ? 1 : 0 },
    ]
  }

  /** As it stands after the events taken so far; each measure with its number, from 1. */
  entries(): Entry[] {
    const issue = this.#issue
    if (issue === null) return []
    const seen = new Map<MeasureCode, number>()
    return [...this.#marks, ...this.#standing(issue)].map(({ measure, at, value, unit }) => {
      const nth = (seen.get(measure) ?? 0) + 1
      seen.set(measure, nth)
      return {
        measure,
        nth,
        day: civilDate(at),
        grid: issue.gridCode ?? '',
        unit: unit ?? this.#lastUnit,
        category: issue.categoryCode ?? '',
        value,
      }
    })
  }
}
