import { describe, expect, it } from 'vitest'
import { dueOf } from './due.ts'

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
