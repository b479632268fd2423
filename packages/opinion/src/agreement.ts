/**
 * How far two groupings of the same people agree (adjusted Rand index, Hubert & Arabie 1985): 1 the same groups under whatever
 * names, 0 what chance would give.
 */
export const adjustedRandIndex = (a: readonly number[], b: readonly number[]): number => {
  const cells = new Map<string, number>()
  const [rows, columns] = [new Map<number, number>(), new Map<number, number>()]
  const add = <K>(to: Map<K, number>, key: K) => to.set(key, (to.get(key) ?? 0) + 1)
  a.forEach((x, i) => {
    add(cells, `${x} ${b[i]}`)
    add(rows, x)
    add(columns, b[i]!)
  })
  const pairs = (n: number) => (n * (n - 1)) / 2
  const sum = (of: Map<unknown, number>) => [...of.values()].reduce((total, n) => total + pairs(n), 0)
  const [together, inA, inB] = [sum(cells), sum(rows), sum(columns)]
  const expected = a.length < 2 ? 0 : (inA * inB) / pairs(a.length)
  const most = (inA + inB) / 2
  return most === expected ? 1 : (together - expected) / (most - expected)
}
