const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

/** No bucket is wider than a twentieth of where it begins. */
const WIDTH = 1.05

/** The lengths of time that are promised somewhere: each is an edge, so that what share kept to it is known exactly. */
export const PROMISES: readonly number[] = [
  MINUTE,
  5 * MINUTE,
  15 * MINUTE,
  0.5 * HOUR,
  HOUR,
  2 * HOUR,
  4 * HOUR,
  8 * HOUR,
  12 * HOUR,
  DAY,
  2 * DAY,
  3 * DAY,
  5 * DAY,
  7 * DAY,
  10 * DAY,
  15 * DAY,
  30 * DAY,
  60 * DAY,
  90 * DAY,
  180 * DAY,
  365 * DAY,
  3_650 * DAY,
]

/** Those worth showing the share of. */
export const SHOWN_PROMISES: readonly number[] = [
  15 * MINUTE,
  2 * HOUR,
  DAY,
  3 * DAY,
  5 * DAY,
  10 * DAY,
  15 * DAY,
  30 * DAY,
]

/** Between two promises as many equal steps (on a logarithmic scale) as it takes. */
const stepsTo = (from: number, to: number): number[] => {
  const steps = Math.ceil(Math.log(to / from) / Math.log(WIDTH) - 1e-9)
  return Array.from({ length: steps }, (_, i) =>
    i === steps - 1 ? to : Math.round(from * (to / from) ** ((i + 1) / steps)),
  )
}

/**
 * Upper edges of the buckets in milliseconds, ascending: bucket `b` holds what is longer than edge `b - 1` and no longer than edge
 * `b`. The first takes all up to a minute; one more, after the last edge, what takes longer than ten years.
 */
export const EDGES: readonly number[] = [
  PROMISES[0]!,
  ...PROMISES.slice(1).flatMap((to, i) => stepsTo(PROMISES[i]!, to)),
]

/** The bucket of a length of time. */
export const bucketOf = (milliseconds: number): number => {
  let [low, high] = [0, EDGES.length]
  while (low < high) {
    const middle = (low + high) >>> 1
    if (milliseconds <= EDGES[middle]!) high = middle
    else low = middle + 1
  }
  return low
}

/** How many values lie in each bucket, by its number. */
export type Histogram = ArrayLike<number>

/** Places, counted from 0, among `count` values sorted upwards: of the one in the middle, or of the two. */
export const middleRanks = (count: number): [number, number] => [Math.floor((count - 1) / 2), Math.floor(count / 2)]

/** The place of a percentile: floor(q·n). */
export const rankOf = (share: number, count: number): number => Math.min(count - 1, Math.floor(share * count))

const totalOf = (histogram: Histogram): number => {
  let total = 0
  for (let bucket = 0; bucket < histogram.length; bucket++) total += histogram[bucket]!
  return total
}

/** The upper edge of the bucket in which the value at this place lies. */
const edgeAt = (histogram: Histogram, rank: number): number => {
  let seen = 0
  for (let bucket = 0; bucket < histogram.length; bucket++) {
    seen += histogram[bucket]!
    if (seen > rank) return EDGES[bucket] ?? Number.POSITIVE_INFINITY
  }
  return Number.POSITIVE_INFINITY
}

/**
 * The percentile by the upper edge of its bucket: the value itself is no longer than this, and shorter by a twentieth at most (in
 * the first bucket, by a minute at most). Null when there are no values; Infinity beyond the last edge.
 */
export const percentile = (histogram: Histogram, share: number): number | null => {
  const total = totalOf(histogram)
  return total === 0 ? null : edgeAt(histogram, rankOf(share, total))
}

/** The middle value, of two the mean; told from the edges as a percentile is. */
export const medianOf = (histogram: Histogram): number | null => {
  const total = totalOf(histogram)
  if (total === 0) return null
  const [low, high] = middleRanks(total)
  return (edgeAt(histogram, low) + edgeAt(histogram, high)) / 2
}

/** How many took no longer than this; exact where it is one of the promises. */
export const within = (histogram: Histogram, milliseconds: number): number => {
  const last = Math.min(bucketOf(milliseconds), histogram.length - 1)
  let count = 0
  for (let bucket = 0; bucket <= last; bucket++) count += histogram[bucket]!
  return count
}
