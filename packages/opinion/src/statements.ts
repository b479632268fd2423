import type { Matrix } from './matrix.ts'

/** What the voters of one group answered, by column. */
export interface Counts {
  agree: Uint32Array
  disagree: Uint32Array
  pass: Uint32Array
}

export const countAnswers = (
  { rows, columns, start, column, value }: Matrix,
  of: Uint8Array,
  groups: number,
): Counts[] => {
  const counts = Array.from({ length: groups }, () => ({
    agree: new Uint32Array(columns),
    disagree: new Uint32Array(columns),
    pass: new Uint32Array(columns),
  }))
  for (let row = 0; row < rows; row++) {
    const { agree, disagree, pass } = counts[of[row]!]!
    for (let at = start[row]!; at < start[row + 1]!; at++) {
      const side = value[at]! > 0 ? agree : value[at]! < 0 ? disagree : pass
      side[column[at]!]! += 1
    }
  }
  return counts
}

/** One-sided 90 %. */
const SIGNIFICANT = 1.2816

/** Of those who saw it: with one more on either side, so that nothing is certain from a few. */
const share = (count: number, seen: number): number => (count + 1) / (seen + 2)

/** Whether more than half do, in standard deviations (one-proportion test with one added success). */
const majorityTest = (count: number, seen: number): number => 2 * Math.sqrt(seen + 1) * ((count + 1) / (seen + 1) - 0.5)

/** Whether these do so more than those, in standard deviations (two-proportion test with one added to each). */
const differenceTest = (count: number, seen: number, otherCount: number, otherSeen: number): number => {
  const [a, n, b, m] = [count + 1, seen + 1, otherCount + 1, otherSeen + 1]
  const pooled = (a + b) / (n + m)
  if (pooled >= 1) return 0
  return (a / n - b / m) / Math.sqrt(pooled * (1 - pooled) * (1 / n + 1 / m))
}

export interface Telling {
  column: number
  side: 'agree' | 'disagree'
  /** By how much it sets the group apart; compares statements of one group. */
  weight: number
}

/**
 * What sets a group apart: statements most of it agrees (or disagrees) with, and more so than everybody else, both beyond chance
 * (Small et al. 2021, "representative comments": weight = how much more likely × its test × how likely × its test).
 */
export const tellingStatements = (all: readonly Counts[], group: number, most: number): Telling[] => {
  const own = all[group]!
  const found: Telling[] = []
  for (let c = 0; c < own.agree.length; c++) {
    const seen = own.agree[c]! + own.disagree[c]! + own.pass[c]!
    if (seen === 0) continue
    let otherSeen = 0
    const others = { agree: 0, disagree: 0 }
    all.forEach((counts, at) => {
      if (at === group) return
      otherSeen += counts.agree[c]! + counts.disagree[c]! + counts.pass[c]!
      others.agree += counts.agree[c]!
      others.disagree += counts.disagree[c]!
    })
    const weigh = (side: 'agree' | 'disagree'): Telling => {
      const count = own[side][c]!
      const majority = majorityTest(count, seen)
      const difference = differenceTest(count, seen, others[side], otherSeen)
      const likely = share(count, seen)
      const weight =
        majority > SIGNIFICANT && difference > SIGNIFICANT
          ? (likely / share(others[side], otherSeen)) * difference * likely * majority
          : 0
      return { column: c, side, weight }
    }
    const [agree, disagree] = [weigh('agree'), weigh('disagree')]
    const heavier = agree.weight >= disagree.weight ? agree : disagree
    if (heavier.weight > 0) found.push(heavier)
  }
  return found.sort((a, b) => b.weight - a.weight || a.column - b.column).slice(0, most)
}

export interface Shared {
  column: number
  /** Group-aware consensus: the product over the groups of the share that says so. */
  consensus: number
}

/**
 * What all groups say alike. Group-aware consensus (Small et al. 2021) is ∏ (1 + count) ÷ (2 + seen) over the groups: one group
 * against it counts as much as its being large or small does not. Listed is what has a majority in every group, and beyond chance
 * among all of them.
 */
export const sharedStatements = (all: readonly Counts[], side: 'agree' | 'disagree', most: number): Shared[] => {
  const found: Shared[] = []
  const columns = all[0]?.agree.length ?? 0
  for (let c = 0; c < columns; c++) {
    let consensus = 1
    let everywhere = true
    let [count, seen] = [0, 0]
    for (const counts of all) {
      const here = counts.agree[c]! + counts.disagree[c]! + counts.pass[c]!
      const p = share(counts[side][c]!, here)
      consensus *= p
      everywhere &&= p > 0.5
      count += counts[side][c]!
      seen += here
    }
    if (everywhere && majorityTest(count, seen) > SIGNIFICANT) found.push({ column: c, consensus })
  }
  return found.sort((a, b) => b.consensus - a.consensus || a.column - b.column).slice(0, most)
}
