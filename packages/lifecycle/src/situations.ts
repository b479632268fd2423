import { apply } from './apply.ts'
import type { FieldName } from './fields.ts'
import type { Actor, Facts, Issue, PartFacts, Payload } from './issue.ts'
import { CAPACITIES, type Capacity, ROLES, type Role } from './roles.ts'
import type { KINDS, State } from './states.ts'
import type { Action } from './table.ts'

/** What the tests of the rules stand on: issues, people, facts and payloads in which nothing is in the way. */

/** A Wednesday morning, 10:00 in Anqing. */
export const NOW = new Date('2026-03-04T02:00:00.000Z')
export const DAY = 86_400_000
export const daysFrom = (days: number, from = NOW): Date => new Date(from.getTime() + days * DAY)

const LEAD = 'unit-lead'
const CO = 'unit-co'

const blank = (raisedAt: Date): Issue =>
  apply(null, {
    action: 'raise',
    to: 'raised',
    move: true,
    occurredAt: raisedAt,
    record: { changes: { kind: 'problem', visibility: 'public', urgency: 'ordinary', raiserCount: 1 } },
    personal: { changes: { title: '路灯不亮', body: '三栋门口路灯不亮' } },
  })

/** A public matter in `state`, two days old, as the loop would have left it there. */
export const issueIn = (state: State, overrides: Partial<Issue> = {}): Issue => {
  const issue = { ...blank(daysFrom(-5)), state, stateSince: daysFrom(-2), version: 4 }
  const council = state === 'scheduled' || state === 'deliberating' || state === 'adopted' || state === 'dismissed'
  const accepted: Partial<Issue> =
    state === 'raised' || state === 'declined'
      ? {}
      : {
          route: council ? 'council' : 'direct',
          acceptedAt: daysFrom(-4),
          contactedAt: daysFrom(-4),
          categoryCode: '209001',
          publicTitle: '路灯不亮',
          publicText: '小区内一处路灯不亮',
        }
  const withUnit = ['dispatched', 'handling', 'verifying', 'publicized', 'closed'].includes(state)
  const atUnit: Partial<Issue> = withUnit
    ? {
        leadUnitId: LEAD,
        dispatchedAt: new Date(NOW.getTime() - 3_600_000),
        firstDispatchedAt: daysFrom(-3),
        handleDueAt: daysFrom(7),
      }
    : {}
  const special: { readonly [S in State]?: Partial<Issue> } = {
    suspended: { suspendedFrom: 'adopted', suspensions: 1, reviewAt: daysFrom(20) },
    merged: { mergedInto: 'issue-target' },
    verifying: { submittedAt: daysFrom(-2), submittedBy: 'somebody-at-the-unit', result: '已更换灯具' },
    publicized: {
      submittedBy: 'somebody-at-the-unit',
      publicizedAt: daysFrom(-2),
      noticeEndsAt: daysFrom(3),
      evaluationEndsAt: daysFrom(5),
      result: '已更换灯具',
    },
    closed: { closedAt: daysFrom(-2), result: '已更换灯具' },
    declined: { decidedBy: 'another-officer' },
    dismissed: { decidedBy: 'another-presider' },
    referred: { decidedBy: 'another-officer' },
  }
  return { ...issue, ...accepted, ...atUnit, ...special[state], ...overrides }
}

/** What must have happened for this very action to make sense. */
const OCCASIONS: { readonly [A in Action]?: (issue: Issue) => Partial<Issue> } = {
  schedule: () => ({ route: 'council', endorsingHouseholds: 10 }),
  unschedule: () => ({}),
  resume: () => ({ reviewAt: daysFrom(-1) }),
  publicize: () => ({ verifiedBy: 'a-grid-worker' }),
  close: () => ({ noticeEndsAt: daysFrom(-2), evaluationEndsAt: daysFrom(-1) }),
  endorse: () => ({ publicTitle: '路灯不亮', publicText: '小区内一处路灯不亮' }),
  decide_extension: () => ({ extensionAskedFor: daysFrom(20), extensionBy: 'somebody-at-the-unit' }),
  progress: () => ({ openParts: 1 }),
  sign_part: () => ({ openParts: 1 }),
  return_part: () => ({ openParts: 1 }),
  request_part_extension: () => ({ openParts: 1 }),
  decide_part_extension: () => ({ openParts: 1 }),
  finish_part: () => ({ openParts: 1 }),
  waive: () => ({ openParts: 1 }),
  answer_objection: () => ({ openObjections: 1 }),
  call_back: () => ({ openBadRatings: 1, leadUnitId: LEAD }),
  contest_rating: () => ({ openBadRatings: 1 }),
  decide_contest: () => ({ openContests: 1, openBadRatings: 1 }),
  report_in: () => ({ escalated: true }),
  reply_supervision: () => ({ supervisions: 1, supervisionDueAt: daysFrom(2) }),
  rectify: () => ({ rectifyOwed: true }),
}
export const occasionFor = (action: Action, state: State, overrides: Partial<Issue> = {}): Issue => {
  const issue = issueIn(state, overrides)
  const occasion = OCCASIONS[action]?.(issue) ?? {}
  // A private issue never has a public text.
  const texts = issue.visibility === 'private' ? { publicTitle: null, publicText: null } : {}
  return { ...issue, ...occasion, ...overrides, ...texts }
}

export const nobody: Actor = {
  personId: 'a-person',
  roles: [],
  identified: false,
  raiser: false,
  presider: false,
  unitIds: [],
  streetHandler: false,
}

const isRole = (capacity: Capacity): capacity is Role => Object.hasOwn(ROLES, capacity)

/** Somebody who stands to the issue in this capacity and in no other. */
export const actorAs = (capacity: Capacity): Actor => {
  if (isRole(capacity)) return { ...nobody, roles: [capacity] }
  switch (capacity) {
    case 'identified':
      return { ...nobody, identified: true }
    case 'raiser':
      return { ...nobody, raiser: true }
    case 'presider':
      return { ...nobody, presider: true }
    case 'lead_handler':
      return { ...nobody, unitIds: [LEAD] }
    case 'part_handler':
      return { ...nobody, unitIds: [CO] }
    case 'street_handler':
      return { ...nobody, streetHandler: true }
    case 'system':
    case 'import_job':
      return { ...nobody, personId: null, system: capacity }
    default:
      return nobody
  }
}
export const CAPACITY_CODES = Object.keys(CAPACITIES) as Capacity[]

/** A part that nobody has signed for. */
export const partOf = (overrides: Partial<PartFacts> = {}): PartFacts => ({
  unitId: CO,
  mine: true,
  hasAccounts: false,
  signed: false,
  designated: false,
  madeAt: new Date(NOW.getTime() - 3_600_000),
  dueAt: daysFrom(5),
  extensionAskedFor: null,
  extensionBy: 'somebody-at-the-unit',
  ...overrides,
})

/** Facts that stand in nobody's way. */
export const fairFacts = (action: Action | string, overrides: Facts = {}): Facts => ({
  council: {
    inSession: true,
    quorum: true,
    openBallot: false,
    motion: action === 'adopt' ? 'passed' : action === 'dismiss' ? 'failed' : null,
  },
  target: { exists: true, state: 'handling', sameIssue: false, visibility: 'public', complainedUnitId: null },
  own: { endorsed: false, hadPart: false, mergedAt: null },
  judged: { objected: false, rated: false },
  household: { mine: true, counted: false },
  erasure: { known: true, lastRaiser: true },
  parts: [partOf({ extensionAskedFor: action === 'decide_part_extension' ? daysFrom(6) : null })],
  returns: { ofLead: 0, unitIds: [] },
  added: { fit: true, atWork: false },
  handOver: { open: true, mine: true, fit: true, inCharge: false },
  objection: {
    open: true,
    review: false,
    // Who objects asks for a review of their own; whoever answers has made none.
    mine: action === 'object',
    reviewed: false,
    ofSecretary: false,
    firstAnsweredBy: null,
    at: NOW,
  },
  rating: {
    bad: true,
    open: true,
    contested: false,
    openContest: true,
    ratedBy: 'a-raiser',
    helpedBy: null,
    contestedBy: 'somebody-at-the-unit',
    sampled: true,
    followUp: true,
    concludes: true,
    at: NOW,
  },
  calls: { open: 1, followUps: 1 },
  complained: { exists: true, atWork: false },
  duty: { refused: false },
  unit: { exists: true, hasAccounts: false, ofStreet: true, streetHasUnits: true },
  leadUnit: { hasAccounts: true },
  ...overrides,
})

const VALUES: { readonly [F in FieldName]?: unknown } = {
  kind: 'problem',
  categoryCode: '209001',
  urgency: 'ordinary',
  route: 'direct',
  visibility: 'private',
  channel: 'console',
  reasonCode: 'outside_duty',
  recipient: 'hotline_12345',
  method: 'phone',
  solved: 'yes',
  level: 5,
  callBackOutcome: 'explained',
  leadUnitId: LEAD,
  unitId: CO,
  reached: true,
  approved: true,
  upheld: false,
  contacted: true,
}

const TIMES: ReadonlySet<string> = new Set(['dueAt', 'requestedDueAt', 'reviewAt'])

/** One or two ways to fill in the form of an action at `now`; the second speaks on behalf of a raiser. */
export const payloadsFor = (action: Action, required: readonly string[], now = NOW): Payload[] => {
  const filled: Record<string, unknown> = {}
  for (const field of required)
    filled[field] = TIMES.has(field)
      ? daysFrom(30, now).toISOString()
      : Object.hasOwn(VALUES, field)
        ? VALUES[field as FieldName]
        : '内容'
  if (action === 'accept' || action === 'answer' || action === 'publicize')
    Object.assign(filled, { publicTitle: '路灯不亮', publicText: '小区内一处路灯不亮' })
  // Later than the part's date, no later than the lead's.
  if (action === 'request_part_extension') filled.requestedDueAt = daysFrom(6, now).toISOString()
  if (action === 'verify') filled.photos = ['a-photo']
  if (action === 'reclassify') filled.urgency = 'urgent'
  if (action === 'call_back') filled.callBackOutcome = 'explained'
  if (action === 'follow_up') filled.solved = 'yes'
  if (action === 'rectify') filled.leadUnitId = LEAD
  if (action === 'evaluate') return [filled, { ...filled, onBehalfOf: 'a-raiser' }]
  return [filled]
}

export const requiredFields = (fields: Readonly<Record<string, string | undefined>>): string[] =>
  Object.keys(fields).filter((name) => fields[name] === 'required')

export const privateOverrides = (kind: keyof typeof KINDS = 'request'): Partial<Issue> => ({
  kind,
  visibility: 'private',
})
