import { createHash } from 'node:crypto'

const WHOLE = 2 ** 32

/**
 * Whether a good rating is drawn to be called back: the first 32 bits of SHA-256 over its public id, as a share of 2³², lie below
 * `percent`. Anyone who reads the record can draw again; the id was made before anybody could know what it draws.
 */
export const isDrawn = (ratingPublicId: string, percent: number): boolean =>
  (createHash('sha256').update(ratingPublicId).digest().readUInt32BE(0) / WHOLE) * 100 < percent
