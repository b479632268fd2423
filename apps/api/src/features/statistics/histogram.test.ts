import fc from 'fast-check'
import { expect, it } from 'vitest'
import {
  bucketOf,
  EDGES,
  type Histogram,
  medianOf,
  middleRanks,
  PROMISES,
  percentile,
  rankOf,
  within,
} from './histogram.ts'

const length = fc.integer({ min: 0, max: 4_000 * 86_400_000 })
const lengths = fc.array(length, { minLength: 1, maxLength: 60 })
const drawn = (values: readonly number[]): Histogram => {
  const histogram = new Float64Array(EDGES.length + 1)
  for (const value of values) histogram[bucketOf(value)]! += 1
  return histogram
}

it('has no bucket wider than a twentieth of its beginning, and every promise as an edge', () => {
  for (const [i, edge] of EDGES.slice(1).entries()) expect(edge / EDGES[i]!).toBeLessThan(1.0501)
  expect(PROMISES.filter((promise) => !EDGES.includes(promise))).toEqual([])
  expect(EDGES).toEqual(EDGES.toSorted((a, b) => a - b))
})

it('puts a value above the edge before its bucket, and not above its own', () => {
  fc.assert(
    fc.property(length, (value) => {
      const bucket = bucketOf(value)
      expect(value).toBeGreaterThan(EDGES[bucket - 1] ?? -1)
      expect(value).toBeLessThanOrEqual(EDGES[bucket] ?? Number.POSITIVE_INFINITY)
    }),
  )
})

it('tells a median likewise', () => {
  fc.assert(
    fc.property(lengths, (values) => {
      const sorted = values.toSorted((a, b) => a - b)
      const [low, high] = middleRanks(sorted.length)
      const exact = (sorted[low]! + sorted[high]!) / 2
      const told = medianOf(drawn(values))!
      expect(told).toBeGreaterThanOrEqual(exact)
      if (sorted[low]! > 60_000 && Number.isFinite(told)) expect(told).toBeLessThanOrEqual(exact * 1.0501)
    }),
  )
})

it('tells a percentile too long by a twentieth at most, and never too short', () => {
  fc.assert(
    fc.property(lengths, fc.constantFrom(0, 0.5, 0.9, 0.99), (values, share) => {
      const exact = values.toSorted((a, b) => a - b)[rankOf(share, values.length)]!
      const told = percentile(drawn(values), share)!
      expect(told).toBeGreaterThanOrEqual(exact)
      if (exact > 60_000 && Number.isFinite(told)) expect(told).toBeLessThanOrEqual(exact * 1.0501)
    }),
  )
})

it('knows exactly how many kept a promise', () => {
  fc.assert(
    fc.property(lengths, fc.constantFrom(...PROMISES), (values, promise) => {
      expect(within(drawn(values), promise)).toBe(values.filter((value) => value <= promise).length)
    }),
  )
})
