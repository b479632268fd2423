import { createHmac, timingSafeEqual } from 'node:crypto'
import type { MeetingKey } from './meetings.queries.ts'

/** A code stands on the screen this long, and is taken once as long after it was replaced: a phone needs a moment. */
const STEP_MS = 30_000
/** Crockford's: no letter that reads as a figure. */
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
const LENGTH = 8

const codeOf = (secret: string, { communityCode, id }: MeetingKey, step: number): string => {
  const digest = createHmac('sha256', secret).update(`check-in ${communityCode} ${id} ${step}`).digest()
  return Array.from(digest.subarray(0, LENGTH), (byte) => ALPHABET[byte % ALPHABET.length]).join('')
}

/**
 * The code that shows who is in the room, changing with time as in RFC 6238.
 * @returns the code and the moment, in milliseconds, at which the next one takes its place
 */
export const checkInCode = (secret: string, key: MeetingKey, now: Date): { code: string; until: number } => {
  const step = Math.floor(now.getTime() / STEP_MS)
  return { code: codeOf(secret, key, step), until: (step + 1) * STEP_MS }
}

export const isCheckInCode = (secret: string, key: MeetingKey, now: Date, given: string): boolean => {
  const step = Math.floor(now.getTime() / STEP_MS)
  const bytes = Buffer.from(given)
  return [step, step - 1].some((at) => {
    const expected = Buffer.from(codeOf(secret, key, at))
    return bytes.length === expected.length && timingSafeEqual(bytes, expected)
  })
}
