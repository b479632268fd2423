import { buffer } from 'node:stream/consumers'
import type { MinutesView } from '@tongxin/contract'
import { printMinutes } from './print-minutes.ts'

/** About 100 KB each. */
const MOST_KEPT = 50

/**
 * Confirmed minutes without names are the same for everybody for ever. Printing holds the process up for a tenth of a second, and a
 * link that goes round a community is opened by many: the last few printed are kept.
 */
export const keepPublicPrints = () => {
  const kept = new Map<string, Promise<Buffer>>()
  return (view: MinutesView): Promise<Buffer> => {
    const key = `${view.meetingId} ${view.hash}`
    const print = kept.get(key) ?? printMinutes(view).then(buffer)
    kept.delete(key)
    kept.set(key, print)
    print.catch(() => kept.delete(key))
    const [oldest] = kept.keys()
    if (kept.size > MOST_KEPT && oldest !== undefined) kept.delete(oldest)
    return print
  }
}
