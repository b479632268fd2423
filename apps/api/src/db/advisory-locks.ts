/** Keys of the advisory locks this product takes, in one list so that none is used twice. */
export const ADVISORY_LOCKS = {
  migrate: 7_245_001,
  /** Held, shared, by every running worker. */
  worker: 7_245_002,
} as const
