/** The first record that does not fit. */
export interface Mismatch {
  /** e.g. `issue:340803002001-…`, or `seal:340803002001-3` */
  subject: string
  /** Of the event, where one is meant. */
  seq: number | null
  reason: string
  expected: string | number | null
  found: string | number | null
}

/** Ends the whole check where it stands. */
export class MismatchError extends Error {
  readonly mismatch: Mismatch

  constructor(mismatch: Mismatch) {
    super(`${mismatch.subject}: ${mismatch.reason}`)
    this.mismatch = mismatch
  }
}

export const fail = (
  subject: string,
  seq: number | null,
  reason: string,
  expected: Mismatch['expected'] = null,
  found: Mismatch['found'] = null,
): never => {
  throw new MismatchError({ subject, seq, reason, expected, found })
}
