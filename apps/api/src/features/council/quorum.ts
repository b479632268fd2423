import { quorumNeeded } from '@tongxin/lifecycle'
import type { MeetingRow } from './meetings.queries.ts'

interface ClassQuorum {
  members: number
  needed: number
  present: number
}

export interface Quorum {
  representatives: ClassQuorum
  partyMembers: ClassQuorum
  reached: boolean
}

/** A figure for each class of members. */
export interface OfClasses {
  representatives: number
  partyMembers: number
}

const ofClass = (members: number, percent: number, present: number): ClassQuorum => ({
  members,
  needed: quorumNeeded(members, percent),
  present,
})

/**
 * So many hundredths of the members of each class, and somebody at all; a class without members asks for nobody. Source: the
 * community's own policy; the council is no body that a law gives a quorum.
 */
export const quorumOf = (members: OfClasses, percent: OfClasses, present: OfClasses): Quorum => {
  const representatives = ofClass(members.representatives, percent.representatives, present.representatives)
  const partyMembers = ofClass(members.partyMembers, percent.partyMembers, present.partyMembers)
  return {
    representatives,
    partyMembers,
    reached:
      present.representatives + present.partyMembers > 0 &&
      representatives.present >= representatives.needed &&
      partyMembers.present >= partyMembers.needed,
  }
}

type Opened = Pick<MeetingRow, 'representatives' | 'partyMembers' | 'representativesPercent' | 'partyMembersPercent'>

/** The quorum of a meeting that has opened, as it was frozen then. */
export const sittingQuorum = (meeting: Opened, present: OfClasses): Quorum =>
  quorumOf(
    { representatives: meeting.representatives ?? 0, partyMembers: meeting.partyMembers ?? 0 },
    { representatives: meeting.representativesPercent ?? 100, partyMembers: meeting.partyMembersPercent ?? 100 },
    present,
  )
