import { randomInt } from 'node:crypto'
import type { Cipher } from '../../personal-data/cipher.ts'

/** Without the letters and digits that are mistaken for one another on paper: 0 O, 1 I L. */
const ALPHABET = '23456789ABCDEFGHJKMNPQRSTUVWXYZ'
const LENGTH = 12

/** `XXXX-XXXX-XXXX`: 59 bits, beyond guessing within its 90 days. */
export function makeInvitationCode(): string {
  const letters = Array.from({ length: LENGTH }, () => ALPHABET[randomInt(ALPHABET.length)])
  return letters.join('').replace(/(.{4})(?=.)/g, '$1-')
}

/** Typed with or without hyphens, in either case. */
export const hashInvitationCode = (cipher: Cipher, code: string): string =>
  cipher.keyedHash(
    `invitation:${code
      .normalize('NFKC')
      .toUpperCase()
      .replace(/[^0-9A-Z]/g, '')}`,
  )
