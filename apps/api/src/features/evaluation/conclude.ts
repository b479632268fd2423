const FAILURES_TO_UNREACHED = 3
const DAYS_TO_UNREACHED = 2

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
