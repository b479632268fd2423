import { date } from '@tongxin/web'

/** Roles that are seats of the council; a representative's that names a unit is that unit's seat. */
export const SEAT_ROLES = ['representative', 'party_member'] as const
export type SeatRole = (typeof SEAT_ROLES)[number]

/** In days, the last one named: the instant a term ends is the first one without the seat. */
export const termOf = (
  { since, until }: { since: string; until: string | null },
  t: (key: string, values: Record<string, unknown>) => string,
): string =>
  until === null
    ? t('council.since', { from: date(since) })
    : `${date(since)} – ${date(new Date(Date.parse(until) - 1))}`
