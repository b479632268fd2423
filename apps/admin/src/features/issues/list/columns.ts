import type { MatterColumn } from '@tongxin/contract'
import { MATTER_COLUMNS } from '@tongxin/contract/words'
import { type Ref, ref, watch } from 'vue'

/** Widths in rem beside the matter itself, which takes what is left. */
const WIDTHS: Record<MatterColumn, number> = {
  number: 6.25,
  stage: 11.75,
  due: 11,
  raised: 6.5,
  since: 6.5,
  category: 7,
  grid: 6,
  unit: 8,
  urgency: 5,
  kind: 5,
  channel: 6,
  support: 5,
}
const PICK = 1.5
const MATTER = 11
/** Between the columns and at either end, as the stylesheets of the list have it. */
const GAP = 1.25
const ALL = Object.keys(MATTER_COLUMNS) as MatterColumn[]
export const USUAL_COLUMNS: readonly MatterColumn[] = ['number', 'stage', 'due', 'raised']

/** In their order: the number in front of the matter, the day it was raised last. */
export const inOrder = (chosen: readonly MatterColumn[]): MatterColumn[] => [
  ...ALL.filter((column) => column !== 'raised' && chosen.includes(column)),
  ...ALL.filter((column) => column === 'raised' && chosen.includes(column)),
]

/**
 * The grid's columns: a mark to choose the line by, then the number, the matter, and the others. A list too narrow for them scrolls on a
 * screen; `onPaper`, where nothing does, each is as much smaller.
 */
export const tracksOf = (chosen: readonly MatterColumn[], picks: boolean, onPaper = false): string => {
  const others = inOrder(chosen).filter((column) => column !== 'number')
  const wide = (rem: number) => (onPaper ? `minmax(0, ${rem}fr)` : `${rem}rem`)
  return [
    ...(picks ? [wide(PICK)] : []),
    ...(chosen.includes('number') ? [wide(WIDTHS.number)] : []),
    onPaper ? wide(MATTER) : `minmax(${MATTER}rem, 1fr)`,
    ...others.map((column) => wide(WIDTHS[column])),
  ].join(' ')
}

/** The least width of a line in rem: told to the list, which would otherwise measure the words of every line that comes in. */
export const leastWidth = (chosen: readonly MatterColumn[], picks: boolean): number =>
  [...(picks ? [PICK] : []), MATTER, ...chosen.map((column) => WIDTHS[column])].reduce(
    (sum, width) => sum + width + GAP,
    GAP,
  )

const KEY = 'tongxin.columns'
let kept: Ref<MatterColumn[]> | undefined

/** The columns somebody chose, kept in this browser. */
export function useColumns(): Ref<MatterColumn[]> {
  if (kept) return kept
  const said = localStorage.getItem(KEY)?.split(',') ?? USUAL_COLUMNS
  const columns = ref(inOrder(ALL.filter((column) => said.includes(column))))
  watch(columns, (now) => localStorage.setItem(KEY, now.join(',')))
  kept = columns
  return columns
}
