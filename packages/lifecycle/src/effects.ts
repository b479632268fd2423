import { isDisputed } from './guards/parts.ts'
import { STREET_ROUND } from './guards/protect.ts'
import type { Context, Issue } from './issue.ts'
import type { State } from './states.ts'
import type { Action } from './table.ts'
import { addSpan } from './work-time.ts'

/** The derived fields an event sets. Written into the event's record, so that the fold needs no policy and no calendar. */
export type Changes = Partial<Omit<Issue, 'state' | 'version' | 'stateSince'>>

type Effect = (c: Context, to: State) => Changes

const NEW_ROUND: Changes = {
  firstDispatchedAt: null,
  submittedAt: null,
  submittedBy: null,
  verifiedBy: null,
  publicizedAt: null,
  noticeEndsAt: null,
  evaluationEndsAt: null,
  handleDueAt: null,
  contentRaisers: 0,
  ratingCount: 0,
  openBadRatings: 0,
  openObjections: 0,
  openContests: 0,
  openParts: 0,
  rectifyOwed: false,
  extensionAskedFor: null,
  extensionBy: null,
  result: null,
}

const date = (value: unknown): Date | null => {
  const at = typeof value === 'string' || value instanceof Date ? new Date(value) : null
  return at === null || Number.isNaN(at.getTime()) ? null : at
}
const text = (value: unknown): string | null => (typeof value === 'string' ? value : null)
const number = (value: unknown): number => (typeof value === 'number' && Number.isFinite(value) ? value : 0)
const less = (count: number, by = 1): number => Math.max(0, count - by)
const earlier = (a: Date | null, b: Date): Date => (a !== null && a < b ? a : b)
const countOf = (value: unknown): number => (Array.isArray(value) ? value.length : 0)
const given = (payload: Context['payload'], ...fields: (keyof Issue & string)[]): Changes =>
  Object.fromEntries(fields.filter((f) => payload[f] !== undefined).map((f) => [f, payload[f]]))

/** Public texts are kept only while the issue is public. */
const publicTexts = ({ issue, payload }: Context): Changes =>
  issue.visibility === 'public' ? given(payload, 'publicTitle', 'publicText') : {}

const decided = ({ issue, actor }: Context): Changes => ({
  decidedBy: actor.personId,
  appealOf: null,
  appealed: issue.appealOf !== null,
})
const NO_EXTENSION: Changes = { extensionAskedFor: null, extensionBy: null }

const publicized = (c: Context): Changes => ({
  publicizedAt: c.now,
  result: text(c.payload.result),
  // Five and seven days: two periods that begin together. A private issue is judged by its raisers alone: no notice.
  noticeEndsAt:
    c.issue.visibility === 'public' ? addSpan(c.now, { calendarDays: c.policy.notice_days }, c.policy.calendar) : null,
  evaluationEndsAt: addSpan(c.now, { calendarDays: c.policy.evaluation_days }, c.policy.calendar),
  ...publicTexts(c),
})

const dispatched = (c: Context): Changes => {
  return {
    leadUnitId: text(c.payload.leadUnitId) ?? c.issue.leadUnitId,
    appealOf: null,
    designated: c.payload.designated === true || (c.as === 'secretary' && isDisputed(c)),
    dispatchedAt: c.now,
    firstDispatchedAt: c.issue.firstDispatchedAt ?? c.now,
    ...(c.payload.coUnits === undefined ? {} : { openParts: countOf(c.payload.coUnits) }),
  }
}

/** Whatever comes back to `accepted` without having been triaged takes the direct route until an officer says otherwise. */
const backToAccepted = ({ issue, now }: Context): Changes => ({
  acceptedAt: now,
  urgency: issue.urgency ?? 'ordinary',
  route: issue.visibility === 'private' ? 'direct' : (issue.route ?? 'direct'),
})

const contacted = ({ issue, now }: Context): Changes => (issue.contactedAt ? {} : { contactedAt: now })

const GOES_ON: Changes = { suspendedFrom: null, reviewAt: null }

export const EFFECTS: { readonly [A in Action]?: Effect } = {
  accept: (c) => ({
    acceptedAt: c.now,
    ...contacted(c),
    ...given(c.payload, 'categoryCode', 'urgency', 'route', 'gridCode'),
    ...publicTexts(c),
    ...decided(c),
  }),
  answer: (c) => ({
    acceptedAt: c.issue.acceptedAt ?? c.now,
    ...contacted(c),
    ...given(c.payload, 'categoryCode'),
    ...publicized(c),
    ...decided(c),
    // Whoever answered did the work: somebody else calls back on it.
    submittedBy: c.actor.personId,
  }),
  decline: (c) => ({ ...contacted(c), ...decided(c) }),
  refer: (c) => ({ ...contacted(c), ...decided(c) }),
  recall: (c) => ({ ...NEW_ROUND, ...backToAccepted(c), round: c.issue.round + 1 }),
  appeal: (c, to) => ({
    appealOf: c.issue.state,
    appealed: true,
    ...(to === 'accepted' ? { ...NEW_ROUND, ...backToAccepted(c), round: c.issue.round + 1 } : {}),
  }),
  merge: (c) => ({ mergedInto: text(c.payload.targetId) }),
  split: (c) => ({ mergedInto: null, ...backToAccepted(c), acceptedAt: c.issue.acceptedAt ?? c.now }),
  withdraw: ({ issue }, to) => ({
    raiserCount: less(issue.raiserCount),
    ...(to === 'withdrawn' ? GOES_ON : {}),
  }),
  schedule: ({ issue }) => (issue.appealOf ? { appealOf: null } : {}),
  resubmit: () => ({ raiserCount: 1, acceptedAt: null, firstDispatchedAt: null, handleDueAt: null }),
  unschedule: ({ issue }) => (issue.visibility === 'private' ? { route: 'direct' } : {}),
  adopt: () => ({ appealOf: null }),
  dismiss: decided,
  dispatch: (c) => ({ openParts: 0, ...dispatched(c) }),
  return: () => ({ leadUnitId: null, designated: false, openParts: 0, ...NO_EXTENSION }),
  reassign: (c) => ({ ...GOES_ON, ...dispatched(c), ...NO_EXTENSION }),
  suspend: ({ issue, payload }) => ({
    suspendedFrom: issue.state,
    suspensions: issue.suspensions + 1,
    reviewAt: date(payload.reviewAt),
  }),
  resume: () => GOES_ON,
  submit: ({ actor, payload, now }) => ({
    submittedAt: now,
    submittedBy: actor.personId,
    verifiedBy: null,
    result: text(payload.result),
    ...NO_EXTENSION,
  }),
  reject: () => ({ verifiedBy: null, submittedAt: null, submittedBy: null }),
  publicize: publicized,
  rectify: (c) => ({
    ...NEW_ROUND,
    round: c.issue.round + 1,
    ...dispatched({ ...c, issue: { ...c.issue, firstDispatchedAt: null } }),
    designated: false,
    // From the third round the street leads.
    ...(c.issue.round + 1 >= STREET_ROUND ? { escalated: true } : {}),
  }),
  close: ({ now }) => ({ closedAt: now }),
  reopen: ({ issue, now }) => ({
    ...NEW_ROUND,
    round: issue.round + 1,
    route: 'direct',
    acceptedAt: now,
    closedAt: null,
    leadUnitId: null,
    designated: false,
    reopenings: issue.reopenings + 1,
    urgency: issue.urgency ?? 'ordinary',
  }),

  contact: (c) => (c.payload.reached === true ? contacted(c) : {}),
  endorse: ({ issue, facts }) =>
    facts.household?.counted ? {} : { endorsingHouseholds: issue.endorsingHouseholds + 1 },
  reclassify: (c) => ({
    ...given(c.payload, 'categoryCode', 'urgency', 'kind', 'complainedUnitId', 'route'),
    ...publicTexts(c),
    // Only a complaint is about a unit.
    ...(c.issue.complainedUnitId !== null && (c.payload.kind ?? c.issue.kind) !== 'complaint'
      ? { complainedUnitId: null }
      : {}),
  }),
  request_extension: ({ actor, payload }) => ({
    extensionAskedFor: date(payload.requestedDueAt),
    extensionBy: actor.personId,
  }),
  decide_extension: () => NO_EXTENSION,
  add_part: ({ issue }) => ({ openParts: issue.openParts + 1 }),
  return_part: ({ issue }) => ({ openParts: less(issue.openParts) }),
  finish_part: ({ issue }) => ({ openParts: less(issue.openParts) }),
  waive: ({ issue }) => ({ openParts: less(issue.openParts) }),
  verify: ({ actor }) => ({ verifiedBy: actor.personId }),
  object: ({ issue }) => ({ openObjections: issue.openObjections + 1 }),
  answer_objection: ({ issue, payload }) => ({
    openObjections: less(issue.openObjections),
    // What was rightly objected to is put right before the matter is closed.
    ...(payload.upheld === true ? { rectifyOwed: true } : {}),
  }),
  evaluate: (c) => {
    const level = number(c.payload.level)
    const helped = c.payload.onBehalfOf !== undefined
    // A helped rating is always called back, a good one too.
    const calledBack = level <= 2 || helped
    return {
      ratingCount: c.issue.ratingCount + 1,
      ...(level >= 3 && (c.as === 'raiser' || helped) ? { contentRaisers: c.issue.contentRaisers + 1 } : {}),
      ...(calledBack ? { openBadRatings: c.issue.openBadRatings + 1 } : {}),
    }
  },
  call_back: (c) => {
    const { issue, payload, facts } = c
    const upheld = payload.callBackOutcome === 'upheld' || payload.callBackOutcome === 'registered'
    if (!facts.rating?.concludes) return {}
    return {
      // What was drawn of the good ones never held the matter up.
      ...(facts.rating.sampled ? {} : { openBadRatings: less(issue.openBadRatings) }),
      ...(upheld && issue.state === 'publicized'
        ? { rectifyOwed: true, leadUnitId: text(payload.leadUnitId) ?? issue.leadUnitId }
        : {}),
    }
  },
  contest_rating: ({ issue }) => ({ openContests: issue.openContests + 1 }),
  decide_contest: (c) => {
    const { issue, payload, facts } = c
    const setAside = payload.upheld === true && facts.rating?.open === true
    return {
      openContests: less(issue.openContests),
      ...(setAside ? { openBadRatings: less(issue.openBadRatings) } : {}),
    }
  },
  escalate: () => ({ escalated: true }),
  report_in: () => ({ escalated: false }),
  supervise: ({ issue, payload, now }) => ({
    supervisions: issue.supervisions + 1,
    // One reply answers them all: by the earliest date ordered.
    supervisionDueAt: earlier(issue.supervisionDueAt, date(payload.dueAt) ?? now),
  }),
  reply_supervision: () => ({ supervisions: 0, supervisionDueAt: null }),
  erase_personal: ({ facts }) => (facts.erasure?.lastRaiser ? { title: null, body: null } : {}),
  set_visibility: ({ issue, payload }) => {
    if (payload.visibility === 'public') return { visibility: 'public' }
    return {
      visibility: 'private',
      publicTitle: null,
      publicText: null,
      noticeEndsAt: null,
      ...(issue.state === 'raised' || issue.state === 'accepted'
        ? { route: issue.route === null ? null : ('direct' as const) }
        : {}),
    }
  },
  absorb: ({ issue, payload }) => ({ raiserCount: issue.raiserCount + Math.max(0, number(payload.raisers)) }),
  release: ({ issue, payload }) => ({
    raiserCount: less(issue.raiserCount, Math.max(0, number(payload.raisers))),
    contentRaisers: less(issue.contentRaisers, Math.max(0, number(payload.contentRaisers))),
  }),
}
