import { expect, it } from 'vitest'
import { instant, uuid } from './page.ts'

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

it('takes an id in capitals as the same id', () => {
  expect(uuid.parse('019A0000-0000-7000-8000-00000000ABCD')).toBe('019a0000-0000-7000-8000-00000000abcd')
})
