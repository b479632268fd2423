import { describe, expect, it } from 'vitest'
import { date, dateTime, dayStart, instantOf, shortDateTime, spanOf, wallTimeOf } from './time.ts'

describe('times on screen', () => {
  it('are Beijing times wherever the browser is', () => {
    expect(dateTime('2026-11-22T16:30:00.000Z')).toBe('2026-11-23 00:30')
    expect(date('2026-11-22T16:30:00.000Z')).toBe('2026-11-23')
    expect(shortDateTime('2026-11-22T06:30:00.000Z', new Date('2026-12-01T00:00:00Z'))).toBe('11-22 14:30')
    expect(shortDateTime('2025-11-22T06:30:00.000Z', new Date('2026-12-01T00:00:00Z'))).toBe('2025-11-22 14:30')
  })

  it('travel to a picker and back unchanged', () => {
    expect(wallTimeOf('2026-11-22T06:30:00.000Z')).toBe('2026-11-22T14:30:00')
    expect(instantOf('2026-11-22T14:30:00')).toBe('2026-11-22T06:30:00.000Z')
  })

  it('begin a day at its Beijing midnight', () => {
    expect(dayStart('2026-11-22')).toBe('2026-11-21T16:00:00.000Z')
    expect(dayStart('2026-11-22', 1)).toBe('2026-11-22T16:00:00.000Z')
  })

  it('name a delay by a unit that is not rounded away', () => {
    expect(spanOf(90 * 60_000)).toEqual({ unit: 'minutes', count: 90 })
    expect(spanOf(47 * 3_600_000)).toEqual({ unit: 'hours', count: 47 })
    expect(spanOf(49 * 3_600_000)).toEqual({ unit: 'days', count: 2 })
    expect(spanOf(1)).toEqual({ unit: 'minutes', count: 1 })
  })
})
