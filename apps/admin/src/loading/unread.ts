import { isPassing, type Loading } from '@tongxin/web'
import { computed, onScopeDispose, shallowReactive, watch } from 'vue'
import { connected, isUnreached } from '../offline/connection.ts'
import { seenAt } from '../offline/last-seen.ts'

interface Beside {
  of: Loading<unknown>
  /** Whether the page needs it, and a form that stands over it. */
  page: () => boolean
  form: () => boolean
}
const beside = shallowReactive(new Set<Beside>())

const isLacking = ({ state, problem }: Loading<unknown>) =>
  state.value === 'failed' && problem.value !== undefined && isPassing(problem.value)
/** Without a connection that is said already. */
const isToBeSaid = (of: Loading<unknown>) => isLacking(of) && (connected.value || !isUnreached(of.problem.value))

/** Something beside the main thing of the page could not be read; or of a form. */
export const unread = computed(() => [...beside].some(({ of, page }) => page() && isToBeSaid(of)))
export const unreadInForm = computed(() => [...beside].some(({ of, form }) => form() && isToBeSaid(of)))

export function readAgain(): void {
  for (const { of } of beside) if (isLacking(of) || seenAt(of.data.value) !== '') void of.reload()
}

/** A server of which only parts answer is lost and found with every request: no more often than this. */
const REST_MS = 5_000
let readAt = Number.NEGATIVE_INFINITY
let waiting: ReturnType<typeof setTimeout> | undefined
watch(connected, (now) => {
  clearTimeout(waiting)
  if (!now) return
  const read = () => {
    readAt = performance.now()
    readAgain()
  }
  waiting = setTimeout(read, Math.max(0, readAt + REST_MS - performance.now()))
})

/**
 * What no `AsyncView` shows: where it cannot be read the strip says so over the page, by default, or in the form that needs it, and reads
 * it again; with the connection it is read again by itself, also what stands there as it was seen last.
 */
export function sayUnread<T>(
  of: Loading<T>,
  { page = () => true, form = () => false }: Partial<Omit<Beside, 'of'>> = {},
): Loading<T> {
  const one = { of, page, form }
  beside.add(one)
  onScopeDispose(() => beside.delete(one))
  return of
}
