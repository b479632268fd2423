import { expect, it } from 'vitest'
import { civilDate, instant, uuid } from './page.ts'

it.each([
  ['2026-03-02T01:15:00Z', '2026-03-02T01:15:00.000Z'],
  ['2026-03-02T01:15:00.1239Z', '2026-03-02T01:15:00.123Z'],
])('keeps the moment %s as %s', (given, kept) => {
  expect(instant.parse(given)).toBe(kept)
})

it.each(['', 'yesterday', '2026-02-30T00:00:00Z', '2026-03-02T24:00:00Z', '2026-03-02T09:15:00+08:00', null, 7, [{}]])(
  'refuses %j as a moment and does not break over it',
  (given) => {
    expect(instant.safeParse(given).success).toBe(false)
  },
)

it.each(['0000-01-01T00:00:00Z', '1969-12-31T23:59:59.999Z', '2101-01-01T00:00:00Z', '9999-12-31T23:59:59Z'])(
  'refuses %s as beyond what is ever meant',
  (given) => {
    expect(instant.safeParse(given).error?.issues[0]?.message).toBe('年份须在 1970 至 2100 之间')
    expect(civilDate.safeParse(given.slice(0, 10)).error?.issues[0]?.message).toBe('年份须在 1970 至 2100 之间')
  },
)

it.each(['1970-01-01', '2100-12-31'])('takes %s', (day) => {
  expect(civilDate.parse(day)).toBe(day)
  expect(instant.parse(`${day}T00:00:00Z`)).toBe(`${day}T00:00:00.000Z`)
})

it('takes an id in capitals as the same id', () => {
  expect(uuid.parse('019A0000-0000-7000-8000-00000000ABCD')).toBe('019a0000-0000-7000-8000-00000000abcd')
})
