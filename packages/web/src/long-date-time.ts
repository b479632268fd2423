const formats = new Map<string, Intl.DateTimeFormat>()

const formatOf = (locale: string, weekdayAlone: boolean): Intl.DateTimeFormat => {
  const key = `${locale} ${weekdayAlone}`
  let format = formats.get(key)
  if (!format) {
    const day = { month: 'long', day: 'numeric', weekday: 'short' } as const
    const time = { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' } as const
    format = new Intl.DateTimeFormat(locale === 'en' ? 'en-GB' : 'zh-CN', {
      ...(weekdayAlone ? { weekday: 'long' } : { ...day, ...time }),
      timeZone: 'Asia/Shanghai',
    })
    formats.set(key, format)
  }
  return format
}

/** `3月5日周四 19:00`: a date as one says it to somebody who is to come, Beijing time. */
export const longDateTime = (instant: string | Date, locale: string): string =>
  formatOf(locale, false).format(new Date(instant))

/** `星期四` of 1 Monday … 7 Sunday. 5 January 2026 was a Monday. */
export const weekdayName = (weekday: number, locale: string): string =>
  formatOf(locale, true).format(new Date(Date.UTC(2026, 0, 4 + weekday)))
