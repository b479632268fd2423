import { describe, expect, it } from 'vitest'
import { parseDate } from './parse-date.ts'

const at = (value: string | number, date1904 = false) => {
  const parsed = parseDate(value, date1904)
  return parsed.error ?? parsed.at.toISOString()
}

describe('reading dates', () => {
  it.each([
    ['2019/1/12 9:07:54', '2019-01-12T01:07:54.000Z'],
    [' 2019-01-12\t09:07 ', '2019-01-12T01:07:00.000Z'],
    ['2019.1.12', '2019-01-11T16:00:00.000Z'],
    ['2019年1月12日 9时7分54秒', '2019-01-12T01:07:54.000Z'],
    ['2019年1月12日9点7分', '2019-01-12T01:07:00.000Z'],
    ['2019-01-12T09:07:54.5', '2019-01-12T01:07:54.500Z'],
    ['2019-01-12T09:07:54Z', '2019-01-12T09:07:54.000Z'],
    ['2019-01-12T09:07:54+09:00', '2019-01-12T00:07:54.000Z'],
    ['2020-02-29', '2020-02-28T16:00:00.000Z'],
    // Summer time was observed that year: UTC+9.
    ['1988-07-01 12:00', '1988-07-01T03:00:00.000Z'],
    ['1988-12-01 12:00', '1988-12-01T04:00:00.000Z'],
  ])('takes “%s” as Beijing time unless it names a zone', (text, expected) => {
    expect(at(text)).toBe(expected)
  })

  it('takes serial numbers, also written as text, to the second', () => {
    expect(at(43782.4724652778)).toBe('2019-11-13T03:20:21.000Z')
    expect(at('43678')).toBe('2019-07-31T16:00:00.000Z')
    expect(at(43678 - 1462, true)).toBe('2019-07-31T16:00:00.000Z')
  })

  it('tells a day from a moment', () => {
    expect(parseDate('2018/4/24')).toMatchObject({ dayOnly: true })
    expect(parseDate(43678)).toMatchObject({ dayOnly: true })
    expect(parseDate('2018/4/24 0:00')).toMatchObject({ dayOnly: false })
  })

  it.each([
    ['2019-02-29', '不存在的日期“2019-02-29”'],
    ['2019-13-01', '不存在的日期“2019-13-01”'],
    ['2019-01-01 24:00', '不存在的日期“2019-01-01 24:00”'],
    ['12/1/19', '看不懂的日期“12/1/19”'],
    ['昨天', '看不懂的日期“昨天”'],
    ['0019-01-01', '不可能的年份 18'],
  ])('refuses “%s”', (text, error) => {
    expect(at(text)).toContain(error.slice(0, 6))
  })

  it('refuses serial numbers that are no day, among them the 29 February 1900 spreadsheets invented', () => {
    expect(at(60)).toBe('不存在的日期“1900-02-29”')
    expect(at(-1)).toContain('不是日期的数字')
    expect(at(0.5)).toContain('不可能的年份')
    expect(at(2_900_000)).toContain('不可能的年份')
    expect(at(1e300)).toContain('不是日期的数字')
  })
})
