import type { Tx } from '../../db/connect.ts'
import type { Deps } from '../../deps.ts'
import { AppError } from '../../http/errors.ts'
import { mayConfirm } from './duty.policy.ts'
import { toWatch } from './duty.present.ts'
import { findNextShift, findShift, listDue, type Where } from './duty.queries.ts'
import { confirmHandOver, findHandOver, insertHandOver } from './hand-over.queries.ts'
import { unfit } from './set-plan.ts'

const HOUR = 3_600_000
/** What ends within this time is about to run out: the length of a shift. */
export const SOON_MS = 12 * HOUR

/**
 * The shift's person leaves to the next what is to be watched, as it stands now.
 * @throws AppError not_found, forbidden; unprocessable when it has not begun, was handed over already, or nobody follows who could take it
 */
export async function handOverDuty(
  tx: Tx,
  { clock }: Pick<Deps, 'clock'>,
  where: Where,
  shiftId: string,
  { note, by }: { note: string; by: string },
): Promise<void> {
  const at = clock.now()
  const shift = await findShift(tx, where, at, shiftId)
  if (!shift) throw new AppError('not_found')
  if (shift.personId !== by) throw new AppError('forbidden')
  if (shift.startsAt > at.toISOString()) throw unfit('shift_ahead', 'note', '这一班还没有开始')
  const next = await findNextShift(tx, where, at, shift.endsAt)
  if (!next) throw unfit('nobody_follows', 'note', '下一班没有排人，请先补排')
  if (!next.stands) throw unfit('receiver_left', 'note', '下一班的人已不在岗，请先安排替班')
  const matters = toWatch(await listDue(tx, where.community, new Date(at.getTime() + SOON_MS)), at).map(
    ({ id, why, clock: code, dueAt }) => ({ issueId: id, why, clock: code, dueAt }),
  )
  const { community } = where
  const made = await insertHandOver(tx, { community, shiftId: shift.id, toShiftId: next.id, by, at, note, matters })
  if (!made) throw unfit('handed_over', 'note', '这一班已经交过班')
}

/** Done again, it changes nothing. @throws AppError not_found, forbidden */
export async function confirm(
  tx: Tx,
  where: Where,
  shiftId: string,
  reader: { personId: string; manages: boolean },
  at: Date,
): Promise<void> {
  const made = await findHandOver(tx, where, at, shiftId)
  if (!made) throw new AppError('not_found')
  if (!mayConfirm(made, reader)) throw new AppError('forbidden')
  await confirmHandOver(tx, where.community, shiftId, reader.personId, at)
}
