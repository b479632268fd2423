import type { Cipher } from '../../personal-data/cipher.ts'
import { maskName } from '../../personal-data/mask.ts'

const contextOf = (id: string) => `title_owners.name:${id}`

export const sealOwner = (cipher: Cipher, id: string, name: string): string => cipher.encrypt(name, contextOf(id))

export const openOwner = (cipher: Cipher, owner: { id: string; nameCipher: string }): string =>
  cipher.decrypt(owner.nameCipher, contextOf(owner.id))

/** The developer is a company: its name is nobody's own. */
export const shownOwner = (cipher: Cipher, owner: { id: string; nameCipher: string; developer: boolean }): string => {
  const name = openOwner(cipher, owner)
  return owner.developer ? name : maskName(name)
}
