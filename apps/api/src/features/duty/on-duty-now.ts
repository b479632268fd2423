import type { DutyKind } from '@tongxin/contract'
import type { Queryable } from '../../db/connect.ts'
import type { Deps } from '../../deps.ts'
import { findOnDuty, regionsOf } from './duty.queries.ts'

export interface OnDuty {
  personId: string
  shiftId: string
  kind: DutyKind
  /** ISO instants. */
  from: string
  until: string
}

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
  const regions = regionsOf(await directory.regions.tree(), communityCode)
  const row = await findOnDuty(on, { community: communityCode, regions }, at)
  return row
    ? { personId: row.personId, shiftId: row.shiftId, kind: row.kind, from: row.startsAt, until: row.endsAt }
    : null
}
