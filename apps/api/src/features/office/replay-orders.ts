import { instantOf, type Made, type Replayed, type ReplayedKind, rowsOf } from '../../evidence/replay.ts'
import { duesOf } from './dues.ts'

interface Part {
  unitId: string
  task?: string
  dueAt?: string
}

const isOpen = (role: 'lead' | 'co', unitId?: unknown) => (order: Made) =>
  order.state === 'open' && order.role === role && (unitId === undefined || order.unitId === unitId)

const end = (orders: Made[], state: string, event: Replayed, result: unknown = null): void => {
  for (const order of orders) {
    Object.assign(order, { state, endedAt: event.at, endedBy: event.named('actorId'), result })
    Object.assign(order, { extensionAskedFor: null, extensionBy: null })
    if (state === 'finished') order.signedAt ??= event.at
  }
}

const OPEN = {
  state: 'open',
  endedAt: null,
  endedBy: null,
  result: null,
  signDueAt: null,
  signedAt: null,
  handlerId: null,
  extensionAskedFor: null,
  extensionBy: null,
}

/** What the secretary gives again to a unit that returned it may not be returned. */
const isGivenAgain = (made: Made[], { record, after }: Replayed, unitId: unknown): boolean =>
  record.as === 'secretary' &&
  made.some((order) => order.state === 'returned' && order.round === after?.round && order.unitId === unitId)

const assign = (made: Made[], event: Replayed): void => {
  const { record, after, at } = event
  const parts = record.coUnits as Part[] | undefined
  end(made.filter(isOpen('lead')), 'replaced', event)
  if (parts) end(made.filter(isOpen('co')), 'replaced', event)
  const dueAt = after?.handleDueAt?.toISOString() ?? at
  const task = record.instructions ?? (event.action === 'rectify' ? record.reason : null) ?? null
  const order = { ...OPEN, round: after?.round, madeAt: at }
  const designated = after?.designated === true
  made.push({ ...order, unitId: after?.leadUnitId, role: 'lead', task, dueAt, designated })
  for (const part of parts ?? []) {
    const due = part.dueAt === undefined ? dueAt : new Date(part.dueAt).toISOString()
    const fixed = designated || isGivenAgain(made, event, part.unitId)
    made.push({
      ...order,
      unitId: part.unitId,
      role: 'co',
      task: part.task ?? null,
      dueAt: due,
      designated: fixed,
    })
  }
  follow(made, event)
}

const addPart = (made: Made[], event: Replayed): void => {
  const { record, after, at } = event
  made.push({
    ...OPEN,
    round: after?.round,
    madeAt: at,
    unitId: record.unitId,
    role: 'co',
    task: record.instructions ?? null,
    dueAt: instantOf(record.dueAt) ?? after?.handleDueAt?.toISOString() ?? at,
    designated: record.designated === true || isGivenAgain(made, event, record.unitId),
  })
  follow(made, event)
}

const HANDLERS = new Set(['lead_handler', 'part_handler'])
const sign = (orders: Made[], event: Replayed): void => {
  for (const order of orders) {
    order.signedAt = event.at
    order.handlerId ??= HANDLERS.has(String(event.record.as)) ? event.named('actorId') : null
  }
}

const part = (made: Made[], { record }: Replayed): Made[] => made.filter(isOpen('co', record.unitId))

const reopen = (made: Made[], { after }: Replayed): void => {
  const [last] = made
    .filter((order) => order.role === 'lead' && order.state === 'finished' && order.round === after?.round)
    .sort((a, b) => String(b.endedAt).localeCompare(String(a.endedAt)))
  if (last) Object.assign(last, { state: 'open', endedAt: null, endedBy: null, result: null })
}

const follow = (made: Made[], { after }: Replayed): void => {
  for (const { unitId, dueAt, signDueAt } of after ? duesOf(after) : [])
    for (const order of made.filter(unitId === null ? isOpen('lead') : isOpen('co', unitId))) {
      order.dueAt = dueAt ?? order.dueAt
      order.signDueAt = signDueAt ?? order.signDueAt
    }
}

const BY_ACTION: Record<string, (made: Made[], event: Replayed) => void> = {
  dispatch: assign,
  reassign: assign,
  rectify: assign,
  sign: (made, event) => sign(made.filter(isOpen('lead')), event),
  return: (made, event) => {
    end(made.filter(isOpen('lead')), 'returned', event, event.record.reason)
    end(made.filter(isOpen('co')), 'replaced', event)
  },
  add_part: addPart,
  sign_part: (made, event) => sign(part(made, event), event),
  return_part: (made, event) => end(part(made, event), 'returned', event, event.record.reason),
  finish_part: (made, event) => end(part(made, event), 'finished', event, event.record.result),
  waive: (made, event) => end(part(made, event), 'waived', event, event.record.reason),
  request_part_extension: (made, event) => {
    const asked = { extensionAskedFor: instantOf(event.record.requestedDueAt), extensionBy: event.named('actorId') }
    for (const order of part(made, event)) Object.assign(order, asked)
  },
  decide_part_extension: (made, event) => {
    for (const order of part(made, event)) Object.assign(order, { extensionAskedFor: null, extensionBy: null })
    follow(made, event)
  },
  hand_over: (made, event) => {
    const { unitId } = event.record
    for (const order of made)
      if (order.state === 'open' && order.unitId === unitId) order.handlerId = event.named('handlerId')
  },
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
    signDueAt: 'sign_due_at',
    signedAt: 'signed_at',
    handlerId: 'handler_id',
    designated: 'designated',
    extensionAskedFor: 'extension_asked_for',
    extensionBy: 'extension_by',
  }),
  replay: (made, event) => BY_ACTION[event.action]?.(made, event),
  place: ({ madeAt, role, unitId, state, endedAt, task, result }) =>
    [madeAt, role, unitId, state, endedAt, task, result].join(' '),
}
