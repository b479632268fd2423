import { type Made, type ReplayedKind, rowsOf } from '../../evidence/replay.ts'

const OF_FORCE = 'x.force_id = c.id'

/** A task force's row as the events of its chain make it. */
export const replayedForce: ReplayedKind = {
  name: 'task_forces',
  rows: rowsOf('task_forces', 'x.id = c.id', {
    name: 'name',
    purpose: 'purpose',
    state: 'state',
    leaderId: 'leader_id',
    createdAt: 'created_at',
    createdBy: 'created_by',
    closedAt: 'closed_at',
    result: 'result',
    version: 'version',
  }),
  replay: (made, { action, at, to, personal, named }) => {
    if (action === 'create')
      made.push({ createdAt: at, createdBy: named('by'), closedAt: null, result: null, version: 0 })
    const force = made[0]
    if (!force) return
    const { name, purpose, leaderId, result } = personal
    Object.assign(
      force,
      { state: to, version: Number(force.version) + 1 },
      name !== undefined && { name },
      purpose !== undefined && { purpose },
      leaderId !== undefined && { leaderId },
      action === 'close' && { closedAt: at, result },
    )
  },
  place: () => '',
}

export const replayedForceMembers: ReplayedKind = {
  name: 'task_force_members',
  rows: rowsOf('task_force_members', OF_FORCE, { personId: 'person_id', unitId: 'unit_id', joinedAt: 'joined_at' }),
  replay: (made, { at, personal }) => {
    const left = new Set((personal.left as string[] | undefined) ?? [])
    const joined = (personal.joined as Made[] | undefined) ?? []
    const kept = made.filter(({ personId }) => !left.has(String(personId)))
    made.splice(0, made.length, ...kept, ...joined.map((member) => ({ ...member, joinedAt: at })))
  },
  place: ({ personId }) => String(personId),
}

export const replayedForceIssues: ReplayedKind = {
  name: 'task_force_issues',
  rows: rowsOf('task_force_issues', OF_FORCE, {
    issueId: 'issue_id',
    attachedAt: 'attached_at',
    releasedAt: 'released_at',
  }),
  replay: (made, { action, at, record }) => {
    const detached = new Set((record.detached as string[] | undefined) ?? [])
    const attached = (record.attached as string[] | undefined) ?? []
    const kept = made.filter(({ issueId }) => !detached.has(String(issueId)))
    made.splice(0, made.length, ...kept, ...attached.map((issueId) => ({ issueId, attachedAt: at, releasedAt: null })))
    if (action === 'close') for (const matter of made) matter.releasedAt = at
  },
  place: ({ issueId }) => String(issueId),
}

export const replayedMilestones: ReplayedKind = {
  name: 'task_force_milestones',
  rows: rowsOf('task_force_milestones', OF_FORCE, {
    id: 'id',
    title: 'title',
    dueOn: 'due_on',
    reachedAt: 'reached_at',
    reachedBy: 'reached_by',
    note: 'note',
  }),
  replay: (made, { action, at, record, named }) => {
    const { milestoneId: id, dueOn } = record
    const own = made.find((milestone) => milestone.id === id)
    if (action === 'plan') made.push({ id, title: named('title'), dueOn, reachedAt: null, reachedBy: null, note: null })
    if (action === 'replan' && own) Object.assign(own, { title: named('title'), dueOn })
    if (action === 'drop' && own) made.splice(made.indexOf(own), 1)
    if (action === 'reach' && own)
      Object.assign(own, { reachedAt: at, reachedBy: named('reachedBy'), note: named('note') })
  },
  place: ({ id }) => String(id),
}
