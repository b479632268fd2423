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

const ofClass = (members: number, present: number): ClassQuorum => ({
  members,
  needed: Math.ceil(members / 2),
  present,
})

/**
 * Half of the members of each class, and somebody at all; a class without members asks for nobody. Source: the community's
 * own rules; the council is no body that a law gives a quorum.
 */
export const quorumOf = (
  members: { representatives: number; partyMembers: number },
  present: { representatives: number; partyMembers: number },
): Quorum => {
  const representatives = ofClass(members.representatives, present.representatives)
  const partyMembers = ofClass(members.partyMembers, present.partyMembers)
  return {
    representatives,
    partyMembers,
    reached:
      present.representatives + present.partyMembers > 0 &&
      representatives.present >= representatives.needed &&
      partyMembers.present >= partyMembers.needed,
  }
}
