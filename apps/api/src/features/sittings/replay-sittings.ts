import { instantOf, type Made, type ReplayedKind, rowsOf } from '../../evidence/replay.ts'

const OF_SITTING = 'x.sitting_id = c.id'

/** A sitting's row as the events of its chain make it. */
export const replayedSitting: ReplayedKind = {
  name: 'sittings',
  rows: rowsOf('sittings', 'x.id = c.id', {
    number: 'number',
    state: 'state',
    heldAt: 'held_at',
    place: 'place',
    presiderId: 'presider_id',
    openedAt: 'opened_at',
    closedAt: 'closed_at',
    cancelReason: 'cancel_reason',
    version: 'version',
  }),
  replay: (made, { action, at, to, record, named }) => {
    if (action === 'create') made.push({ number: null, openedAt: null, closedAt: null, cancelReason: null, version: 0 })
    const sitting = made[0]
    if (!sitting) return
    Object.assign(sitting, { state: to, version: Number(sitting.version) + 1 })
    if (action === 'create' || action === 'change')
      Object.assign(sitting, {
        heldAt: instantOf(record.heldAt),
        place: named('place'),
        presiderId: named('presiderId'),
      })
    if (action === 'open') Object.assign(sitting, { number: record.number, openedAt: at })
    if (action === 'close') sitting.closedAt = at
    if (action === 'cancel') sitting.cancelReason = named('reason')
  },
  place: () => '',
}

const strings = (value: unknown): string[] => (value as string[] | undefined) ?? []

export const replayedSittingUnits: ReplayedKind = {
  name: 'sitting_units',
  rows: rowsOf('sitting_units', OF_SITTING, { unitId: 'unit_id', present: 'present' }),
  replay: (made, { action, record }) => {
    const unasked = strings(record.unasked)
    const asked = strings(record.asked).map((unitId) => ({ unitId, present: false }))
    const kept = made.filter(({ unitId }) => !unasked.includes(String(unitId)))
    made.splice(0, made.length, ...kept, ...asked)
    if (action === 'attend')
      for (const unit of made) unit.present = strings(record.present).includes(String(unit.unitId))
  },
  place: ({ unitId }) => String(unitId),
}

export const replayedSittingItems: ReplayedKind = {
  name: 'sitting_items',
  rows: rowsOf('sitting_items', OF_SITTING, {
    issueId: 'issue_id',
    position: 'position',
    reason: 'reason',
    state: 'state',
    note: 'note',
    action: 'action',
    eventSeq: 'event_seq',
  }),
  replay: (made, { action, record, named }) => {
    const removed = strings(record.removed)
    const added = ((record.added as Made[] | undefined) ?? []).map((item) => ({
      ...item,
      state: 'waiting',
      note: null,
      action: null,
      eventSeq: null,
    }))
    const kept = made.filter(({ issueId }) => !removed.includes(String(issueId)))
    made.splice(0, made.length, ...kept, ...added)
    const own = made.find(({ issueId }) => issueId === record.issueId)
    if (action === 'note' && own) Object.assign(own, { state: 'noted', note: named('note') })
    if (action === 'decide' && own)
      Object.assign(own, { state: 'decided', action: record.action, eventSeq: record.seq })
    if (action === 'close' || action === 'cancel')
      for (const item of made.filter(({ state }) => state === 'waiting')) item.state = 'noted'
  },
  place: ({ issueId }) => String(issueId),
}
