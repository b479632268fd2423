import type { unitChange } from '@tongxin/contract'
import { eq, sql } from 'drizzle-orm'
import type * as z from 'zod'
import type { Tx } from '../../db/connect.ts'
import { units } from '../../db/schema/units.ts'
import { AppError } from '../../http/errors.ts'
import type { Cipher } from '../../personal-data/cipher.ts'
import { setDuties } from './set-duties.ts'
import { sealUnitPhone } from './unit-phone.ts'
import { findDuties } from './units.queries.ts'

/** @throws AppError stale_version; unprocessable when a duty names no active category */
export async function changeUnit(
  tx: Tx,
  cipher: Cipher,
  unit: typeof units.$inferSelect,
  version: number,
  change: z.infer<typeof unitChange>,
) {
  if (unit.version !== version) throw new AppError('stale_version')
  const { phone, duties, ...columns } = change
  const [changed] = await tx
    .update(units)
    .set({
      ...columns,
      ...(phone !== undefined && { phoneCipher: phone === null ? null : sealUnitPhone(cipher, unit.id, phone) }),
      version: sql`${units.version} + 1`,
    })
    .where(eq(units.id, unit.id))
    .returning()
  return {
    unit: changed!,
    duties: duties ? await setDuties(tx, unit.id, duties) : ((await findDuties(tx, [unit.id])).get(unit.id) ?? []),
  }
}
