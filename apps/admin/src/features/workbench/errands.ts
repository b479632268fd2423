import type { WorkbenchItem } from '@tongxin/contract'
import type { RouteLocationRaw } from 'vue-router'
import type { IconName } from '../../appearance/icons.ts'

/** What waits beside matters: a step at the council, or what was proposed. In words, and with the page it is done on. */
export interface Errand {
  key: string
  icon: IconName
  of: string
  title: string
  about: string
  dueAt: string | null
  to: RouteLocationRaw
  /** Waits for the reader, not for somebody else. */
  mine: boolean
}

export type Waiting = { item: WorkbenchItem } | { errand: Errand }

const dueOf = (waiting: Waiting) => ('item' in waiting ? waiting.item : waiting.errand).dueAt ?? '9'

/** Errands in their places among matters, the first to run out at the top and what has no clock last; matters stay as the API gave them. */
export function inOrder(items: readonly WorkbenchItem[], errands: readonly Errand[]): Waiting[] {
  const left = errands.map((errand) => ({ errand })).sort((a, b) => dueOf(a).localeCompare(dueOf(b)))
  const rows = items.flatMap((item): Waiting[] => {
    const at = left.findIndex((each) => dueOf(each) >= dueOf({ item }))
    return [...left.splice(0, at < 0 ? left.length : at), { item }]
  })
  return [...rows, ...left]
}
