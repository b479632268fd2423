import { type MeasureCode, measureOf } from '@tongxin/contract'
import type { Figure, Figures, StoredFigures } from './figures.ts'
import { EDGES } from './histogram.ts'

/** One measure over any number of cells; buckets by their number, or by the whole number they count. */
interface Total {
  count: number
  sum: number
  buckets: Float64Array
}

/** Whole numbers that are counted each: levels 1–5, no and yes. */
const EXACT_VALUES = 6
const sizeOf = (measure: MeasureCode): number => {
  const { scale } = measureOf(measure)
  return scale === 'time' ? EDGES.length + 1 : scale === 'exact' ? EXACT_VALUES : 0
}
const NOTHING: Total = { count: 0, sum: 0, buckets: new Float64Array(0) }

/** Cells merged for showing: in arrays, as a page adds up tens of thousands of buckets. */
export class Summed {
  readonly #totals = new Map<string, Total>()

  add({ figures, others }: StoredFigures): this {
    this.#add(figures)
    this.#add(others)
    return this
  }

  #add(figures: Figures): void {
    for (const measure in figures) {
      const [count, sum, buckets] = figures[measure as MeasureCode] as Figure
      const total = this.#total(measure as MeasureCode)
      total.count += count
      total.sum += sum
      for (const bucket in buckets) total.buckets[+bucket]! += buckets[bucket]!
    }
  }

  #total(measure: MeasureCode): Total {
    let total = this.#totals.get(measure)
    if (!total) {
      total = { count: 0, sum: 0, buckets: new Float64Array(sizeOf(measure)) }
      this.#totals.set(measure, total)
    }
    return total
  }

  of(measure: MeasureCode): Readonly<Total> {
    return this.#totals.get(measure) ?? NOTHING
  }
}

export const summed = (cells: Iterable<StoredFigures>): Summed => {
  const sum = new Summed()
  for (const cell of cells) sum.add(cell)
  return sum
}
