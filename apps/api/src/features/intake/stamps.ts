/** The parts of a time as a chat wrote it. */
export type Stamp = { readonly [part: string]: string | undefined }

const DATE = [
  String.raw`(?<year>\d{4})[/\-.年](?<month>\d{1,2})[/\-.月](?<day>\d{1,2})日?`,
  String.raw`(?<month2>\d{1,2})[/\-月](?<day2>\d{1,2})日?`,
  '(?<near>今天|昨天|前天)',
  '(?:星期|周|礼拜)(?<weekday>[一二三四五六日天])',
].join('|')
const TIME = String.raw`(?<half>凌晨|清晨|早上|上午|中午|下午|傍晚|晚上)?\s?(?<hour>\d{1,2})[:：](?<minute>\d{2})(?:[:：](?<second>\d{2}))?(?:\s?(?<ampm>[AaPp][Mm]))?`
/** Patterns with named groups: a time with or without its day, and a day or a time alone. */
export const TIMED = `(?:(?:${DATE}),?\\s*)?${TIME}`
export const STAMP = `(?:(?:${DATE})(?:,?\\s*(?:${TIME.replaceAll('?<', '?<with_')}))?|${TIME})`

const BEIJING_MS = 8 * 3_600_000
const DAY_MS = 86_400_000
/** Clocks of phones and computers differ a little. */
const AHEAD_MS = 5 * 60_000
const NEAR = ['今天', '昨天', '前天']
const WEEKDAYS = '日一二三四五六'

/** Midnight of a civil day in Beijing; null for one that does not exist. */
const midnight = (year: number, month: number, day: number): number | null => {
  const at = new Date(Date.UTC(year, month - 1, day))
  return at.getUTCMonth() === month - 1 && at.getUTCDate() === day ? at.getTime() - BEIJING_MS : null
}

/** @returns milliseconds since midnight */
const clockTime = (stamp: Stamp): number | null => {
  const part = (name: string) => stamp[name] ?? stamp[`with_${name}`]
  const given = part('hour')
  if (given === undefined) return null
  const half = part('half') ?? ''
  const ampm = part('ampm')?.toLowerCase()
  let hour = Number(given)
  const late = ampm === 'pm' || ['下午', '傍晚', '晚上'].includes(half) || (half === '中午' && hour < 10)
  if (late && hour < 12) hour += 12
  if ((ampm === 'am' || half === '凌晨') && hour === 12) hour = 0
  const [minute, second] = [Number(part('minute')), Number(part('second') ?? 0)]
  return hour < 24 && minute < 60 && second < 60 ? ((hour * 60 + minute) * 60 + second) * 1000 : null
}

const todayOf = (now: Date): number => Math.floor((now.getTime() + BEIJING_MS) / DAY_MS) * DAY_MS - BEIJING_MS
const namesDay = ({ year, month2, near, weekday }: Stamp): boolean =>
  [year, month2, near, weekday].some((part) => part !== undefined)

/** The day a stamp names; null where there is no such day. */
const dayOf = (stamp: Stamp, now: Date): number | null => {
  const today = new Date(now.getTime() + BEIJING_MS)
  if (stamp.year) return midnight(Number(stamp.year), Number(stamp.month), Number(stamp.day))
  if (stamp.month2) {
    const [month, day] = [Number(stamp.month2), Number(stamp.day2)]
    const thisYear = midnight(today.getUTCFullYear(), month, day)
    return thisYear !== null && thisYear <= now.getTime() ? thisYear : midnight(today.getUTCFullYear() - 1, month, day)
  }
  if (stamp.near) return todayOf(now) - NEAR.indexOf(stamp.near) * DAY_MS
  if (stamp.weekday) {
    const wanted = WEEKDAYS.indexOf(stamp.weekday.replace('天', '日'))
    return todayOf(now) - ((today.getUTCDay() - wanted + 7) % 7) * DAY_MS
  }
  return null
}

/**
 * The moment a header's stamp names, with what it leaves out taken from the line that parts the days (`context`). Null where there is no
 * time, and where it is still to come: somebody's clock was wrong, and nothing is made up.
 */
export const momentOf = (stamp: Stamp | null, context: Stamp | null, now: Date): Date | null => {
  const time = (stamp && clockTime(stamp)) ?? (context && clockTime(context))
  if (time === null) return null
  const named = [stamp, context].find((each) => each && namesDay(each))
  if (named) {
    const day = dayOf(named, now)
    const at = day === null ? Number.POSITIVE_INFINITY : day + time
    return at <= now.getTime() + AHEAD_MS ? new Date(Math.min(at, now.getTime())) : null
  }
  const today = todayOf(now) + time
  return new Date(today <= now.getTime() + AHEAD_MS ? Math.min(today, now.getTime()) : today - DAY_MS)
}
