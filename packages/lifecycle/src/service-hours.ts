import type { Policy } from './policy.ts'
import { HOUR, type Shift, type WorkCalendar } from './work-time.ts'

/** When a unit is there for what it is given: each weekday's hours, Sunday first. */
export interface ServiceHours {
  week: readonly (readonly Shift[])[]
  /** Whether it keeps its hours on holidays too, as one that is on call does. */
  onHolidays: boolean
}

const MONDAY = 1
export const DAY_LENGTH = 24 * HOUR

const weekdayOf = (day: string): number => new Date(`${day}T00:00:00Z`).getUTCDay()

/**
 * A unit's own calendar. It is closed on the days its region has off, on weekends only where it has no hours then. A weekend day that
 * is worked in place of another is worked by its hours of that weekday, or else as on a Monday.
 */
export const inServiceHours = (region: WorkCalendar, { week, onHolidays }: ServiceHours): WorkCalendar => {
  const shifts = (day: string): readonly Shift[] => {
    const weekday = weekdayOf(day)
    const own = week[weekday] ?? []
    if (onHolidays) return own
    const isWeekend = weekday === 0 || weekday === 6
    if (!isWeekend) return region.isWorkday(day) ? own : []
    if (region.isWorkday(day)) return own.length > 0 ? own : (week[MONDAY] ?? [])
    return region.isHoliday?.(day) === true ? [] : own
  }
  return { ...region, isWorkday: (day) => shifts(day).length > 0, shifts }
}

/**
 * By which days and hours a unit is held to what was asked of it at that moment: those it had then, so that whoever changes their hours
 * moves nothing that lies on their desk; the region's where it has none of its own.
 */
export const calendarOfUnit = (
  { calendar, serviceHours }: Pick<Policy, 'calendar' | 'serviceHours'>,
  unitId: string | null,
  at: Date,
): WorkCalendar => {
  const own = unitId === null ? null : serviceHours?.(unitId, at)
  return own ? inServiceHours(calendar, own) : calendar
}
