import type { Unit } from '@tongxin/contract'
import type { units } from '../../db/schema/units.ts'
import type { Cipher } from '../../personal-data/cipher.ts'
import { maskPhone } from '../../personal-data/mask.ts'
import { openUnitPhone } from './unit-phone.ts'

export function presentUnit(
  cipher: Cipher,
  row: typeof units.$inferSelect,
  duties: string[],
  withNumber: boolean,
): Unit {
  const phone = withNumber ? openUnitPhone(cipher, row) : null
  return {
    id: row.id,
    regionCode: row.regionCode,
    name: row.name,
    kind: row.kind,
    hasAccounts: row.hasAccounts,
    phone: phone && maskPhone(phone),
    active: row.active,
    duties,
    version: row.version,
  }
}
