import type { Cipher } from '../../personal-data/cipher.ts'

/** Doors written differently are one door: full-width digits and letters, spaces and case do not count. */
export const normalDoor = (door: string): string => door.normalize('NFKC').replace(/\s/g, '').toUpperCase()

/** By which a door is found among those of its building. */
export const doorHash = (cipher: Cipher, door: string): string => cipher.keyedHash(`door:${normalDoor(door)}`)

export const sealDoor = (cipher: Cipher, householdId: string, door: string) => ({
  doorCipher: cipher.encrypt(door, `households.door:${householdId}`),
  doorHash: doorHash(cipher, door),
})

export const openDoor = (cipher: Cipher, household: { id: string; doorCipher: string }): string =>
  cipher.decrypt(household.doorCipher, `households.door:${household.id}`)
