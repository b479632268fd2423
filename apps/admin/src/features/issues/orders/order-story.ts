import type { IssueDetail, TimelineEntry, WorkOrder } from '@tongxin/contract'
import type { Action } from '@tongxin/lifecycle'

type Offer = IssueDetail['allowedActions'][number]

/** What the unit that leads does with its order, in the order of the work. */
const BY_LEAD: readonly Action[] = ['sign', 'submit', 'progress', 'request_extension', 'return', 'hand_over']
/** What a co-unit does with its part, and what staff decide of it. */
const OF_PART: readonly Action[] = [
  'sign_part',
  'finish_part',
  'progress',
  'request_part_extension',
  'return_part',
  'hand_over',
  'decide_part_extension',
  'waive',
]
/** Staff's own decisions on a part, whoever its handlers are. */
const BY_STAFF: ReadonlySet<Action> = new Set<Action>(['decide_part_extension', 'waive'])

const FITS: Partial<Record<Action, (order: WorkOrder) => boolean>> = {
  sign_part: ({ signedAt }) => signedAt === null,
  return_part: ({ signedAt, designated }) => signedAt === null && !designated,
  request_part_extension: ({ extensionAskedFor }) => extensionAskedFor === null,
  decide_part_extension: ({ extensionAskedFor }) => extensionAskedFor !== null,
  hand_over: ({ mine }) => mine,
  progress: ({ mine }) => mine,
}

/** Whether an action's form is opened at an order, which names the unit. */
export const isOfPart = (action: Action): boolean => action !== 'progress' && OF_PART.includes(action)

/** Of what may be done with the matter what may be done with this order: by its own unit, by staff where nobody signs in for it. */
export function offersOf(order: WorkOrder, offers: readonly Offer[]): Offer[] {
  if (order.state !== 'open') return []
  const actions = order.role === 'lead' ? BY_LEAD : OF_PART
  return actions.flatMap((action) => {
    const offer = offers.find((each) => each.action === action)
    if (!offer || FITS[action]?.(order) === false) return []
    const theirs = order.mine || !order.hasHandlers || BY_STAFF.has(action)
    return theirs ? [offer] : []
  })
}

const TOLD_OF_PART: ReadonlySet<Action> = new Set<Action>([...OF_PART, 'add_part'])
const TOLD_OF_LEAD: ReadonlySet<Action> = new Set<Action>([
  'sign',
  'return',
  'submit',
  'reject',
  'request_extension',
  'decide_extension',
])

const isOf = ({ action, fields }: TimelineEntry, { role, unitId }: WorkOrder): boolean =>
  (TOLD_OF_PART.has(action) && fields.unitId === unitId) || (role === 'lead' && TOLD_OF_LEAD.has(action))

/** What was recorded of one order while it was this unit's. */
export const storyOf = (order: WorkOrder, timeline: readonly TimelineEntry[]): TimelineEntry[] =>
  timeline.filter(
    (entry) =>
      isOf(entry, order) &&
      entry.occurredAt >= order.madeAt &&
      (order.endedAt === null || entry.occurredAt <= order.endedAt),
  )
