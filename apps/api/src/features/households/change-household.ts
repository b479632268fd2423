import type { householdChange } from '@tongxin/contract'
import { eq, sql } from 'drizzle-orm'
import type * as z from 'zod'
import type { Tx } from '../../db/connect.ts'
import { households } from '../../db/schema/households.ts'
import { AppError } from '../../http/errors.ts'
import type { Cipher } from '../../personal-data/cipher.ts'
import { sealDoor } from './door.ts'
import { findMembers, isOnRoll } from './households.queries.ts'

/** @throws AppError stale_version; unprocessable when owners would be left without an area, or their votes weighed anew unrecorded */
export async function changeHousehold(
  tx: Tx,
  cipher: Cipher,
  household: typeof households.$inferSelect,
  version: number,
  change: z.infer<typeof householdChange>,
) {
  if (household.version !== version) throw new AppError('stale_version')
  if (change.areaHundredths === null) {
    const members = await findMembers(tx, [household.id])
    if (members.some(({ member }) => member.kind === 'owner')) {
      throw new AppError('unprocessable', { reason: 'area_not_on_record', detail: '该住户有产权人，面积不能为空' })
    }
  }
  const { areaHundredths: area } = change
  if (area !== undefined && area !== household.areaHundredths && (await isOnRoll(tx, household))) {
    const message = '这套房屋在业主名册上，面积请通过导入名册更改'
    const errors = [{ path: 'body.areaHundredths', message }]
    throw new AppError('unprocessable', { reason: 'area_by_roll', detail: message, errors })
  }
  const [changed] = await tx
    .update(households)
    .set({
      areaHundredths: change.areaHundredths,
      ...(change.door !== undefined && sealDoor(cipher, household.id, change.door)),
      version: sql`${households.version} + 1`,
    })
    .where(eq(households.id, household.id))
    .returning()
  return changed!
}
