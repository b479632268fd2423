import type { Tx } from '../../db/connect.ts'
import type { Decided, Stage } from '../issues/index.ts'
import { assignUnits } from './assign-units.ts'
import { duesOf } from './dues.ts'
import {
  type Ending,
  endOrders,
  findComplained,
  findFitUnits,
  hasHandlers,
  hasOpenPart,
  hasStreetUnits,
  reopenLeadOrder,
  setDues,
} from './office.queries.ts'

const assign = async (tx: Tx, decided: Decided): Promise<undefined> => {
  await assignUnits(tx, decided)
}

const ending = ({ now, personId }: Decided, state: Ending['state'], result: unknown = null): Ending => ({
  state,
  at: now,
  by: personId,
  result: result as string | null,
})

/** The open orders end when their clocks do. */
const followClocks = async (tx: Tx, { key, after }: Decided): Promise<undefined> => {
  await setDues(tx, key, duesOf(after))
}

/** What the office knows of a matter, and the orders it makes and ends as the matter moves. */
export const officeStage: Stage = {
  facts: {
    part: async (tx, { key, payload, unitIds }) => {
      if (payload.unitId === undefined) return { open: false, mine: false }
      const unitId = String(payload.unitId)
      return { open: await hasOpenPart(tx, key, unitId), mine: unitIds.includes(unitId) }
    },
    unit: async (tx, { key, issue, payload }) => {
      const leadUnitId = payload.leadUnitId ?? payload.streetUnitId ?? issue.leadUnitId
      const [units, streetHasUnits] = await Promise.all([
        leadUnitId === null ? [] : findFitUnits(tx, key.communityCode, [String(leadUnitId)]),
        hasStreetUnits(tx, key.communityCode, issue.complainedUnitId),
      ])
      const [unit] = units
      const exists = unit !== undefined
      return { exists, hasAccounts: unit?.hasAccounts === true, ofStreet: unit?.ofStreet === true, streetHasUnits }
    },
    complained: async (tx, { key, payload }) => {
      if (payload.complainedUnitId === undefined) return { exists: false, atWork: false }
      return findComplained(tx, key, String(payload.complainedUnitId))
    },
    // Without a lead unit nobody may act in its name.
    leadUnit: async (tx, { issue, now }) => ({
      hasAccounts: issue.leadUnitId === null || (await hasHandlers(tx, issue.leadUnitId, now)),
    }),
  },
  effects: {
    dispatch: assign,
    reassign: async (tx, decided) => {
      await assign(tx, decided)
      return followClocks(tx, decided)
    },
    rectify: assign,
    return: async (tx, decided) => {
      await endOrders(tx, decided.key, { role: 'lead' }, ending(decided, 'returned', decided.payload.reason))
      await endOrders(tx, decided.key, { role: 'co' }, ending(decided, 'replaced'))
      return undefined
    },
    finish_part: async (tx, decided) => {
      const { unitId, result } = decided.payload
      await endOrders(tx, decided.key, { role: 'co', unitId: String(unitId) }, ending(decided, 'finished', result))
      return undefined
    },
    waive: async (tx, decided) => {
      const { unitId, reason } = decided.payload
      await endOrders(tx, decided.key, { role: 'co', unitId: String(unitId) }, ending(decided, 'waived', reason))
      return undefined
    },
    submit: async (tx, decided) => {
      await endOrders(tx, decided.key, { role: 'lead' }, ending(decided, 'finished', decided.payload.result))
      return undefined
    },
    reject: async (tx, decided) => {
      await reopenLeadOrder(tx, decided.key, decided.after.round)
      return followClocks(tx, decided)
    },
    decide_extension: followClocks,
    reclassify: followClocks,
    recompute: followClocks,
    resume: followClocks,
  },
}
