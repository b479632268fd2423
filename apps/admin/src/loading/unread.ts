import { isPassing, type Loading } from '@tongxin/web'
import { computed, onScopeDispose, shallowReactive, watch } from 'vue'
import { connected, isUnreached } from '../offline/connection.ts'

const beside = shallowReactive(new Set<Loading<unknown>>())
const isLacking = ({ state, problem }: Loading<unknown>) =>
  state.value === 'failed' && problem.value !== undefined && isPassing(problem.value)

/** What a page shows without a view of its own and could not be read. Without a connection that is said already. */
export const unread = computed(() => [...beside].filter((of) => isLacking(of) && !isUnreached(of.problem.value)))
export const readAgain = (): void => {
  for (const of of [...beside].filter(isLacking)) void of.reload()
}
watch(connected, (now) => now && readAgain())

/** Where `of` cannot be read, which no `AsyncView` shows, the strip over the page says so as long as that needs it, and reads it again. */
export function sayUnread<T>(of: Loading<T>): Loading<T> {
  beside.add(of)
  onScopeDispose(() => beside.delete(of))
  return of
}
