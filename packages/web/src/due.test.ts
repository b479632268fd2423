import { describe, expect, it } from 'vitest'
import { dueOf, untilOf } from './due.ts'

const issue = { stateSince: '2026-11-01T00:00:00.000Z', dueAt: '2026-11-11T00:00:00.000Z' }

describe('a deadline', () => {
  it('is none where no clock runs', () => {
    expect(dueOf({ ...issue, dueAt: null }, new Date())).toBeNull()
  })
  it('is far, then near for its last fifth, then past', () => {
    expect(dueOf(issue, new Date('2026-11-08T23:00:00Z'))).toBe('later')
    expect(dueOf(issue, new Date('2026-11-09T01:00:00Z'))).toBe('soon')
    expect(dueOf(issue, new Date('2026-11-11T00:00:01Z'))).toBe('overdue')
  })
  it('is near in its last hours, and not at once when it is a day or less', () => {
    const short = { stateSince: '2026-11-01T00:00:00.000Z', dueAt: '2026-11-01T10:00:00.000Z' }
    expect(dueOf(short, new Date('2026-11-01T01:00:00Z'))).toBe('later')
    expect(dueOf(short, new Date('2026-11-01T06:30:00Z'))).toBe('soon')
  })
})

it('goes on until its notice, then its evaluation ends, or until it is reviewed', () => {
  const [reviewAt, noticeEndsAt, evaluationEndsAt] = [
    '2026-11-02T00:00:00Z',
    '2026-11-05T00:00:00Z',
    '2026-11-07T00:00:00Z',
  ]
  const matter = { state: 'publicized', reviewAt, noticeEndsAt, evaluationEndsAt } as const
  const now = new Date('2026-11-04T00:00:00Z')
  expect(untilOf(matter, now)).toEqual({ of: 'notice', at: noticeEndsAt })
  expect(untilOf(matter, new Date(noticeEndsAt))).toEqual({ of: 'evaluation', at: evaluationEndsAt })
  expect(untilOf({ ...matter, noticeEndsAt: null }, now)).toEqual({ of: 'evaluation', at: evaluationEndsAt })
  expect(untilOf({ ...matter, state: 'suspended' }, now)).toEqual({ of: 'review', at: reviewAt })
  expect(untilOf({ ...matter, state: 'closed' }, now)).toBeNull()
})
