import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  CLASSES,
  type Count,
  countBallot,
  isQuorum,
  type OnRoll,
  partsOf,
  quorumNeeded,
  type Shares,
  tally,
  VOTING_PLACES,
  VOTING_RULES,
  type VotingPlace,
  type VotingRule,
  votesNeeded,
} from './voting.ts'

/** Fractions of whole numbers, compared as such: a computation of its own beside the one that is tested. */
class Fraction {
  readonly n: bigint
  readonly d: bigint
  constructor(n: number | bigint, d: number | bigint = 1) {
    this.n = BigInt(n)
    this.d = BigInt(d)
  }
  /** Negative, zero or positive, as this is less than, equal to or more than the other. */
  against(other: Fraction): bigint {
    return this.n * other.d - other.n * this.d
  }
}
const part = (n: number, d: number) => new Fraction(n, d)
const total = ({ for: yes, against, abstain }: Shares) => yes + against + abstain

/** The rules once more, in words of fractions. */
const expected = (
  rule: VotingRule,
  { heads, area, entitledHeads, entitledArea, sustainedObjections, parts }: Count,
) => {
  const council = () =>
    parts === undefined ||
    (Object.values(parts).some(({ attending }) => attending > 0) &&
      Object.values(parts).every(
        ({ members, attending }) => members === 0 || part(attending, members).against(part(1, 2)) >= 0n,
      ))
  const share = (a: number, b: number) => (b === 0 ? new Fraction(0) : part(a, b))
  switch (rule) {
    case 'consensus':
      return { quorum: council(), passed: council() && heads.for > 0 && (sustainedObjections ?? heads.against) === 0 }
    case 'majority':
      return { quorum: council(), passed: council() && share(heads.for, entitledHeads).against(part(1, 2)) > 0n }
    case 'two_thirds':
      return {
        quorum: council(),
        passed: council() && heads.for > 0 && share(heads.for, entitledHeads).against(part(2, 3)) >= 0n,
      }
    case 'households': {
      const quorum = share(total(heads), entitledHeads).against(part(1, 2)) > 0n
      return { quorum, passed: quorum && share(heads.for, total(heads)).against(part(1, 2)) > 0n }
    }
    default: {
      if (!area || entitledArea === undefined) return { quorum: false, passed: false }
      const took = total(area)
      const quorum =
        total(heads) > 0 &&
        took > 0 &&
        part(total(heads), entitledHeads).against(part(2, 3)) >= 0n &&
        part(took, entitledArea).against(part(2, 3)) >= 0n
      const asked = rule === 'owners_ordinary' ? part(1, 2) : part(3, 4)
      const least = rule === 'owners_ordinary' ? 1n : 0n
      const enough = (a: number, b: number) => {
        const more = share(a, b).against(asked)
        return least === 1n ? more > 0n : more >= 0n
      }
      return { quorum, passed: quorum && enough(heads.for, total(heads)) && enough(area.for, took) }
    }
  }
}

const RULES = Object.keys(VOTING_RULES) as VotingRule[]

/** Sums among which those that lie exactly on 1/2, 2/3 and 3/4, and one beside, come up all the time. */
const near = (whole: number) => {
  const exact = [0, 1 / 2, 2 / 3, 3 / 4, 1].map((share) => Math.floor(share * whole))
  return fc.constantFrom(...[-1, 0, 1].flatMap((by) => exact.map((n) => Math.min(Math.max(n + by, 0), whole))))
}
const sharesWithin = (whole: number): fc.Arbitrary<Shares> =>
  fc
    .oneof(near(whole), fc.nat({ max: whole }))
    .chain((yes) =>
      fc
        .nat({ max: whole - yes })
        .chain((against) => fc.nat({ max: whole - yes - against }).map((abstain) => ({ for: yes, against, abstain }))),
    )
const wholes = (max: number) =>
  fc.oneof(fc.constantFrom(0, 1, 2, 3, 4, 6, 8, 12, 24, 120), fc.nat({ max })).map((n) => Math.min(n, max))
const counts: fc.Arbitrary<Count> = fc
  .record({ heads: wholes(1_000_000), area: wholes(1_000_000_000_000) })
  .chain((of) =>
    fc.record(
      {
        heads: sharesWithin(of.heads),
        entitledHeads: fc.constant(of.heads),
        area: sharesWithin(of.area),
        entitledArea: fc.constant(of.area),
        sustainedObjections: fc.nat({ max: of.heads }),
      },
      { requiredKeys: ['heads', 'entitledHeads'] },
    ),
  )

describe('every rule', () => {
  it('decides as exact fractions do, on its boundaries too', () => {
    fc.assert(
      fc.property(fc.constantFrom(...RULES), counts, (rule, count) => {
        expect(tally(rule, count)).toEqual(expected(rule, count))
      }),
      { numRuns: 20_000 },
    )
  })

  const heads = (yes: number, against: number, abstain = 0): Shares => ({ for: yes, against, abstain })
  const BIG = 333_333_333_333

  it.each<[VotingRule, string, Count, boolean]>([
    ['majority', 'exactly 1/2 fails', { heads: heads(6, 0), entitledHeads: 12 }, false],
    ['majority', 'one more passes', { heads: heads(7, 5), entitledHeads: 12 }, true],
    ['majority', 'more than those against, and not half', { heads: heads(5, 0, 7), entitledHeads: 12 }, false],
    ['two_thirds', 'exactly 2/3 passes', { heads: heads(8, 4), entitledHeads: 12 }, true],
    ['two_thirds', 'one fewer fails', { heads: heads(7, 0), entitledHeads: 12 }, false],
    ['two_thirds', 'nobody is no two thirds of nobody', { heads: heads(0, 0), entitledHeads: 0 }, false],
    ['consensus', 'one against fails', { heads: heads(11, 1), entitledHeads: 12 }, false],
    [
      'consensus',
      'who no longer objects does not hinder',
      { heads: heads(11, 1), entitledHeads: 12, sustainedObjections: 0 },
      true,
    ],
    ['consensus', 'silence of all agrees to nothing', { heads: heads(0, 0), entitledHeads: 12 }, false],
    ['households', 'exactly half taking part is no quorum', { heads: heads(6, 0), entitledHeads: 12 }, false],
    ['households', 'a tie fails', { heads: heads(4, 4), entitledHeads: 12 }, false],
    ['households', 'more than half of more than half', { heads: heads(4, 3), entitledHeads: 12 }, true],
    [
      'owners_ordinary',
      'exactly 2/3 take part',
      { heads: heads(5, 3), area: heads(5, 3), entitledHeads: 12, entitledArea: 12 },
      true,
    ],
    [
      'owners_ordinary',
      'exactly half of the area fails',
      { heads: heads(5, 3), area: heads(4, 4), entitledHeads: 12, entitledArea: 12 },
      false,
    ],
    [
      'owners_ordinary',
      'one fewer is no quorum',
      { heads: heads(7, 0), area: heads(12, 0), entitledHeads: 12, entitledArea: 12 },
      false,
    ],
    [
      'owners_major',
      'exactly 3/4 passes',
      { heads: heads(6, 2), area: heads(9, 3), entitledHeads: 12, entitledArea: 12 },
      true,
    ],
    [
      'owners_major',
      'one hundredth of a square metre less fails',
      { heads: heads(6, 2), area: heads(3 * BIG - 1, BIG + 1), entitledHeads: 12, entitledArea: 4 * BIG },
      false,
    ],
    [
      'owners_major',
      'to the last hundredth',
      { heads: heads(6, 2), area: heads(3 * BIG, BIG), entitledHeads: 12, entitledArea: 4 * BIG },
      true,
    ],
  ])('%s: %s', (rule, _what, count, passed) => {
    expect(tally(rule, count).passed).toBe(passed)
  })
})

it('names the fewest votes that pass, and one fewer do not', () => {
  fc.assert(
    fc.property(
      fc.constantFrom('majority', 'two_thirds', 'consensus'),
      fc.integer({ min: 1, max: 10_000 }),
      (rule, whole) => {
        const needed = votesNeeded(rule, whole)
        const passes = (yes: number) =>
          tally(rule, { heads: { for: yes, against: 0, abstain: 0 }, entitledHeads: whole }).passed
        expect([passes(needed), passes(needed - 1)]).toEqual([true, false])
      },
    ),
  )
})

const members: fc.Arbitrary<OnRoll[]> = fc.array(
  fc.record({ class: fc.constantFrom(...CLASSES), inRoom: fc.boolean(), tookPart: fc.boolean() }),
  { maxLength: 40 },
)
const PLACES = Object.keys(VOTING_PLACES) as VotingPlace[]
const HALF = { representative: 50, party_member: 50, unit_member: 50, staff_member: 50 }
const percent = fc.integer({ min: 34, max: 100 })
// Of the others a community may ask for nobody.
const anyPercent = fc.integer({ min: 0, max: 100 })
const percents = fc.record({
  ...{ representative: percent, party_member: percent, unit_member: anyPercent, staff_member: anyPercent },
})
const heads = fc.nat({ max: 40 })
const council = fc.record({ representative: heads, party_member: heads, unit_member: heads, staff_member: heads })
const NONE = { members: 0, needed: 0, attending: 0, present: 0 }

describe('who counts as present', () => {
  it('is as each place says', () => {
    fc.assert(
      fc.property(fc.constantFrom(...PLACES), members, council, percents, (place, roll, of, percent) => {
        const parts = partsOf(place, roll, percent, of)
        for (const as of CLASSES) {
          const its = roll.filter((one) => one.class === as)
          const room = its.filter(({ inRoom }) => inRoom).length
          const took = its.filter(({ tookPart }) => tookPart).length
          const silentInRoom = its.filter(({ inRoom, tookPart }) => inRoom && !tookPart).length
          const { needed, ...counted } = parts[as] ?? NONE
          expect(counted).toEqual(
            {
              room: { members: of[as], attending: room, present: its.length },
              online: { members: its.length, attending: took, present: took },
              both: { members: its.length, attending: took + silentInRoom, present: took + silentInRoom },
            }[place],
          )
          // The least number of whom it is at least so many hundredths of the class.
          const whole = BigInt(counted.members) * BigInt(percent[as])
          expect(100n * BigInt(needed) >= whole && 100n * (BigInt(needed) - 1n) < whole).toBe(true)
        }
      }),
    )
  })

  it('decides ballots as exact fractions do; more votes for never lose one, and silence never wins one', () => {
    const votes = fc.constantFrom('for', 'against', 'abstain', null)
    const ballots = fc.array(fc.record({ class: fc.constantFrom(...CLASSES), inRoom: fc.boolean(), vote: votes }), {
      maxLength: 24,
    })
    const rules = fc.constantFrom('consensus', 'majority', 'two_thirds')
    const countOf = (place: VotingPlace, cast: { class: OnRoll['class']; inRoom: boolean; vote: string | null }[]) => {
      const of = (vote: string) => cast.filter((one) => one.vote === vote).length
      const roll = cast.map((one) => ({ ...one, tookPart: one.vote !== null }))
      return countBallot({ for: of('for'), against: of('against'), abstain: of('abstain') }, partsOf(place, roll, HALF))
    }
    fc.assert(
      fc.property(rules, fc.constantFrom(...PLACES), ballots, (rule, place, cast) => {
        const count = countOf(place, cast)
        expect(tally(rule, count)).toEqual(expected(rule, count))
        expect(total(count.heads)).toBeLessThanOrEqual(count.entitledHeads)
        if (count.heads.for === 0) expect(tally(rule, count).passed).toBe(false)
        const won = cast.map((one) => (one.vote === 'against' ? { ...one, vote: 'for' } : one))
        if (tally(rule, count).passed) expect(tally(rule, countOf(place, won)).passed).toBe(true)
      }),
      { numRuns: 5_000 },
    )
  })

  it('makes a quorum of enough of each class and somebody at all', () => {
    const of = (members: number, attending: number) => ({
      members,
      needed: quorumNeeded(members, 50),
      attending,
      present: attending,
    })
    const quorum = (a: [number, number], b: [number, number]) =>
      isQuorum({ representative: of(...a), party_member: of(...b) })
    expect(quorum([4, 2], [3, 2])).toBe(true)
    expect(quorum([4, 2], [3, 1])).toBe(false)
    expect(quorum([4, 1], [3, 3])).toBe(false)
    expect(quorum([1, 1], [0, 0])).toBe(true)
    expect(quorum([0, 0], [0, 0])).toBe(false)
  })
})
