import type { Clock } from '../../src/deps.ts'

export interface FakeClock extends Clock {
  advance(milliseconds: number): void
  set(moment: Date | string): void
}

/** Monday 2026-03-02, 09:00 in Anqing. */
export const START = '2026-03-02T01:00:00.000Z'

export const MINUTE = 60_000
export const HOUR = 60 * MINUTE
export const DAY = 24 * HOUR

/** @param tick how much later it is each time somebody looks; nothing where moments are compared */
export function createFakeClock(start: string = START, tick = 0): FakeClock {
  let now = Date.parse(start)
  return {
    now: () => {
      now += tick
      return new Date(now)
    },
    advance: (milliseconds) => {
      now += milliseconds
    },
    set: (moment) => {
      now = new Date(moment).getTime()
    },
  }
}
