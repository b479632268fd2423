import { type ChainChecker, createChainChecker, subjectName } from '@tongxin/evidence'
import { DERIVED_FIELDS, type Issue, PERSONAL_FIELDS } from '@tongxin/lifecycle'
import type { Tx } from '../../db/connect.ts'
import { firstDifference, type Made, type ReplayedKind, replayed } from '../../evidence/replay.ts'
import {
  replayedAttendance,
  replayedGuests,
  replayedInvitations,
  replayedItems,
  replayedMeeting,
  replayedMotion,
  replayedNotes,
  replayedNotices,
  replayedPapers,
  replayedProposal,
  replayedProxies,
  replayedRoll,
  replayedSeries,
  replayedSeriesMeetings,
  replayedVotes,
} from '../council/index.ts'
import {
  replayedAttempts,
  replayedCalls,
  replayedContests,
  replayedObjections,
  replayedRatings,
} from '../evaluation/index.ts'
import { replayedGrant } from '../grants/index.ts'
import { replayedEndorsements, toRow } from '../issues/index.ts'
import { replayedAmendments, replayedConfirmations, replayedMinutes } from '../minutes/index.ts'
import { replayedOrders } from '../office/index.ts'
import { replayedMap, replayedStatement } from '../opinions/index.ts'
import { replayedOwnersVotes, replayedRuledFlats, replayedRulings, replayedTitles } from '../owners/index.ts'
import { replayedPolicies } from '../policies/index.ts'
import { replayedSitting, replayedSittingItems, replayedSittingUnits } from '../sittings/index.ts'
import { entryKind, MatterTally } from '../statistics/index.ts'
import { replayedSupervisions, replayedWhistles } from '../street/index.ts'
import { replayedForce, replayedForceIssues, replayedForceMembers, replayedMilestones } from '../task-forces/index.ts'
import { type Beside, rowsBeside } from './beside.ts'
import { fail } from './mismatch.ts'
import {
  type StoredEvent,
  type StoredIssue,
  type StoredSubject,
  streamCouncil,
  streamEvents,
  streamGrants,
  streamIssues,
  streamMaps,
  streamPolicies,
} from './verification.queries.ts'

/** What hangs on a chain of each kind, in the order of replaying. */
const KINDS = {
  issue: [
    replayedOrders,
    replayedObjections,
    replayedRatings,
    replayedCalls,
    replayedAttempts,
    replayedContests,
    replayedEndorsements,
    replayedWhistles,
    replayedSupervisions,
    entryKind,
  ],
  meeting: [
    replayedMeeting,
    replayedAttendance,
    replayedItems,
    replayedPapers,
    replayedNotes,
    replayedProxies,
    replayedNotices,
    replayedGuests,
    replayedInvitations,
    replayedSeriesMeetings,
    replayedMinutes,
    replayedAmendments,
    replayedConfirmations,
  ],
  meeting_series: [replayedSeries],
  motion: [replayedMotion, replayedProposal, replayedRoll, replayedVotes, ...replayedOwnersVotes],
  statement: [replayedStatement],
  grant: [replayedGrant],
  policy: [replayedPolicies],
  opinion_map: [replayedMap],
  owners_roll: [replayedTitles, replayedRulings, replayedRuledFlats],
  sitting: [replayedSitting, replayedSittingUnits, replayedSittingItems],
  task_force: [replayedForce, replayedForceMembers, replayedForceIssues, replayedMilestones],
} satisfies Record<string, ReplayedKind[]>

/** What was looked at so far. */
export interface Seen {
  chains: number
  events: number
}

interface Chain {
  communityCode: string
  type: string
  id: string
  subject: string
  checker: ChainChecker
  last: StoredEvent
  kinds: readonly ReplayedKind[]
  /** A matter as its events make it. */
  issue: Issue | null
  /** The rows that hang on it as its events make them, by kind. */
  made: Record<string, Made[]>
  /** What it is measured by, of a matter. */
  tally: MatterTally | null
}

const beginChain = (event: StoredEvent, subject: string): Chain => {
  const { communityCode, subjectType: type, subjectId: id } = event
  const kinds: readonly ReplayedKind[] = KINDS[type as keyof typeof KINDS] ?? []
  const made = Object.fromEntries(kinds.map(({ name }) => [name, []]))
  const checker = createChainChecker()
  const tally = type === 'issue' ? new MatterTally() : null
  return { communityCode, type, id, subject, checker, last: event, kinds, issue: null, made, tally }
}

/** Takes one event into the matter and into what hangs on the chain. */
const replay = (chain: Chain, event: StoredEvent): void => {
  const step = replayed(event, chain.type === 'issue', chain.issue)
  chain.issue = step.after
  chain.tally?.take(step)
  for (const { name, replay: into } of chain.kinds) into(chain.made[name] ?? [], step, (kind) => chain.made[kind] ?? [])
}

const shown = (value: unknown): string => (value instanceof Date ? value.toISOString() : JSON.stringify(value ?? null))

/** Every column of the row against what the events make of it; a resident's own words are named, not shown. */
const compareRow = (chain: Chain, row: StoredIssue): void => {
  const { subject, last, issue } = chain
  const { head, issue: stored } = toRow(row, row)
  if (head.seq !== last.seq) fail(subject, last.seq, 'row.last_seq', last.seq, head.seq)
  if (head.hash !== last.hash) fail(subject, last.seq, 'row.head_hash', last.hash, head.hash)
  for (const field of DERIVED_FIELDS) {
    const [expected, found] = [shown(issue?.[field]), shown(stored[field])]
    if (expected === found) continue
    const secret = PERSONAL_FIELDS.has(field)
    fail(subject, last.seq, `row.${field}`, secret ? null : expected, secret ? null : found)
  }
  if (row.raisers !== stored.raiserCount) fail(subject, last.seq, 'raisers.count', stored.raiserCount, row.raisers)
}

const madeEntries = ({ tally }: Chain): Made[] => (tally?.entries() ?? []).map((entry) => ({ ...entry }))

const compareRecords = ({ subject, last, kinds, made }: Chain, { records }: StoredSubject): void => {
  for (const kind of kinds) {
    const difference = firstDifference(kind, made[kind.name] ?? [], records[kind.name] ?? [])
    if (difference) fail(subject, last.seq, `${kind.name}.${difference.field}`, difference.expected, difference.found)
  }
}

/**
 * Goes once along every chain: numbering, links, both payload hashes; and the fold of all events, compared with the row and with what
 * hangs on it: orders, objections, ratings, call-backs, contests, endorsements, statistics, attendance, notices and invitations.
 * Events and rows come in one order, so that neither is looked up.
 * @param seen counts on as it goes
 * @throws MismatchError
 */
export const verifyChains = async (tx: Tx, seen: Seen, onEvent: () => void): Promise<void> => {
  const issues = rowsBeside('issue', streamIssues(tx, KINDS.issue))
  const others: Record<string, Beside<StoredSubject>> = {
    grant: rowsBeside('grant', streamGrants(tx, KINDS.grant)),
    meeting: rowsBeside('meeting', streamCouncil(tx, 'meetings', KINDS.meeting)),
    meeting_series: rowsBeside('meeting_series', streamCouncil(tx, 'meeting_series', KINDS.meeting_series)),
    motion: rowsBeside('motion', streamCouncil(tx, 'motions', KINDS.motion)),
    opinion_map: rowsBeside('opinion_map', streamMaps(tx, KINDS.opinion_map)),
    policy: rowsBeside('policy', streamPolicies(tx, KINDS.policy)),
    owners_roll: rowsBeside('owners_roll', streamCouncil(tx, 'owner_rolls', KINDS.owners_roll)),
    sitting: rowsBeside('sitting', streamCouncil(tx, 'sittings', KINDS.sitting)),
    task_force: rowsBeside('task_force', streamCouncil(tx, 'task_forces', KINDS.task_force)),
    statement: rowsBeside('statement', streamCouncil(tx, 'statements', KINDS.statement)),
  }
  let chain = null as Chain | null

  const endChain = async (): Promise<void> => {
    if (!chain) return
    const broken = chain.checker.end()
    if (broken) fail(broken.subject, broken.seq, broken.reason, broken.expected, broken.found)
    if (chain.type === 'issue') {
      const row = await issues.take(chain, chain.last.seq)
      compareRow(chain, row)
      // What the statistics have not seen yet they will make anew.
      chain.made[entryKind.name] = row.uncounted ? (row.records[entryKind.name] ?? []) : madeEntries(chain)
      compareRecords(chain, row)
      return
    }
    const row = await others[chain.type]?.take(chain, chain.last.seq)
    if (row) compareRecords(chain, row)
  }

  for await (const event of streamEvents(tx)) {
    const subject = subjectName(event.subjectType, event.communityCode, event.subjectId)
    if (chain?.subject !== subject) {
      await endChain()
      chain = beginChain(event, subject)
      seen.chains++
    }
    const broken = chain.checker.next({ ...event, subject }, event)
    if (broken) fail(broken.subject, broken.seq, broken.reason, broken.expected, broken.found)
    replay(chain, event)
    chain.last = event
    seen.events++
    onEvent()
  }
  await endChain()
  for (const rows of [issues, ...Object.values(others)]) await rows.end()
}
