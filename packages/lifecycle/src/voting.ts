/**
 * Rules a motion may name. Thresholds are integer fractions compared by cross-multiplication, so that no rounding decides a vote;
 * silence is never agreement and a tie fails. Sources: Civil Code art. 278 for the owners' rules, else the community's own policy.
 */
export const VOTING_RULES = {
  consensus: { zh: '协商一致', en: 'Consensus' },
  majority: { zh: '过半数', en: 'Majority' },
  two_thirds: { zh: '三分之二多数', en: 'Two thirds' },
  owners_ordinary: { zh: '业主一般事项', en: 'Owners, ordinary' },
  owners_major: { zh: '业主重大事项', en: 'Owners, major' },
  households: { zh: '户代表表决', en: 'Households' },
} as const
export type VotingRule = keyof typeof VOTING_RULES

export interface Shares {
  for: number
  against: number
  abstain: number
}
export interface Count {
  heads: Shares
  /** In 0.01 m²; owners' votes only. */
  area?: Shares
  /** Those present (council) or entitled (owners, households). */
  entitledHeads: number
  entitledArea?: number
  sustainedObjections?: number
}
export interface VoteResult {
  quorum: boolean
  passed: boolean
}

const sum = (s: Shares) => s.for + s.against + s.abstain
const moreThan = (part: number, whole: number, n: number, d: number) =>
  BigInt(part) * BigInt(d) > BigInt(whole) * BigInt(n)
const atLeast = (part: number, whole: number, n: number, d: number) =>
  BigInt(part) * BigInt(d) >= BigInt(whole) * BigInt(n)

/** Counts a vote under `rule`; the council's own quorum is the session's and holds here as given. */
export const tally = (rule: VotingRule, count: Count): VoteResult => {
  const { heads, area, entitledHeads, entitledArea } = count
  const cast = sum(heads)
  switch (rule) {
    case 'consensus':
      return { quorum: true, passed: heads.for > 0 && (count.sustainedObjections ?? heads.against) === 0 }
    case 'majority':
      return { quorum: true, passed: moreThan(heads.for, entitledHeads, 1, 2) }
    case 'two_thirds':
      return { quorum: true, passed: heads.for > 0 && atLeast(heads.for, entitledHeads, 2, 3) }
    case 'households': {
      const quorum = moreThan(cast, entitledHeads, 1, 2)
      return { quorum, passed: quorum && moreThan(heads.for, cast, 1, 2) }
    }
    case 'owners_ordinary':
    case 'owners_major': {
      if (!area || entitledArea === undefined) return { quorum: false, passed: false }
      const took = sum(area)
      const quorum = cast > 0 && took > 0 && atLeast(cast, entitledHeads, 2, 3) && atLeast(took, entitledArea, 2, 3)
      const passes =
        rule === 'owners_ordinary'
          ? moreThan(heads.for, cast, 1, 2) && moreThan(area.for, took, 1, 2)
          : atLeast(heads.for, cast, 3, 4) && atLeast(area.for, took, 3, 4)
      return { quorum, passed: quorum && passes }
    }
  }
}
