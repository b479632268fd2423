import { addSpan, clockIn, contactDue, handleDue } from './clocks.ts'
import type { Context, Issue } from './issue.ts'
import type { State } from './states.ts'
import type { Action } from './table.ts'

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

const date = (value: unknown): Date | null => (value === undefined || value === null ? null : new Date(String(value)))
const text = (value: unknown): string | null => (typeof value === 'string' ? value : null)
const countOf = (value: unknown): number => (Array.isArray(value) ? value.length : 0)
const given = (payload: Context['payload'], ...fields: (keyof Issue & string)[]): Changes =>
  Object.fromEntries(fields.filter((f) => payload[f] !== undefined).map((f) => [f, payload[f]]))

/** Public texts are kept only while the issue is public. */
const publicTexts = ({ issue, payload }: Context): Changes =>
  issue.visibility === 'public' ? given(payload, 'publicTitle', 'publicText') : {}

const decided = ({ actor }: Context): Changes => ({ decidedBy: actor.personId, appealOf: null, appealed: false })

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
  const first = c.issue.firstDispatchedAt ?? c.now
  return {
    leadUnitId: text(c.payload.leadUnitId) ?? c.issue.leadUnitId,
    designated: c.payload.designated === true,
    dispatchedAt: c.now,
    firstDispatchedAt: first,
    handleDueAt: date(c.payload.dueAt) ?? c.issue.handleDueAt ?? handleDue(c.issue, c.policy, first),
    ...(c.payload.coUnits === undefined ? {} : { openParts: countOf(c.payload.coUnits) }),
  }
}

/** Whatever comes back to `accepted` without having been triaged takes the direct route until an officer says otherwise. */
const backToAccepted = ({ issue, now }: Context): Changes => ({
  acceptedAt: issue.acceptedAt ?? now,
  urgency: issue.urgency ?? 'ordinary',
  route: issue.visibility === 'private' ? 'direct' : (issue.route ?? 'direct'),
})

const contacted = ({ issue, now }: Context): Changes => (issue.contactedAt ? {} : { contactedAt: now })

/** The answer owed soonest while the matter is publicized. */
const owed = (c: Context, clock: 'objection' | 'call_back', workingDays: number): Changes => {
  const dueAt = addSpan(c.now, { workingDays }, c.policy.calendar)
  return c.issue.dueAt !== null && c.issue.dueAt <= dueAt
    ? {}
    : { dueClock: clock, dueFrom: c.now, dueAt, reminders: 0 }
}
const settled = (openAfter: number): Changes =>
  openAfter > 0 ? {} : { dueClock: null, dueFrom: null, dueAt: null, reminders: 0 }

export const EFFECTS: { readonly [A in Action]?: Effect } = {
  accept: (c) => ({
    acceptedAt: c.now,
    ...contacted(c),
    ...given(c.payload, 'categoryCode', 'urgency', 'route', 'gridCode'),
    ...publicTexts(c),
    ...decided(c),
    // The date promised to the raiser runs from acceptance; the first dispatch sets the handling clock itself.
    contactDueAt: null,
  }),
  answer: (c) => ({
    acceptedAt: c.issue.acceptedAt ?? c.now,
    ...contacted(c),
    ...given(c.payload, 'categoryCode'),
    ...publicized(c),
    ...decided(c),
    contactDueAt: null,
  }),
  decline: (c) => ({ ...contacted(c), ...decided(c), contactDueAt: null }),
  refer: (c) => ({ ...contacted(c), ...decided(c), contactDueAt: null }),
  recall: (c) => ({ ...NEW_ROUND, ...backToAccepted(c), round: c.issue.round + 1 }),
  appeal: (c, to) => ({
    appealOf: c.issue.state,
    appealed: true,
    ...(to === 'accepted' ? { ...NEW_ROUND, ...backToAccepted(c), round: c.issue.round + 1 } : {}),
  }),
  merge: (c) => ({ mergedInto: text(c.payload.targetId), contactDueAt: null }),
  split: (c) => ({ mergedInto: null, ...backToAccepted(c) }),
  withdraw: ({ issue }) => ({ raiserCount: Math.max(0, issue.raiserCount - 1) }),
  resubmit: ({ issue, now }) => ({
    raiserCount: 1,
    acceptedAt: null,
    contactDueAt: issue.contactedAt ? null : contactDue(issue.urgency, now),
  }),
  unschedule: ({ issue }) => (issue.visibility === 'private' ? { route: 'direct' } : {}),
  dismiss: decided,
  dispatch: (c) => ({ openParts: 0, ...dispatched(c) }),
  return: () => ({ leadUnitId: null, designated: false, openParts: 0 }),
  reassign: dispatched,
  suspend: ({ issue, payload }) => ({
    suspendedFrom: issue.state,
    suspensions: issue.suspensions + 1,
    reviewAt: date(payload.reviewAt),
  }),
  resume: ({ issue, now }) => ({
    suspendedFrom: null,
    reviewAt: null,
    // The handling clock stood still meanwhile.
    ...(issue.handleDueAt
      ? { handleDueAt: new Date(issue.handleDueAt.getTime() + now.getTime() - issue.stateSince.getTime()) }
      : {}),
  }),
  submit: ({ actor, payload, now }) => ({
    submittedAt: now,
    submittedBy: actor.personId,
    verifiedBy: null,
    result: text(payload.result),
  }),
  reject: () => ({ verifiedBy: null, submittedAt: null, submittedBy: null }),
  publicize: publicized,
  rectify: (c) => ({
    ...NEW_ROUND,
    round: c.issue.round + 1,
    ...dispatched({ ...c, issue: { ...c.issue, firstDispatchedAt: null, handleDueAt: null } }),
    designated: false,
    // From the third round the street leads.
    ...(c.issue.round + 1 >= 3 ? { escalated: true } : {}),
  }),
  close: ({ now }) => ({ closedAt: now }),
  reopen: ({ issue }) => ({
    ...NEW_ROUND,
    round: issue.round + 1,
    route: 'direct',
    closedAt: null,
    leadUnitId: null,
    designated: false,
    reopenings: issue.reopenings + 1,
    urgency: issue.urgency ?? 'ordinary',
  }),

  contact: (c) => (c.payload.reached === true ? { ...contacted(c), contactDueAt: null } : {}),
  endorse: ({ issue, facts }) =>
    facts.household?.counted ? {} : { endorsingHouseholds: issue.endorsingHouseholds + 1 },
  reclassify: (c) => {
    const changes = given(c.payload, 'categoryCode', 'urgency', 'kind', 'route')
    const waits = c.issue.state === 'raised' || c.issue.state === 'accepted'
    return waits
      ? { ...changes, ...clockIn(c.issue.state, { ...c.issue, ...changes }, c.policy, c.issue.stateSince) }
      : changes
  },
  request_extension: ({ actor, payload }) => ({
    extensionAskedFor: date(payload.requestedDueAt),
    extensionBy: actor.personId,
  }),
  decide_extension: ({ issue, payload }) => {
    const until = date(payload.dueAt) ?? issue.extensionAskedFor
    const granted: Changes = payload.approved === true ? { handleDueAt: until } : {}
    const running: Changes =
      payload.approved === true && issue.state === 'handling' ? { dueAt: until, reminders: 0 } : {}
    return { ...granted, ...running, extensionAskedFor: null, extensionBy: null }
  },
  finish_part: ({ issue }) => ({ openParts: issue.openParts - 1 }),
  waive: ({ issue }) => ({ openParts: issue.openParts - 1 }),
  verify: ({ actor }) => ({ verifiedBy: actor.personId }),
  object: (c) => ({
    openObjections: c.issue.openObjections + 1,
    ...owed(c, 'objection', c.policy.objection_working_days),
  }),
  answer_objection: ({ issue }) => ({
    openObjections: issue.openObjections - 1,
    ...settled(issue.openObjections - 1 + issue.openBadRatings),
  }),
  evaluate: (c) => {
    const level = Number(c.payload.level)
    const helped = c.payload.onBehalfOf !== undefined
    // A helped rating is always called back, a good one too.
    const calledBack = level <= 2 || helped
    return {
      ratingCount: c.issue.ratingCount + 1,
      ...(level >= 3 && (c.as === 'raiser' || helped) ? { contentRaisers: c.issue.contentRaisers + 1 } : {}),
      ...(calledBack
        ? {
            openBadRatings: c.issue.openBadRatings + 1,
            ...owed(c, 'call_back', c.policy.call_back_working_days),
          }
        : {}),
    }
  },
  call_back: ({ issue, payload, facts }) => {
    const upheld = payload.callBackOutcome === 'upheld' || payload.callBackOutcome === 'registered'
    if (!facts.rating?.concludes) return {}
    return {
      openBadRatings: issue.openBadRatings - 1,
      ...settled(issue.openBadRatings - 1 + issue.openObjections),
      ...(upheld && issue.state === 'publicized'
        ? { rectifyOwed: true, leadUnitId: text(payload.leadUnitId) ?? issue.leadUnitId }
        : {}),
    }
  },
  contest_rating: ({ issue }) => ({ openContests: issue.openContests + 1 }),
  decide_contest: ({ issue, payload, facts }) => {
    const setAside = payload.upheld === true && facts.rating?.open === true
    return {
      openContests: issue.openContests - 1,
      ...(setAside
        ? {
            openBadRatings: issue.openBadRatings - 1,
            ...settled(issue.openBadRatings - 1 + issue.openObjections),
          }
        : {}),
    }
  },
  escalate: () => ({ escalated: true }),
  report_in: () => ({ escalated: false }),
  supervise: ({ issue, payload }) => ({
    supervisions: issue.supervisions + 1,
    supervisionDueAt: date(payload.dueAt),
  }),
  reply_supervision: () => ({ supervisions: 0, supervisionDueAt: null }),
  erase_personal: ({ facts }) => (facts.erasure?.lastRaiser ? { title: null, body: null } : {}),
  set_visibility: ({ issue, payload }) =>
    payload.visibility === 'private'
      ? {
          visibility: 'private',
          publicTitle: null,
          publicText: null,
          noticeEndsAt: null,
          ...(issue.state === 'raised' || issue.state === 'accepted'
            ? { route: issue.route === null ? null : ('direct' as const) }
            : {}),
        }
      : { visibility: 'public' },
  absorb: ({ issue, payload }) => ({ raiserCount: issue.raiserCount + Number(payload.raisers ?? 0) }),
  release: ({ issue, payload }) => ({
    raiserCount: Math.max(0, issue.raiserCount - Number(payload.raisers ?? 0)),
    contentRaisers: Math.max(0, issue.contentRaisers - Number(payload.contentRaisers ?? 0)),
  }),
  remind: ({ payload }) => ({ reminders: Number(payload.level) }),
}
