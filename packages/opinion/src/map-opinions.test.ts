import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { seeded } from './chance.ts'
import { type Answers, adjustedRandIndex, mapOpinions } from './index.ts'

type Row = [voter: number, statement: number, answer: number]

const answersOf = (voters: number, statements: number, rows: readonly Row[]): Answers => ({
  voters,
  statements,
  voter: Uint32Array.from(rows, ([v]) => v),
  statement: Uint32Array.from(rows, ([, s]) => s),
  answer: Int8Array.from(rows, ([, , a]) => a),
})

interface Planted {
  answers: Answers
  rows: Row[]
  camps: number[]
}

/** Camps with a mind of their own on every statement, of which each voter answers some, with so much noise. */
const plant = (
  seed: number,
  { camps = 3, voters = 90, statements = 24, noise = 0.08, answered = 0.6 } = {},
): Planted => {
  const chance = seeded(seed)
  const minds = Array.from({ length: camps }, () => Array.from({ length: statements }, () => (chance() < 0.5 ? 1 : -1)))
  // Thirds of the statements on which one camp stands against the others, so that every camp is one.
  minds.forEach((mind, camp) => {
    for (let s = camp; s < statements; s += camps)
      for (const [at, other] of minds.entries()) other[s] = at === camp ? 1 : -1
    mind[statements - 1] = 1
  })
  const of = Array.from({ length: voters }, (_, v) => v % camps)
  const rows: Row[] = []
  for (let v = 0; v < voters; v++)
    for (let s = 0; s < statements; s++) {
      if (chance() > answered) continue
      const mind = minds[of[v]!]![s]!
      const drawn = chance()
      rows.push([v, s, drawn < noise ? -mind : drawn < noise * 2 ? 0 : mind])
    }
  return { answers: answersOf(voters, statements, rows), rows, camps: of }
}

const shuffled = (count: number, seed: number): number[] => {
  const chance = seeded(seed)
  const order = Array.from({ length: count }, (_, i) => i)
  for (let i = count - 1; i > 0; i--) {
    const j = Math.floor(chance() * (i + 1))
    ;[order[i], order[j]] = [order[j]!, order[i]!]
  }
  return order
}

const seeds = fc.integer({ min: 1, max: 1_000_000 })
/** Any answers at all, few and contradictory ones included. */
const anything = fc
  .tuple(fc.integer({ min: 0, max: 30 }), fc.integer({ min: 0, max: 9 }))
  .chain(([voters, statements]) =>
    fc
      .uniqueArray(
        fc.tuple(
          fc.integer({ min: 0, max: Math.max(0, voters - 1) }),
          fc.integer({ min: 0, max: Math.max(0, statements - 1) }),
          fc.integer({ min: -1, max: 1 }),
        ),
        { selector: ([v, s]) => v * 100 + s, maxLength: voters * statements === 0 ? 0 : 200 },
      )
      .map((rows) => ({ voters, statements, rows: voters * statements === 0 ? [] : (rows as Row[]) })),
  )

describe('the map', () => {
  it('finds the camps that were planted', () => {
    fc.assert(
      fc.property(seeds, fc.integer({ min: 2, max: 4 }), (seed, camps) => {
        const { answers, camps: planted } = plant(seed, { camps, voters: 40 * camps, statements: 36 })
        const { groupOf } = mapOpinions(answers)
        const placed = [...groupOf.keys()].filter((v) => groupOf[v]! >= 0)
        const index = adjustedRandIndex(
          placed.map((v) => groupOf[v]!),
          placed.map((v) => planted[v]!),
        )
        // Two axes cannot hold four corners of a tetrahedron apart for certain; three and two they can.
        expect(index).toBeGreaterThan(camps === 4 ? 0.4 : 0.9)
      }),
      { numRuns: 25 },
    )
  })

  it('does not depend on the order of voters, statements or answers', () => {
    fc.assert(
      fc.property(seeds, seeds, (seed, other) => {
        const { answers, rows } = plant(seed)
        const [voterAt, statementAt] = [shuffled(answers.voters, other), shuffled(answers.statements, other + 1)]
        const moved = shuffled(rows.length, other + 2).map((at): Row => {
          const [v, s, a] = rows[at]!
          return [voterAt[v]!, statementAt[s]!, a]
        })
        const [before, after] = [
          mapOpinions(answers),
          mapOpinions(answersOf(answers.voters, answers.statements, moved)),
        ]
        expect(voterAt.map((at) => after.groupOf[at])).toEqual([...before.groupOf])
        expect(after.silhouette).toBeCloseTo(before.silhouette!, 9)
        const told = (map: typeof before, at: (s: number) => number) =>
          map.groups.map(({ telling, counts }) => ({
            telling: telling.map(({ statement, side }) => [at(statement), side]),
            counts: counts.map((_, s) => counts[s]),
          }))
        expect(told(after, (s) => s).map(({ telling }) => telling)).toEqual(
          told(before, (s) => statementAt[s]!).map(({ telling }) => telling),
        )
        before.groups.forEach(({ counts }, g) => {
          for (const [s, one] of counts.entries()) expect(after.groups[g]!.counts[statementAt[s]!]).toEqual(one)
        })
      }),
      { numRuns: 25 },
    )
  })

  it('holds for any answers: everybody placed stands in one group, none is small, and the sums are theirs', () => {
    fc.assert(
      fc.property(anything, ({ voters, statements, rows }) => {
        const map = mapOpinions(answersOf(voters, statements, rows))
        const placed = [...map.groupOf].filter((group) => group >= 0)
        expect(map.groups.length === 0 ? 0 : placed.length).toBe(map.groups.length === 0 ? 0 : map.placed)
        map.groups.forEach(({ size }, at) => {
          expect(size).toBeGreaterThanOrEqual(5)
          expect(placed.filter((group) => group === at)).toHaveLength(size)
        })
        for (let s = 0; s < statements; s++) {
          const inGroups = map.groups.reduce((sum, { counts }) => {
            const { agree, disagree, pass } = counts[s]!
            return sum + agree + disagree + pass
          }, 0)
          const given = rows.filter(([v, at]) => at === s && map.groupOf[v]! >= 0).length
          expect(inGroups).toBe(given)
        }
        for (const { centre, spread } of map.groups)
          for (const x of [...centre, spread]) expect(Number.isFinite(x)).toBe(true)
      }),
      { numRuns: 300 },
    )
  })

  it('is the same when nobody is added: voters and statements without answers change nothing', () => {
    fc.assert(
      fc.property(seeds, (seed) => {
        const { answers } = plant(seed)
        const more = { ...answers, voters: answers.voters + 7, statements: answers.statements + 3 }
        const [before, after] = [mapOpinions(answers), mapOpinions(more)]
        expect([...after.groupOf.subarray(0, answers.voters)]).toEqual([...before.groupOf])
        expect([...after.groupOf.subarray(answers.voters)]).toEqual(Array.from({ length: 7 }, () => -1))
        expect(after).toMatchObject({ voters: before.voters, placed: before.placed, silhouette: before.silhouette })
        expect(after.shared).toEqual(before.shared)
      }),
      { numRuns: 15 },
    )
  })

  it('keeps the numbers of its groups while people go on answering', () => {
    fc.assert(
      fc.property(seeds, (seed) => {
        const { answers, rows, camps } = plant(seed, { voters: 120, statements: 30 })
        const part = (count: number) =>
          answersOf(
            120,
            30,
            rows.filter(([v]) => v < count),
          )
        let last = mapOpinions(part(60))
        const campOf = (map: typeof last) =>
          new Map(
            map.groups.map(({ number }, at) => {
              const votes = [0, 0, 0]
              map.groupOf.forEach((group, v) => {
                if (group === at) votes[camps[v]!]! += 1
              })
              return [number, votes.indexOf(Math.max(...votes))]
            }),
          )
        const first = campOf(last)
        for (const count of [75, 90, 105, 120]) {
          last = mapOpinions(part(count), { last: last.basis })
          for (const [number, camp] of campOf(last)) if (first.has(number)) expect(camp).toBe(first.get(number))
        }
        expect(mapOpinions(answers, { last: last.basis }).groupOf).toEqual(last.groupOf)
      }),
      { numRuns: 25 },
    )
  })
})

describe('what is said of the groups', () => {
  /** 20 against 10 on the first eight statements, all for the ninth, all against the tenth, nobody on the last. */
  const divided = () => {
    const rows: Row[] = []
    for (let v = 0; v < 30; v++) {
      for (let s = 0; s < 8; s++) rows.push([v, s, v < 20 ? 1 : -1])
      rows.push([v, 8, 1], [v, 9, -1])
    }
    return mapOpinions(answersOf(30, 11, rows))
  }

  it('names what sets each apart, with its counts, and what all share', () => {
    const { groups, shared } = divided()
    expect(groups.map(({ number, size }) => [number, size])).toEqual([
      [0, 20],
      [1, 10],
    ])
    const [large, small] = groups
    expect(large!.telling.every(({ side, statement }) => side === 'agree' && statement < 8)).toBe(true)
    expect(small!.telling.every(({ side, statement }) => side === 'disagree' && statement < 8)).toBe(true)
    expect([large!.telling.length, small!.telling.length]).toEqual([5, 5])
    expect(large!.counts[0]).toEqual({ agree: 20, disagree: 0, pass: 0 })
    expect(small!.counts[0]).toEqual({ agree: 0, disagree: 10, pass: 0 })
    expect(shared.agree).toEqual([{ statement: 8, consensus: (21 / 22) * (11 / 12) }])
    expect(shared.disagree).toEqual([{ statement: 9, consensus: (21 / 22) * (11 / 12) }])
    expect(large!.counts[10]).toEqual({ agree: 0, disagree: 0, pass: 0 })
  })

  it('does not call shared what a small group is against, however large the others are', () => {
    const rows: Row[] = []
    for (let v = 0; v < 206; v++) for (let s = 0; s < 8; s++) rows.push([v, s, v < 200 ? 1 : -1])
    const { groups, shared } = mapOpinions(answersOf(206, 8, rows))
    expect(groups.map(({ size }) => size)).toEqual([200, 6])
    expect(shared).toEqual({ agree: [], disagree: [] })
  })
})

describe('where there is little to tell', () => {
  it('nobody makes an empty map', () => {
    for (const [voters, statements] of [
      [0, 0],
      [0, 5],
      [5, 0],
      [40, 8],
    ] as const)
      expect(mapOpinions(answersOf(voters, statements, []))).toMatchObject({
        voters: 0,
        placed: 0,
        groups: [],
        silhouette: null,
      })
  })

  it('one voter, or four, make no group', () => {
    for (const count of [1, 4]) {
      const rows = Array.from({ length: count }, (_, v): Row[] => [0, 1, 2].map((s) => [v, s, 1])).flat()
      expect(mapOpinions(answersOf(count, 3, rows))).toMatchObject({ voters: count, placed: count, groups: [] })
    }
  })

  it('all the same answers make one group, and all of them shared', () => {
    const rows = Array.from({ length: 12 }, (_, v): Row[] => [0, 1, 2].map((s) => [v, s, s === 2 ? -1 : 1])).flat()
    const { groups, silhouette, shared } = mapOpinions(answersOf(12, 3, rows))
    expect(groups).toMatchObject([{ number: 0, size: 12, centre: [0, 0], spread: 0, telling: [] }])
    expect(silhouette).toBeNull()
    expect(shared.agree.map(({ statement }) => statement).sort()).toEqual([0, 1])
    expect(shared.disagree.map(({ statement }) => statement)).toEqual([2])
  })

  it('a few who stand alone do not make a group of their own', () => {
    const rows: Row[] = []
    for (let v = 0; v < 43; v++)
      for (let s = 0; s < 10; s++) rows.push([v, s, v < 20 ? 1 : v < 40 ? -1 : s % 2 === 0 ? 1 : -1])
    expect(mapOpinions(answersOf(43, 10, rows)).groups.every(({ size }) => size >= 20)).toBe(true)
  })

  it('what does not fit is refused', () => {
    const one = answersOf(2, 2, [[0, 0, 1]])
    expect(() => mapOpinions({ ...one, voters: 0 })).toThrow(RangeError)
    expect(() => mapOpinions({ ...one, answer: Int8Array.of(2) })).toThrow(RangeError)
    expect(() => mapOpinions({ ...one, answer: new Int8Array(0) })).toThrow(RangeError)
  })
})

describe('the adjusted Rand index', () => {
  it('is 1 for the same groups under other names and near 0 for unrelated ones', () => {
    expect(adjustedRandIndex([0, 0, 1, 1, 2], [5, 5, 3, 3, 9])).toBe(1)
    // Worked by hand: pairs together in both 2, in the first 6, in the second 4 of 15.
    expect(adjustedRandIndex([0, 0, 0, 1, 1, 1], [0, 0, 1, 1, 2, 2])).toBeCloseTo(
      (2 - (6 * 3) / 15) / ((6 + 3) / 2 - (6 * 3) / 15),
      12,
    )
    const chance = seeded(3)
    const drawn = () => Array.from({ length: 4_000 }, () => Math.floor(chance() * 3))
    expect(Math.abs(adjustedRandIndex(drawn(), drawn()))).toBeLessThan(0.01)
  })
})
