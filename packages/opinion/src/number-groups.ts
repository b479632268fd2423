/** A group as the last map left it: its number, and by statement what its voters said on the mean; NaN where nobody did. */
export interface GroupProfile {
  number: number
  means: Float64Array
}

/** How unlike two groups are: the mean squared difference on statements both answered. */
const unlike = (a: Float64Array, b: Float64Array): number => {
  let sum = 0
  let both = 0
  for (let i = 0; i < Math.min(a.length, b.length); i++) {
    const d = a[i]! - b[i]!
    if (Number.isNaN(d)) continue
    sum += d * d
    both += 1
  }
  return both === 0 ? 4 : sum / both
}

/**
 * Numbers for the groups, so that a group that thinks as one of the last map keeps its number. Told by what the groups say, not by
 * where they lie: axes may turn, opinions stay. Of all ways to pair them the least unlike is taken; a group that is new gets the
 * smallest number nobody has or had.
 */
export const numberGroups = (means: readonly Float64Array[], last: readonly GroupProfile[]): number[] => {
  let least = Number.POSITIVE_INFINITY
  let best: number[] = means.map(() => -1)
  const pair = (at: number, taken: number[], cost: number): void => {
    if (cost >= least) return
    if (at === means.length) {
      least = cost
      best = taken
      return
    }
    last.forEach((profile, which) => {
      if (!taken.includes(which)) pair(at + 1, [...taken, which], cost + unlike(means[at]!, profile.means))
    })
    // As many as possible are paired: staying alone costs more than any likeness could.
    if (means.length - at > last.length - taken.filter((which) => which >= 0).length)
      pair(at + 1, [...taken, -1], cost + 8)
  }
  pair(0, [], 0)
  const used = new Set(last.map(({ number }) => number))
  const fresh = () => {
    let number = 0
    while (used.has(number)) number++
    used.add(number)
    return number
  }
  return best.map((which) => last[which]?.number ?? fresh())
}
