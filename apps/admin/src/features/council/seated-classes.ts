import type { MeetingView } from '@tongxin/contract'
import type { CouncilClass } from '@tongxin/lifecycle'

type Quorum = MeetingView['quorum']

/** The classes somebody has a seat in, with how many of each are there. */
export const seatedClasses = (quorum: Quorum | undefined): [CouncilClass, Quorum['representatives']][] => {
  if (!quorum) return []
  const { representatives, partyMembers, unitMembers, staffMembers } = quorum
  return [
    ['representative', representatives],
    ['party_member', partyMembers],
    ...(unitMembers ? [['unit_member', unitMembers] as [CouncilClass, Quorum['representatives']]] : []),
    ...(staffMembers ? [['staff_member', staffMembers] as [CouncilClass, Quorum['representatives']]] : []),
  ]
}
