/** A part of a day in milliseconds from its midnight, the end not included. */
export type Shift = readonly [from: number, to: number]

/** Which days are worked, in the community's own calendar (Asia/Shanghai, UTC+8, no daylight saving). */
export interface WorkCalendar {
  /** `day` is the civil date `YYYY-MM-DD`. */
  isWorkday(day: string): boolean
  /** Whether people have it off together, be it a weekend or not; never where the calendar does not say. */
  isHoliday?(day: string): boolean
  /** When work is done that day, in order; the ordinary hours of a workday where the calendar does not say. */
  shifts?(day: string): readonly Shift[]
}

/** Monday to Friday: what holds where no statutory calendar is handed in. */
export const plainCalendar: WorkCalendar = {
  isWorkday: (day) => {
    const weekday = new Date(`${day}T00:00:00Z`).getUTCDay()
    return weekday !== 0 && weekday !== 6
  },
}

/** A length of time as the clock table states it. Exactly one unit. */
export type Span =
  | { calendarMinutes: number }
  | { calendarHours: number }
  | { calendarDays: number }
  | { workingHours: number }
  | { workingDays: number }

export const HOUR = 3_600_000
const DAY = 24 * HOUR
const MINUTE = 60_000
/** Asia/Shanghai: UTC+8 the year round. */
const OFFSET = 8 * HOUR
/** A working day is 08:30–12:00 and 14:30–18:00: seven hours. */
const SHIFTS: readonly Shift[] = [
  [8.5 * HOUR, 12 * HOUR],
  [14.5 * HOUR, 18 * HOUR],
]
const END_OF_WORK = 18 * HOUR

const shiftsOf = (calendar: WorkCalendar, local: number): readonly Shift[] => {
  const own = calendar.shifts?.(dayName(local)) ?? []
  return own.length > 0 ? own : SHIFTS
}

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

const addWorkingDays = (from: number, days: number, calendar: WorkCalendar): number => {
  const isWorkday = workdays(calendar)
  let local = dayStart(from + OFFSET)
  for (let left = days; left > 0; ) {
    local += DAY
    if (isWorkday(local)) left -= 1
  }
  return local + END_OF_WORK - OFFSET
}

/** The instant by which `ms` of working time have passed since `from`; `from` itself when there are none to pass. */
export const addWork = (from: Date, ms: number, calendar: WorkCalendar): Date => {
  if (!(ms > 0)) return from
  const isWorkday = workdays(calendar)
  let local = from.getTime() + OFFSET
  let left = ms
  for (;;) {
    const start = dayStart(local)
    if (isWorkday(local)) {
      for (const [open, close] of shiftsOf(calendar, start)) {
        const begin = Math.max(local, start + open)
        const room = start + close - begin
        if (room <= 0) continue
        if (left <= room) return new Date(begin + left - OFFSET)
        left -= room
      }
    }
    local = start + DAY
  }
}

/** Working time between two instants, in milliseconds; 0 when the second is not later. */
export const workBetween = (from: Date, to: Date, calendar: WorkCalendar): number => {
  const isWorkday = workdays(calendar)
  const first = from.getTime() + OFFSET
  const last = to.getTime() + OFFSET
  let sum = 0
  for (let start = dayStart(first); start < last; start += DAY) {
    if (!isWorkday(start)) continue
    for (const [open, close] of shiftsOf(calendar, start))
      sum += Math.max(0, Math.min(last, start + close) - Math.max(first, start + open))
  }
  return sum
}

/**
 * The instant at which `span`, begun at `from`, has run out. Working days are counted from the next one; the term ends with that day's
 * work (Civil Code, art. 201 and 203).
 */
export const addSpan = (from: Date, span: Span, calendar: WorkCalendar): Date => {
  const t = from.getTime()
  if ('calendarMinutes' in span) return new Date(t + span.calendarMinutes * MINUTE)
  if ('calendarHours' in span) return new Date(t + span.calendarHours * HOUR)
  if ('calendarDays' in span) return new Date(t + span.calendarDays * DAY)
  if ('workingHours' in span) return addWork(from, span.workingHours * HOUR, calendar)
  return new Date(addWorkingDays(t, span.workingDays, calendar))
}

/** Whether a span is counted in working time; a date that a person set (no span) is, too. */
export const isWorkingTime = (span: Span | null): boolean =>
  span === null || 'workingHours' in span || 'workingDays' in span
