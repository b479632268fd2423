import { eq } from 'drizzle-orm'
import type { Tx } from '../../db/connect.ts'
import { unitDuties } from '../../db/schema/units.ts'
import { AppError } from '../../http/errors.ts'
import { findUnknownCategories } from './units.queries.ts'

/** Replaces the duty list. @returns it in order @throws AppError unprocessable when a code names no active category */
export async function setDuties(tx: Tx, unitId: string, duties: readonly string[]): Promise<string[]> {
  const codes = [...new Set(duties)].sort()
  const unknown = await findUnknownCategories(tx, codes)
  if (unknown.length > 0) {
    const message = `没有这些类别或已停用：${unknown.join('、')}`
    throw new AppError('unprocessable', {
      reason: 'category_unknown',
      detail: message,
      errors: [{ path: 'body.duties', message }],
    })
  }
  await tx.delete(unitDuties).where(eq(unitDuties.unitId, unitId))
  if (codes.length > 0) await tx.insert(unitDuties).values(codes.map((categoryCode) => ({ unitId, categoryCode })))
  return codes
}
