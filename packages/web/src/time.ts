/** The community lives in one time zone; a browser elsewhere must not shift its deadlines. */
const ZONE = 'Asia/Shanghai'
const OFFSET = '+08:00'

const parts = new Intl.DateTimeFormat('en-CA', {
  timeZone: ZONE,
  hourCycle: 'h23',
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
  hour: '2-digit',
  minute: '2-digit',
})

function wall(instant: string | Date) {
  const found = Object.fromEntries(parts.formatToParts(new Date(instant)).map((part) => [part.type, part.value]))
  return { year: found.year, month: found.month, day: found.day, time: `${found.hour}:${found.minute}` }
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
