import type { TextReview } from '@tongxin/contract'
import { countByKind, type Payload, type PersonalKind, publicTexts } from '@tongxin/lifecycle'
import { assertPublishable } from '../../personal-data/assert-publishable.ts'
import { deIdentify } from '../../personal-data/de-identify.ts'

/** By where the text stands in the payload: `result`, `coUnits.0.task`. */
export type Reviews = Readonly<Record<string, TextReview>>

type Counts = TextReview['kept']

const within = (found: Counts, seen: Counts): boolean =>
  Object.entries(found).every(([kind, count]) => count <= (seen[kind as PersonalKind] ?? 0))

/**
 * Looks through the texts that enter the record. Returns the approvals as the event keeps them: what was taken out as the
 * approver says, what was let stand as found here; null when there is nothing to record.
 * @param mayKeep whether this person answers for public texts: residents take what is proposed, or put it in other words
 * @throws AppError unprocessable (reason `personal_data`), proposing texts, where more was found than somebody approved
 */
export const reviewTexts = (
  payload: Payload,
  reviews: Reviews,
  mayKeep: boolean,
): Record<string, TextReview> | null => {
  const looked = publicTexts(payload).map(({ path, text }) => {
    const review = Object.hasOwn(reviews, path) ? reviews[path] : undefined
    return { path, text, review, kept: countByKind(deIdentify(text).removals) }
  })
  const doubtful = looked.filter(({ review, kept }) => !within(kept, (mayKeep && review?.kept) || {}))
  assertPublishable(false, Object.fromEntries(doubtful.map(({ path, text }) => [path, text])))
  const approved = looked.flatMap(({ path, review, kept }): [string, TextReview][] =>
    review === undefined ? [] : [[path, { removed: review.removed, kept }]],
  )
  return approved.length === 0 ? null : Object.fromEntries(approved)
}
