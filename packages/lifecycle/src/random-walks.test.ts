import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { apply, splitChanges } from './apply.ts'
import { allowedActions, type Decision, decide } from './decide.ts'
import { FIELDS, type FieldName, fits } from './fields.ts'
import { edges, graphFaults } from './graph.ts'
import type { Actor, Facts, Issue } from './issue.ts'
import { DEFAULT_POLICY } from './policy.ts'
import { dueOf, nextWake, stepReached } from './run-clocks.ts'
import {
  actorAs,
  CAPACITY_CODES,
  daysFrom,
  fairFacts,
  issueIn,
  NOW,
  nobody,
  occasionFor,
  payloadsFor,
  privateOverrides,
  requiredFields,
} from './situations.ts'
import { STATE_CODES, type State } from './states.ts'
import { ACTION_CODES, ACTIONS, type Action, isMove, statesFor } from './table.ts'

const action = fc.constantFrom(...ACTION_CODES)
const capacity = fc.constantFrom(...CAPACITY_CODES)
const flag = fc.boolean()
const MOVE_CODES = ACTION_CODES.filter(isMove)

/** Somebody who may stand to the issue in several ways at once. */
const actor: fc.Arbitrary<Actor> = fc.uniqueArray(capacity, { minLength: 1, maxLength: 3 }).map((capacities) => {
  const ways = capacities.map(actorAs)
  const system = ways.find((way) => way.system)?.system
  return {
    personId: ways.find((way) => way.personId)?.personId ?? null,
    roles: ways.flatMap((way) => way.roles),
    unitIds: ways.flatMap((way) => way.unitIds),
    identified: ways.some((way) => way.identified),
    raiser: ways.some((way) => way.raiser),
    presider: ways.some((way) => way.presider),
    streetHandler: ways.some((way) => way.streetHandler),
    ...(system ? { system } : {}),
  }
})

/** Facts as any course of events may have left them; a slice may be missing too. */
const facts: fc.Arbitrary<Facts> = fc.record(
  {
    council: fc.record({
      inSession: flag,
      quorum: flag,
      openBallot: flag,
      motion: fc.constantFrom('passed', 'failed', 'consensus_not_to_act', null),
    }),
    target: fc.record({
      exists: flag,
      state: fc.constantFrom(...STATE_CODES),
      sameIssue: flag,
      visibility: fc.constantFrom('public', 'private'),
      complainedUnitId: fc.constantFrom(null, 'unit-co'),
    }),
    own: fc.record({ endorsed: flag, hadPart: flag, mergedAt: fc.constantFrom(null, NOW, daysFrom(-100)) }),
    judged: fc.record({ objected: flag, rated: flag }),
    household: fc.record({ mine: flag, counted: flag }),
    erasure: fc.record({ known: flag, lastRaiser: flag }),
    // A unit has one open part of a matter.
    parts: fc.uniqueArray(
      fc.record({
        unitId: fc.constantFrom('unit-co', 'another'),
        mine: flag,
        hasAccounts: flag,
        signed: flag,
        designated: flag,
        madeAt: fc.constantFrom(NOW, daysFrom(-30)),
        dueAt: fc.constantFrom(daysFrom(-1), daysFrom(5)),
        extensionAskedFor: fc.constantFrom(null, daysFrom(-1), daysFrom(6)),
        extensionBy: fc.constantFrom(null, 'a-person', 'another'),
      }),
      { maxLength: 2, selector: ({ unitId }) => unitId },
    ),
    returns: fc.record({ ofLead: fc.nat(3), unitIds: fc.subarray(['unit-lead', 'unit-co']) }),
    added: fc.record({ fit: flag, atWork: flag }),
    handOver: fc.record({ open: flag, mine: flag, fit: flag, inCharge: flag }),
    objection: fc.record({
      open: flag,
      review: flag,
      mine: flag,
      reviewed: flag,
      ofSecretary: flag,
      firstAnsweredBy: fc.constantFrom(null, 'a-person', 'another'),
      at: fc.constantFrom(null, NOW),
    }),
    rating: fc.record({
      bad: flag,
      open: flag,
      contested: flag,
      openContest: flag,
      ratedBy: fc.constantFrom(null, 'a-person', 'another'),
      helpedBy: fc.constantFrom(null, 'a-person', 'another'),
      contestedBy: fc.constantFrom(null, 'a-person', 'another'),
      sampled: flag,
      followUp: flag,
      concludes: flag,
      at: fc.constantFrom(null, NOW),
    }),
    calls: fc.record({ open: fc.nat(2), followUps: fc.nat(2) }),
    complained: fc.record({ exists: flag, atWork: flag }),
    unit: fc.record({ exists: flag, hasAccounts: flag, ofStreet: flag, streetHasUnits: flag }),
    leadUnit: fc.record({ hasAccounts: flag }),
  },
  { requiredKeys: [] },
)

/** How a step is taken: mostly in a way in which nothing stands against it, so that walks get somewhere. */
const step = fc.record({
  any: action,
  pick: fc.nat(1_000),
  actor,
  facts,
  fair: fc.integer({ min: 0, max: 5 }),
  council: flag,
  hours: fc.oneof(fc.nat(3), fc.nat(24 * 20)),
})
/** They lead so many walks to an early end that few would see the later states. */
const EARLY_ENDS: ReadonlySet<Action> = new Set<Action>(['withdraw', 'answer', 'decline', 'refer', 'merge'])
/** Mostly one of the moves that can be taken from the state at all. */
const choose = (state: State, { any, pick, fair }: { any: Action; pick: number; fair: number }): Action => {
  const here = MOVE_CODES.filter((name) => ACTIONS[name].door === undefined && statesFor(name).includes(state))
  const onwards = here.filter((name) => !EARLY_ENDS.has(name))
  const among = pick < 900 && onwards.length > 0 ? onwards : here
  return fair > 2 ? (among[pick % among.length] ?? any) : any
}

/** Where each move may lead from each state, and what facts never do: another state. */
const WAYS = new Set(edges().map((edge) => `${edge.action}: ${edge.from} → ${edge.to}`))
const mayLead = (taken: Action, from: State, to: State) =>
  isMove(taken) ? WAYS.has(`${taken}: ${from} → ${to}`) : from === to

const isRefusal = (decision: Decision) =>
  decision.allowed === false && [400, 403, 404, 409].includes(decision.status) && decision.reason.length > 0

const after = (issue: Issue, taken: Action, decision: Decision & { allowed: true }, now: Date): Issue => {
  const { record, personal } = splitChanges(decision.changes)
  // As the database hands it back: through JSON.
  const stored = JSON.parse(JSON.stringify({ record, personal }))
  return apply(issue, {
    action: taken,
    to: decision.to,
    move: isMove(taken),
    occurredAt: now,
    record: { changes: stored.record },
    personal: stored.personal && { changes: stored.personal },
  })
}

/** Everything that is to be told by now is told, one step after another, and each once. */
const remindOf = (issue: Issue, now: Date): Issue => {
  let told = issue
  for (let step = stepReached(told, now); step; step = stepReached(told, now)) {
    const { clock, level } = step
    const payload = { clock: clock.clock, about: clock.about, level }
    const decision = decide(told, 'remind', { ...nobody, system: 'system' }, payload, {}, DEFAULT_POLICY, now)
    if (!decision.allowed) throw new Error('nobody is told')
    told = after(told, 'remind', decision, now)
  }
  return told
}

const expectSoundClocks = (issue: Issue, before: Issue, taken: Action): void => {
  const names = issue.clocks.map(({ clock, about }) => `${clock} ${about}`)
  expect(new Set(names).size, `${taken}: two clocks of one kind`).toBe(names.length)
  expect(issue.clocks.filter(({ clock }) => clock === 'objection')).toHaveLength(issue.openObjections)
  expect(issue.clocks.filter(({ clock }) => clock === 'call_back')).toHaveLength(issue.openBadRatings)
  const [first] = issue.clocks.filter(({ heldSince }) => heldSince === null).toSorted((a, b) => +dueOf(a) - +dueOf(b))
  expect(issue.dueAt).toEqual(first ? dueOf(first) : null)
  const handle = issue.clocks.find(({ clock }) => clock === 'handle')
  if (handle) expect(issue.handleDueAt).toEqual(dueOf(handle))
  const was = before.clocks.find(({ clock }) => clock === 'handle')
  // The promise is put off by an extension alone, and by as long as the matter stood still.
  if (handle && was && !PUTS_OFF.has(taken)) expect(dueOf(handle) <= dueOf(was), taken).toBe(true)
}
const PUTS_OFF: ReadonlySet<Action> = new Set<Action>(['decide_extension', 'resume', 'reassign', 'rectify'])

const COUNTS = [
  'raiserCount',
  'contentRaisers',
  'endorsingHouseholds',
  'ratingCount',
  'openBadRatings',
  'openObjections',
  'openContests',
  'openParts',
  'suspensions',
  'reopenings',
] as const satisfies (keyof Issue)[]

describe('random walks through the tables', () => {
  test('never throw, go only where the tables lead, and count each move once', () => {
    const reached = new Set<State>()
    const took = new Set<Action>()
    fc.assert(
      fc.property(flag, fc.array(step, { minLength: 30, maxLength: 80 }), (isPrivate, steps) => {
        let issue = issueIn('raised', isPrivate ? privateOverrides() : {})
        let now = NOW
        for (const chance of steps) {
          const { actor: who, facts: found, fair, hours } = chance
          const name = choose(issue.state, chance)
          now = new Date(now.getTime() + hours * 3_600_000)
          const [filled] = payloadsFor(name, requiredFields(ACTIONS[name].fields), now)
          const payload = { ...filled, ...(chance.council && name === 'accept' ? { route: 'council' } : {}) }
          const before = { ...issue }
          const asked = fair > 0 ? fairFacts(name) : found
          const doer = fair > 1 ? actorAs(ACTIONS[name].by[0]?.as ?? 'anyone') : who
          const decision = decide(issue, name, doer, payload, asked, DEFAULT_POLICY, now)
          expect(issue).toEqual(before)
          if (!decision.allowed) {
            expect(isRefusal(decision)).toBe(true)
            continue
          }
          if (name === 'import') continue
          const next = after(issue, name, decision, now)
          expect(mayLead(name, issue.state, next.state), `${name}: ${issue.state} → ${next.state}`).toBe(true)
          expect(next.version - issue.version).toBe(isMove(name) ? 1 : 0)
          expect(next.round - issue.round).toBeGreaterThanOrEqual(0)
          for (const count of COUNTS) expect(next[count], `${name}: ${count}`).toBeGreaterThanOrEqual(0)
          expect(next.dueClock === null, `${name}: a clock without its end`).toBe(next.dueAt === null)
          if (next.dueAt) expect(statesFor('remind'), 'a clock nobody is told of').toContain(next.state)
          expectSoundClocks(next, issue, name)
          issue = remindOf(next, now)
          expect(nextWake(issue, now)?.getTime() ?? Infinity).toBeGreaterThan(
            issue.state === 'suspended' ? 0 : now.getTime(),
          )
          took.add(name)
          reached.add(next.state)
        }
      }),
      { numRuns: 800, seed: 20_260_304 },
    )
    expect(STATE_CODES.filter((state) => !reached.has(state))).toEqual([])
    expect(took.size).toBeGreaterThan(40)
    // Seven seconds of a core, which others may be using too.
  }, 120_000)

  test('what is offered is decided alike, and only that', () => {
    fc.assert(
      fc.property(fc.constantFrom(...STATE_CODES), actor, facts, action, (state, who, found, name) => {
        const issue = occasionFor(name, state)
        const offered = allowedActions(issue, who, found, DEFAULT_POLICY, NOW).map((offer) => offer.action)
        expect(new Set(offered).size).toBe(offered.length)
        const [payload = {}] = payloadsFor(name, requiredFields(ACTIONS[name].fields))
        const decision = decide(issue, name, who, payload, found, DEFAULT_POLICY, NOW)
        if (decision.allowed && ACTIONS[name].door === undefined) expect(offered).toContain(name)
        if (!offered.includes(name) && !decision.allowed)
          expect(['field_missing', 'field_invalid']).not.toContain(decision.reason)
      }),
      { numRuns: 5_000 },
    )
  })

  test('torn payloads, actors and names are refused with a reason, never thrown at', () => {
    const junk = fc.anything({ maxDepth: 2, withDate: true, withBigInt: true, withNullPrototype: true })
    const names = fc.oneof(action as fc.Arbitrary<string>, fc.string(), fc.constantFrom('__proto__', 'toString'))
    const fields = fc.dictionary(fc.constantFrom(...(Object.keys(FIELDS) as FieldName[])), junk)
    fc.assert(
      fc.property(
        fc.constantFrom(...STATE_CODES),
        names,
        fc.oneof(actor as fc.Arbitrary<unknown>, junk),
        fc.oneof(junk, fields),
        fc.oneof(facts as fc.Arbitrary<unknown>, fc.constant(undefined)),
        (state, name, who, payload, found) => {
          const decision = decide(
            issueIn(state),
            name,
            who as Actor,
            payload as never,
            found as Facts,
            DEFAULT_POLICY,
            NOW,
          )
          expect(decision.allowed || isRefusal(decision)).toBe(true)
        },
      ),
      { numRuns: 5_000 },
    )
  })

  test('a field takes what fits it or says no', () => {
    fc.assert(
      fc.property(fc.constantFrom(...(Object.keys(FIELDS) as FieldName[])), fc.anything(), (name, value) => {
        expect(typeof fits(name, value)).toBe('boolean')
      }),
      { numRuns: 5_000 },
    )
  })
})

describe('the tables as a whole', () => {
  test('hold nothing unreachable, nothing without a way out, no guard that waits in vain', () => {
    expect(graphFaults()).toEqual([])
  })

  test('somebody without any capacity takes nothing but what anyone may', () => {
    for (const state of STATE_CODES)
      for (const offer of allowedActions(issueIn(state), nobody, fairFacts(''), DEFAULT_POLICY, NOW))
        expect(offer.as).toBe('anyone')
  })
})
