import fc from 'fast-check'
import { expect, it } from 'vitest'
import { headsOf, type Overlap, type Ruling, type Titled } from './heads.ts'

const roll = fc
  .array(fc.uniqueArray(fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f', 'g'), { minLength: 1, maxLength: 3 }), {
    maxLength: 12,
  })
  .map((owners): Titled[] => owners.map((ownerIds, i) => ({ householdId: `flat${i}`, ownerIds })))

const same = (a: Titled, b: Titled) => [...a.ownerIds].sort().join() === [...b.ownerIds].sort().join()
const meet = (a: Titled, b: Titled) => a.ownerIds.some((owner) => b.ownerIds.includes(owner))

/** Independent of the union by parents: the flats reached from one by going on over common owners. */
const reached = (flats: readonly Titled[], from: Titled): Titled[] => {
  const found = [from]
  for (const one of found) for (const other of flats) if (!found.includes(other) && meet(one, other)) found.push(other)
  return found
}
const compositions = (flats: readonly Titled[]) =>
  flats.filter((flat, i) => flats.findIndex((other) => same(flat, other)) === i).length

/** By how an overlap's compositions, in their order, are put under heads. */
const AS = { together: () => 1, apart: (at: number) => at + 1, inPairs: (at: number) => Math.floor(at / 2) + 1 }
const rulingOn = ({ groups }: Overlap<Titled>, as: keyof typeof AS): Ruling =>
  new Map(groups.flatMap(({ flats }, at) => flats.map(({ householdId }) => [householdId, AS[as](at)] as const)))
const ruledAll = (flats: readonly Titled[], as: keyof typeof AS) =>
  headsOf(
    flats,
    new Map(headsOf(flats, new Map()).overlaps.map((overlap) => [overlap.fingerprint, rulingOn(overlap, as)])),
  )

it('puts every flat under exactly one head, once everything is ruled on', () => {
  fc.assert(
    fc.property(roll, fc.constantFrom('together', 'apart', 'inPairs'), (flats, as) => {
      const { heads, undecided } = ruledAll(flats, as)
      expect(undecided).toEqual([])
      expect(
        heads
          .flat()
          .map(({ householdId }) => householdId)
          .sort(),
      ).toEqual(flats.map(({ householdId }) => householdId).sort())
    }),
  )
})

it('counts one head for the same owners of many flats, and asks about the same people in another composition', () => {
  fc.assert(
    fc.property(roll, (flats) => {
      const { heads, undecided } = headsOf(flats, new Map())
      const clear = flats.filter((flat) => compositions(reached(flats, flat)) === 1)
      expect(heads.flat()).toHaveLength(clear.length)
      expect(heads).toHaveLength(compositions(clear))
      const asked = undecided.flatMap(({ groups }) => groups.flatMap((group) => group.flats))
      expect(asked).toHaveLength(flats.length - clear.length)
    }),
  )
})

it('counts a composition each when ruled apart, and one for all that hang together when ruled together', () => {
  fc.assert(
    fc.property(roll, (flats) => {
      expect(ruledAll(flats, 'apart').heads).toHaveLength(compositions(flats))
      const islands = new Set(
        flats.map((flat) =>
          reached(flats, flat)
            .map(({ householdId }) => householdId)
            .sort()
            .join(),
        ),
      )
      expect(ruledAll(flats, 'together').heads).toHaveLength(islands.size)
    }),
  )
})

it('counts the heads of any partition that was ruled', () => {
  fc.assert(
    fc.property(roll, (flats) => {
      const { overlaps, heads: clear } = headsOf(flats, new Map())
      const ruled = overlaps.reduce((sum, { groups }) => sum + Math.ceil(groups.length / 2), 0)
      expect(ruledAll(flats, 'inPairs').heads).toHaveLength(clear.length + ruled)
    }),
  )
})

it('does not depend on the order of flats or owners', () => {
  fc.assert(
    fc.property(roll, (flats) => {
      const turned = flats.map((flat) => ({ ...flat, ownerIds: [...flat.ownerIds].reverse() })).reverse()
      const prints = (given: readonly Titled[]) =>
        headsOf(given, new Map())
          .overlaps.map(({ fingerprint }) => fingerprint)
          .sort()
      expect(prints(turned)).toEqual(prints(flats))
    }),
  )
})

it('lets a ruling go when a flat of the overlap changes hands', () => {
  const flats = [
    { householdId: '1', ownerIds: ['a'] },
    { householdId: '2', ownerIds: ['a', 'b'] },
  ]
  const [overlap] = headsOf(flats, new Map()).undecided
  const rulings = new Map([[overlap?.fingerprint ?? '', rulingOn(overlap as Overlap<Titled>, 'together')]])
  expect(headsOf(flats, rulings).heads).toHaveLength(1)
  const sold = [flats[0] as Titled, { householdId: '2', ownerIds: ['a', 'c'] }]
  expect(headsOf(sold, rulings).undecided).toHaveLength(1)
})
