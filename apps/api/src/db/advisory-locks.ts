/** Keys of the advisory locks this product takes, in one list so that none is used twice. */
export const ADVISORY_LOCKS = {
  migrate: 7_245_001,
  /** Held, shared, by every running worker. */
  worker: 7_245_002,
  /** First of two keys; the second is `hashtext` of the name in which a worker takes jobs. Held for as long as it lives. */
  workerId: 7_245_006,
  demo: 7_245_005,
  /** First of two keys; the second is made from the file's hash. Held while a file is stored or deleted. */
  storedFile: 7_245_003,
  /** With a hash of the community: its imports, one batch at a time. */
  imports: 7_245_004,
  /** With a hash of the community: its roll of flats, imported, ruled on or frozen by one at a time. */
  ownersRoll: 7_245_007,
  /** Held while an account is locked: who else may sign in must not change meanwhile. */
  accountLocks: 7_245_011,
  /** Held by whoever brings the statistics up to date. */
  statistics: 7_245_010,
} as const
