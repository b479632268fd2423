/**
 * Rules a motion may name. Thresholds are integer fractions compared by cross-multiplication, so that no rounding decides a vote;
 * silence is never agreement and a tie fails. Sources: Civil Code art. 278 for the owners' rules, else the community's own policy.
 */
export const VOTING_RULES = {
  consensus: { zh: '协商一致', en: 'Consensus' },
  majority: { zh: '过半数', en: 'Majority' },
  two_thirds: { zh: '三分之二多数', en: 'Two thirds' },
  owners_ordinary: { zh: '业主一般事项', en: 'Owners’ vote, ordinary matter' },
  owners_major: { zh: '业主重大事项', en: 'Owners’ vote, major matter' },
  households: { zh: '户代表表决', en: 'Households' },
} as const
export type VotingRule = keyof typeof VOTING_RULES

/**
 * What each rule asks of the votes in favour: more than (`over`) or at least this part of whom. Owners and households also name the
 * part of all entitled that must take part; the council's quorum is half of the members of each class.
 */
export const THRESHOLDS: Readonly<
  Record<
    VotingRule,
    { over: boolean; n: number; d: number; of: 'present' | 'took_part'; quorum?: readonly [n: number, d: number] }
  >
> = {
  consensus: { over: true, n: 0, d: 1, of: 'present' },
  majority: { over: true, n: 1, d: 2, of: 'present' },
  two_thirds: { over: false, n: 2, d: 3, of: 'present' },
  owners_ordinary: { over: true, n: 1, d: 2, of: 'took_part', quorum: [2, 3] },
  owners_major: { over: false, n: 3, d: 4, of: 'took_part', quorum: [2, 3] },
  households: { over: true, n: 1, d: 2, of: 'took_part', quorum: [1, 2] },
}

/** The fewest votes in favour that reach a rule's part of `whole`. */
export const votesNeeded = (rule: VotingRule, whole: number): number => {
  const { over, n, d } = THRESHOLDS[rule]
  const share = (whole * n - ((whole * n) % d)) / d
  return over || (whole * n) % d !== 0 ? share + 1 : Math.max(share, 1)
}

/** How members vote: by hands that the chair counts, each under their name, or each unseen. */
export const VOTING_METHODS = {
  hands: { zh: '举手', en: 'Show of hands' },
  open: { zh: '记名投票', en: 'Open ballot' },
  secret: { zh: '无记名投票', en: 'Secret ballot' },
} as const
export type VotingMethod = keyof typeof VOTING_METHODS

export const VOTING_PLACES = {
  room: { zh: '会场', en: 'In the room' },
  online: { zh: '线上', en: 'Online' },
  both: { zh: '会场和线上', en: 'In the room and online' },
} as const
export type VotingPlace = keyof typeof VOTING_PLACES

export const CHOICES = {
  for: { zh: '赞成', en: 'For' },
  against: { zh: '反对', en: 'Against' },
  abstain: { zh: '弃权', en: 'Abstain' },
} as const
export type Choice = keyof typeof CHOICES

/** Below this a secret ballot hides nobody: neither held for fewer who are entitled, nor opened when fewer were cast. */
export const FEWEST_SECRET_BALLOTS = 5

/** The rules a ballot of the council's members may be counted under; the others ask people who do not sit there. */
export const COUNCIL_RULES: ReadonlySet<VotingRule> = new Set<VotingRule>(['consensus', 'majority', 'two_thirds'])

/** Votes of those who own or live there, counted from the roll of flats. */
export const OWNERS_RULES = ['owners_ordinary', 'owners_major', 'households'] as const
export type OwnersRule = (typeof OWNERS_RULES)[number]
export const isOwnersRule = (rule: VotingRule): rule is OwnersRule => !COUNCIL_RULES.has(rule)

/** Days between the notice and the first vote: 物业管理条例 art. 14, all owners are told 15 days ahead. */
export const OWNERS_NOTICE_DAYS = 15
/** Days after the close within which the result is public. */
export const OWNERS_RESULT_DAYS = 3
/** Hours in which those for whom a paper speaks may object once it counts, also after the close: a day, so that the result is in time. */
export const PAPER_OBJECTION_HOURS = 24

export interface Shares {
  for: number
  against: number
  abstain: number
}

/** Whoever has a seat and a vote, in the order in which one person's several seats count. */
export const CLASSES = ['representative', 'party_member', 'unit_member', 'staff_member'] as const
export type CouncilClass = (typeof CLASSES)[number]

/** One member on the frozen roll of a ballot. */
export interface OnRoll {
  class: CouncilClass
  /** There in person when the ballot opened. */
  inRoom: boolean
  /** Cast, in person or through the proxy; of a secret ballot: a paper was issued, which is all that is known. */
  tookPart: boolean
}

/** Of one class: its members, those who make up the quorum and how many must, and those of whom the rule's part is taken. */
export interface ClassParts {
  members: number
  needed: number
  attending: number
  present: number
}
/** Of a class nobody has a seat in, nothing. */
export type Parts = Readonly<
  Record<'representative' | 'party_member', ClassParts> & Partial<Record<CouncilClass, ClassParts>>
>
export type OfClasses = Readonly<Record<CouncilClass, number>>

/**
 * In the room, whoever was there when it opened is present and so is whom a proxy stood in for, but only people make a quorum. Online,
 * whoever took part is present. In both, whoever took part and whoever sat in the room; silence there agrees to nothing.
 */
const isPresent = (place: VotingPlace, { inRoom, tookPart }: OnRoll): boolean =>
  place === 'room' || tookPart || (place === 'both' && inRoom)

/** How many of a class make a quorum where so many hundredths of it must be there. */
export const quorumNeeded = (members: number, percent: number): number => Math.ceil((members * percent) / 100)

/**
 * @param percent of each class that makes a quorum, by the community's own policy
 * @param members of each class: of a ballot in the room those the council had when the meeting opened; else left out, as all are on
 * the roll
 */
export const partsOf = (
  place: VotingPlace,
  roll: readonly OnRoll[],
  percent: OfClasses,
  members?: OfClasses,
): Parts => {
  const ofClass = (as: CouncilClass): ClassParts => {
    const its = roll.filter((one) => one.class === as)
    const present = its.filter((one) => isPresent(place, one))
    const all = place === 'room' ? (members?.[as] ?? its.length) : its.length
    return {
      members: all,
      needed: quorumNeeded(all, percent[as]),
      attending: place === 'room' ? its.filter(({ inRoom }) => inRoom).length : present.length,
      present: present.length,
    }
  }
  const parts = { representative: ofClass('representative'), party_member: ofClass('party_member') }
  const others = (['unit_member', 'staff_member'] as const).map((as) => [as, ofClass(as)] as const)
  return { ...parts, ...Object.fromEntries(others.filter(([, { members: all, present }]) => all + present > 0)) }
}

/** Enough of each class, and somebody at all. */
export const isQuorum = (parts: Parts): boolean =>
  Object.values(parts).some(({ attending }) => attending > 0) &&
  Object.values(parts).every(({ attending, needed }) => attending >= needed)

export interface Count {
  heads: Shares
  /** In 0.01 m²; owners' votes only. */
  area?: Shares
  /** Those present (council) or entitled (owners, households). */
  entitledHeads: number
  entitledArea?: number
  sustainedObjections?: number
  /** Of a ballot of members, by which its own quorum is judged; a show of hands has the sitting's. */
  parts?: Parts
}
export interface VoteResult {
  quorum: boolean
  passed: boolean
}

/** A ballot's count from its roll and its votes: what `tally` and anybody else decides it by. */
export const countBallot = (heads: Shares, parts: Parts): Count => ({
  heads,
  entitledHeads: Object.values(parts).reduce((all, { present }) => all + present, 0),
  sustainedObjections: heads.against,
  parts,
})

const NONE: Shares = { for: 0, against: 0, abstain: 0 }
const sum = (s: Shares) => s.for + s.against + s.abstain
const moreThan = (part: number, whole: number, n: number, d: number) =>
  BigInt(part) * BigInt(d) > BigInt(whole) * BigInt(n)
const atLeast = (part: number, whole: number, n: number, d: number) =>
  BigInt(part) * BigInt(d) >= BigInt(whole) * BigInt(n)

const reaches = (part: number, whole: number, { over, n, d }: { over: boolean; n: number; d: number }) =>
  over ? moreThan(part, whole, n, d) : atLeast(part, whole, n, d)

/** One of the parts that an owners' vote must reach, with everything to recompute it. */
export interface Check {
  what: 'participation' | 'agreement'
  of: 'heads' | 'area'
  part: number
  whole: number
  /** More than n/d of the whole; else at least. */
  over: boolean
  n: number
  d: number
  reached: boolean
}

/** First who took part, of all on the roll; then who agreed, of those. By heads alone for households, else by area as well. */
export const checksOf = (rule: OwnersRule, { heads, area, entitledHeads, entitledArea }: Count): Check[] => {
  const asked = THRESHOLDS[rule]
  const [n, d] = asked.quorum ?? [0, 1]
  const check = (
    what: Check['what'],
    of: Check['of'],
    part: number,
    whole: number,
    over: boolean,
    n: number,
    d: number,
  ) => ({
    ...{ what, of, part, whole, over, n, d },
    reached: whole > 0 && reaches(part, whole, { over, n, d }),
  })
  const byHeads = rule === 'households'
  const sides = [
    { of: 'heads' as const, shares: heads, entitled: entitledHeads },
    ...(byHeads ? [] : [{ of: 'area' as const, shares: area ?? NONE, entitled: entitledArea ?? 0 }]),
  ]
  return [
    ...sides.map(({ of, shares, entitled }) => check('participation', of, sum(shares), entitled, byHeads, n, d)),
    ...sides.map(({ of, shares }) => check('agreement', of, shares.for, sum(shares), asked.over, asked.n, asked.d)),
  ]
}

/** Counts a vote under `rule`; a show of hands has the sitting's quorum, which holds here as given. */
export const tally = (rule: VotingRule, count: Count): VoteResult => {
  const { heads, entitledHeads } = count
  const cast = sum(heads)
  const asked = THRESHOLDS[rule]
  switch (rule) {
    case 'consensus':
    case 'majority':
    case 'two_thirds': {
      const quorum = count.parts === undefined || isQuorum(count.parts)
      const agreed =
        rule === 'consensus'
          ? (count.sustainedObjections ?? heads.against) === 0
          : reaches(heads.for, entitledHeads, asked)
      return { quorum, passed: quorum && heads.for > 0 && agreed }
    }
    case 'households':
    case 'owners_ordinary':
    case 'owners_major': {
      const checks = checksOf(rule, count)
      const quorum = cast > 0 && checks.every(({ what, reached }) => what !== 'participation' || reached)
      return { quorum, passed: quorum && checks.every(({ reached }) => reached) }
    }
  }
}
