import { randomBytes } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type CipherAlgorithm, createCipher, DecryptionError } from './cipher.ts'

const key = randomBytes(32)
const keyedHashKey = randomBytes(32)
const cipherOf = (algorithm: CipherAlgorithm) => createCipher({ key, keyedHashKey, algorithm })

describe.each<CipherAlgorithm>(['aes-256-gcm', 'sm4-ctr-hmac-sm3'])('%s', (algorithm) => {
  const cipher = cipherOf(algorithm)

  it('gives back any text, and never the same cipher text twice', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.string(), (text, context) => {
        const encrypted = cipher.encrypt(text, context)
        expect(cipher.decrypt(encrypted, context)).toBe(text)
        expect(cipher.encrypt(text, context)).not.toBe(encrypted)
      }),
    )
  })

  it('does not open in another context', () => {
    const encrypted = cipher.encrypt('13800001234', 'people.phone:1')
    expect(() => cipher.decrypt(encrypted, 'people.phone:2')).toThrow(DecryptionError)
  })

  it('keeps a whole file, which opens in its own context alone and only unaltered', () => {
    const content = randomBytes(5_000)
    const encrypted = cipher.encryptFile(content, 'imports.file:1')
    expect(cipher.decryptFile(encrypted, 'imports.file:1').equals(content)).toBe(true)
    expect(() => cipher.decryptFile(encrypted, 'imports.file:2')).toThrow(DecryptionError)
    for (const at of [0, 10, 20, encrypted.length - 1]) {
      const altered = Buffer.from(encrypted)
      altered.writeUInt8(altered.readUInt8(at) ^ 1, at)
      expect(() => cipher.decryptFile(altered, 'imports.file:1')).toThrow(DecryptionError)
    }
    for (const nonsense of [Buffer.alloc(0), encrypted.subarray(0, 20)]) {
      expect(() => cipher.decryptFile(nonsense, 'imports.file:1')).toThrow(DecryptionError)
    }
  })

  it('does not open when any character was altered', () => {
    const encrypted = cipher.encrypt('13800001234', 'c')
    for (let i = 0; i < encrypted.length; i++) {
      const altered = encrypted.slice(0, i) + (encrypted[i] === 'A' ? 'B' : 'A') + encrypted.slice(i + 1)
      if (
        Buffer.from(altered.split('.')[3] ?? '', 'base64url').equals(
          Buffer.from(encrypted.split('.')[3] ?? '', 'base64url'),
        ) &&
        altered.startsWith(encrypted.slice(0, 15))
      )
        continue
      expect(() => cipher.decrypt(altered, 'c')).toThrow(DecryptionError)
    }
    for (const nonsense of ['', '.', 'v1', encrypted.slice(0, 20), `${encrypted.slice(0, 16)}`]) {
      expect(() => cipher.decrypt(nonsense, 'c')).toThrow(DecryptionError)
    }
  })

  it('still opens after the key was retired, and after the algorithm was changed', () => {
    const encrypted = cipher.encrypt('张三', 'c')
    for (const next of ['aes-256-gcm', 'sm4-ctr-hmac-sm3'] as const) {
      const later = createCipher({ key: randomBytes(32), retiredKeys: [key], keyedHashKey, algorithm: next })
      expect(later.decrypt(encrypted, 'c')).toBe('张三')
      expect(later.encrypt('张三', 'c').slice(0, 15)).not.toBe(encrypted.slice(0, 15))
      expect(later.keyedHash('张三')).toBe(cipher.keyedHash('张三'))
    }
    const stranger = createCipher({ key: randomBytes(32), keyedHashKey, algorithm })
    expect(() => stranger.decrypt(encrypted, 'c')).toThrow(DecryptionError)
  })
})

describe('a keyed hash', () => {
  it('is equal for equal texts only, and depends on its key', () => {
    const cipher = cipherOf('aes-256-gcm')
    expect(cipher.keyedHash('13800001234')).toBe(cipher.keyedHash('13800001234'))
    expect(cipher.keyedHash('13800001234')).not.toBe(cipher.keyedHash('13800001235'))
    const other = createCipher({ key, keyedHashKey: randomBytes(32), algorithm: 'aes-256-gcm' })
    expect(other.keyedHash('13800001234')).not.toBe(cipher.keyedHash('13800001234'))
  })
})

it('refuses keys of another length', () => {
  expect(() => createCipher({ key: randomBytes(16), keyedHashKey, algorithm: 'aes-256-gcm' })).toThrow(TypeError)
  expect(() => createCipher({ key, keyedHashKey: randomBytes(31), algorithm: 'aes-256-gcm' })).toThrow(TypeError)
})
