import { seeded } from './chance.ts'

/** Points are pairs of coordinates; so are centres. */
export interface Clustering {
  centres: Float64Array
  of: Uint8Array
  sizes: Uint32Array
  /** Sum of squared distances to one's own centre. */
  inertia: number
}

const MOST_ROUNDS = 100
const RESTARTS = 8

const squared = (points: Float64Array, i: number, centres: Float64Array, k: number): number =>
  (points[i * 2]! - centres[k * 2]!) ** 2 + (points[i * 2 + 1]! - centres[k * 2 + 1]!) ** 2

/** Lloyd's iteration from these centres; one that loses everybody is dropped. */
const settle = (points: Float64Array, from: Float64Array): Clustering => {
  const n = points.length / 2
  const of = new Uint8Array(n)
  let centres = Float64Array.from(from)
  for (let round = 0; ; round++) {
    const k = centres.length / 2
    const sizes = new Uint32Array(k)
    const sums = new Float64Array(k * 2)
    let inertia = 0
    let moved = round === 0
    for (let i = 0; i < n; i++) {
      let best = 0
      let least = Number.POSITIVE_INFINITY
      for (let c = 0; c < k; c++) {
        const d = squared(points, i, centres, c)
        if (d < least) {
          least = d
          best = c
        }
      }
      if (of[i] !== best) moved = true
      of[i] = best
      sizes[best]! += 1
      sums[best * 2]! += points[i * 2]!
      sums[best * 2 + 1]! += points[i * 2 + 1]!
      inertia += least
    }
    const kept = [...sizes.keys()].filter((c) => sizes[c]! > 0)
    if (!moved || round === MOST_ROUNDS) {
      if (kept.length === k) return { centres, of, sizes, inertia }
    }
    centres = Float64Array.from(kept.flatMap((c) => [sums[c * 2]! / sizes[c]!, sums[c * 2 + 1]! / sizes[c]!]))
  }
}

/** Centres far from each other (k-means++): each next one is drawn by its squared distance from those there. */
const spread = (points: Float64Array, k: number, chance: () => number): Float64Array => {
  const n = points.length / 2
  const centres = new Float64Array(k * 2)
  const nearest = new Float64Array(n).fill(Number.POSITIVE_INFINITY)
  let at = Math.floor(chance() * n)
  for (let c = 0; c < k; c++) {
    centres[c * 2] = points[at * 2]!
    centres[c * 2 + 1] = points[at * 2 + 1]!
    let total = 0
    for (let i = 0; i < n; i++) {
      nearest[i] = Math.min(nearest[i]!, squared(points, i, centres, c))
      total += nearest[i]!
    }
    let left = chance() * total
    for (at = 0; at < n - 1; at++) {
      left -= nearest[at]!
      if (left < 0) break
    }
  }
  return centres
}

/** Groups of fewer than `least` go to whoever is nearest, the smallest first. */
const dissolveSmall = (points: Float64Array, found: Clustering, least: number): Clustering => {
  let clustering = found
  for (;;) {
    const { sizes, centres } = clustering
    const smallest = sizes.indexOf(Math.min(...sizes))
    if (sizes.length === 1 || sizes[smallest]! >= least) return clustering
    const rest = centres.filter((_, at) => at >> 1 !== smallest)
    clustering = settle(points, rest)
  }
}

/**
 * The best of several starts for at most `k` groups of at least `least` voters each.
 * @param warm the centres of the last map
 */
export const cluster = (points: Float64Array, k: number, least: number, warm: Float64Array | null): Clustering => {
  const chance = seeded(7_919 * k)
  const starts = Array.from({ length: RESTARTS }, () => spread(points, k, chance))
  if (warm) starts.push(warm)
  let best: Clustering | undefined
  for (const start of starts) {
    const found = dissolveSmall(points, settle(points, start), least)
    // More groups that are large enough first, then the tighter ones.
    const better =
      !best ||
      found.sizes.length > best.sizes.length ||
      (found.sizes.length === best.sizes.length && found.inertia < best.inertia * (1 - 1e-9))
    if (better) best = found
  }
  return best!
}

const SAMPLE = 2_000

/**
 * How much nearer voters are to their own group than to the next one (mean silhouette, Rousseeuw 1987), from -1 to 1. Beyond two
 * thousand voters every n-th one is taken: rows stand in an order that has nothing to do with what they answered.
 */
export const silhouette = (points: Float64Array, { of, sizes }: Clustering): number => {
  const k = sizes.length
  const n = of.length
  const step = Math.ceil(n / SAMPLE)
  const taken: number[] = []
  for (let i = 0; i < n; i += step) taken.push(i)
  const members = new Uint32Array(k)
  for (const i of taken) members[of[i]!]! += 1
  let total = 0
  const sums = new Float64Array(k)
  for (const i of taken) {
    sums.fill(0)
    for (const j of taken)
      sums[of[j]!]! += Math.hypot(points[i * 2]! - points[j * 2]!, points[i * 2 + 1]! - points[j * 2 + 1]!)
    const mine = of[i]!
    if (members[mine]! < 2) continue
    const within = sums[mine]! / (members[mine]! - 1)
    let next = Number.POSITIVE_INFINITY
    for (let c = 0; c < k; c++) if (c !== mine && members[c]! > 0) next = Math.min(next, sums[c]! / members[c]!)
    const widest = Math.max(within, next)
    if (Number.isFinite(next) && widest > 0) total += (next - within) / widest
  }
  return taken.length === 0 ? 0 : total / taken.length
}

const MOST_GROUPS = 5
/** By so much another number of groups must be better than the last map's before it takes its place. */
const PERSISTENCE = 0.03

export interface Chosen {
  clustering: Clustering
  /** null where all stand in one group. */
  silhouette: number | null
}

/**
 * Two to five groups, as many as the silhouette favours (Small et al. 2021); one where voters do not differ or are too few for two
 * groups of `least`.
 */
export const chooseGroups = (points: Float64Array, least: number, last: Float64Array | null): Chosen => {
  const n = points.length / 2
  const one = (): Chosen => ({ clustering: settle(points, new Float64Array(2)), silhouette: null })
  const most = Math.min(MOST_GROUPS, Math.floor(n / least), 2 + Math.floor(n / 12))
  const wide = points.reduce((widest, x) => Math.max(widest, Math.abs(x)), 0)
  if (most < 2 || wide < 1e-9) return one()
  const lastCount = last ? last.length / 2 : 0
  let best: { clustering: Clustering; silhouette: number; score: number } | undefined
  for (let k = 2; k <= most; k++) {
    const clustering = cluster(points, k, least, lastCount === k ? last : null)
    const groups = clustering.sizes.length
    if (groups < 2) continue
    const value = silhouette(points, clustering)
    const score = value + (groups === lastCount ? PERSISTENCE : 0)
    if (!best || score > best.score + 1e-9) best = { clustering, silhouette: value, score }
  }
  return best ? { clustering: best.clustering, silhouette: best.silhouette } : one()
}
