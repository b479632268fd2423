import type { Issue } from './issue.ts'
import { handleSpan, type Policy, type Span, type WorkCalendar } from './policy.ts'
import type { State } from './states.ts'

export const CLOCKS = {
  contact: { zh: '首次联系', en: 'First contact' },
  respond: { zh: '响应', en: 'Respond' },
  schedule: { zh: '列议题', en: 'Schedule' },
  decide: { zh: '议决', en: 'Decide' },
  dispatch: { zh: '派单', en: 'Dispatch' },
  sign: { zh: '签收', en: 'Sign' },
  handle: { zh: '办理', en: 'Handle' },
  verify: { zh: '核查公示', en: 'Verify and publicize' },
  appeal: { zh: '复核答复', en: 'Decide an appeal' },
  referral: { zh: '转介反馈', en: 'Report back on a referral' },
  objection: { zh: '异议答复', en: 'Answer an objection' },
  call_back: { zh: '差评回访', en: 'Call back' },
} as const
export type ClockCode = keyof typeof CLOCKS

const HOUR = 3_600_000
const DAY = 24 * HOUR
const MINUTE = 60_000
/** Asia/Shanghai: UTC+8 the year round. */
const OFFSET = 8 * HOUR
/** A working day is 08:30–12:00 and 14:30–18:00: seven hours. */
const SHIFTS: readonly (readonly [number, number])[] = [
  [8.5 * HOUR, 12 * HOUR],
  [14.5 * HOUR, 18 * HOUR],
]
const END_OF_WORK = 18 * HOUR

const dayStart = (local: number) => Math.floor(local / DAY) * DAY
const dayName = (local: number) => new Date(local).toISOString().slice(0, 10)

/** A calendar without a single workday in this many days is broken: then every day counts, so that a clock always ends. */
const PATIENCE_DAYS = 60

const workdays = (calendar: WorkCalendar) => {
  let idle = 0
  return (local: number): boolean => {
    const works = idle >= PATIENCE_DAYS || calendar.isWorkday(dayName(local))
    idle = works ? 0 : idle + 1
    return works
  }
}

const addWorkingTime = (from: number, amount: number, calendar: WorkCalendar): number => {
  if (!(amount > 0)) return from
  const isWorkday = workdays(calendar)
  let local = from + OFFSET
  let left = amount
  for (;;) {
    const start = dayStart(local)
    if (isWorkday(local)) {
      for (const [open, close] of SHIFTS) {
        const begin = Math.max(local, start + open)
        const room = start + close - begin
        if (room <= 0) continue
        if (left <= room) return begin + left - OFFSET
        left -= room
      }
    }
    local = start + DAY
  }
}

/** Working days are counted from the next one; the term ends with that day's work (Civil Code, art. 201 and 203). */
const addWorkingDays = (from: number, days: number, calendar: WorkCalendar): number => {
  const isWorkday = workdays(calendar)
  let local = dayStart(from + OFFSET)
  for (let left = days; left > 0; ) {
    local += DAY
    if (isWorkday(local)) left -= 1
  }
  return local + END_OF_WORK - OFFSET
}

/** The instant at which `span`, begun at `from`, has run out. */
export const addSpan = (from: Date, span: Span, calendar: WorkCalendar): Date => {
  const t = from.getTime()
  if ('calendarMinutes' in span) return new Date(t + span.calendarMinutes * MINUTE)
  if ('calendarHours' in span) return new Date(t + span.calendarHours * HOUR)
  if ('calendarDays' in span) return new Date(t + span.calendarDays * DAY)
  if ('workingHours' in span) return new Date(addWorkingTime(t, span.workingHours * HOUR, calendar))
  return new Date(addWorkingDays(t, span.workingDays, calendar))
}

type Clocked = Pick<
  Issue,
  'urgency' | 'kind' | 'route' | 'acceptedAt' | 'raisedAt' | 'handleDueAt' | 'firstDispatchedAt'
> &
  Partial<Pick<Issue, 'appealOf' | 'dueClock' | 'dueFrom' | 'dueAt'>>

const spanIn = (state: State, issue: Clocked, policy: Policy): [ClockCode, Span] | null => {
  const emergency = issue.urgency === 'emergency'
  switch (state) {
    case 'raised':
      if (issue.appealOf) return ['appeal', { workingDays: policy.appeal_working_days }]
      return [
        'respond',
        emergency ? { calendarMinutes: policy.respond_emergency_minutes } : { calendarHours: policy.respond_hours },
      ]
    case 'accepted':
      if (issue.appealOf) return ['appeal', { workingDays: policy.appeal_working_days }]
      return issue.route === 'council'
        ? ['schedule', { calendarDays: policy.schedule_days }]
        : ['dispatch', emergency ? { calendarMinutes: 15 } : { workingDays: policy.dispatch_working_days }]
    case 'scheduled':
    case 'deliberating':
      return ['decide', { calendarDays: policy.decide_days }]
    case 'adopted':
      return ['dispatch', emergency ? { calendarMinutes: 15 } : { workingDays: policy.dispatch_working_days }]
    case 'dispatched':
      return ['sign', emergency ? { calendarMinutes: 30 } : { workingHours: policy.sign_working_hours }]
    case 'verifying':
      return ['verify', { workingDays: policy.verify_working_days }]
    case 'referred':
      return ['referral', { workingDays: policy.referral_working_days }]
    default:
      return null
  }
}

export interface RunningClock {
  dueClock: ClockCode | null
  dueFrom: Date | null
  dueAt: Date | null
}

/**
 * The time to decide is counted from acceptance, and runs on from one agenda to the next: being taken off one and put on another
 * must not reset it. An appeal against a dismissal begins it anew.
 */
const decideFrom = (issue: Clocked, now: Date): Date => {
  if (issue.dueClock === 'decide' && issue.dueFrom) return issue.dueFrom
  return issue.appealOf ? now : (issue.acceptedAt ?? now)
}

/** The clock that runs in `state`, entered at `now`; `handle` keeps the end set at the round's first dispatch. */
export const clockIn = (state: State, issue: Clocked, policy: Policy, now: Date): RunningClock => {
  if (state === 'handling')
    return { dueClock: 'handle', dueFrom: issue.firstDispatchedAt ?? now, dueAt: issue.handleDueAt }
  const found = spanIn(state, issue, policy)
  if (!found) return { dueClock: null, dueFrom: null, dueAt: null }
  const [dueClock, span] = found
  const from = dueClock === 'decide' ? decideFrom(issue, now) : now
  return { dueClock, dueFrom: from, dueAt: addSpan(from, span, policy.calendar) }
}

export const handleDue = (
  issue: Pick<Issue, 'urgency' | 'kind'> & Partial<Pick<Issue, 'categoryCode'>>,
  policy: Policy,
  now: Date,
): Date =>
  addSpan(
    now,
    handleSpan(issue.urgency ?? 'ordinary', issue.kind === 'enquiry', policy, issue.categoryCode ?? null),
    policy.calendar,
  )

export const contactDue = (urgency: Issue['urgency'], now: Date): Date =>
  new Date(now.getTime() + (urgency === 'emergency' || urgency === 'urgent' ? 15 * MINUTE : 2 * HOUR))

/** Parts of a clock's length at which somebody is told: officer, officer (overdue), secretary, street. */
export const REMINDERS = [
  { level: 1, part: 0.8, to: 'officer', zh: '临期提醒' },
  { level: 2, part: 1, to: 'officer', zh: '超期' },
  { level: 3, part: 1.5, to: 'secretary', zh: '超期上报书记' },
  { level: 4, part: 2, to: 'supervisor', zh: '超期上报街道' },
] as const

const reminderAt = (issue: RunningClock, part: number): Date | null =>
  issue.dueAt && issue.dueFrom
    ? new Date(issue.dueFrom.getTime() + (issue.dueAt.getTime() - issue.dueFrom.getTime()) * part)
    : null

/** The highest reminder whose time has come by `now` and that was not given yet; null if none. */
export const reminderDue = (issue: Issue, now: Date): (typeof REMINDERS)[number] | null => {
  const due = REMINDERS.filter((r) => {
    const at = reminderAt(issue, r.part)
    return r.level > issue.reminders && at !== null && at <= now
  })
  return due.at(-1) ?? null
}

/** When this issue must be looked at again by itself; null if nothing will happen through time alone. */
export const nextWake = (issue: Issue, now: Date): Date | null => {
  const next = REMINDERS.find((r) => r.level > issue.reminders)
  const reminder = next ? reminderAt(issue, next.part) : null
  const periods = issue.state === 'publicized' ? [issue.noticeEndsAt, issue.evaluationEndsAt] : []
  const review = issue.state === 'suspended' ? [issue.reviewAt] : []
  const times = [...periods.filter((t) => t !== null && t > now), ...review, reminder].filter((t) => t !== null)
  return times.length ? new Date(Math.min(...times.map((t) => t.getTime()))) : null
}
