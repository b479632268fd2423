import type { Stage } from '../issues/index.ts'
import { isRefused } from './units.queries.ts'

/** What the duty list of the unit named says of the matter's category. */
export const unitsStage: Stage = {
  facts: {
    duty: async (tx, { issue, payload: { leadUnitId } }) => ({
      refused:
        leadUnitId !== undefined &&
        issue.categoryCode !== null &&
        (await isRefused(tx, String(leadUnitId), issue.categoryCode)),
    }),
  },
}
