import { type Made, type Replayed, type ReplayedKind, rowsOf } from '../../evidence/replay.ts'
import { duesOf } from './dues.ts'

interface Part {
  unitId: string
  task?: string
  dueAt?: string
}

const isOpen = (role: 'lead' | 'co', unitId?: unknown) => (order: Made) =>
  order.state === 'open' && order.role === role && (unitId === undefined || order.unitId === unitId)

const end = (orders: Made[], state: string, event: Replayed, result: unknown = null): void => {
  for (const order of orders)
    Object.assign(order, { state, endedAt: event.at, endedBy: event.named('actorId'), result })
}

const assign = (made: Made[], event: Replayed): void => {
  const { record, after, at } = event
  const parts = record.coUnits as Part[] | undefined
  end(made.filter(isOpen('lead')), 'replaced', event)
  if (parts) end(made.filter(isOpen('co')), 'replaced', event)
  const dueAt = after?.handleDueAt?.toISOString() ?? at
  const task = record.instructions ?? (event.action === 'rectify' ? record.reason : null) ?? null
  const open = { round: after?.round, state: 'open', madeAt: at, endedAt: null, endedBy: null, result: null }
  made.push({ ...open, unitId: after?.leadUnitId, role: 'lead', task, dueAt })
  for (const part of parts ?? []) {
    const due = part.dueAt === undefined ? dueAt : new Date(part.dueAt).toISOString()
    made.push({ ...open, unitId: part.unitId, role: 'co', task: part.task ?? null, dueAt: due })
  }
}

const reopen = (made: Made[], { after }: Replayed): void => {
  const [last] = made
    .filter((order) => order.role === 'lead' && order.state === 'finished' && order.round === after?.round)
    .sort((a, b) => String(b.endedAt).localeCompare(String(a.endedAt)))
  if (last) Object.assign(last, { state: 'open', endedAt: null, endedBy: null, result: null })
}

const follow = (made: Made[], { after }: Replayed): void => {
  for (const { unitId, dueAt } of after ? duesOf(after) : [])
    for (const order of made.filter(unitId === null ? isOpen('lead') : isOpen('co', unitId))) order.dueAt = dueAt
}

const BY_ACTION: Record<string, (made: Made[], event: Replayed) => void> = {
  dispatch: assign,
  reassign: (made, event) => {
    assign(made, event)
    follow(made, event)
  },
  rectify: assign,
  return: (made, event) => {
    end(made.filter(isOpen('lead')), 'returned', event, event.record.reason)
    end(made.filter(isOpen('co')), 'replaced', event)
  },
  finish_part: (made, event) =>
    end(made.filter(isOpen('co', event.record.unitId)), 'finished', event, event.record.result),
  waive: (made, event) => end(made.filter(isOpen('co', event.record.unitId)), 'waived', event, event.record.reason),
  submit: (made, event) => end(made.filter(isOpen('lead')), 'finished', event, event.record.result),
  reject: (made, event) => {
    reopen(made, event)
    follow(made, event)
  },
  decide_extension: follow,
  reclassify: follow,
  recompute: follow,
  resume: follow,
}

/** The work orders of a matter as its events make them: the check of what `officeStage` wrote. */
export const replayedOrders: ReplayedKind = {
  name: 'work_orders',
  rows: rowsOf('work_orders', 'x.issue_id = c.id', {
    round: 'round',
    unitId: 'unit_id',
    role: 'role',
    state: 'state',
    task: 'task',
    dueAt: 'due_at',
    madeAt: 'made_at',
    endedAt: 'ended_at',
    endedBy: 'ended_by',
    result: 'result',
  }),
  replay: (made, event) => BY_ACTION[event.action]?.(made, event),
  place: ({ madeAt, role, unitId, state, endedAt, task, result }) =>
    [madeAt, role, unitId, state, endedAt, task, result].join(' '),
}
