import type { newUnit } from '@tongxin/contract'
import type * as z from 'zod'
import type { Tx } from '../../db/connect.ts'
import { newId } from '../../db/new-id.ts'
import { units } from '../../db/schema/units.ts'
import type { Cipher } from '../../personal-data/cipher.ts'
import { setDuties } from './set-duties.ts'
import { sealUnitPhone } from './unit-phone.ts'

/** @throws AppError unprocessable when a duty names no active category */
export async function addUnit(tx: Tx, cipher: Cipher, unit: z.infer<typeof newUnit>, at: Date) {
  const { phone, duties, ...columns } = unit
  const id = newId(at)
  const [added] = await tx
    .insert(units)
    .values({ id, ...columns, phoneCipher: phone === undefined ? null : sealUnitPhone(cipher, id, phone) })
    .returning()
  return { unit: added!, duties: await setDuties(tx, id, duties) }
}
