import type { MeetingView } from '@tongxin/contract'
import { CLASSES, type CouncilClass, type OfClasses, type PolicyValues, quorumNeeded } from '@tongxin/lifecycle'
import type { MeetingRow } from './meetings.queries.ts'

export type Quorum = MeetingView['quorum']

type Frozen = Pick<
  MeetingRow,
  | 'representatives'
  | 'partyMembers'
  | 'unitMembers'
  | 'staffMembers'
  | 'representativesPercent'
  | 'partyMembersPercent'
  | 'unitMembersPercent'
  | 'staffMembersPercent'
>

const perClass = (of: (as: CouncilClass) => number): OfClasses =>
  Object.fromEntries(CLASSES.map((as) => [as, of(as)])) as Record<CouncilClass, number>

/** How many of these rows are of each class; who sits in without a vote is of none. */
export const countClasses = (rows: readonly { class: string }[]): OfClasses =>
  perClass((of) => rows.filter((row) => row.class === of).length)

/** Of each class, present to make a quorum, as the community's policy is now. */
export const percentBy = (policy: PolicyValues): OfClasses => ({
  representative: policy.quorum_representatives_percent,
  party_member: policy.quorum_party_members_percent,
  unit_member: policy.quorum_units_percent,
  staff_member: policy.quorum_staff_percent,
})

/** What is frozen when a meeting opens. */
export const freeze = (members: OfClasses, percent: OfClasses) => ({
  representatives: members.representative,
  partyMembers: members.party_member,
  unitMembers: members.unit_member,
  staffMembers: members.staff_member,
  representativesPercent: percent.representative,
  partyMembersPercent: percent.party_member,
  unitMembersPercent: percent.unit_member,
  staffMembersPercent: percent.staff_member,
})

/** Members of each class that the meeting opened with. */
export const membersOf = (meeting: Frozen): OfClasses => ({
  representative: meeting.representatives ?? 0,
  party_member: meeting.partyMembers ?? 0,
  unit_member: meeting.unitMembers ?? 0,
  staff_member: meeting.staffMembers ?? 0,
})

/** By how much of each class the meeting, and its ballots, judge their quorum. */
export const percentOf = (meeting: Frozen): OfClasses => ({
  representative: meeting.representativesPercent ?? 100,
  party_member: meeting.partyMembersPercent ?? 100,
  unit_member: meeting.unitMembersPercent ?? 0,
  staff_member: meeting.staffMembersPercent ?? 0,
})

/**
 * So many hundredths of the members of each class, and somebody at all; a class without members asks for nobody. Source: the
 * community's own policy; the council is no body that a law gives a quorum.
 */
export const quorumOf = (members: OfClasses, percent: OfClasses, present: OfClasses): Quorum => {
  const ofClass = (as: CouncilClass) => ({
    members: members[as],
    needed: quorumNeeded(members[as], percent[as]),
    present: present[as],
  })
  const orNone = (as: CouncilClass) => (members[as] + present[as] > 0 ? ofClass(as) : null)
  return {
    representatives: ofClass('representative'),
    partyMembers: ofClass('party_member'),
    unitMembers: orNone('unit_member'),
    staffMembers: orNone('staff_member'),
    reached:
      CLASSES.some((as) => present[as] > 0) &&
      CLASSES.map(ofClass).every(({ needed, present: there }) => there >= needed),
  }
}

/** The quorum of a meeting that has opened, as it was frozen then. */
export const sittingQuorum = (meeting: Frozen, present: OfClasses): Quorum =>
  quorumOf(membersOf(meeting), percentOf(meeting), present)
