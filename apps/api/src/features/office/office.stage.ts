import type { Capacity } from '@tongxin/lifecycle'
import type { Tx } from '../../db/connect.ts'
import type { Decided, Stage } from '../issues/index.ts'
import { addPart, assignUnits } from './assign-units.ts'
import { duesOf } from './dues.ts'
import { type Ending, endOrders, reopenLeadOrder, setDues } from './orders.queries.ts'
import {
  findOpenOrders,
  findOpenParts,
  findReturns,
  handOverOrder,
  setPartExtension,
  signOrder,
} from './parts.queries.ts'
import { findComplained, findFitUnits, hasHandlers, hasStreetUnits, isHandlerOf } from './units.queries.ts'

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

const assign = async (tx: Tx, decided: Decided): Promise<undefined> => {
  await assignUnits(tx, decided)
  return followClocks(tx, decided)
}

/** The co-unit's part that the action names ends. */
const endPart = async (tx: Tx, decided: Decided, end: Ending): Promise<undefined> => {
  await endOrders(tx, decided.key, { role: 'co', unitId: String(decided.payload.unitId) }, end)
}

const HANDLERS: ReadonlySet<Capacity> = new Set<Capacity>(['lead_handler', 'part_handler'])
/** In whose hands the work is: of whoever signed for their own unit. */
const inHandsOf = ({ as, personId }: Decided): string | null => (HANDLERS.has(as) ? personId : null)

/** What the office knows of a matter, and the orders it makes and ends as the matter moves. */
export const officeStage: Stage = {
  facts: {
    parts: async (tx, { key, unitIds, now }) =>
      (await findOpenParts(tx, key, now)).map((part) => ({
        ...part,
        mine: unitIds.includes(part.unitId),
        madeAt: new Date(part.madeAt),
        dueAt: new Date(part.dueAt),
        extensionAskedFor: part.extensionAskedFor === null ? null : new Date(part.extensionAskedFor),
      })),
    returns: (tx, { key, issue }) => findReturns(tx, key, issue.round),
    added: async (tx, { key, payload }) => {
      const unitId = String(payload.unitId)
      const [fit, open] = await Promise.all([
        findFitUnits(tx, key.communityCode, [unitId]),
        findOpenOrders(tx, key, [unitId]),
      ])
      return { fit: fit.length > 0, atWork: open.length > 0 }
    },
    // Before a unit is named: whether any of the person's own has an open order here.
    handOver: async (tx, { key, payload, unitIds, now }) => {
      const named = payload.unitId === undefined ? unitIds : [String(payload.unitId)]
      const handlerId = payload.handlerId === undefined ? null : String(payload.handlerId)
      const [open, fit] = await Promise.all([
        findOpenOrders(tx, key, named),
        handlerId === null || payload.unitId === undefined
          ? false
          : isHandlerOf(tx, String(payload.unitId), handlerId, now),
      ])
      return {
        open: open.length > 0,
        mine: open.some(({ unitId }) => unitIds.includes(unitId)),
        fit,
        inCharge: open.some((order) => order.handlerId !== null && order.handlerId === handlerId),
      }
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
    reassign: assign,
    rectify: assign,
    sign: async (tx, decided) => {
      await signOrder(tx, decided.key, null, decided.now, inHandsOf(decided))
      return undefined
    },
    return: async (tx, decided) => {
      await endOrders(tx, decided.key, { role: 'lead' }, ending(decided, 'returned', decided.payload.reason))
      await endOrders(tx, decided.key, { role: 'co' }, ending(decided, 'replaced'))
      return undefined
    },
    add_part: async (tx, decided) => {
      await addPart(tx, decided)
      return followClocks(tx, decided)
    },
    sign_part: async (tx, decided) => {
      await signOrder(tx, decided.key, String(decided.payload.unitId), decided.now, inHandsOf(decided))
      return undefined
    },
    return_part: (tx, decided) => endPart(tx, decided, ending(decided, 'returned', decided.payload.reason)),
    finish_part: (tx, decided) => endPart(tx, decided, ending(decided, 'finished', decided.payload.result)),
    waive: (tx, decided) => endPart(tx, decided, ending(decided, 'waived', decided.payload.reason)),
    request_part_extension: async (tx, { key, payload, personId }) => {
      const until = new Date(String(payload.requestedDueAt))
      await setPartExtension(tx, key, String(payload.unitId), { until, by: personId })
      return undefined
    },
    decide_part_extension: async (tx, decided) => {
      await setPartExtension(tx, decided.key, String(decided.payload.unitId), null)
      return followClocks(tx, decided)
    },
    hand_over: async (tx, { key, payload }) => {
      await handOverOrder(tx, key, String(payload.unitId), String(payload.handlerId))
      return undefined
    },
    // A note of the lead's names no unit: it belongs to the order of the unit that leads.
    progress: async (_tx, { as, issue, payload }) =>
      as === 'lead_handler' && payload.unitId === undefined ? { record: { unitId: issue.leadUnitId } } : undefined,
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
