import { BLANK } from './apply.ts'
import { type Changes, EFFECTS } from './effects.ts'
import { type FieldName, fits } from './fields.ts'
import { GUARDS, type Guard, type GuardCode } from './guards.ts'
import type { Actor, Context, FactSlice, Facts, Issue, Payload } from './issue.ts'
import { handleTerm, type Policy } from './policy.ts'
import type { Capacity } from './roles.ts'
import { type ClockChanges, runClocks } from './run-clocks.ts'
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
import { addSpan } from './work-time.ts'

export type Reason = 'unknown_action' | 'not_permitted' | 'wrong_state' | 'field_missing' | 'field_invalid' | GuardCode

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
  /** The field that is missing or does not fit. */
  field?: FieldName
}
export type Decision = Allowed | Refused

const refuse = (reason: Reason, status: Refused['status'], field?: FieldName): Refused => ({
  allowed: false,
  reason,
  status,
  ...(field ? { field } : {}),
})

export const has = (actor: Actor, as: Capacity, issue: Issue): boolean => {
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
    // Raises as anybody may, and takes no action by itself.
    case 'api_client':
      return false
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
  nobody_else_before_dispatch: (issue) => issue.suspendedFrom === 'adopted' && CONDITIONS.nobody_else(issue),
  somebody_else_or_dispatched: (issue) => !CONDITIONS.nobody_else_before_dispatch(issue),
}

const target = (row: MoveRow, issue: Issue): State =>
  row.ways.find((way) => way.from.includes(issue.state) && (!way.when || CONDITIONS[way.when](issue)))?.to ??
  issue.state

type Standing = { as: Capacity; context: Context } | Refused

/**
 * In which capacity this actor may take the action on this issue: the first, in the row's order, in which nothing stands against it.
 * Somebody with two capacities is not held to the narrower one.
 */
const check = (action: Action, context: Omit<Context, 'as'>, offer: boolean): Standing => {
  const row = ACTIONS[action]
  const capacities = row.by.filter((doer: Doer) => has(context.actor, doer.as, context.issue))
  if (capacities.length === 0) return refuse('not_permitted', 403)
  if (!statesFor(action).includes(context.issue.state)) return refuse('wrong_state', 409)
  let why: GuardCode | null = null
  for (const doer of capacities) {
    const c = { ...context, as: doer.as }
    const broken = firstBroken([...(doer.when ?? []), ...row.guards], c, offer)
    if (broken === null) return { as: doer.as, context: c }
    why ??= broken
  }
  return why === null ? refuse('not_permitted', 403) : refuse(why, guard(why).status)
}

/** What the payload lacks or gives wrongly, by the row's fields. The product's own actions fill in no form. */
const wrongField = (action: Action, payload: Payload): Refused | null => {
  for (const [name, need] of Object.entries(ACTIONS[action].fields) as [FieldName, 'required' | 'optional'][]) {
    const value = payload[name]
    if (value === undefined) {
      if (need === 'required') return refuse('field_missing', 400, name)
    } else if (!fits(name, value)) return refuse('field_invalid', 400, name)
  }
  return null
}

/** What was given, null counting as not given; an empty payload for whatever is none. */
const soundPayload = (payload: unknown): Payload =>
  typeof payload === 'object' && payload !== null && !Array.isArray(payload)
    ? Object.fromEntries(
        Object.entries(payload).filter(([, value]) => value !== null && value !== undefined && value !== ''),
      )
    : {}

const soundActor = (actor: Actor | null | undefined): Actor => ({
  personId: typeof actor?.personId === 'string' ? actor.personId : null,
  roles: Array.isArray(actor?.roles) ? actor.roles : [],
  identified: actor?.identified === true,
  raiser: actor?.raiser === true,
  presider: actor?.presider === true,
  unitIds: Array.isArray(actor?.unitIds) ? actor.unitIds : [],
  streetHandler: actor?.streetHandler === true,
  ...(actor?.system === undefined ? {} : { system: actor.system }),
})

/**
 * Whether `action` may be taken, and what becomes of the issue if so. Pure: touches no clock and no database, never throws.
 * The caller has loaded the slices of `facts` that `slicesFor(action)` names. Asked in this order: who and where (403, 409), the
 * payload's fields (400), what the guards say of its values.
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
  const context = { issue, actor: soundActor(actor), payload: soundPayload(payload), facts: facts ?? {}, policy, now }
  const admitted = check(action, context, true)
  if ('allowed' in admitted) return admitted
  const wrong = context.actor.system === undefined ? wrongField(action, context.payload) : null
  if (wrong) return wrong
  const found = check(action, context, false)
  if ('allowed' in found) return found
  const c = found.context
  const to = isMove(action) ? target(ACTIONS[action] as MoveRow, issue) : issue.state
  const changes = EFFECTS[action]?.(c, to) ?? {}
  const after = { ...issue, ...changes, state: to }
  return { allowed: true, as: found.as, to, changes: { ...changes, ...moved(after, runClocks(c, action, after)) } }
}

/** Those that are not what they were: the event says nothing of the rest. */
const moved = (before: Issue, clocks: ClockChanges): Partial<ClockChanges> =>
  Object.fromEntries(
    Object.entries(clocks).filter(
      ([field, value]) => JSON.stringify(value) !== JSON.stringify(before[field as keyof ClockChanges]),
    ),
  )

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

/**
 * Whether the action is offered, and in a capacity whose own condition is known to hold: what only the payload or facts not at hand
 * could tell counts against it.
 */
export const isSurelyOffered = (
  issue: Issue,
  action: Action,
  actor: Actor,
  facts: Facts,
  policy: Policy,
  now: Date,
): boolean => {
  const row = ACTIONS[action]
  if (!statesFor(action).includes(issue.state)) return false
  return row.by.some((doer: Doer) => {
    if (!has(actor, doer.as, issue)) return false
    const context = { issue, actor, as: doer.as, payload: {}, facts, policy, now }
    const known = (doer.when ?? []).every((code) => !guard(code).ofPayload && !unread(guard(code), facts))
    return known && firstBroken([...(doer.when ?? []), ...row.guards], context, true) === null
  })
}

/** The slices of facts on which it hangs what this actor is offered here; what others may do needs no looking up. */
export const slicesToOffer = (issue: Issue, actor: Actor): ReadonlySet<FactSlice> => {
  const theirs = CANDIDATES[issue.state].filter((action) =>
    ACTIONS[action].by.some((doer: Doer) => has(actor, doer.as, issue)),
  )
  return new Set(theirs.flatMap((action) => [...slicesFor(action)]))
}

const CANDIDATES = Object.fromEntries(
  STATE_CODES.map((state) => [state, ROUTED_ACTIONS.filter((action) => statesFor(action).includes(state))]),
) as Record<State, Action[]>

/** What raising sets: the first event's changes. */
export const raised = (urgency: Issue['urgency'], kind: Issue['kind'], policy: Policy, now: Date): Changes => {
  const issue: Issue = { ...BLANK, urgency, kind, raiserCount: 1, raisedAt: now, stateSince: now }
  const c: Context = { issue, actor: soundActor(null), as: 'anyone', payload: {}, facts: {}, policy, now }
  return { raiserCount: 1, ...moved(BLANK, runClocks(c, 'raise', issue)) }
}

/** The date promised to the raiser once accepted, before a dispatch has fixed it. */
export const promisedAt = (issue: Issue, policy: Policy): Date | null => {
  if (issue.handleDueAt !== null) return issue.handleDueAt
  const { span } = handleTerm(issue, policy)
  if (issue.acceptedAt === null || issue.route === 'council' || span === null) return null
  const dispatch = { workingDays: policy.dispatch_working_days }
  const from = issue.urgency === 'emergency' ? issue.acceptedAt : addSpan(issue.acceptedAt, dispatch, policy.calendar)
  return addSpan(from, span, policy.calendar)
}
