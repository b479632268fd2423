import type { DutyPattern } from '@tongxin/contract'
import type { Tx } from '../../db/connect.ts'
import type { Deps } from '../../deps.ts'
import { AppError } from '../../http/errors.ts'
import { dropPlannedShifts, listRosterPeople, lockPlan, savePlan, type Where } from './duty.queries.ts'
import { fillRoster } from './fill-roster.ts'

export const unfit = (reason: string, path: string, message: string): AppError =>
  new AppError('unprocessable', { reason, detail: message, errors: [{ path: `body.${path}`, message }] })

/** @throws AppError unprocessable when somebody could not be on duty here */
export async function assertOnRoster(
  tx: Tx,
  where: Where,
  at: Date,
  people: Iterable<string>,
  path: string,
): Promise<void> {
  const known = new Set((await listRosterPeople(tx, where, at)).map(({ id }) => id))
  for (const id of people)
    if (!known.has(id)) throw unfit('not_on_roster', path, '值班人须是本社区在岗的专干、书记或网格员')
}

/**
 * Sets the pattern and puts the coming four weeks by it: what was planned and has not begun gives way, what somebody stands in for stays.
 * @throws AppError stale_version, unprocessable
 */
export async function setPlan(
  tx: Tx,
  deps: Deps,
  where: Where,
  plan: { phone: string | null; pattern: DutyPattern; version: number; by: string },
): Promise<void> {
  const at = deps.clock.now()
  const { phone, pattern, version, by } = plan
  const days = [...pattern.week, ...(pattern.holiday ? [pattern.holiday] : [])]
  await assertOnRoster(
    tx,
    where,
    at,
    days.flatMap(({ day, night }) => [...day, ...night]),
    'pattern',
  )
  const before = await lockPlan(tx, where.community)
  if ((before?.version ?? 0) !== version) throw new AppError('stale_version')
  const saved = await savePlan(tx, { community: where.community, phone, pattern, version, by, at })
  if (!saved) throw new AppError('stale_version')
  await dropPlannedShifts(tx, where.community, at)
  await fillRoster(tx, deps, where.community, pattern)
}
