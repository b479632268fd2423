import { type Action, type Clock, type ClockCode, dueOf, type Issue } from '@tongxin/lifecycle'

export interface ClockMet {
  clock: ClockCode
  onTime: boolean
}

const ANSWERS: readonly Action[] = ['accept', 'answer', 'decline', 'refer']

/** What each clock waits for. Whatever else ends one (a withdrawal, a return) has not met it, and counts for nothing. */
const MET_BY: Record<ClockCode, readonly Action[]> = {
  contact: ['contact', ...ANSWERS],
  respond: [...ANSWERS, 'merge', 'withdraw'],
  appeal: [...ANSWERS, 'merge', 'schedule', 'dispatch'],
  schedule: ['schedule'],
  decide: ['adopt', 'dismiss'],
  dispatch: ['dispatch', 'rectify'],
  // What is done without a signature is signed for by being done.
  sign: ['sign', 'sign_part', 'finish_part'],
  // Handed in, it waits for the check: what is sent back goes on against the same end.
  handle: ['publicize'],
  part: ['finish_part'],
  verify: ['publicize'],
  referral: ['progress'],
  extension: ['decide_extension', 'decide_part_extension'],
  objection: ['answer_objection'],
  call_back: ['call_back'],
  report_in: ['report_in'],
  supervision: ['reply_supervision'],
}

const same = (a: Clock, b: Clock): boolean => a.clock === b.clock && a.about === b.about && a.from === b.from

/** What follows by itself in the very instant in which its clock began: nobody was asked to be in time. */
const byItself = ({ from }: Clock, action: Action, at: Date): boolean =>
  action === 'rectify' && new Date(from).getTime() === at.getTime()

/**
 * The clocks of a matter that this event stopped by doing what they wait for, and whether in time; one that waits was done when it
 * began to. Read off the clocks in the matter's row as it stood before and after.
 */
export const clocksMet = (before: Issue, after: Issue, action: Action, at: Date): ClockMet[] =>
  before.clocks
    .filter((clock) => MET_BY[clock.clock].includes(action) && !byItself(clock, action, at))
    .filter((clock) => !after.clocks.some((other) => same(clock, other)))
    .map((clock) => ({
      clock: clock.clock,
      onTime: (clock.heldSince === null ? at : new Date(clock.heldSince)) <= dueOf(clock),
    }))
