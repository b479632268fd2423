import { type Answers, assertFits } from './answers.ts'
import { chooseGroups } from './cluster.ts'
import { findComponents, project } from './components.ts'
import { buildMatrix, type Matrix } from './matrix.ts'
import { type GroupProfile, numberGroups } from './number-groups.ts'
import { type Counts, countAnswers, sharedStatements, tellingStatements } from './statements.ts'

/** What one map hands to the next: by statement, so that it holds whoever answers. */
export interface Basis {
  /** Statements × 2. */
  components: Float64Array
  /** Groups × 2, in the order of `groups`. */
  centres: Float64Array
  groups: GroupProfile[]
}

export interface StatementCounts {
  agree: number
  disagree: number
  pass: number
}

export interface OpinionGroup {
  /** From 0; the same from one map to the next. */
  number: number
  size: number
  centre: [x: number, y: number]
  /** Root mean squared distance of its voters from the centre. */
  spread: number
  /** By statement. */
  counts: StatementCounts[]
  /** What sets it apart, the most telling first. */
  telling: { statement: number; side: 'agree' | 'disagree' }[]
}

export interface OpinionMap {
  /** Who answered anything. */
  voters: number
  answers: number
  /** Who answered enough to be placed; the counts of the groups are theirs. */
  placed: number
  /** Ordered by number; empty when fewer than `leastGroup` could be placed. */
  groups: OpinionGroup[]
  /** How clearly the groups are apart, from -1 to 1; null for fewer than two. */
  silhouette: number | null
  /** What all groups agree, or disagree, with; by group-aware consensus. */
  shared: { agree: { statement: number; consensus: number }[]; disagree: { statement: number; consensus: number }[] }
  /** By voter: the place of their group in `groups`; -1 where they answered too few. Not for publication. */
  groupOf: Int8Array
  /** Voters × 2; NaN where they answered too few. Not for publication. */
  positions: Float64Array
  basis: Basis
}

export interface MapSettings {
  /** No group is smaller: what a few people think is theirs. */
  leastGroup?: number
  /** How many statements are named for each group, and as shared for each side. */
  most?: number
  /** The basis of the last map of the same statements, in the same order; new ones at the end. */
  last?: Basis | null
}

const meansOf = ({ agree, disagree, pass }: Counts, { statementOf }: Matrix, statements: number): Float64Array => {
  const means = new Float64Array(statements).fill(Number.NaN)
  statementOf.forEach((s, c) => {
    const seen = agree[c]! + disagree[c]! + pass[c]!
    if (seen > 0) means[s] = (agree[c]! - disagree[c]!) / seen
  })
  return means
}

const startOf = ({ statementOf, columns }: Matrix, last: Basis | null): Float64Array | null => {
  if (!last) return null
  const from = new Float64Array(columns * 2)
  statementOf.forEach((s, c) => {
    from[c * 2] = last.components[s * 2] ?? 0
    from[c * 2 + 1] = last.components[s * 2 + 1] ?? 0
  })
  return from.some((x) => x !== 0) ? from : null
}

/** Group by group in another order. */
const arrange = <T>(order: readonly number[], of: readonly T[]): T[] => order.map((at) => of[at]!)

/**
 * Groups of voters who answer alike, what each says, and what all say: the method of Polis. Votes → imputed by the statement's mean →
 * two principal components → k-means with the number of groups by silhouette → tests of proportions on each statement.
 *
 * Sources: C. Small, M. Bjorkegren, T. Erkkilä, L. Shaw, C. Megill: "Polis: Scaling deliberation by mapping high dimensional opinion
 * spaces", Recerca 26(2), 2021; P. Rousseeuw: "Silhouettes", J. Comput. Appl. Math. 20, 1987; D. Arthur, S. Vassilvitskii:
 * "k-means++", SODA 2007; Y. Saad: "Numerical Methods for Large Eigenvalue Problems", 2011, chapter 5 (subspace iteration).
 *
 * Pure: the same answers give the same map, in whatever order they come. Time grows with the number of answers.
 */
export const mapOpinions = (
  answers: Answers,
  { leastGroup = 5, most = 5, last = null }: MapSettings = {},
): OpinionMap => {
  assertFits(answers)
  const { statements } = answers
  const matrix = buildMatrix(answers)
  const { rows, voterOf, statementOf } = matrix
  const heard = new Uint8Array(answers.voters)
  for (const v of answers.voter) heard[v] = 1
  const sum = { voters: heard.reduce((count, one) => count + one, 0), answers: answers.voter.length, placed: rows }
  const groupOf = new Int8Array(answers.voters).fill(-1)
  const positions = new Float64Array(answers.voters * 2).fill(Number.NaN)

  const components = findComponents(matrix, startOf(matrix, last))
  const byStatement = new Float64Array(statements * 2)
  statementOf.forEach((s, c) => {
    byStatement.set(components.subarray(c * 2, c * 2 + 2), s * 2)
  })
  const points = project(matrix, components)
  voterOf.forEach((v, row) => {
    positions.set(points.subarray(row * 2, row * 2 + 2), v * 2)
  })
  if (rows < Math.max(1, leastGroup)) {
    const basis = { components: byStatement, centres: new Float64Array(0), groups: [] }
    return { ...sum, groups: [], silhouette: null, shared: { agree: [], disagree: [] }, groupOf, positions, basis }
  }

  const { clustering, silhouette } = chooseGroups(points, leastGroup, last?.centres.length ? last.centres : null)
  const { of, sizes, centres } = clustering
  const found = countAnswers(matrix, of, sizes.length)
  const means = found.map((counts) => meansOf(counts, matrix, statements))
  // The first time the largest is the first; afterwards each keeps its number.
  const bySize = [...sizes.keys()].sort((a, b) => sizes[b]! - sizes[a]! || centres[a * 2]! - centres[b * 2]!)
  const numbers = numberGroups(arrange(bySize, means), last?.groups ?? [])
  const order = [...numbers.keys()].sort((a, b) => numbers[a]! - numbers[b]!).map((at) => bySize[at]!)
  const numberAt = [...numbers].sort((a, b) => a - b)
  const counts = arrange(order, found)
  const place = new Int8Array(sizes.length)
  order.forEach((group, at) => {
    place[group] = at
  })

  const squares = new Float64Array(sizes.length)
  for (let row = 0; row < rows; row++) {
    const group = of[row]!
    squares[group]! +=
      (points[row * 2]! - centres[group * 2]!) ** 2 + (points[row * 2 + 1]! - centres[group * 2 + 1]!) ** 2
    groupOf[voterOf[row]!] = place[group]!
  }
  const nothing = (): StatementCounts => ({ agree: 0, disagree: 0, pass: 0 })
  const groups = order.map((group, at): OpinionGroup => {
    const { agree, disagree, pass } = counts[at]!
    const byOriginal = Array.from({ length: statements }, nothing)
    statementOf.forEach((s, c) => {
      byOriginal[s] = { agree: agree[c]!, disagree: disagree[c]!, pass: pass[c]! }
    })
    return {
      number: numberAt[at]!,
      size: sizes[group]!,
      centre: [centres[group * 2]!, centres[group * 2 + 1]!],
      spread: Math.sqrt(squares[group]! / sizes[group]!),
      counts: byOriginal,
      telling: tellingStatements(counts, at, most).map(({ column, side }) => ({
        statement: statementOf[column]!,
        side,
      })),
    }
  })
  const shared = (side: 'agree' | 'disagree') =>
    sharedStatements(counts, side, most).map(({ column, consensus }) => ({
      statement: statementOf[column]!,
      consensus,
    }))
  const basis: Basis = {
    components: byStatement,
    centres: Float64Array.from(groups.flatMap(({ centre }) => centre)),
    groups: arrange(order, means).map((of, at) => ({ number: numberAt[at]!, means: of })),
  }
  return {
    ...sum,
    groups,
    silhouette,
    shared: { agree: shared('agree'), disagree: shared('disagree') },
    groupOf,
    positions,
    basis,
  }
}
