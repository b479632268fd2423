import type { DutyPattern } from '@tongxin/contract'
import { inTransaction, type Tx } from '../../db/connect.ts'
import { newId } from '../../db/new-id.ts'
import type { Deps } from '../../deps.ts'
import { civilDate } from '../regions/index.ts'
import { addShifts, listPlans, lockPlan } from './duty.queries.ts'
import { plannedShifts } from './plan-shifts.ts'

const DAY = 86_400_000
/** So far ahead the roster stands. */
const AHEAD_DAYS = 27

/** The caller holds the plan. Shifts that stand already stay; what runs into one of them is left out. */
export async function fillRoster(tx: Tx, deps: Deps, community: string, pattern: DutyPattern): Promise<void> {
  const now = deps.clock.now()
  const { calendar } = await deps.directory.policies.policyFor(community, now)
  const shifts = plannedShifts(pattern, {
    // The night that is running began yesterday.
    first: civilDate(new Date(now.getTime() - DAY)),
    last: civilDate(new Date(now.getTime() + AHEAD_DAYS * DAY)),
    isHoliday: (day) => calendar.isHoliday?.(day) === true,
  })
  const ahead = shifts.filter(({ endsAt }) => endsAt > now.toISOString())
  await addShifts(
    tx,
    community,
    ahead.map((shift) => ({ ...shift, id: newId(now) })),
    true,
  )
}

/** Job, once a day: every roster goes on by its pattern. Done again, it adds nothing. */
export async function extendRosters(deps: Deps): Promise<void> {
  for (const { communityCode } of await listPlans(deps.db))
    await inTransaction(deps.pool, async (tx) => {
      const plan = await lockPlan(tx, communityCode)
      if (plan) await fillRoster(tx, deps, communityCode, plan.pattern)
    })
}
