import { PAPER_OBJECTION_HOURS } from '@tongxin/lifecycle'
import type { HeadRow } from './vote-heads.queries.ts'
import type { VoteRow } from './votes.queries.ts'

const HOUR = 3_600_000

const afterPaper = (countedAt: string) => Date.parse(countedAt) + PAPER_OBJECTION_HOURS * HOUR

/**
 * Until when a vote may be objected to: the close. A paper counts once it is read a second time, which may be after the close: it is
 * open to objection for so many hours at least.
 * @param closesAt ISO 8601
 */
export const objectableUntil = ({ way, castAt }: Pick<HeadRow, 'way' | 'castAt'>, closesAt: string): Date =>
  new Date(Math.max(Date.parse(closesAt), way === 'paper' && castAt !== null ? afterPaper(castAt) : 0))

/** When the time to object to the paper counted last is over; null when nobody may any more. */
export const objectionsEnd = ({ lastPaperAt }: VoteRow, now: Date): Date | null => {
  const end = lastPaperAt === null ? now : new Date(afterPaper(lastPaperAt))
  return end > now ? end : null
}

/** To what another cast online, or handed in without everybody's name; never to what one's own proxy did, either way. */
export const mayObject = (head: HeadRow, personId: string): boolean => {
  const { way, castBy, proxyGiver, signedByAll, objected } = head
  if (way === null || signedByAll === true || objected) return false
  return proxyGiver !== personId && (way === 'paper' || castBy !== personId)
}
