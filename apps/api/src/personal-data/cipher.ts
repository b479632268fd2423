import {
  type CipherGCMTypes,
  createCipheriv,
  createDecipheriv,
  createHash,
  createHmac,
  createSecretKey,
  hkdfSync,
  type KeyObject,
  randomBytes,
  timingSafeEqual,
} from 'node:crypto'

/**
 * AES-256-GCM, or for the national algorithms SM4 (GB/T 32907) in counter mode with HMAC-SM3 over the cipher text:
 * Node's OpenSSL offers no SM4-GCM through its cipher interface.
 */
export type CipherAlgorithm = 'aes-256-gcm' | 'sm4-ctr-hmac-sm3'

export interface Cipher {
  /**
   * @param context what the text belongs to, such as `people.phone:{id}`: it is authenticated, so that a value copied
   * into another row or column does not decrypt there
   * @returns `v1.{algorithm}.{key id}.{base64url}`: printable, and readable after a change of key or algorithm
   */
  encrypt(text: string, context: string): string
  /** @throws DecryptionError when the text was altered, belongs elsewhere, or its key is not at hand */
  decrypt(encrypted: string, context: string): string
  /** A whole file, by the same rule and with the same prefix, without the third again that printable text takes. */
  encryptFile(content: Uint8Array, context: string): Buffer
  /** @throws DecryptionError as `decrypt` does */
  decryptFile(encrypted: Buffer, context: string): Buffer
  /**
   * Hex HMAC by which an encrypted value is found again; the caller normalizes (a phone to its 11 digits) first.
   * Always HMAC-SHA-256, whatever encrypts: a hash that changed with a setting would make everyone unfindable.
   */
  keyedHash(text: string): string
}

export interface CipherKeys {
  /** 32 bytes that encrypt from now on */
  key: Uint8Array
  /** earlier keys, still able to decrypt */
  retiredKeys?: readonly Uint8Array[]
  /** 32 bytes of its own, never rotated without rewriting every keyed hash */
  keyedHashKey: Uint8Array
  algorithm: CipherAlgorithm
}

export class DecryptionError extends Error {
  override name = 'DecryptionError'
}

interface Sealer {
  code: string
  seal(text: Buffer, aad: Buffer): Buffer
  open(sealed: Buffer, aad: Buffer): Buffer
}

const AES: CipherGCMTypes = 'aes-256-gcm'
const AES_IV_BYTES = 12
const AES_TAG_BYTES = 16
const SM4_IV_BYTES = 16
const SM3_BYTES = 32

/** As a key object: made ready once, where a plain buffer would be at every use. */
const derive = (key: Uint8Array, purpose: string, bytes: number): KeyObject =>
  createSecretKey(Buffer.from(hkdfSync('sha256', key, new Uint8Array(), `tongxin personal data ${purpose}`, bytes)))

const aesSealer = (key: Uint8Array): Sealer => {
  const encryptionKey = derive(key, 'aes-256-gcm', 32)
  return {
    code: 'aes',
    seal(text, aad) {
      const iv = randomBytes(AES_IV_BYTES)
      const cipher = createCipheriv(AES, encryptionKey, iv, { authTagLength: AES_TAG_BYTES }).setAAD(aad)
      return Buffer.concat([iv, cipher.update(text), cipher.final(), cipher.getAuthTag()])
    },
    open(sealed, aad) {
      const iv = sealed.subarray(0, AES_IV_BYTES)
      const decipher = createDecipheriv(AES, encryptionKey, iv, { authTagLength: AES_TAG_BYTES })
      decipher.setAAD(aad).setAuthTag(sealed.subarray(-AES_TAG_BYTES))
      return Buffer.concat([decipher.update(sealed.subarray(AES_IV_BYTES, -AES_TAG_BYTES)), decipher.final()])
    },
  }
}

const sm4Sealer = (key: Uint8Array): Sealer => {
  const encryptionKey = derive(key, 'sm4-ctr', 16)
  const macKey = derive(key, 'hmac-sm3', 32)
  // The length of the context comes first: context and cipher text must not be able to trade bytes.
  const mac = (ivAndText: Buffer, aad: Buffer): Buffer => {
    const length = Buffer.alloc(4)
    length.writeUInt32BE(aad.length)
    return createHmac('sm3', macKey).update(length).update(aad).update(ivAndText).digest()
  }
  return {
    code: 'sm4',
    seal(text, aad) {
      const iv = randomBytes(SM4_IV_BYTES)
      const cipher = createCipheriv('sm4-ctr', encryptionKey, iv)
      const ivAndText = Buffer.concat([iv, cipher.update(text), cipher.final()])
      return Buffer.concat([ivAndText, mac(ivAndText, aad)])
    },
    open(sealed, aad) {
      if (sealed.length < SM4_IV_BYTES + SM3_BYTES) throw new DecryptionError('Too short')
      const ivAndText = sealed.subarray(0, -SM3_BYTES)
      if (!timingSafeEqual(mac(ivAndText, aad), sealed.subarray(-SM3_BYTES))) throw new DecryptionError('Altered')
      const decipher = createDecipheriv('sm4-ctr', encryptionKey, ivAndText.subarray(0, SM4_IV_BYTES))
      return Buffer.concat([decipher.update(ivAndText.subarray(SM4_IV_BYTES)), decipher.final()])
    },
  }
}

const keyId = (key: Uint8Array): string =>
  createHash('sha256').update('tongxin key id').update(key).digest('hex').slice(0, 8)

const requireKey = (key: Uint8Array): Uint8Array => {
  if (key.length !== 32) throw new TypeError(`An encryption key is 32 bytes, not ${key.length}`)
  return key
}

export const createCipher = ({ key, retiredKeys = [], keyedHashKey, algorithm }: CipherKeys): Cipher => {
  requireKey(keyedHashKey)
  const sealers = new Map<string, Sealer>()
  for (const each of [key, ...retiredKeys]) {
    for (const sealer of [aesSealer(requireKey(each)), sm4Sealer(each)]) {
      sealers.set(`v1.${sealer.code}.${keyId(each)}`, sealer)
    }
  }
  const prefix = `v1.${algorithm === 'aes-256-gcm' ? 'aes' : 'sm4'}.${keyId(key)}`
  const current = sealers.get(prefix)
  if (current === undefined) throw new TypeError(`Unknown cipher algorithm ${algorithm}`)

  // The prefix is authenticated with the context: a value cannot be passed off as another version or algorithm.
  const aadOf = (itsPrefix: string, context: string): Buffer => Buffer.from(`${itsPrefix}\0${context}`, 'utf8')

  const open = (itsPrefix: string, sealed: Buffer, context: string): Buffer => {
    const sealer = sealers.get(itsPrefix)
    if (sealer === undefined) throw new DecryptionError('No key for this text')
    try {
      return sealer.open(sealed, aadOf(itsPrefix, context))
    } catch (cause) {
      throw new DecryptionError('Not decryptable here: altered, or not of this context', { cause })
    }
  }

  return {
    encrypt: (text, context) =>
      `${prefix}.${current.seal(Buffer.from(text, 'utf8'), aadOf(prefix, context)).toString('base64url')}`,
    decrypt(encrypted, context) {
      const dot = Math.max(encrypted.lastIndexOf('.'), 0)
      return open(encrypted.slice(0, dot), Buffer.from(encrypted.slice(dot + 1), 'base64url'), context).toString('utf8')
    },
    encryptFile: (content, context) =>
      Buffer.concat([Buffer.from(`${prefix}.`, 'utf8'), current.seal(Buffer.from(content), aadOf(prefix, context))]),
    decryptFile: (encrypted, context) =>
      open(encrypted.toString('utf8', 0, prefix.length), encrypted.subarray(prefix.length + 1), context),
    keyedHash: (text) => createHmac('sha256', keyedHashKey).update(text, 'utf8').digest('hex'),
  }
}
