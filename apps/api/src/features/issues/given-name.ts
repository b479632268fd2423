import type { Cipher } from '../../personal-data/cipher.ts'
import { maskName } from '../../personal-data/mask.ts'

// Bound to the community, not to the raiser's row: merging copies the row, and the name with it.
const context = (communityCode: string) => `raisers.name:${communityCode}`

/** The name of a raiser behind whom no person stands: as another board knew them. */
export const sealGivenName = (cipher: Cipher, communityCode: string, name: string): string =>
  cipher.encrypt(name, context(communityCode))

export const openGivenName = (cipher: Cipher, communityCode: string, nameCipher: string): string =>
  cipher.decrypt(nameCipher, context(communityCode))

export const maskedGivenName = (cipher: Cipher, communityCode: string, nameCipher: string | null): string | null =>
  nameCipher === null ? null : maskName(openGivenName(cipher, communityCode, nameCipher))
