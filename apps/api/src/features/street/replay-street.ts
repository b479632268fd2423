import { instantOf, type Replayed, type ReplayedKind, rowsOf } from '../../evidence/replay.ts'
import { reportDue } from './street.stage.ts'

const bySeq = ({ eventSeq }: Record<string, unknown>): string => String(eventSeq).padStart(9, '0')
const iso = (at: Date | null | undefined): string | null => at?.toISOString() ?? null
const dueAfter = ({ after, at }: Replayed): string => iso(after && reportDue(after)) ?? at

/** The whistles of a matter as its events make them. */
export const replayedWhistles: ReplayedKind = {
  name: 'whistles',
  rows: rowsOf('whistles', 'x.issue_id = c.id', {
    eventSeq: 'event_seq',
    round: 'round',
    streetCode: 'street_code',
    unitId: 'unit_id',
    reason: 'reason',
    madeAt: 'made_at',
    dueAt: 'due_at',
    state: 'state',
    reportedAt: 'reported_at',
    reportedBy: 'reported_by',
    reportingUnitId: 'reporting_unit_id',
    report: 'report',
  }),
  replay: (made, event) => {
    const { action, record, at, before, after, seq } = event
    const open = made.find(({ state }) => state === 'open')
    if (after?.escalated && !before?.escalated) {
      const called = action === 'escalate'
      made.push({
        eventSeq: seq,
        round: after.round,
        streetCode: record.whistleTo,
        unitId: called ? (record.streetUnitId ?? null) : after.leadUnitId,
        reason: called ? (record.reason ?? null) : null,
        madeAt: at,
        dueAt: dueAfter(event),
        state: 'open',
        reportedAt: null,
        reportedBy: null,
        reportingUnitId: null,
        report: null,
      })
    } else if (action === 'report_in') {
      Object.assign(open ?? {}, {
        state: 'reported',
        reportedAt: at,
        reportedBy: event.named('actorId'),
        reportingUnitId: record.reportingUnitId ?? null,
        report: record.progressText,
      })
    } else if (open && after && reportDue(after)) {
      // Whatever moved the clock.
      open.dueAt = dueAfter(event)
    }
  },
  place: bySeq,
}

/** The supervisions of a matter as its events make them. */
export const replayedSupervisions: ReplayedKind = {
  name: 'supervisions',
  rows: rowsOf('supervisions', 'x.issue_id = c.id', {
    eventSeq: 'event_seq',
    orderText: 'order_text',
    orderedBy: 'ordered_by',
    madeAt: 'made_at',
    dueAt: 'due_at',
    state: 'state',
    answer: 'answer',
    answeredAt: 'answered_at',
    answeredBy: 'answered_by',
  }),
  replay: (made, event) => {
    const { action, record, at, seq } = event
    if (action === 'supervise')
      made.push({
        eventSeq: seq,
        orderText: record.order,
        orderedBy: event.named('actorId'),
        madeAt: at,
        dueAt: instantOf(record.dueAt),
        state: 'open',
        answer: null,
        answeredAt: null,
        answeredBy: null,
      })
    if (action === 'reply_supervision')
      for (const each of made.filter(({ state }) => state === 'open'))
        Object.assign(each, {
          state: 'answered',
          answer: record.answer,
          answeredAt: at,
          answeredBy: event.named('actorId'),
        })
  },
  place: bySeq,
}
