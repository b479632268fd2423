import type { newUnit } from '@tongxin/contract'
import type * as z from 'zod'
import type { Tx } from '../../db/connect.ts'
import { newId } from '../../db/new-id.ts'
import { units } from '../../db/schema/units.ts'
import type { Cipher } from '../../personal-data/cipher.ts'
import { recordChange } from './record-change.ts'
import { setDuties } from './set-duties.ts'
import { sealUnitPhone } from './unit-phone.ts'

/** @throws AppError unprocessable when a duty names no active category */
export async function addUnit(
  tx: Tx,
  cipher: Cipher,
  unit: z.infer<typeof newUnit>,
  { by, at }: { by: string; at: Date },
) {
  const { phone, duties, leads, notDuties, ...columns } = unit
  const id = newId(at)
  const [added] = await tx
    .insert(units)
    .values({ id, ...columns, phoneCipher: phone === undefined ? null : sealUnitPhone(cipher, id, phone) })
    .returning()
  const { list, changed } = await setDuties(tx, id, { duties, leads, notDuties })
  const { name, kind, hasAccounts } = unit
  await recordChange(tx, { unitId: id, at, by, what: 'added', details: { name, kind, hasAccounts, ...changed } })
  return { unit: added!, duties: list }
}
