import { expect, it } from 'vitest'
import { longDateTime, longDateTimeOfYear, monthDay, ordinal, shortWeekdayName, weekdayName } from './long-date-time.ts'

it('says a date as one says it to somebody who is to come', () => {
  expect(longDateTime('2026-03-05T11:00:00.000Z', 'zh')).toBe('3月5日周四 19:00')
  expect(longDateTime('2026-03-05T11:00:00.000Z', 'en')).toMatch(/^Thu,? 5 March.* 19:00$/)
  expect(longDateTimeOfYear('2026-11-28T11:00:00.000Z', 'zh')).toBe('2026年11月28日周六 19:00')
  expect(longDateTimeOfYear('2026-11-28T11:00:00.000Z', 'en')).toMatch(/^Sat,? 28 November 2026.* 19:00$/)
  expect(['zh', 'en'].map((locale) => monthDay('2027-01-01', locale))).toEqual(['1月1日', '1 January'])
  expect([1, 2, 3, 11, 22].map((day) => ordinal(day, 'en'))).toEqual(['1st', '2nd', '3rd', '11th', '22nd'])
  expect(ordinal(1, 'zh')).toBe('1')
  expect([1, 7].map((day) => weekdayName(day, 'zh'))).toEqual(['星期一', '星期日'])
  expect([shortWeekdayName(4, 'zh'), shortWeekdayName(4, 'en')]).toEqual(['周四', 'Thu'])
})
