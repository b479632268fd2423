import type { IssueItem } from '@tongxin/contract'
import { computed, shallowRef, watch } from 'vue'

/** The most matters that something is done to at once: more nobody looks through afterwards. */
export const MOST_PICKED = 100

/** The lines chosen in a list; what the list no longer holds is no longer chosen. */
export function usePicked(items: () => readonly IssueItem[]) {
  const ids = shallowRef<ReadonlySet<string>>(new Set())
  let last: string | undefined

  const set = (next: Iterable<string>) => {
    ids.value = new Set([...next].slice(0, MOST_PICKED))
  }
  /** With `through`, everything between the last one touched and this one as well. */
  const toggle = (id: string, on: boolean, through = false) => {
    const all = items().map((item) => item.id)
    const [from, to] = [all.indexOf(through ? (last ?? id) : id), all.indexOf(id)]
    const touched = all.slice(Math.min(from, to), Math.max(from, to) + 1)
    const next = new Set(ids.value)
    for (const each of touched) on ? next.add(each) : next.delete(each)
    last = id
    set(next)
  }
  const clear = () => set([])
  watch(items, (all) => {
    const there = new Set(all.map(({ id }) => id))
    if ([...ids.value].some((id) => !there.has(id))) set([...ids.value].filter((id) => there.has(id)))
  })
  const picked = computed(() => items().filter(({ id }) => ids.value.has(id)))
  const all = computed(() => ids.value.size > 0 && ids.value.size === Math.min(items().length, MOST_PICKED))
  const pickAll = (on: boolean) => set(on ? items().map(({ id }) => id) : [])
  return { ids, picked, all, toggle, pickAll, clear }
}
