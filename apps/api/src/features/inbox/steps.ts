import type { InboxStep } from '@tongxin/contract'
import type { Action, ClockCode } from '@tongxin/lifecycle'
import type { Decided } from '../issues/index.ts'

/**
 * Whose duty it is to know. `on_duty`: whoever is on duty, the officers where nobody is; `officer`, `secretary`: of the community; `street`: supervisors of its street; `lead`, `parts`: handlers of the units
 * at work; `unit`: of the one the action or clock is about; `called`: of the unit of the street that was called, or of all of them; `taker`: in
 * whose hands an order was put; `asker`: who asked for the extension; `orderers`: who ordered the supervisions that were open.
 */
export type Addressee =
  | 'on_duty'
  | 'officer'
  | 'secretary'
  | 'street'
  | 'lead'
  | 'parts'
  | 'unit'
  | 'called'
  | 'taker'
  | 'asker'
  | 'orderers'

export interface Step {
  step: InboxStep
  on: readonly Action[]
  when?: (decided: Decided) => boolean
  to: readonly Addressee[] | ((decided: Decided) => readonly Addressee[])
}

/** Who is told first of a matter that nobody has contacted yet. */
const FIRST_CONTACT: readonly Addressee[] = ['on_duty']

/** Beside those the ladder names, who has the clock's work in hand: of a clock about a unit that unit. */
const AT_WORK: { readonly [C in ClockCode]?: Addressee } = {
  sign: 'lead',
  handle: 'lead',
  part: 'unit',
  report_in: 'called',
}

const clockAddressees = ({ payload }: Decided): readonly Addressee[] => {
  const { clock, about, to, level } = payload as { clock: ClockCode; about: string | null; to: string; level: number }
  const ladder = to === 'supervisor' ? 'street' : (to as 'officer' | 'secretary')
  const first: readonly Addressee[] = clock === 'contact' && ladder === 'officer' ? FIRST_CONTACT : [ladder]
  const atWork = clock === 'sign' && about !== null ? 'unit' : AT_WORK[clock]
  return level <= 2 && atWork ? [...first, atWork] : first
}
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
