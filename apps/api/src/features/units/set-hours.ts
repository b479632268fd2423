import type { UnitHours } from '@tongxin/contract'
import { eq, sql } from 'drizzle-orm'
import { announce } from '../../db/announcements.ts'
import type { Tx } from '../../db/connect.ts'
import { unitHours, units } from '../../db/schema/units.ts'
import { AppError } from '../../http/errors.ts'
import { POLICIES_CHANGED } from '../policies/index.ts'
import { recordChange } from './record-change.ts'

/**
 * The unit's row is locked. What was dispatched before keeps the hours that held then.
 * @returns the unit's new version
 * @throws AppError stale_version
 */
export async function setHours(
  tx: Tx,
  unit: typeof units.$inferSelect,
  version: number,
  hours: UnitHours | null,
  { by, at }: { by: string; at: Date },
): Promise<number> {
  if (unit.version !== version) throw new AppError('stale_version')
  // Set twice within a millisecond, the later one holds.
  await tx
    .insert(unitHours)
    .values({ unitId: unit.id, setAt: at, hours })
    .onConflictDoUpdate({ target: [unitHours.unitId, unitHours.setAt], set: { hours } })
  const [changed] = await tx
    .update(units)
    .set({ version: sql`${units.version} + 1` })
    .where(eq(units.id, unit.id))
    .returning({ version: units.version })
  await recordChange(tx, { unitId: unit.id, at, by, what: 'hours', details: { hours } })
  await announce(tx, POLICIES_CHANGED, unit.regionCode)
  return changed!.version
}
