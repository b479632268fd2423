const UTC_PLUS_8_MS = 8 * 3_600_000

/** The day it is in China, `YYYY-MM-DD`. */
export const civilDate = (at: Date): string => new Date(at.getTime() + UTC_PLUS_8_MS).toISOString().slice(0, 10)
