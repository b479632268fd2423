import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { decide } from './decide.ts'
import type { Actor, Issue, Payload } from './issue.ts'
import { DEFAULT_POLICY, type Policy } from './policy.ts'
import { type Clock, dueOf, nextWake, stepReached, wouldRecompute } from './run-clocks.ts'
import { inServiceHours, type ServiceHours } from './service-hours.ts'
import {
  actorAs,
  CAPACITY_CODES,
  fairFacts,
  issueIn,
  NOW,
  nobody,
  partOf,
  payloadsFor,
  requiredFields,
} from './situations.ts'
import { ACTIONS, type Action } from './table.ts'
import { addSpan, addWork, plainCalendar, type Shift, type Span, type WorkCalendar, workBetween } from './work-time.ts'

const HOUR = 3_600_000
const instant = fc.date({ min: new Date('2026-01-01'), max: new Date('2027-01-01'), noInvalidDate: true })
const amount = fc.integer({ min: 1, max: 60 })
const span: fc.Arbitrary<Span> = fc.oneof(
  amount.map((calendarMinutes) => ({ calendarMinutes })),
  amount.map((calendarHours) => ({ calendarHours })),
  amount.map((calendarDays) => ({ calendarDays })),
  amount.map((workingHours) => ({ workingHours })),
  amount.map((workingDays) => ({ workingDays })),
)
/** A day's hours, one shift or two; and weeks of them. */
const shifts: fc.Arbitrary<Shift[]> = fc
  .uniqueArray(fc.integer({ min: 0, max: 48 }), { minLength: 2, maxLength: 4 })
  .map((halves) => halves.toSorted((a, b) => a - b).map((half) => (half * HOUR) / 2))
  .map(([a = 0, b = 0, c, d]) =>
    c === undefined || d === undefined
      ? [[a, b]]
      : [
          [a, b],
          [c, d],
        ],
  )
const serviceHours: fc.Arbitrary<ServiceHours> = fc.record({
  week: fc.tuple(...Array.from({ length: 7 }, () => fc.oneof(fc.constant([]), shifts))),
  onHolidays: fc.boolean(),
})
const calendars: fc.Arbitrary<WorkCalendar> = fc.oneof(
  fc.constantFrom(plainCalendar, { isWorkday: () => true }, { isWorkday: () => false }),
  serviceHours.map((hours) => inServiceHours(plainCalendar, hours)),
)

describe('time', () => {
  test('ends after it began, later when begun later, whatever days are worked', () => {
    fc.assert(
      fc.property(instant, fc.nat(20_000), span, calendars, (from, minutes, length, calendar) => {
        const end = addSpan(from, length, calendar)
        expect(end.getTime()).toBeGreaterThan(from.getTime())
        const later = addSpan(new Date(from.getTime() + minutes * 60_000), length, calendar)
        expect(later.getTime()).toBeGreaterThanOrEqual(end.getTime())
      }),
    )
  })

  test('of work adds up: what was added lies between, and two lengths one after the other are their sum', () => {
    const ms = fc.integer({ min: 1, max: 200 * HOUR })
    fc.assert(
      fc.property(
        instant,
        ms,
        ms,
        fc.oneof(
          fc.constantFrom(plainCalendar, { isWorkday: () => true }),
          serviceHours
            .filter(({ week }) => week.some((day) => day.length > 0))
            .map((hours) => inServiceHours({ isWorkday: () => true }, hours)),
        ),
        (from, a, b, calendar) => {
          const end = addWork(from, a, calendar)
          expect(workBetween(from, end, calendar)).toBe(a)
          expect(addWork(end, b, calendar)).toEqual(addWork(from, a + b, calendar))
        },
      ),
    )
  })
})

const PEOPLE = CAPACITY_CODES.map(actorAs).filter(({ system }) => system === undefined)
/** Somebody who may do whatever people may. */
const EVERYBODY: Actor = {
  ...nobody,
  roles: PEOPLE.flatMap(({ roles }) => roles),
  unitIds: PEOPLE.flatMap(({ unitIds }) => unitIds),
  raiser: true,
  identified: true,
  presider: true,
}

const take = (
  issue: Issue,
  action: Action,
  now: Date,
  payload: Payload = {},
  policy: Policy = DEFAULT_POLICY,
  facts = fairFacts(action),
): Issue => {
  const actor =
    ACTIONS[action].by.some(({ as }) => as === 'system') && payload.by === 'system' ? actorAs('system') : EVERYBODY
  const decision = decide(issue, action, actor, payload, facts, policy, now)
  if (!decision.allowed) throw new Error(`${action} was refused: ${decision.reason}`)
  return { ...issue, ...decision.changes, state: decision.to, stateSince: now }
}
const filled = (action: Action): Payload => payloadsFor(action, requiredFields(ACTIONS[action].fields))[0] ?? {}
const clockOf = (issue: Issue, code: Clock['clock']): Clock => {
  const found = issue.clocks.find(({ clock }) => clock === code)
  if (!found) throw new Error(`no clock ${code} among ${issue.clocks.map(({ clock }) => clock)}`)
  return found
}
const at = (text: string) => new Date(`${text}+08:00`)

const DISPATCH = { leadUnitId: 'unit-lead' }
const dispatchedAt = (now: Date, more: Payload = {}, policy?: Policy): Issue =>
  take(issueIn('accepted', { route: 'direct', clocks: [] }), 'dispatch', now, { ...DISPATCH, ...more }, policy)

describe('service hours', () => {
  const nine: Shift[] = [[9 * HOUR, 17 * HOUR]]
  const week = (saturday: Shift[], monday = nine) => [[], monday, nine, nine, nine, nine, saturday]
  /** 28 September to 11 October 2026: 1 to 7 October off, Saturday 10 worked instead. */
  const holidays: WorkCalendar = {
    isWorkday: (day) =>
      day === '2026-10-10' || (plainCalendar.isWorkday(day) && !(day >= '2026-10-01' && day <= '2026-10-07')),
    isHoliday: (day) => day >= '2026-10-01' && day <= '2026-10-07',
  }
  const open = (hours: ServiceHours, ...days: string[]) => {
    const calendar = inServiceHours(holidays, hours)
    return days.map((day) => (calendar.shifts?.(day) ?? []).length > 0)
  }

  test('keep the days of the region, weekends of their own, and holidays only where they say so', () => {
    const days = ['2026-09-26', '2026-09-28', '2026-10-01', '2026-10-03', '2026-10-10']
    expect(open({ week: week([]), onHolidays: false }, ...days)).toEqual([false, true, false, false, true])
    expect(open({ week: week(nine), onHolidays: false }, ...days)).toEqual([true, true, false, false, true])
    expect(open({ week: week(nine), onHolidays: true }, ...days)).toEqual([true, true, true, true, true])
    // A Saturday worked instead is worked as a Monday.
    const short = inServiceHours(holidays, { week: week([], [[10 * HOUR, 11 * HOUR]]), onHolidays: false })
    expect(addWork(at('2026-10-09T17:00'), HOUR / 2, short)).toEqual(at('2026-10-10T10:30'))
  })

  test('are those in which the lead unit signs, as they were when the order was given', () => {
    const weekends: ServiceHours = { week: week([[9 * HOUR, 12 * HOUR]]), onHolidays: false }
    const policy: Policy = {
      ...DEFAULT_POLICY,
      serviceHours: (unitId, when) => (unitId === 'unit-lead' && when >= at('2026-03-06T12:00') ? weekends : null),
    }
    const friday = at('2026-03-06T16:00')
    const given = dispatchedAt(friday, {}, policy)
    // An hour on Friday, three on Saturday; the handling goes by the region's days.
    expect(dueOf(clockOf(given, 'sign'))).toEqual(at('2026-03-07T12:00'))
    expect(dueOf(clockOf(given, 'handle'))).toEqual(dueOf(clockOf(dispatchedAt(friday), 'handle')))
    const before = dispatchedAt(at('2026-03-06T10:00'), {}, policy)
    expect(dueOf(clockOf(before, 'sign'))).toEqual(at('2026-03-06T16:30'))
    const another = take(before, 'reassign', friday, { leadUnitId: 'unit-other', reason: '改派' }, policy)
    expect(dueOf(clockOf(another, 'sign'))).toEqual(at('2026-03-09T10:30'))
    expect(wouldRecompute(given, policy, friday, [])).toBe(false)
  })
})

describe('the handling clock', () => {
  test('runs from the first dispatch, whatever happens in between, and waits while the result is checked', () => {
    const given = dispatchedAt(at('2026-03-04T10:00'))
    expect(dueOf(clockOf(given, 'handle'))).toEqual(at('2026-03-18T18:00'))
    expect(given.dueClock).toBe('sign')
    const back = take(given, 'return', at('2026-03-04T11:00'), { reason: '不属本单位' })
    expect(clockOf(back, 'handle')).toEqual(clockOf(given, 'handle'))
    const again = take(back, 'dispatch', at('2026-03-06T10:00'), DISPATCH)
    const signed = take(again, 'sign', at('2026-03-06T11:00'))
    expect(signed).toMatchObject({ dueClock: 'handle', dueAt: at('2026-03-18T18:00') })
    const handedIn = take(signed, 'submit', at('2026-03-10T11:00'), { result: '已修好' })
    expect(handedIn).toMatchObject({ dueClock: 'verify', handleDueAt: at('2026-03-18T18:00') })
    const rejected = take({ ...handedIn, submittedBy: 'a-handler' }, 'reject', at('2026-03-20T11:00'), {
      reason: '没有修好',
    })
    // The time of the check is not taken off, nor given on top.
    expect(rejected).toMatchObject({ dueClock: 'handle', dueAt: at('2026-03-18T18:00') })
  })

  test('a pause moves its end by the pause’s working length, and a wall clock set back takes nothing away', () => {
    const hours = fc.integer({ min: 0, max: 24 * 80 })
    fc.assert(
      fc.property(hours, hours, fc.integer({ min: -3, max: 24 * 60 }), (begin, wait, pause) => {
        const start = new Date(at('2026-01-05T09:00').getTime() + begin * HOUR)
        const signed = take(dispatchedAt(start), 'sign', start)
        const due = dueOf(clockOf(signed, 'handle'))
        const from = new Date(start.getTime() + wait * HOUR)
        const reviewAt = new Date(from.getTime() + 80 * 24 * HOUR).toISOString()
        const resting = take(signed, 'suspend', from, { reason: '等待审批', reviewAt })
        expect(resting.dueClock).toBe(null)
        expect(nextWake(resting, from)).toEqual(new Date(reviewAt))
        const until = new Date(from.getTime() + pause * HOUR)
        const resumed = take(resting, 'resume', until)
        const stood = workBetween(from, until, plainCalendar)
        expect(dueOf(clockOf(resumed, 'handle'))).toEqual(stood > 0 ? addWork(due, stood, plainCalendar) : due)
      }),
    )
  })

  test('an extension sets its end, never into the past; a late step that comes round again is told again', () => {
    const signed = take(dispatchedAt(at('2026-03-04T10:00')), 'sign', at('2026-03-04T10:00'))
    const late = { ...signed, clocks: signed.clocks.map((clock) => ({ ...clock, fired: 2 })) }
    const now = at('2026-03-24T10:00')
    const asked = (requestedDueAt: string) =>
      decide(
        late,
        'request_extension',
        actorAs('lead_handler'),
        { requestedDueAt, reason: '等配件' },
        fairFacts(''),
        DEFAULT_POLICY,
        now,
      )
    // Later than the date that has gone by, but gone by as well.
    expect(asked('2026-03-20T10:00:00.000+08:00')).toMatchObject({ allowed: false, reason: 'later_than_due' })
    const requested = take(late, 'request_extension', now, {
      requestedDueAt: '2026-03-30T18:00:00.000+08:00',
      reason: '等配件',
    })
    expect(dueOf(clockOf(requested, 'extension'))).toEqual(at('2026-03-25T18:00'))
    const decideIt = (when: Date) =>
      decide(
        { ...requested, extensionBy: 'somebody-else' },
        'decide_extension',
        { ...nobody, roles: ['officer'] },
        { approved: true, reason: '同意' },
        fairFacts(''),
        DEFAULT_POLICY,
        when,
      )
    expect(decideIt(at('2026-03-31T10:00'))).toMatchObject({ allowed: false, reason: 'later_than_due' })
    const granted = decideIt(at('2026-03-25T10:00'))
    if (!granted.allowed) throw new Error('refused')
    const after = { ...requested, ...granted.changes }
    expect(after).toMatchObject({ dueClock: 'handle', handleDueAt: at('2026-03-30T18:00') })
    expect(clockOf(after, 'handle')).toMatchObject({ rule: 'given', fired: 0 })
    expect(after.clocks.map(({ clock }) => clock)).toEqual(['handle'])
  })

  test('is the category’s own where it has one, in place of the ordinary', () => {
    const policy: Policy = { ...DEFAULT_POLICY, categoryLimit: () => ({ workingDays: 2 }) }
    const given = dispatchedAt(at('2026-03-04T10:00'), {}, policy)
    expect(clockOf(given, 'handle')).toMatchObject({ rule: 'category:209001', span: { workingDays: 2 } })
    expect(given.handleDueAt).toEqual(at('2026-03-06T18:00'))
  })

  test('keeps a date that was set, and the rule it began with, when only words are mended', () => {
    const set = dispatchedAt(at('2026-03-04T10:00'), { dueAt: '2026-03-30T18:00:00.000+08:00' })
    const mended = (issue: Issue, changes: Payload, policy?: Policy) =>
      take(issue, 'reclassify', at('2026-03-05T10:00'), { reason: '改错字', ...changes }, policy).handleDueAt
    expect(mended(set, { publicTitle: '楼前路灯不亮' })).toEqual(at('2026-03-30T18:00'))
    expect(mended(set, { urgency: 'hard' })).toEqual(at('2026-03-30T18:00'))
    expect(mended(set, { urgency: 'urgent' })).toEqual(at('2026-03-05T10:00'))
    const shorter = { ...DEFAULT_POLICY, handle_ordinary_working_days: 3 }
    const ordinary = dispatchedAt(at('2026-03-04T10:00'))
    expect(mended(ordinary, { publicTitle: '楼前路灯不亮' }, shorter)).toEqual(at('2026-03-18T18:00'))
  })

  test('returned and taken to the council, stands still until that has decided', () => {
    const back = take(dispatchedAt(at('2026-03-04T10:00')), 'return', at('2026-03-04T11:00'), { reason: '不属本单位' })
    const council = take(back, 'reclassify', at('2026-03-05T10:00'), { route: 'council', reason: '须议事' })
    expect(clockOf(council, 'handle').heldSince).toBe('2026-03-05T02:00:00.000Z')
    const adopted = { ...council, state: 'deliberating' as const }
    const resolved = take(adopted, 'adopt', at('2026-03-12T10:00'), filled('adopt'))
    // Five working days later.
    expect(dueOf(clockOf(resolved, 'handle'))).toEqual(at('2026-03-25T18:00'))
  })

  test('comes forward with a more urgent class, and is not put off by a milder one', () => {
    const given = dispatchedAt(at('2026-03-04T10:00'))
    const urgent = take(given, 'reclassify', at('2026-03-04T12:00'), { urgency: 'urgent', reason: '有危险' })
    expect(urgent.handleDueAt).toEqual(at('2026-03-05T10:00'))
    const milder = take(urgent, 'reclassify', at('2026-03-04T13:00'), { urgency: 'hard', reason: '复杂' })
    expect(milder.handleDueAt).toEqual(at('2026-03-05T10:00'))
  })
})

test('a dismissal under appeal is the council’s to decide anew, on a clock of its own, also off the agenda', () => {
  const dismissed = issueIn('dismissed', { acceptedAt: at('2026-01-05T10:00') })
  const again = take(dismissed, 'appeal', at('2026-03-04T10:00'), filled('appeal'))
  expect(again).toMatchObject({ state: 'scheduled', dueClock: 'decide', dueAt: at('2026-05-05T10:00') })
  const off = take(again, 'unschedule', at('2026-03-05T10:00'), { reason: '材料不全' })
  expect(off.clocks.map(({ clock }) => clock)).toEqual(['schedule', 'decide'])
  const on = take(off, 'schedule', at('2026-03-06T10:00'))
  expect(on).toMatchObject({ dueClock: 'decide', dueAt: at('2026-05-05T10:00') })
})

describe('every clock', () => {
  test('each co-unit has its own, which ends with its part', () => {
    const coUnits = [{ unitId: 'a', dueAt: '2026-03-06T10:00:00.000+08:00' }, { unitId: 'b' }]
    const given = dispatchedAt(at('2026-03-04T10:00'), { coUnits })
    expect(given.clocks.filter(({ clock }) => clock === 'part').map((each) => [each.about, dueOf(each)])).toEqual([
      ['a', at('2026-03-06T10:00')],
      ['b', at('2026-03-18T18:00')],
    ])
    const running = (issue: Issue) => issue.clocks.map(({ clock, about }) => (about ? `${clock} ${about}` : clock))
    const parts = [partOf({ unitId: 'a', dueAt: at('2026-03-06T10:00') }), partOf({ unitId: 'b' })]
    const on = (issue: Issue, action: Action, now: string, payload: Payload, found = parts) =>
      take(issue, action, at(now), payload, DEFAULT_POLICY, fairFacts(action, { parts: found }))
    const signed = on(given, 'sign_part', '2026-03-04T10:30', { unitId: 'a' })
    expect(running(signed)).toEqual(['sign', 'handle', 'part a', 'sign b', 'part b'])
    const returned = on(signed, 'return_part', '2026-03-04T11:00', { unitId: 'b', reason: '不属本单位职责' })
    expect(running(returned)).toEqual(['sign', 'handle', 'part a'])
    const added = take(returned, 'add_part', at('2026-03-04T11:10'), { unitId: 'c', dueAt: at('2026-03-10T10:00') })
    expect(running(added)).toEqual(['sign', 'handle', 'part a', 'sign c', 'part c'])
    const asked = { unitId: 'a', requestedDueAt: at('2026-03-12T10:00'), reason: '缺配件' }
    const asking = on(added, 'request_part_extension', '2026-03-05T10:00', asked)
    expect(running(asking)).toEqual(['sign', 'handle', 'part a', 'sign c', 'part c', 'extension a'])
    const pending = [partOf({ unitId: 'a', dueAt: at('2026-03-06T10:00'), extensionAskedFor: at('2026-03-12T10:00') })]
    const decided = (said: Payload) =>
      on(asking, 'decide_part_extension', '2026-03-05T11:00', { unitId: 'a', reason: '已核实', ...said }, pending)
    const endOf = (issue: Issue, about: string) =>
      issue.clocks.filter((each) => each.clock === 'part' && each.about === about).map(dueOf)
    expect(endOf(decided({ approved: true }), 'a')).toEqual([at('2026-03-12T10:00')])
    expect(endOf(decided({ approved: false }), 'a')).toEqual([at('2026-03-06T10:00')])
    // Refused, it may have another date in writing.
    expect(endOf(decided({ approved: false, dueAt: at('2026-03-09T10:00') }), 'a')).toEqual([at('2026-03-09T10:00')])
    const extended = decided({ approved: true })
    // A class that cannot wait brings the lead's date forward, and the parts' along with it.
    const urgent = take(extended, 'reclassify', at('2026-03-05T12:00'), { urgency: 'urgent', reason: '有危险' })
    expect([...endOf(urgent, 'a'), ...endOf(urgent, 'c')]).toEqual([urgent.handleDueAt, urgent.handleDueAt])
    const done = on(take(extended, 'sign', at('2026-03-05T13:00')), 'finish_part', '2026-03-05T14:00', {
      unitId: 'a',
      result: '已断电',
    })
    expect(running(done)).toEqual(['handle', 'sign c', 'part c'])
  })

  test('answers owed to several run apart: the one answered ends, the other keeps its date', () => {
    const open = issueIn('publicized', { openObjections: 0 })
    const first = take(open, 'object', at('2026-03-03T10:00'), { personalReason: '没有修好' })
    const second = take(first, 'object', at('2026-03-04T10:00'), { personalReason: '还在漏' })
    expect(second.dueAt).toEqual(at('2026-03-06T18:00'))
    const facts = fairFacts('answer_objection', {
      objection: {
        open: true,
        review: false,
        mine: false,
        reviewed: false,
        ofSecretary: false,
        firstAnsweredBy: null,
        at: at('2026-03-03T10:00'),
      },
    })
    const answered = take(
      second,
      'answer_objection',
      at('2026-03-05T10:00'),
      { objectionId: 'x', answer: '已修好', upheld: false },
      DEFAULT_POLICY,
      facts,
    )
    expect(answered).toMatchObject({ dueClock: 'objection', dueAt: at('2026-03-09T18:00'), openObjections: 1 })
  })

  test('tells each step once, in its order, however late it is looked at', () => {
    let issue = dispatchedAt(at('2026-03-04T10:00'))
    const told: string[] = []
    const now = at('2027-03-04T10:00')
    for (let step = stepReached(issue, now); step; step = stepReached(issue, now)) {
      told.push(`${step.clock.clock} ${step.level}`)
      issue = take(issue, 'remind', now, {
        by: 'system',
        clock: step.clock.clock,
        about: step.clock.about,
        level: step.level,
      })
    }
    expect(told.toSorted()).toEqual([
      'handle 1',
      'handle 2',
      'handle 3',
      'handle 4',
      'sign 1',
      'sign 2',
      'sign 3',
      'sign 4',
    ])
    expect(nextWake(issue, now)).toBe(null)
  })

  test('warns at four fifths of its working time', () => {
    const { steps } = clockOf(dispatchedAt(at('2026-03-04T10:00')), 'sign')
    // Four working hours from ten: to noon, and from half past two to half past four.
    expect(steps.map((each) => new Date(each))).toEqual([
      at('2026-03-04T15:42'),
      at('2026-03-04T16:30'),
      at('2026-03-05T09:00'),
      at('2026-03-05T11:00'),
    ])
  })

  test('follows the calendar when it changes, and its rule when that is to hold for what is running', () => {
    const dues = (issue: Issue, policy: Partial<Policy>, rules: string[] = []) => {
      const held = { ...DEFAULT_POLICY, ...policy }
      const would = wouldRecompute(issue, held, NOW, rules as never)
      const { clocks } = take(issue, 'recompute', NOW, { by: 'system', rules }, held)
      expect(would).toBe(clocks !== issue.clocks && JSON.stringify(clocks) !== JSON.stringify(issue.clocks))
      return clocks.map((clock) => [clock.clock, dueOf(clock)])
    }
    const given = dispatchedAt(at('2026-03-04T10:00'))
    const before = [
      ['sign', at('2026-03-04T16:30')],
      ['handle', at('2026-03-18T18:00')],
    ]
    expect(dues(given, {})).toEqual(before)
    const shorter = { sign_working_hours: 2, handle_ordinary_working_days: 3 }
    expect(dues(given, shorter)).toEqual(before)
    expect(dues(given, shorter, ['sign_working_hours'])).toEqual([['sign', at('2026-03-04T12:00')], before[1]])
    const resting = { isWorkday: (day: string) => plainCalendar.isWorkday(day) && !/-03-0[45]$/.test(day) }
    expect(dues(given, { calendar: resting })).toEqual([
      ['sign', at('2026-03-06T15:00')],
      ['handle', at('2026-03-19T18:00')],
    ])
    const dated = dispatchedAt(at('2026-03-04T10:00'), { dueAt: '2026-03-10T18:00:00.000+08:00' })
    expect(dues(dated, { calendar: resting })[1]).toEqual(['handle', at('2026-03-10T18:00')])
  })
})
