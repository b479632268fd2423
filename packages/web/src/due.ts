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

/** What a matter without a deadline goes on until: the end of its notice, then of its evaluation; the review of one that is suspended. */
export function untilOf(
  {
    state,
    noticeEndsAt,
    evaluationEndsAt,
    reviewAt,
  }: Pick<IssueItem, 'state' | 'noticeEndsAt' | 'evaluationEndsAt' | 'reviewAt'>,
  now: Date,
): { of: 'notice' | 'evaluation' | 'review'; at: string } | null {
  if (state === 'suspended') return reviewAt === null ? null : { of: 'review', at: reviewAt }
  if (state !== 'publicized') return null
  if (noticeEndsAt !== null && Date.parse(noticeEndsAt) > now.getTime()) return { of: 'notice', at: noticeEndsAt }
  return evaluationEndsAt === null ? null : { of: 'evaluation', at: evaluationEndsAt }
}
