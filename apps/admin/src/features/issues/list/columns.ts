import type { MatterColumn } from '@tongxin/contract'
import { MATTER_COLUMNS } from '@tongxin/contract/words'
import { type Ref, ref, watch } from 'vue'

/** Widths beside the matter itself, which takes what is left. */
const WIDTHS: Record<MatterColumn, string> = {
  number: '7rem',
  stage: '12.5rem',
  due: '10.5rem',
  raised: '6.5rem',
  since: '6.5rem',
  category: '7rem',
  grid: '6rem',
  unit: '8rem',
  urgency: '5rem',
  kind: '5rem',
  channel: '6rem',
  support: '5rem',
}
const ALL = Object.keys(MATTER_COLUMNS) as MatterColumn[]
export const USUAL_COLUMNS: readonly MatterColumn[] = ['number', 'stage', 'due', 'raised']

/** In their order: the number in front of the matter, the day it was raised last. */
export const inOrder = (chosen: readonly MatterColumn[]): MatterColumn[] => [
  ...ALL.filter((column) => column !== 'raised' && chosen.includes(column)),
  ...ALL.filter((column) => column === 'raised' && chosen.includes(column)),
]

/** The grid's columns: a mark to choose the line by, then the number, the matter, and the others. */
export const tracksOf = (chosen: readonly MatterColumn[], picks: boolean): string => {
  const others = inOrder(chosen).filter((column) => column !== 'number')
  return [
    ...(picks ? ['1.5rem'] : []),
    ...(chosen.includes('number') ? [WIDTHS.number] : []),
    'minmax(14rem, 1fr)',
    ...others.map((column) => WIDTHS[column]),
  ].join(' ')
}

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
