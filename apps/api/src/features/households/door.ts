import type { Cipher } from '../../personal-data/cipher.ts'

/** Doors written differently are one door: full-width digits and letters, spaces and case do not count. */
const normalize = (door: string): string => door.normalize('NFKC').replace(/\s/g, '').toUpperCase()

export const sealDoor = (cipher: Cipher, householdId: string, door: string) => ({
  doorCipher: cipher.encrypt(door, `households.door:${householdId}`),
  doorHash: cipher.keyedHash(`door:${normalize(door)}`),
})

export const openDoor = (cipher: Cipher, household: { id: string; doorCipher: string }): string =>
  cipher.decrypt(household.doorCipher, `households.door:${household.id}`)
