import type { IssueItem } from '@tongxin/contract'

export type Due = 'overdue' | 'soon' | 'later'

const HOUR = 3_600_000
const DAY = 24 * HOUR

/**
 * How pressing a deadline is. `soon` is the last fifth of the time since the state began (where the clock warns), the last day for clocks
 * that began earlier, and the last hours of any.
 */
export function dueOf(issue: Pick<IssueItem, 'dueAt' | 'stateSince'>, now: Date): Due | null {
  if (issue.dueAt === null) return null
  const due = Date.parse(issue.dueAt)
  const left = due - now.getTime()
  if (left < 0) return 'overdue'
  const whole = due - Date.parse(issue.stateSince)
  return left <= 4 * HOUR || left <= whole / 5 || (left <= DAY && whole > 2 * DAY) ? 'soon' : 'later'
}
