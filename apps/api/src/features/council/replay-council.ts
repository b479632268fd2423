import { type ProposalBody, splitPublicId } from '@tongxin/contract'
import { instantOf, type Made, type ReplayedKind, rowsOf } from '../../evidence/replay.ts'

const idOf = (publicId: unknown): string => splitPublicId(String(publicId)).id
const OWN = 'x.id = c.id'

const SUMS = {
  headsFor: 'heads_for',
  headsAgainst: 'heads_against',
  headsAbstain: 'heads_abstain',
  entitledHeads: 'entitled_heads',
  sustainedObjections: 'sustained_objections',
  areaFor: 'area_for',
  areaAgainst: 'area_against',
  areaAbstain: 'area_abstain',
  entitledArea: 'entitled_area',
  countedBy: 'counted_by',
  countedAt: 'counted_at',
  ballotsCast: 'ballots_cast',
  listHash: 'list_hash',
}
const UNCOUNTED = Object.fromEntries(Object.keys(SUMS).map((name) => [name, null]))

interface Shares {
  for: number
  against: number
  abstain: number
}

const countedAs = (record: Record<string, unknown>) => {
  const heads = record.heads as Shares
  const area = record.area as Shares | undefined
  return {
    headsFor: heads.for,
    headsAgainst: heads.against,
    headsAbstain: heads.abstain,
    entitledHeads: record.entitledHeads,
    sustainedObjections: record.sustainedObjections ?? null,
    areaFor: area?.for ?? null,
    areaAgainst: area?.against ?? null,
    areaAbstain: area?.abstain ?? null,
    entitledArea: record.entitledArea ?? null,
    ballotsCast: record.cast ?? null,
    listHash: record.listHash ?? null,
  }
}

const only = () => ''

/** A motion's row as the events of its chain make it. */
export const replayedMotion: ReplayedKind = {
  name: 'motions',
  rows: rowsOf('motions', OWN, {
    meetingId: 'meeting_id',
    issueId: 'issue_id',
    amendsId: 'amends_id',
    text: 'text',
    originalText: 'original_text',
    rule: 'rule',
    proposes: 'proposes',
    state: 'state',
    proposedBy: 'proposed_by',
    proposedAt: 'proposed_at',
    method: 'method',
    place: 'place',
    opensAt: 'opens_at',
    closesAt: 'closes_at',
    openedAt: 'opened_at',
    moverId: 'mover_id',
    seconderId: 'seconder_id',
    publicKey: 'public_key',
    ...SUMS,
  }),
  replay: (made, { action, record, at, to, named }) => {
    if (action === 'propose') {
      const { meetingId, issueId, text, rule, proposes } = record
      const words = { text, rule, proposes, state: to, proposedBy: named('by'), proposedAt: at }
      const { method, place, opensAt, closesAt, publicKey } = record
      const window = { opensAt: instantOf(opensAt), closesAt: instantOf(closesAt), openedAt: null }
      const how = { method, place, ...window, publicKey, moverId: named('moverId'), seconderId: named('seconderId') }
      const amending = { amendsId: record.amendsId ?? null, originalText: null }
      made.push({ meetingId, issueId: idOf(issueId), ...amending, ...words, ...how, ...UNCOUNTED })
    }
    const [row] = made
    if (action === 'amend' && row) Object.assign(row, { originalText: row.originalText ?? row.text, text: record.text })
    if (action === 'put') {
      const { method, place, opensAt, closesAt, publicKey } = record
      Object.assign(row ?? {}, { method, place, opensAt: instantOf(opensAt), closesAt: instantOf(closesAt), publicKey })
    }
    if (action === 'open_ballot') Object.assign(made[0] ?? {}, { openedAt: at })
    const counted = action === 'count' ? { ...countedAs(record), countedBy: named('by'), countedAt: at } : {}
    Object.assign(made[0] ?? {}, { state: to, ...counted })
  },
  place: only,
}

const given = (record: Record<string, unknown>): Made => {
  const { title, place, heldAt } = record
  return { ...(title ? { title } : {}), ...(place ? { place } : {}), ...(heldAt ? { heldAt: instantOf(heldAt) } : {}) }
}

/** What a meeting's opening fixes of its council. */
const FROZEN = [
  ...['representatives', 'partyMembers', 'unitMembers', 'staffMembers'],
  ...['representativesPercent', 'partyMembersPercent', 'unitMembersPercent', 'staffMembersPercent'],
]

/** A meeting's row as the events of its chain make it. Its version also counts changes of the agenda made elsewhere. */
export const replayedMeeting: ReplayedKind = {
  name: 'meetings',
  rows: rowsOf('meetings', OWN, {
    title: 'title',
    place: 'place',
    heldAt: 'held_at',
    state: 'state',
    presiderId: 'presider_id',
    representatives: 'representatives',
    partyMembers: 'party_members',
    unitMembers: 'unit_members',
    staffMembers: 'staff_members',
    representativesPercent: 'representatives_percent',
    partyMembersPercent: 'party_members_percent',
    unitMembersPercent: 'unit_members_percent',
    staffMembersPercent: 'staff_members_percent',
    createdBy: 'created_by',
    createdAt: 'created_at',
    openedAt: 'opened_at',
    endedAt: 'ended_at',
  }),
  replay: (made, { action, record, personal, at, to, named }) => {
    if (action === 'create') {
      const frozen = Object.fromEntries(FROZEN.map((name) => [name, null]))
      const unopened = { presiderId: null, ...frozen, openedAt: null, endedAt: null }
      made.push({ ...unopened, createdBy: named('by'), createdAt: at })
    }
    const frozen = Object.fromEntries(FROZEN.map((name) => [name, record[name]]))
    Object.assign(made[0] ?? {}, {
      state: to,
      ...(action === 'create' || action === 'change' ? given(record) : {}),
      ...(personal.presiderId === undefined ? {} : { presiderId: personal.presiderId }),
      ...(action === 'open' ? { ...frozen, openedAt: at } : {}),
      ...(action === 'close' || action === 'cancel' ? { endedAt: at } : {}),
    })
  },
  place: only,
}

/** Who was at a meeting, as the events of its chain make it: from the first arrival until the last leaving. */
export const replayedAttendance: ReplayedKind = {
  name: 'attendance',
  rows: rowsOf('attendance', 'x.meeting_id = c.id', {
    personId: 'person_id',
    class: 'class',
    standsFor: 'stands_for',
    checkedInAt: 'checked_in_at',
    leftAt: 'left_at',
  }),
  replay: (made, { action, record, personal, at }) => {
    const there = made.find(({ personId }) => personId === personal.personId)
    if (action === 'leave' && there) there.leftAt = at
    if (action !== 'check_in') return
    const as = { class: record.class, standsFor: personal.standsFor ?? null, leftAt: null }
    if (there) Object.assign(there, as)
    else made.push({ personId: personal.personId, checkedInAt: at, ...as })
  },
  place: ({ personId }) => String(personId),
}

/** What a motion proposes to do, as its first event says. */
export const replayedProposal: ReplayedKind = {
  name: 'motion_proposals',
  rows: rowsOf('motion_proposals', 'x.motion_id = c.id', {
    leadUnitId: 'lead_unit_id',
    coUnitIds: `co_unit_ids::text`,
    dueDays: 'due_days',
    budgetFen: 'budget_fen',
    budgetSource: 'budget_source',
  }),
  replay: (made, { action, record }) => {
    const proposal = record.proposal as ProposalBody | undefined
    if (action !== 'propose' || !proposal) return
    const { leadUnitId, coUnitIds, dueDays, budgetFen, budgetSource } = proposal
    made.push({
      leadUnitId: leadUnitId ?? null,
      coUnitIds: `{${coUnitIds.join(',')}}`,
      dueDays: dueDays ?? null,
      budgetFen: budgetFen ?? null,
      budgetSource: budgetSource ?? null,
    })
  },
  place: only,
}
