/** Chance that can be had again: the same seed gives the same walk. */
export interface Chance {
  /** A whole number from 0, less than `limit`. */
  below(limit: number): number
  oneOf<T>(list: readonly T[]): T
}

export function chanceFrom(seed: number): Chance {
  let state = seed >>> 0
  // Mulberry32.
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
  const below = (limit: number) => Math.floor(next() * limit)
  return { below, oneOf: <T>(list: readonly T[]) => list[below(list.length)] as T }
}
