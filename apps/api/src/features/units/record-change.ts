import type { UnitChangeDetails, UnitChangeKind } from '@tongxin/contract'
import type { Tx } from '../../db/connect.ts'
import { newId } from '../../db/new-id.ts'
import { unitChanges } from '../../db/schema/units.ts'

export interface UnitChange {
  unitId: string
  at: Date
  by: string
  what: UnitChangeKind
  /** No name or number of anybody. */
  details?: UnitChangeDetails
}

/** Belongs to the transaction of the change. */
export const recordChange = async (tx: Tx, { details = {}, ...change }: UnitChange): Promise<void> => {
  await tx.insert(unitChanges).values({ id: newId(change.at), ...change, details })
}
