import type { DutyKind } from '@tongxin/contract'
import type { Queryable } from '../../db/connect.ts'
import type { Deps } from '../../deps.ts'
import { findOnDuty, regionsOf, type Where } from './duty.queries.ts'

export interface OnDuty {
  personId: string
  shiftId: string
  kind: DutyKind
  /** ISO instants. */
  from: string
  until: string
}

/** Where a community's roster takes its people from. */
export const rosterOf = async ({ directory }: Pick<Deps, 'directory'>, community: string): Promise<Where> => ({
  community,
  regions: regionsOf(await directory.regions.tree(), community),
})

/**
 * Who answers for a community at that moment: to whom the warnings of the first-contact clock go. Null where the roster has a gap, or
 * its person no longer holds the office.
 */
export async function onDutyNow(
  on: Queryable,
  { directory }: Pick<Deps, 'directory'>,
  communityCode: string,
  at: Date,
): Promise<OnDuty | null> {
  const row = await findOnDuty(on, await rosterOf({ directory }, communityCode), at)
  return row
    ? { personId: row.personId, shiftId: row.shiftId, kind: row.kind, from: row.startsAt, until: row.endsAt }
    : null
}
