import type { UnitChangeDetails, unitChange } from '@tongxin/contract'
import { eq, sql } from 'drizzle-orm'
import type * as z from 'zod'
import type { Tx } from '../../db/connect.ts'
import { units } from '../../db/schema/units.ts'
import { AppError } from '../../http/errors.ts'
import type { Cipher } from '../../personal-data/cipher.ts'
import { NO_DUTIES } from './duty-list.ts'
import { recordChange } from './record-change.ts'
import { setDuties } from './set-duties.ts'
import { sealUnitPhone } from './unit-phone.ts'
import { findDuties } from './units.queries.ts'

type Row = typeof units.$inferSelect
type Change = z.infer<typeof unitChange>

/** What is not as it was. Whether a number is the same one nobody looks. */
const changed = (before: Row, { name, kind, hasAccounts, active, phone }: Change): UnitChangeDetails => ({
  ...(name !== undefined && name !== before.name && { name }),
  ...(kind !== undefined && kind !== before.kind && { kind }),
  ...(hasAccounts !== undefined && hasAccounts !== before.hasAccounts && { hasAccounts }),
  ...(active !== undefined && active !== before.active && { active }),
  ...(phone !== undefined && { phone: true }),
})

/** @throws AppError stale_version; unprocessable when a duty names no active category, or is both taken and not */
export async function changeUnit(
  tx: Tx,
  cipher: Cipher,
  before: Row,
  version: number,
  change: Change,
  { by, at }: { by: string; at: Date },
) {
  if (before.version !== version) throw new AppError('stale_version')
  const { phone, duties, leads, notDuties, ...columns } = change
  const [unit] = await tx
    .update(units)
    .set({
      ...columns,
      ...(phone !== undefined && { phoneCipher: phone === null ? null : sealUnitPhone(cipher, before.id, phone) }),
      version: sql`${units.version} + 1`,
    })
    .where(eq(units.id, before.id))
    .returning()
  const details = changed(before, change)
  if (Object.keys(details).length > 0) await recordChange(tx, { unitId: before.id, at, by, what: 'changed', details })
  const had = (await findDuties(tx, [before.id])).get(before.id) ?? NO_DUTIES
  if (duties === undefined && leads === undefined && notDuties === undefined) return { unit: unit!, duties: had }
  const set = await setDuties(tx, before.id, { duties, leads, notDuties }, had)
  if (set.changed) await recordChange(tx, { unitId: before.id, at, by, what: 'duties', details: set.changed })
  return { unit: unit!, duties: set.list }
}
