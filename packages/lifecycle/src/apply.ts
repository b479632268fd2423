import type { Issue, IssueEvent } from './issue.ts'

/** An issue before its first event; never changed. */
export const BLANK: Issue = {
  state: 'raised',
  version: 0,
  round: 1,
  kind: 'problem',
  visibility: 'private',
  anonymous: false,
  channel: 'hall',
  route: null,
  urgency: null,
  categoryCode: null,
  gridCode: null,
  buildingCode: null,
  title: null,
  body: null,
  publicTitle: null,
  publicText: null,
  result: null,
  raisedAt: new Date(0),
  stateSince: new Date(0),
  acceptedAt: null,
  contactedAt: null,
  firstDispatchedAt: null,
  dispatchedAt: null,
  submittedAt: null,
  publicizedAt: null,
  closedAt: null,
  clocks: [],
  dueClock: null,
  dueAt: null,
  handleDueAt: null,
  noticeEndsAt: null,
  evaluationEndsAt: null,
  reviewAt: null,
  raiserCount: 0,
  contentRaisers: 0,
  endorsingHouseholds: 0,
  ratingCount: 0,
  openBadRatings: 0,
  openObjections: 0,
  openContests: 0,
  openParts: 0,
  leadUnitId: null,
  designated: false,
  complainedUnitId: null,
  decidedBy: null,
  submittedBy: null,
  verifiedBy: null,
  appealOf: null,
  appealed: false,
  mergedInto: null,
  suspendedFrom: null,
  suspensions: 0,
  reopenings: 0,
  rectifyOwed: false,
  extensionAskedFor: null,
  extensionBy: null,
  escalated: false,
  supervisions: 0,
  supervisionDueAt: null,
  externalSupport: 0,
}

/** An issue before its first event. */
export const blankIssue = (): Issue => ({ ...BLANK })

/** Every derived field of an issue, in a fixed order; the instants among them. */
export const DERIVED_FIELDS = Object.keys(BLANK) as (keyof Issue)[]
export const INSTANT_FIELDS: ReadonlySet<string> = new Set<keyof Issue>([
  'raisedAt',
  'stateSince',
  'acceptedAt',
  'contactedAt',
  'firstDispatchedAt',
  'dispatchedAt',
  'submittedAt',
  'publicizedAt',
  'closedAt',
  'dueAt',
  'handleDueAt',
  'noticeEndsAt',
  'evaluationEndsAt',
  'reviewAt',
  'extensionAskedFor',
  'supervisionDueAt',
])
/**
 * Fields in a resident's own words: an event keeps them in its personal payload. Ids of staff who acted are no such thing:
 * they answer for what they did, and the rules of separated duties read them after every erasure.
 */
export const PERSONAL_FIELDS: ReadonlySet<string> = new Set<keyof Issue>(['title', 'body'])

const revived = (changes: Record<string, unknown>): Partial<Issue> => {
  const out: Record<string, unknown> = {}
  for (const [field, value] of Object.entries(changes))
    out[field] = INSTANT_FIELDS.has(field) && typeof value === 'string' ? new Date(value) : value
  return out as Partial<Issue>
}

/** The changes of an event, public and personal together, as stored: instants as ISO strings or Dates. */
const changesOf = (event: IssueEvent): Partial<Issue> => ({
  ...revived(event.record.changes ?? {}),
  ...revived((event.personal?.changes as Record<string, unknown> | undefined) ?? {}),
})

/**
 * The issue after `event`; the first event (`issue` null) makes it. The one way a row comes to be: the write path stores what this
 * returns, and the check of the record folds all events through it and compares.
 */
export const apply = (issue: Issue | null, event: IssueEvent): Issue => {
  const before = issue ?? { ...BLANK, raisedAt: event.occurredAt, stateSince: event.occurredAt }
  const moved = issue === null || event.to !== before.state || event.action === 'reassign'
  return {
    ...before,
    ...changesOf(event),
    state: event.to,
    version: before.version + (event.move ? 1 : 0),
    stateSince: moved ? event.occurredAt : before.stateSince,
  }
}

/** Splits the changes of a decision into those anyone may read and those that name a person; instants become ISO strings. */
export const splitChanges = (
  changes: object,
): { record: Record<string, unknown>; personal: Record<string, unknown> | null } => {
  const record: Record<string, unknown> = {}
  const personal: Record<string, unknown> = {}
  for (const [field, value] of Object.entries(changes)) {
    const stored = value instanceof Date ? value.toISOString() : value
    if (PERSONAL_FIELDS.has(field)) personal[field] = stored
    else record[field] = stored
  }
  return { record, personal: Object.keys(personal).length ? personal : null }
}
