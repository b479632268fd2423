const formats = new Map<string, Intl.DateTimeFormat>()

type Parts = 'month and day' | 'day' | 'day and year' | 'weekday' | 'weekday in short'

const DAY = {
  month: 'long',
  day: 'numeric',
  weekday: 'short',
  hour: '2-digit',
  minute: '2-digit',
  hourCycle: 'h23',
} as const
const OPTIONS: Record<Parts, Intl.DateTimeFormatOptions> = {
  'month and day': { month: 'long', day: 'numeric' },
  day: DAY,
  'day and year': { ...DAY, year: 'numeric' },
  weekday: { weekday: 'long' },
  'weekday in short': { weekday: 'short' },
}

const formatOf = (locale: string, parts: Parts): Intl.DateTimeFormat => {
  const key = `${locale} ${parts}`
  let format = formats.get(key)
  if (!format) {
    const options = { ...OPTIONS[parts], timeZone: 'Asia/Shanghai' }
    format = new Intl.DateTimeFormat(locale === 'en' ? 'en-GB' : 'zh-CN', options)
    formats.set(key, format)
  }
  return format
}

/** `3月5日周四 19:00`: a date as one says it to somebody who is to come, Beijing time. */
export const longDateTime = (instant: string | Date, locale: string): string =>
  formatOf(locale, 'day').format(new Date(instant))

/** `2026年3月5日周四 19:00`: the same where the year does not go without saying. */
export const longDateTimeOfYear = (instant: string | Date, locale: string): string =>
  formatOf(locale, 'day and year').format(new Date(instant))

/** `3月5日` of `2026-03-05`. */
export const monthDay = (day: string, locale: string): string =>
  formatOf(locale, 'month and day').format(new Date(`${day}T00:00:00+08:00`))

const SUFFIXES: Partial<Record<Intl.LDMLPluralRule, string>> = { one: 'st', two: 'nd', few: 'rd' }
const ordinals = new Intl.PluralRules('en', { type: 'ordinal' })
/** `3rd` where it is said so; Chinese has no other form. */
export const ordinal = (count: number, locale: string): string =>
  locale === 'en' ? `${count}${SUFFIXES[ordinals.select(count)] ?? 'th'}` : String(count)

const weekdayIn = (parts: Parts) => (weekday: number, locale: string) =>
  formatOf(locale, parts).format(new Date(Date.UTC(2026, 0, 4 + weekday)))

/** `星期四` of 1 Monday … 7 Sunday. 5 January 2026 was a Monday. */
export const weekdayName = weekdayIn('weekday')

/** `周四`. */
export const shortWeekdayName = weekdayIn('weekday in short')
