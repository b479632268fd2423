import { addSpan, clockIn, contactDue } from './clocks.ts'
import { type Changes, EFFECTS } from './effects.ts'
import type { FieldName } from './fields.ts'
import { GUARDS, type Guard, type GuardCode } from './guards.ts'
import type { Actor, Context, Facts, FactSlice, Issue, Payload } from './issue.ts'
import type { Policy } from './policy.ts'
import type { Capacity } from './roles.ts'
import { STATE_CODES, type State } from './states.ts'
import {
  ACTIONS,
  type Action,
  type Doer,
  isAction,
  isMove,
  type MoveRow,
  ROUTED_ACTIONS,
  statesFor,
  type Way,
} from './table.ts'

export type Reason = 'unknown_action' | 'not_permitted' | 'wrong_state' | 'field_missing' | GuardCode

export interface Allowed {
  allowed: true
  as: Capacity
  to: State
  changes: Changes
}
export interface Refused {
  allowed: false
  reason: Reason
  /** 404 no such action · 403 not this person · 409 not now · 400 the payload. */
  status: 400 | 403 | 404 | 409
  /** The field that is missing. */
  field?: FieldName
}
export type Decision = Allowed | Refused

const refuse = (reason: Reason, status: Refused['status'], field?: FieldName): Refused => ({
  allowed: false,
  reason,
  status,
  ...(field ? { field } : {}),
})

const has = (actor: Actor, as: Capacity, issue: Issue): boolean => {
  if (as === 'system' || as === 'import_job') return actor.system === as
  if (actor.system !== undefined) return false
  switch (as) {
    case 'anyone':
      return true
    case 'identified':
      return actor.identified
    case 'raiser':
      return actor.raiser
    case 'presider':
      return actor.presider
    case 'lead_handler':
      return issue.leadUnitId !== null && actor.unitIds.includes(issue.leadUnitId)
    case 'part_handler':
      // Whether the part is theirs is a guard's question: any unit's handler may hold one.
      return actor.unitIds.length > 0
    case 'street_handler':
      return actor.streetHandler
    default:
      return actor.roles.includes(as)
  }
}

const guard = (code: GuardCode): Guard => GUARDS[code]
const unread = (g: Guard, facts: Facts) => g.needs?.some((slice) => facts[slice] === undefined) === true

/** `offer`: asked before there is a payload; guards of the payload, and of facts not at hand, are left for the act itself. */
const firstBroken = (codes: readonly GuardCode[], c: Context, offer: boolean): GuardCode | null =>
  codes.find((code) => {
    const g = guard(code)
    if (offer && (g.ofPayload || unread(g, c.facts))) return false
    return !g.holds(c)
  }) ?? null

const CONDITIONS: Record<NonNullable<Way['when']>, (issue: Issue) => boolean> = {
  route_direct: (issue) => issue.route !== 'council',
  route_council: (issue) => issue.route === 'council',
  suspended_in_adopted: (issue) => issue.suspendedFrom === 'adopted',
  suspended_in_handling: (issue) => issue.suspendedFrom !== 'adopted',
  nobody_else: (issue) => issue.raiserCount <= 1 && issue.endorsingHouseholds === 0,
  somebody_else: (issue) => issue.raiserCount > 1 || issue.endorsingHouseholds > 0,
}

const target = (row: MoveRow, issue: Issue): State =>
  row.ways.find((way) => way.from.includes(issue.state) && (!way.when || CONDITIONS[way.when](issue)))?.to ??
  issue.state

type Standing = { as: Capacity; context: Context } | Refused

/** In which capacity this actor may take the action on this issue, the state left aside. */
const standing = (by: readonly Doer[], context: Omit<Context, 'as'>, offer: boolean): Standing => {
  let why: GuardCode | null = null
  for (const doer of by) {
    if (!has(context.actor, doer.as, context.issue)) continue
    const c = { ...context, as: doer.as }
    const broken = firstBroken(doer.when ?? [], c, offer)
    if (broken === null) return { as: doer.as, context: c }
    why ??= broken
  }
  return why === null ? refuse('not_permitted', 403) : refuse(why, guard(why).status)
}

const check = (action: Action, context: Omit<Context, 'as'>, offer: boolean): Standing => {
  const row = ACTIONS[action]
  const stands = standing(row.by, context, offer)
  if ('allowed' in stands) return stands
  if (!statesFor(action).includes(context.issue.state)) return refuse('wrong_state', 409)
  const broken = firstBroken(row.guards, stands.context, offer)
  return broken === null ? stands : refuse(broken, guard(broken).status)
}

const missingField = (action: Action, payload: Payload): FieldName | null => {
  for (const [name, need] of Object.entries(ACTIONS[action].fields))
    if (need === 'required' && (payload[name] === undefined || payload[name] === null || payload[name] === ''))
      return name as FieldName
  return null
}

/**
 * Whether `action` may be taken, and what becomes of the issue if so. Pure: touches no clock and no database, never throws.
 * The caller has loaded the slices of `facts` that `slicesFor(action)` names.
 */
export const decide = (
  issue: Issue,
  action: string,
  actor: Actor,
  payload: Payload,
  facts: Facts,
  policy: Policy,
  now: Date,
): Decision => {
  if (!isAction(action)) return refuse('unknown_action', 404)
  const found = check(action, { issue, actor, payload, facts, policy, now }, false)
  if ('allowed' in found) return found
  if (actor.system === undefined) {
    const missing = missingField(action, payload)
    if (missing) return refuse('field_missing', 400, missing)
  }
  const c = found.context
  if (!isMove(action))
    return { allowed: true, as: found.as, to: issue.state, changes: EFFECTS[action]?.(c, issue.state) ?? {} }
  const to = target(ACTIONS[action] as MoveRow, issue)
  const changes = EFFECTS[action]?.(c, to) ?? {}
  const stays = to === issue.state && action !== 'reassign'
  const clock = stays ? {} : { ...clockIn(to, { ...issue, ...changes }, policy, now), reminders: 0 }
  return { allowed: true, as: found.as, to, changes: { ...changes, ...clock } }
}

/** The slices of facts that must be at hand to decide on `action`. */
export const slicesFor = (action: Action): ReadonlySet<FactSlice> => {
  const row = ACTIONS[action]
  const codes: readonly GuardCode[] = [...row.guards, ...row.by.flatMap((doer: Doer) => doer.when ?? [])]
  return new Set(codes.flatMap((code) => guard(code).needs ?? []))
}

export interface Offer {
  action: Action
  as: Capacity
}

/** The actions this person may take now, in the table's order. A guard of the payload speaks when there is one. */
export const allowedActions = (issue: Issue, actor: Actor, facts: Facts, policy: Policy, now: Date): Offer[] => {
  const context = { issue, actor, payload: {}, facts, policy, now }
  const offers: Offer[] = []
  for (const action of CANDIDATES[issue.state]) {
    const found = check(action, context, true)
    if (!('allowed' in found)) offers.push({ action, as: found.as })
  }
  return offers
}

const CANDIDATES = Object.fromEntries(
  STATE_CODES.map((state) => [state, ROUTED_ACTIONS.filter((action) => statesFor(action).includes(state))]),
) as Record<State, Action[]>

/** What raising sets: the first event's changes. */
export const raised = (urgency: Issue['urgency'], kind: Issue['kind'], policy: Policy, now: Date): Changes => ({
  ...clockIn(
    'raised',
    { urgency, kind, route: null, acceptedAt: null, raisedAt: now, handleDueAt: null, firstDispatchedAt: null },
    policy,
    now,
  ),
  reminders: 0,
  contactDueAt: contactDue(urgency, now),
  raiserCount: 1,
})

/** The date promised to the raiser once accepted, before a dispatch has fixed it. */
export const promisedAt = (issue: Issue, policy: Policy): Date | null =>
  issue.handleDueAt ??
  (issue.acceptedAt === null || issue.route === 'council'
    ? null
    : addSpan(
        issue.acceptedAt,
        { workingDays: policy.dispatch_working_days + policy.handle_ordinary_working_days },
        policy.calendar,
      ))
