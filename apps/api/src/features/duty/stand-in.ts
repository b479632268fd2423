import type { Tx } from '../../db/connect.ts'
import { newId } from '../../db/new-id.ts'
import { AppError } from '../../http/errors.ts'
import { addShifts, lockPlan, putStandIn, type ShiftRow, type Where } from './duty.queries.ts'
import type { PlannedShift } from './plan-shifts.ts'
import { assertOnRoster, unfit } from './set-plan.ts'

const DAY = 86_400_000

/** @throws AppError stale_version; unprocessable when the shift is over, or the person could not be on duty */
export async function standIn(
  tx: Tx,
  where: Where,
  shift: ShiftRow,
  given: { to: string; reason: string; version: number; by: string; at: Date },
): Promise<void> {
  const { to, reason, version, by, at } = given
  if (shift.endsAt <= at.toISOString()) throw unfit('shift_over', 'personId', '这一班已经结束')
  if (to === shift.personId) throw unfit('same_person', 'personId', '这一班本来就是此人')
  await assertOnRoster(tx, where, at, [to], 'personId')
  const { community } = where
  const stood = await putStandIn(tx, {
    community,
    shiftId: shift.id,
    from: shift.personId,
    to,
    reason,
    by,
    version,
    id: newId(at),
    at,
  })
  if (!stood) throw new AppError('stale_version')
}

/** Where the pattern names nobody. @returns its id @throws AppError unprocessable */
export async function addShift(tx: Tx, where: Where, shift: PlannedShift, at: Date): Promise<string> {
  const length = Date.parse(shift.endsAt) - Date.parse(shift.startsAt)
  if (!(length > 0 && length <= DAY)) throw unfit('shift_length', 'to', '一班须在一天以内，结束晚于开始')
  if (shift.endsAt <= at.toISOString()) throw unfit('shift_over', 'to', '这一班已经结束')
  await assertOnRoster(tx, where, at, [shift.personId], 'personId')
  if (!(await lockPlan(tx, where.community))) throw unfit('no_plan', 'from', '请先设定值班安排')
  const id = newId(at)
  if ((await addShifts(tx, where.community, [{ ...shift, id }], false)) === 0)
    throw unfit('shift_overlaps', 'from', '这段时间已有人值班')
  return id
}
