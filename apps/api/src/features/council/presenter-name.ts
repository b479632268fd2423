import type { Cipher } from '../../personal-data/cipher.ts'

const contextOf = (itemId: string) => `agenda_items.presenter:${itemId}`

/** Of somebody who presents and is not known to the product otherwise. */
export const sealPresenter = (cipher: Cipher, itemId: string, name: string): string =>
  cipher.encrypt(name, contextOf(itemId))

export const openPresenter = (cipher: Cipher, itemId: string, sealed: string): string =>
  cipher.decrypt(sealed, contextOf(itemId))
