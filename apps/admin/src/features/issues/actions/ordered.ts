import type { IssueDetail } from '@tongxin/contract'
import { isForward } from '@tongxin/web'

type Offer = IssueDetail['allowedActions'][number]

/** What a clock waits for stands first, whatever it is; then what carries the matter forward, the other decisions, and what is only recorded. */
export function ordered(offers: readonly Offer[]): { name: 'forward' | 'other' | 'facts'; offers: Offer[] }[] {
  const rest = offers.filter(({ next }) => !next)
  const forward = rest.filter(({ action }) => isForward(action))
  return [
    { name: 'forward', offers: [...offers.filter(({ next }) => next), ...forward] },
    { name: 'other', offers: rest.filter(({ action, kind }) => kind === 'move' && !isForward(action)) },
    { name: 'facts', offers: rest.filter(({ kind }) => kind === 'fact') },
  ]
}
