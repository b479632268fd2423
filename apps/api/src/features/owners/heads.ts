import { createHash } from 'node:crypto'

/** A flat as far as counting heads goes. */
export interface Titled {
  householdId: string
  ownerIds: readonly string[]
}

/** Flats whose owners are exactly the same. */
export interface Group<Flat extends Titled> {
  owners: readonly string[]
  flats: Flat[]
}

/** Groups that share owners: flats of one that are reached from each other over common owners. */
export interface Overlap<Flat extends Titled> {
  fingerprint: string
  groups: Group<Flat>[]
}

export interface Heads<Flat extends Titled> {
  /** Each a head's flats; an overlap nobody has ruled on yet is left out. */
  heads: Flat[][]
  overlaps: Overlap<Flat>[]
  undecided: Overlap<Flat>[]
}

/** The number of its head by flat. */
export type Ruling = ReadonlyMap<string, number>

const sorted = (values: Iterable<string>): string[] => [...values].sort()

const groupsOf = <Flat extends Titled>(flats: readonly Flat[]): Group<Flat>[] => {
  const groups = new Map<string, Group<Flat>>()
  for (const flat of flats) {
    const owners = sorted(new Set(flat.ownerIds))
    const key = owners.join()
    const group = groups.get(key)
    if (group) group.flats.push(flat)
    else groups.set(key, { owners, flats: [flat] })
  }
  return [...groups.values()]
}

/** Groups that hang together, by joining whatever shares an owner. */
const connected = <Flat extends Titled>(groups: readonly Group<Flat>[]): Group<Flat>[][] => {
  const parent = new Map<string, string>()
  const rootOf = (owner: string): string => {
    let at = owner
    for (let up = parent.get(at); up !== undefined && up !== at; up = parent.get(at)) {
      parent.set(at, parent.get(up) ?? up)
      at = up
    }
    return at
  }
  for (const { owners } of groups)
    for (const owner of owners) {
      if (!parent.has(owner)) parent.set(owner, owner)
      parent.set(rootOf(owner), rootOf(owners[0] ?? owner))
    }
  return [...Map.groupBy(groups, ({ owners }) => rootOf(owners[0] ?? '')).values()]
}

const fingerprintOf = <Flat extends Titled>(groups: readonly Group<Flat>[]): string => {
  const lines = groups.flatMap(({ owners, flats }) => flats.map(({ householdId }) => `${householdId}:${owners.join()}`))
  return createHash('sha256').update(sorted(lines).join('\n')).digest('hex')
}

/**
 * One owner of several flats is one head, joint owners of a flat are one head. Where the same people own flats in different
 * compositions neither follows from the titles: staff rule on it.
 * @param rulings by the overlap's fingerprint: under which head each of its flats counts
 */
export const headsOf = <Flat extends Titled>(
  flats: readonly Flat[],
  rulings: ReadonlyMap<string, Ruling>,
): Heads<Flat> => {
  const heads: Flat[][] = []
  const overlaps: Overlap<Flat>[] = []
  const undecided: Overlap<Flat>[] = []
  for (const groups of connected(groupsOf(flats))) {
    if (groups.length === 1) {
      heads.push(...groups.map((group) => group.flats))
      continue
    }
    const overlap = { fingerprint: fingerprintOf(groups), groups }
    overlaps.push(overlap)
    const ruling = rulings.get(overlap.fingerprint)
    if (!ruling) undecided.push(overlap)
    else {
      const flats = groups.flatMap((group) => group.flats)
      heads.push(...Map.groupBy(flats, ({ householdId }) => ruling.get(householdId)).values())
    }
  }
  return { heads, overlaps, undecided }
}
