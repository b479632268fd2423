/** Something the person who started us can mend; the message says what, in Chinese and English. */
export class LocalPostgresError extends Error {
  override name = 'LocalPostgresError'
}
