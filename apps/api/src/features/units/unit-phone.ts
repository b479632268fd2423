import type { Cipher } from '../../personal-data/cipher.ts'

export const sealUnitPhone = (cipher: Cipher, unitId: string, phone: string): string =>
  cipher.encrypt(phone, `units.phone:${unitId}`)

export const openUnitPhone = (cipher: Cipher, unit: { id: string; phoneCipher: string | null }): string | null =>
  unit.phoneCipher === null ? null : cipher.decrypt(unit.phoneCipher, `units.phone:${unit.id}`)
