import type { Cipher } from '../../personal-data/cipher.ts'
import { maskName, maskPhone } from '../../personal-data/mask.ts'

export interface SealedPerson {
  id: string
  nameCipher: string | null
  phoneCipher: string | null
}

export const sealName = (cipher: Cipher, id: string, name: string) => cipher.encrypt(name, `people.name:${id}`)

/** `phone` without spaces, hyphens and country code, as the contract's `phoneNumber` leaves it. */
export const sealPhone = (cipher: Cipher, id: string, phone: string) => ({
  phoneCipher: cipher.encrypt(phone, `people.phone:${id}`),
  phoneHash: cipher.keyedHash(phone),
})

export const openName = (cipher: Cipher, person: SealedPerson): string | null =>
  person.nameCipher === null ? null : cipher.decrypt(person.nameCipher, `people.name:${person.id}`)

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
