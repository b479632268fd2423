import type { Unit, UnitDetail, UnitHours } from '@tongxin/contract'
import type { units } from '../../db/schema/units.ts'
import type { Cipher } from '../../personal-data/cipher.ts'
import { maskPhone } from '../../personal-data/mask.ts'
import type { DutyList } from './duty-list.ts'
import { openUnitPhone } from './unit-phone.ts'

export function presentUnit(
  cipher: Cipher,
  row: typeof units.$inferSelect,
  { duties, leads, notDuties }: DutyList,
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
    leads,
    notDuties,
    version: row.version,
  }
}

export const presentDetail = (
  cipher: Cipher,
  row: typeof units.$inferSelect,
  duties: DutyList,
  reader: { seesNumber: boolean; mayManage: boolean; mayKeep: boolean },
  hours: UnitHours | null,
): UnitDetail => ({
  ...presentUnit(cipher, row, duties, reader.seesNumber),
  hours,
  mayManage: reader.mayManage,
  mayKeep: reader.mayKeep,
})
