import type { InboxStep } from '@tongxin/contract'
import { type Action, type Reminded, type Reminder, remindedOf } from '@tongxin/lifecycle'
import type { Decided } from '../issues/index.ts'

/**
 * Whose duty it is to know. `officer`, `secretary`: of the community; `street`: supervisors of its street; `lead`, `parts`: handlers of the
 * units at work; `unit`: of the one the action or clock is about; `called`: of the unit of the street that was called, or of all of them;
 * `taker`: in whose hands an order was put; `asker`: who asked for the extension; `orderers`: who ordered the supervisions that were open.
 */
export type Addressee = Reminded | 'parts' | 'taker' | 'asker' | 'orderers'

export interface Step {
  step: InboxStep
  on: readonly Action[]
  when?: (decided: Decided) => boolean
  to: readonly Addressee[] | ((decided: Decided) => readonly Addressee[])
}

const clockAddressees = ({ payload }: Decided): readonly Addressee[] => remindedOf(payload as unknown as Reminder)
const isWarning = ({ payload }: Decided): boolean => payload.level === 1

/** The one table of who is told of what: an action that comes about, and whose duty it is to know. */
export const STEPS: readonly Step[] = [
  { step: 'clock_warned', on: ['remind'], when: isWarning, to: clockAddressees },
  { step: 'clock_overdue', on: ['remind'], when: (d) => !isWarning(d), to: clockAddressees },
  {
    step: 'ordered',
    on: ['dispatch', 'reassign', 'rectify'],
    // Parts that go on as they were are not told again.
    to: ({ payload }) => (payload.coUnits === undefined ? ['lead'] : ['lead', 'parts']),
  },
  { step: 'ordered', on: ['add_part'], to: ['unit'] },
  { step: 'handed_over', on: ['hand_over'], to: ['taker'] },
  { step: 'part_finished', on: ['finish_part'], to: ['lead'] },
  // What was returned too often waits for the secretary.
  { step: 'returned', on: ['return'], to: ['officer', 'secretary'] },
  { step: 'part_returned', on: ['return_part'], to: ['officer', 'secretary'] },
  { step: 'rejected', on: ['reject'], to: ['lead'] },
  { step: 'extension_asked', on: ['request_extension', 'request_part_extension'], to: ['officer', 'secretary'] },
  { step: 'extension_decided', on: ['decide_extension'], to: ['lead', 'asker'] },
  { step: 'extension_decided', on: ['decide_part_extension'], to: ['unit'] },
  {
    step: 'whistled',
    on: ['escalate', 'rectify'],
    when: ({ issue, after }) => after.escalated && !issue.escalated,
    to: ['called', 'street'],
  },
  { step: 'reported_in', on: ['report_in'], to: ['officer', 'secretary'] },
  { step: 'supervised', on: ['supervise'], to: ['officer', 'secretary'] },
  { step: 'supervision_answered', on: ['reply_supervision'], to: ['orderers'] },
  {
    step: 'objected',
    on: ['object'],
    when: ({ payload }) => payload.reviewOf === undefined,
    to: ['officer', 'secretary'],
  },
  { step: 'review_asked', on: ['object'], when: ({ payload }) => payload.reviewOf !== undefined, to: ['secretary'] },
  { step: 'contested', on: ['contest_rating'], to: ['secretary'] },
  { step: 'appealed', on: ['appeal'], to: ['officer', 'secretary'] },
  { step: 'resumed', on: ['resume'], when: ({ as }) => as === 'system', to: ['officer'] },
]
