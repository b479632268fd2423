import type { WorkCalendar } from '@tongxin/lifecycle'

const FAILURES_TO_UNREACHED = 3
const DAYS_TO_UNREACHED = 2
const DAY_MS = 86_400_000
/** In days; no statutory holiday lasts as long. */
const LONGEST_HOLIDAY = 15

/** The attempts before this one that failed, and the other days of the community's calendar they fell on. */
export interface FailedAttempts {
  failures: number
  otherDays: number
}

/** This attempt ends the call-back: reached, or the third that failed, on a second day. */
export const concludes = (reached: unknown, { failures, otherDays }: FailedAttempts): boolean =>
  reached === true || (failures + 1 >= FAILURES_TO_UNREACHED && otherDays + 1 >= DAYS_TO_UNREACHED)

/** The day in Asia/Shanghai (UTC+8), e.g. `2026-03-02`. */
export const localDay = (at: Date): string => new Date(at.getTime() + 8 * 3_600_000).toISOString().slice(0, 10)

/** Two failed attempts on one day are enough of it: a third on another day ends the call-back. */
const FAILURES_A_DAY = 2

/** @returns the day in Asia/Shanghai on which to try (again): today, or the next day worked once enough was tried today */
export const suggestNext = (
  attempts: readonly { at: string; reached: boolean; followUp: boolean }[],
  calendar: WorkCalendar,
  now: Date,
): string => {
  const today = localDay(now)
  const failedToday = attempts.filter(
    ({ at, reached, followUp }) => !reached && !followUp && localDay(new Date(at)) === today,
  ).length
  if (failedToday < FAILURES_A_DAY) return today
  let next = new Date(now.getTime() + DAY_MS)
  for (let i = 0; i < LONGEST_HOLIDAY && !calendar.isWorkday(localDay(next)); i++)
    next = new Date(next.getTime() + DAY_MS)
  return localDay(next)
}
