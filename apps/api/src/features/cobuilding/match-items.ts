import type { ItemRow } from './cobuilding.queries.ts'
import { sharedWords } from './shared-words.ts'

export interface Match {
  row: ItemRow
  sameResource: boolean
  shared: string[]
}

/** Two words of Chinese. */
const LEAST_LETTERS = 4
const letters = (words: readonly string[]): number => words.join('').length

/** Without dates at any time. */
const meet = (a: ItemRow, b: ItemRow): boolean =>
  (a.until === null || b.from === null || b.from <= a.until) &&
  (b.until === null || a.from === null || a.from <= b.until)

/**
 * Of the other side's list what fits: the same kind of resource at a time that both have, else four letters in common. First those of the
 * kind, then those with more in common, then the older. A person decides; nothing here is learnt from what was decided before.
 */
export function matchItems(item: ItemRow, others: readonly ItemRow[]): Match[] {
  const text = `${item.title} ${item.detail}`
  return others
    .filter((other) => meet(item, other))
    .map((row) => ({
      row,
      sameResource: row.resource === item.resource,
      shared: sharedWords(text, `${row.title} ${row.detail}`),
    }))
    .filter(({ sameResource, shared }) => sameResource || letters(shared) >= LEAST_LETTERS)
    .toSorted(
      (a, b) =>
        Number(b.sameResource) - Number(a.sameResource) ||
        letters(b.shared) - letters(a.shared) ||
        a.row.madeAt.localeCompare(b.row.madeAt),
    )
}
