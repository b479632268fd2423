import { hash, randomFillSync } from 'node:crypto'
import canonicalize from 'canonicalize'

/** SHA-256 everywhere by default, SM3 (GB/T 32905) where the community's rules ask for the national algorithms. */
export type HashName = 'sha256' | 'sm3'

export const HASH_NAMES: readonly HashName[] = ['sha256', 'sm3']

export const isHashName = (name: string): name is HashName => name === 'sha256' || name === 'sm3'

/** Lowercase hex of the UTF-8 bytes of `text`. */
export const hashText = (hashName: HashName, text: string): string => hash(hashName, text, 'hex')

export const hashBytes = (hashName: HashName, bytes: Uint8Array): Buffer => hash(hashName, bytes, 'buffer')

/**
 * The canonical JSON text (RFC 8785) of a value, the only form that is ever hashed.
 * @throws Error on what JSON cannot hold: NaN, Infinity, half of a surrogate pair.
 */
export const canonicalForm = (value: unknown): string => {
  const text = canonicalize(value)
  if (text === undefined) throw new TypeError('This value has no JSON form')
  return text
}

const SALT_BYTES = 16
const pool = Buffer.alloc(SALT_BYTES * 256)
let poolUsed = pool.length

/** 128 random bits as 32 hex digits: enough that a payload cannot be guessed from its hash. */
export const newSalt = (): string => {
  if (poolUsed === pool.length) {
    randomFillSync(pool)
    poolUsed = 0
  }
  const salt = pool.toString('hex', poolUsed, poolUsed + SALT_BYTES)
  // A salt that was handed out must not stay readable in the pool: erasing it later is what forgets the payload.
  pool.fill(0, poolUsed, poolUsed + SALT_BYTES)
  poolUsed += SALT_BYTES
  return salt
}

const SALT_FORM = /^[0-9a-f]{32}$/

/**
 * The commitment to a payload: hash(salt as 32 hex digits ‖ canonical form of the payload).
 * The fixed length of the salt keeps the boundary unambiguous.
 */
export const payloadHash = (hashName: HashName, salt: string, payload: unknown): string => {
  if (!SALT_FORM.test(salt)) throw new TypeError('A salt is 32 lowercase hex digits')
  return hashText(hashName, salt + canonicalForm(payload))
}
