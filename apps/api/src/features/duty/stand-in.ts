import type { Tx } from '../../db/connect.ts'
import { newId } from '../../db/new-id.ts'
import type { Deps } from '../../deps.ts'
import { AppError } from '../../http/errors.ts'
import { addShifts, findShift, lockPlan, putStandIn, type Where } from './duty.queries.ts'
import type { PlannedShift } from './plan-shifts.ts'
import { assertOnRoster, unfit } from './set-plan.ts'

const DAY = 86_400_000

/**
 * @param given.version of the shift as it was seen; as it stands where it is left out
 * @throws AppError not_found, stale_version; unprocessable when the shift is over, or the person could not be on duty
 */
export async function standInFor(
  tx: Tx,
  { clock }: Pick<Deps, 'clock'>,
  where: Where,
  shiftId: string,
  given: { to: string; reason: string; version?: number; by: string },
): Promise<void> {
  const at = clock.now()
  const { to, reason, by } = given
  const shift = await findShift(tx, where, at, shiftId)
  if (!shift) throw new AppError('not_found')
  const { version = shift.version } = given
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
