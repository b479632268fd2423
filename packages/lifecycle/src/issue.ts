import type { ClockCode } from './clocks.ts'
import type { Policy } from './policy.ts'
import type { Capacity, Role } from './roles.ts'
import type { Clock } from './run-clocks.ts'
import type { Channel, Kind, Route, State, Urgency, Visibility } from './states.ts'

/**
 * One issue as the rules see it. Every field is derived: it is the fold of the issue's events through `apply()`, which is how
 * the row is written and how `npm run verify` checks it. Ids are UUIDs, times are instants.
 */
export interface Issue {
  state: State
  /** Grows by one with each move; what `If-Match` is compared with. Facts leave it alone. */
  version: number
  /** Starts at 1; whatever takes a matter up again (`rectify`, `reopen`, `recall`, an appeal against a referral) begins another. */
  round: number
  kind: Kind
  visibility: Visibility
  anonymous: boolean
  channel: Channel
  route: Route | null
  urgency: Urgency | null
  categoryCode: string | null
  gridCode: string | null
  buildingCode: string | null
  /** As the raiser wrote it; null once erased. Never shown to the public. */
  title: string | null
  body: string | null
  /** The de-identified text a person approved; null until then, and always for a private issue. */
  publicTitle: string | null
  publicText: string | null
  /** The answer or result of this round, written for the public. */
  result: string | null

  raisedAt: Date
  stateSince: Date
  acceptedAt: Date | null
  contactedAt: Date | null
  /** When the handling clock of this round began. */
  firstDispatchedAt: Date | null
  dispatchedAt: Date | null
  submittedAt: Date | null
  publicizedAt: Date | null
  closedAt: Date | null

  /** Every clock that has begun and not ended. */
  clocks: readonly Clock[]
  /** Of those that run the one that ends soonest; null where nothing is due. */
  dueClock: ClockCode | null
  dueAt: Date | null
  /** The date promised to the raiser: the end of the handling clock. */
  handleDueAt: Date | null
  noticeEndsAt: Date | null
  evaluationEndsAt: Date | null
  reviewAt: Date | null

  raiserCount: number
  /** Raisers who rated this round 3 or better. */
  contentRaisers: number
  endorsingHouseholds: number
  ratingCount: number
  /** Bad ratings (1–2) and those given with help, of this round without a concluded call-back. */
  openBadRatings: number
  openObjections: number
  openContests: number
  /** Co-units whose part is neither finished nor waived. */
  openParts: number

  leadUnitId: string | null
  /** The secretary named the lead unit: it may not be returned. */
  designated: boolean
  complainedUnitId: string | null
  /** Who declined, dismissed or referred: may not decide the appeal against it. */
  decidedBy: string | null
  submittedBy: string | null
  verifiedBy: string | null
  /** The decision under appeal, while it is. */
  appealOf: State | null
  /** One appeal per decision: what was decided on appeal is not appealed again; a decision of its own clears it. */
  appealed: boolean
  /** Public id of the target, as the payload names it. */
  mergedInto: string | null
  suspendedFrom: State | null
  suspensions: number
  reopenings: number
  rectifyOwed: boolean
  extensionAskedFor: Date | null
  extensionBy: string | null
  escalated: boolean
  supervisions: number
  supervisionDueAt: Date | null
  externalSupport: number
}

/** What one event carries into the fold. `changes` are the derived fields it sets, dates as ISO strings. */
export interface IssueEvent {
  action: string
  to: State
  move: boolean
  occurredAt: Date
  record: { changes?: Record<string, unknown>; [key: string]: unknown }
  personal: Record<string, unknown> | null
}

/** Who acts, as far as the rules need to know. Roles are those whose region covers the issue's. */
export interface Actor {
  personId: string | null
  roles: readonly Role[]
  /** Level `resident` or `owner`: bound to a household. */
  identified: boolean
  raiser: boolean
  /** Presides over the meeting on whose agenda the issue stands. */
  presider: boolean
  /** Units this person handles for. */
  unitIds: readonly string[]
  /** Handles for the unit of the street that was called to this matter in this round. */
  streetHandler: boolean
  /** The product itself, as a follow-up, a job, or the import. */
  system?: 'system' | 'import_job'
}

/** An open part, as the rules see it. */
export interface PartFacts {
  unitId: string
  /** The person handles for it. */
  mine: boolean
  /** Somebody signs in for the unit. */
  hasAccounts: boolean
  signed: boolean
  /** Named by the secretary: it may not be returned. */
  designated: boolean
  madeAt: Date
  dueAt: Date
  extensionAskedFor: Date | null
  extensionBy: string | null
}

/** What a guard must know beyond the issue's own row. A slice is loaded only when the action's guards name it. */
export interface Facts {
  council?: {
    inSession: boolean
    quorum: boolean
    openBallot: boolean
    motion: 'passed' | 'failed' | 'consensus_not_to_act' | null
  }
  /** The target of a merge. */
  target?: {
    exists: boolean
    state: State
    sameIssue: boolean
    visibility: Visibility
    complainedUnitId: string | null
  }
  own?: {
    endorsed: boolean
    /** Acted on this issue as staff before: may not enter a helped rating. */
    hadPart: boolean
    /** Was merged in here, and when. */
    mergedAt: Date | null
  }
  /** What the person (or the raiser on whose behalf they write) already said in this round. */
  judged?: { objected: boolean; rated: boolean }
  /** The household named by `householdId`: the person's own, and whether it already counts on this issue. */
  household?: { mine: boolean; counted: boolean }
  /** Whose data would be erased, and whether nobody else raised the matter. */
  erasure?: { known: boolean; lastRaiser: boolean }
  /** Every open part of co-units. */
  parts?: readonly PartFacts[]
  /** Who returned an order in this round, and how often the lead's was. */
  returns?: { ofLead: number; unitIds: readonly string[] }
  /** The unit named by `unitId`, as one that could be given a part: serves here, and has an open order on the matter already. */
  added?: { fit: boolean; atWork: boolean }
  /** The order of the unit named by `unitId`, and the person named by `handlerId`. */
  handOver?: { open: boolean; mine: boolean; fit: boolean; inCharge: boolean }
  /** The objection named by `objectionId`, and when it was made; `review` when it is before the secretary. */
  objection?: {
    open: boolean
    review: boolean
    mine: boolean
    reviewed: boolean
    /** A secretary of the community made it, or submitted the work. */
    ofSecretary: boolean
    /** Of a review: who answered the objection that is reviewed. */
    firstAnsweredBy: string | null
    at: Date | null
  }
  /** The rating named by `ratingId`, and when it was given; `concludes`: this attempt ends its call-back (reached, or the third failed one on a second day). */
  rating?: {
    bad: boolean
    open: boolean
    contested: boolean
    openContest: boolean
    ratedBy: string | null
    helpedBy: string | null
    contestedBy: string | null
    /** A good rating drawn for a call-back; it holds nothing up. */
    sampled: boolean
    /** Registered with a date, which is still followed. */
    followUp: boolean
    concludes: boolean
    at: Date | null
  }
  /** What of this round is to be called back, and what registered with a date is still followed. */
  calls?: { open: number; followUps: number }
  /** The unit named by `complainedUnitId`. */
  complained?: { exists: boolean; atWork: boolean }
  /** The unit named by `leadUnitId` or `streetUnitId`, else the lead unit as it stands. */
  unit?: {
    exists: boolean
    hasAccounts: boolean
    /** Of the street that the community lies in. */
    ofStreet: boolean
    /** The street has any unit that is not the one complained about. */
    streetHasUnits: boolean
  }
  /** The unit named by `leadUnitId`: its duty list says that matters of this category are not for it. */
  duty?: { refused: boolean }
  /** Lead unit of the issue as it stands. */
  leadUnit?: { hasAccounts: boolean }
}
export type FactSlice = keyof Facts

export type Payload = Readonly<Record<string, unknown>>

export interface Context {
  issue: Issue
  actor: Actor
  as: Capacity
  payload: Payload
  facts: Facts
  policy: Policy
  now: Date
}
