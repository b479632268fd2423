import type { Action, ClockCode, Issue } from '@tongxin/lifecycle'

export interface ClockMet {
  clock: ClockCode
  onTime: boolean
}

const DECISIONS: readonly Action[] = ['accept', 'answer', 'decline', 'refer', 'merge', 'schedule']

/** What each clock waits for. Whatever else ends one (a withdrawal, a return) has not met it, and counts for nothing. */
const MET_BY: Partial<Record<ClockCode, readonly Action[]>> = {
  respond: ['accept', 'answer', 'decline', 'refer', 'merge', 'withdraw'],
  schedule: ['schedule'],
  decide: ['adopt', 'dismiss'],
  dispatch: ['dispatch', 'rectify'],
  sign: ['sign'],
  handle: ['submit'],
  verify: ['publicize'],
  appeal: DECISIONS,
  referral: ['progress'],
  objection: ['answer_objection'],
  call_back: ['call_back'],
}

const same = (a: Date | null, b: Date | null): boolean => a?.getTime() === b?.getTime()

/**
 * The clocks of a matter that this event stopped by doing what they wait for, and whether in time. Read off the matter's row as
 * it stood before and after.
 */
export const clocksMet = (before: Issue, after: Issue, action: Action, at: Date): ClockMet[] => {
  const met: ClockMet[] = []
  if (before.contactedAt === null && after.contactedAt !== null && before.contactDueAt !== null)
    met.push({ clock: 'contact', onTime: at <= before.contactDueAt })
  const { dueClock: clock, dueAt } = before
  if (clock === null || dueAt === null || !MET_BY[clock]?.includes(action)) return met
  const runsOn = after.dueClock === clock && same(after.dueFrom, before.dueFrom)
  if (!runsOn) met.push({ clock, onTime: at <= dueAt })
  return met
}
