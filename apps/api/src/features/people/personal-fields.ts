import type { Cipher } from '../../personal-data/cipher.ts'
import { maskName, maskPhone } from '../../personal-data/mask.ts'

export interface SealedPerson {
  id: string
  nameCipher: string | null
  phoneCipher: string | null
}

/** Names that differ by spaces or width only have one hash. */
export const sealName = (cipher: Cipher, id: string, name: string) => ({
  nameCipher: cipher.encrypt(name, `people.name:${id}`),
  nameHash: cipher.keyedHash(`people.name:${name.normalize('NFKC').replace(/\s/g, '')}`),
})

/** `phone` without spaces, hyphens and country code, as the contract's `phoneNumber` leaves it. */
export const sealPhone = (cipher: Cipher, id: string, phone: string) => ({
  phoneCipher: cipher.encrypt(phone, `people.phone:${id}`),
  phoneHash: cipher.keyedHash(phone),
})

const MOST_NAMES = 2_000
const openedNames = new WeakMap<Cipher, Map<string, string>>()

/** Names opened lately are kept in memory: the same few people act again and again, and opening one costs more than reading it. */
export const openName = (cipher: Cipher, { id, nameCipher }: SealedPerson): string | null => {
  if (nameCipher === null) return null
  let opened = openedNames.get(cipher)
  if (!opened || opened.size >= MOST_NAMES) {
    opened = new Map()
    openedNames.set(cipher, opened)
  }
  const sealed = `people.name:${id} ${nameCipher}`
  let name = opened.get(sealed)
  if (name === undefined) {
    name = cipher.decrypt(nameCipher, `people.name:${id}`)
    opened.set(sealed, name)
  }
  return name
}

export const openPhone = (cipher: Cipher, person: SealedPerson): string | null =>
  person.phoneCipher === null ? null : cipher.decrypt(person.phoneCipher, `people.phone:${person.id}`)

export const maskedName = (cipher: Cipher, person: SealedPerson): string | null => {
  const name = openName(cipher, person)
  return name === null ? null : maskName(name)
}

export const maskedPhone = (cipher: Cipher, person: SealedPerson): string | null => {
  const phone = openPhone(cipher, person)
  return phone === null ? null : maskPhone(phone)
}
