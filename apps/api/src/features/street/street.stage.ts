import { dueOf, type Issue } from '@tongxin/lifecycle'
import type { Tx } from '../../db/connect.ts'
import type { Deps } from '../../deps.ts'
import type { Addition, Decided, Stage } from '../issues/index.ts'
import {
  answerSupervisions,
  findReportingUnit,
  insertSupervision,
  insertWhistle,
  reportIn,
  setWhistleDue,
} from './street.queries.ts'

/** When the street is to have reported in, as the matter's own clock has it; null where none runs. */
export const reportDue = ({ clocks }: Pick<Issue, 'clocks'>): Date | null => {
  const clock = clocks.find((each) => each.clock === 'report_in')
  return clock ? dueOf(clock) : null
}

const text = (value: unknown): string | null => (typeof value === 'string' ? value : null)

/** Calls the street where the action did: by escalating, or because with it the third round began. */
const call = async (tx: Tx, decided: Decided, { directory }: Deps): Promise<Addition | undefined> => {
  const { key, issue, after, payload, seq, now, action } = decided
  if (issue.escalated || !after.escalated) return undefined
  const tree = await directory.regions.tree()
  const streetCode = tree.streetOf(key.communityCode) ?? key.communityCode.slice(0, 9)
  await insertWhistle(tx, key, {
    seq,
    round: after.round,
    streetCode,
    // In the third round the unit that leads is one of the street's.
    unitId: action === 'escalate' ? text(payload.streetUnitId) : after.leadUnitId,
    reason: action === 'escalate' ? text(payload.reason) : null,
    madeAt: now,
    dueAt: reportDue(after) ?? now,
  })
  return { record: { whistleTo: streetCode } }
}

/** The end of an open whistle is that of the matter's clock, which begins anew when the matter comes back from where it rested. */
const followClock = async (tx: Tx, { key, after }: Decided): Promise<undefined> => {
  const dueAt = reportDue(after)
  if (dueAt) await setWhistleDue(tx, key, dueAt)
  return undefined
}

/** What street and community ask of each other over a matter: whistles with their reports, supervisions with their replies. */
export const streetStage: Stage = {
  effects: {
    escalate: call,
    rectify: call,
    recompute: followClock,
    recall: followClock,
    appeal: followClock,
    split: followClock,
    resubmit: followClock,
    reopen: followClock,
    report_in: async (tx, { key, payload, personId, unitIds, as, now }) => {
      const unitId = as === 'street_handler' ? await findReportingUnit(tx, key, unitIds) : null
      await reportIn(tx, key, { at: now, by: personId, unitId, text: String(payload.progressText) })
      return unitId === null ? undefined : { record: { reportingUnitId: unitId } }
    },
    supervise: async (tx, { key, payload, personId, seq, now }) => {
      await insertSupervision(tx, key, {
        seq,
        order: String(payload.order),
        by: personId,
        at: now,
        dueAt: new Date(String(payload.dueAt)),
      })
      return undefined
    },
    reply_supervision: async (tx, { key, payload, personId, now }) => {
      await answerSupervisions(tx, key, { answer: String(payload.answer), at: now, by: personId })
      return undefined
    },
  },
}
