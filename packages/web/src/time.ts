/** The community lives in one time zone, without summer time since 1992; a browser elsewhere must not shift its deadlines. */
const OFFSET = '+08:00'
const OFFSET_MS = 8 * 3_600_000

// A list of matters asks for several of each line: a formatter of the browser's takes ten times as long.
function wall(instant: string | Date) {
  const text = new Date(new Date(instant).getTime() + OFFSET_MS).toISOString()
  return { year: text.slice(0, 4), month: text.slice(5, 7), day: text.slice(8, 10), time: text.slice(11, 16) }
}

/** `2026-11-22 14:30`, Beijing time. */
export function dateTime(instant: string | Date): string {
  const { year, month, day, time } = wall(instant)
  return `${year}-${month}-${day} ${time}`
}

/** `2026-11-22`, Beijing time. */
export function date(instant: string | Date): string {
  const { year, month, day } = wall(instant)
  return `${year}-${month}-${day}`
}

/** `11-22 14:30`, the year only when it is not this one. */
export function shortDateTime(instant: string, now: Date): string {
  const { year, month, day, time } = wall(instant)
  return `${year === wall(now).year ? '' : `${year}-`}${month}-${day} ${time}`
}

/** The instant of a Beijing wall time such as `2026-11-22T14:30:00`. */
export const instantOf = (wallTime: string): string => new Date(`${wallTime}${OFFSET}`).toISOString()

/** The Beijing wall time of an instant, as a date-time picker holds it. */
export function wallTimeOf(instant: string): string {
  const { year, month, day, time } = wall(instant)
  return `${year}-${month}-${day}T${time}:00`
}

/** The instant at which a Beijing day begins, `days` later. */
export function dayStart(day: string, days = 0): string {
  return new Date(Date.parse(`${day}T00:00:00${OFFSET}`) + days * 86_400_000).toISOString()
}

/** A span as its largest unit that is at least two, or minutes: what a reader needs to know about a delay. */
export function spanOf(milliseconds: number): { unit: 'days' | 'hours' | 'minutes'; count: number } {
  const minutes = Math.max(1, Math.floor(Math.abs(milliseconds) / 60_000))
  if (minutes >= 2 * 1440) return { unit: 'days', count: Math.floor(minutes / 1440) }
  if (minutes >= 2 * 60) return { unit: 'hours', count: Math.floor(minutes / 60) }
  return { unit: 'minutes', count: minutes }
}
