import type { Context, FactSlice } from '../issue.ts'

/** What can make a guard that fails now hold later. The walk of the graph checks that each really can happen. */
export type FreedBy =
  | { action: string }
  /** An instant that arrives by itself. */
  | { time: true }
  /** Somebody else, or another choice in the payload, is always to be had. */
  | { choice: true }
  /** A right that was used or has run out: the matter may be raised anew. Only where nothing is due. */
  | { anew: true }
  /** The council's own procedure: sessions and motions are open to the community at any time. */
  | { council: true }

export interface Guard {
  /** 409 when the matter is not ready for it, 403 when this person is not the one to do it. */
  status: 403 | 409
  zh: string
  en: string
  freedBy: readonly FreedBy[]
  /** The slices of facts it reads. */
  needs?: readonly FactSlice[]
  /** Reads the payload, so that it cannot be answered before one is given. */
  ofPayload?: true
  holds(c: Context): boolean
}

export const choice = [{ choice: true }] as const
export const anew = [{ anew: true }] as const
export const by = (...actions: string[]) => actions.map((action) => ({ action }))

const DAY = 86_400_000
export const daysAfter = (at: Date, days: number): number => at.getTime() + days * DAY
export const withinDays = (since: Date | null, days: number, now: Date): boolean =>
  since !== null && now.getTime() <= daysAfter(since, days)

/** A payload's instant in milliseconds; NaN, which no comparison lets through, for whatever is none. */
export const instantOf = (value: unknown): number =>
  typeof value === 'string' || value instanceof Date ? new Date(value).getTime() : Number.NaN
