import type { IssueDetail } from '@tongxin/contract'
import type { Action } from '@tongxin/lifecycle'
import { isForward } from '@tongxin/web'

type Offer = IssueDetail['allowedActions'][number]

/** Recorded without moving the matter, and yet decided: others are called in or bound by them. */
const DECIDED: ReadonlySet<Action> = new Set(['escalate', 'supervise', 'decide_extension', 'decide_contest'])

/** What a clock waits for stands first, whatever it is; then what carries the matter forward, the other decisions, and what is only recorded. */
export function ordered(offers: readonly Offer[]): { name: 'forward' | 'other' | 'facts'; offers: Offer[] }[] {
  const rest = offers.filter(({ next }) => !next)
  const isDecision = ({ action, kind }: Offer) => kind === 'move' || DECIDED.has(action)
  const forward = rest.filter(({ action }) => isForward(action))
  return [
    { name: 'forward', offers: [...offers.filter(({ next }) => next), ...forward] },
    { name: 'other', offers: rest.filter((offer) => isDecision(offer) && !isForward(offer.action)) },
    { name: 'facts', offers: rest.filter((offer) => !isDecision(offer)) },
  ]
}
