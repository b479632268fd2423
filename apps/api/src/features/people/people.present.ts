import type { Person } from '@tongxin/contract'
import type { people } from '../../db/schema/people.ts'
import type { Cipher } from '../../personal-data/cipher.ts'
import { maskedName, maskedPhone } from './personal-fields.ts'

export const presentPerson = (cipher: Cipher, row: typeof people.$inferSelect): Person => ({
  id: row.id,
  name: maskedName(cipher, row),
  phone: maskedPhone(cipher, row),
  level: row.level,
  regionCode: row.regionCode,
  largeType: row.largeType,
  createdAt: row.createdAt.toISOString(),
  anonymised: row.anonymisedAt !== null,
  mergedInto: row.mergedInto,
  version: row.version,
})
