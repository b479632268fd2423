import type { HolidayMove, MoveReason, SeriesSchedule } from '@tongxin/contract'
import { civilDate } from '../regions/index.ts'

/** What a date rule must know of a civil date `YYYY-MM-DD`. */
export interface DayKinds {
  isWorkday(day: string): boolean
  isHoliday(day: string): boolean
}

/** One date of a series. */
export interface Planned {
  /** `YYYY-MM` of the rule's date; the meeting itself may lie in the month before or after. */
  month: string
  plannedOn: string
  heldOn: string
  /** ISO 8601. */
  heldAt: string
  moved: MoveReason | null
}

const DAY = 86_400_000
/** A calendar without a workday in so many days is broken: the date then stays where the rule puts it. */
const PATIENCE_DAYS = 30

const nameOf = (at: number): string => new Date(at).toISOString().slice(0, 10)
const atOf = (day: string): number => Date.parse(day)
/** 1 Monday … 7 Sunday. */
const weekdayOf = (at: number): number => new Date(at).getUTCDay() || 7

/** Civil days from one instant to another: negative when it is past. */
export const daysBetween = (from: Date, to: Date): number => (atOf(civilDate(to)) - atOf(civilDate(from))) / DAY

const nextMonth = (month: string): string => nameOf(atOf(`${month}-01`) + 31 * DAY).slice(0, 7)

/** The month before an instant's own: a date of that one may have been moved into this. */
export const monthBefore = (instant: Date): string =>
  nameOf(atOf(`${civilDate(instant).slice(0, 7)}-01`) - DAY).slice(0, 7)

const lastOf = (month: string): number => atOf(`${nextMonth(month)}-01`) - DAY

/** The date that the rule names in this month; a day the month does not have is its last. */
const plannedOn = (month: string, { rule, day, week, weekday }: SeriesSchedule): string => {
  const [first, last] = [atOf(`${month}-01`), lastOf(month)]
  if (rule === 'day_of_month') return nameOf(Math.min(first + ((day ?? 1) - 1) * DAY, last))
  if (week === -1) return nameOf(last - ((weekdayOf(last) - (weekday ?? 1) + 7) % 7) * DAY)
  return nameOf(first + (((weekday ?? 1) - weekdayOf(first) + 7) % 7) * DAY + ((week ?? 1) - 1) * 7 * DAY)
}

const STEPS: Record<HolidayMove, number> = { next_workday: DAY, previous_workday: -DAY, keep: 0 }

const workdayFrom = (day: string, step: number, days: DayKinds): string | null => {
  for (let tries = 1; tries <= PATIENCE_DAYS; tries++) {
    const found = nameOf(atOf(day) + tries * step)
    if (days.isWorkday(found)) return found
  }
  return null
}

const reasonToMove = (day: string, { moveFromWeekends }: SeriesSchedule, days: DayKinds): MoveReason | null => {
  if (days.isHoliday(day)) return 'holiday'
  // A weekend day that is worked in exchange for another (调休) is no weekend.
  return moveFromWeekends && weekdayOf(atOf(day)) > 5 && !days.isWorkday(day) ? 'weekend' : null
}

/** The date of one month, moved off a holiday as the schedule says. */
export const seriesDate = (month: string, schedule: SeriesSchedule, days: DayKinds): Planned => {
  const planned = plannedOn(month, schedule)
  const step = STEPS[schedule.onHoliday]
  const reason = step === 0 ? null : reasonToMove(planned, schedule, days)
  const found = reason && workdayFrom(planned, step, days)
  const heldOn = found ?? planned
  const heldAt = new Date(`${heldOn}T${schedule.time}:00+08:00`).toISOString()
  return { month, plannedOn: planned, heldOn, heldAt, moved: found ? reason : null }
}

export interface Between {
  after: Date
  until: Date
  /** Civil dates between which the series is held, both included. */
  startsOn: string
  endsOn: string | null
}

/** Every date after one instant and up to another, in order. */
export const seriesDates = (
  schedule: SeriesSchedule,
  { after, until, startsOn, endsOn }: Between,
  days: DayKinds,
): Planned[] => {
  const found: Planned[] = []
  // A date may have been moved over the end of its month, either way.
  const last = nextMonth(civilDate(until).slice(0, 7))
  for (let month = monthBefore(after); month <= last; ) {
    const date = seriesDate(month, schedule, days)
    const at = Date.parse(date.heldAt)
    const inForce = date.heldOn >= startsOn && (endsOn === null || date.heldOn <= endsOn)
    if (inForce && at > after.getTime() && at <= until.getTime()) found.push(date)
    month = nextMonth(month)
  }
  return found
}
