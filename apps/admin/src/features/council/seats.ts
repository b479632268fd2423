import { date } from '@tongxin/web'

/** Classes of members that have seats of their own; staff sit in without one. */
export const SEAT_CLASSES = ['representative', 'party_member'] as const
export type SeatClass = (typeof SEAT_CLASSES)[number]

/** In days, the last one named: the instant a term ends is the first one without the seat. */
export const termOf = (
  { since, until }: { since: string; until: string | null },
  t: (key: string, values: Record<string, unknown>) => string,
): string =>
  until === null
    ? t('council.since', { from: date(since) })
    : `${date(since)} – ${date(new Date(Date.parse(until) - 1))}`
