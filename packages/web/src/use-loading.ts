import { ApiProblem } from '@tongxin/client'
import { computed, type Ref, ref, shallowRef } from 'vue'

export type LoadState = 'loading' | 'ready' | 'forbidden' | 'missing' | 'failed'

export interface Loading<T> {
  state: Ref<LoadState>
  data: Ref<T | undefined>
  problem: Ref<ApiProblem | undefined>
  /** Loading again while the last answer is still shown. */
  refreshing: Ref<boolean>
  /** Starts over; an answer that comes after a newer request is dropped. */
  reload: () => Promise<void>
  /**
   * Reads in the background what is shown already: one reading at a time, and one more after it for all who asked meanwhile. When none
   * comes the last answer stays, unless it says that there is nothing to see any more. Resolves once a reading begun after the call is done.
   */
  refresh: () => Promise<void>
  /** The last reading in the background failed: what is shown may have been overtaken. */
  stale: Ref<boolean>
}

/** Nobody answered, or not now: it may well the next time. */
export const isPassing = ({ status }: ApiProblem): boolean => status === 0 || status === 429 || status >= 500

/** There is nothing there, or the address names nothing that could be: trying again will not help. */
const isOfNothing = ({ status, errors }: ApiProblem): boolean =>
  status === 404 || (status === 400 && errors.some(({ path }) => path.startsWith('params.')))

/** Runs `load` and tells the four ways it can end, for `AsyncView` to show. */
export function useLoading<T>(load: () => Promise<T>): Loading<T> {
  const data = shallowRef<T>()
  const problem = shallowRef<ApiProblem>()
  const busy = ref(false)
  let latest = 0

  const stale = ref(false)
  let running: Promise<void> | undefined
  let next: Promise<void> | undefined

  const read = async (behind: boolean) => {
    latest += 1
    const mine = latest
    busy.value = true
    try {
      const answer = await load()
      if (mine !== latest) return
      data.value = answer
      problem.value = undefined
      stale.value = false
    } catch (error) {
      if (mine !== latest) return
      if (!(error instanceof ApiProblem)) throw error
      stale.value = behind && data.value !== undefined && isPassing(error)
      if (!stale.value) problem.value = error
    } finally {
      if (mine === latest) busy.value = false
    }
  }

  const reload = () => read(false)
  const refresh = (): Promise<void> => {
    if (running === undefined) {
      running = read(true).finally(() => {
        running = undefined
      })
      return running
    }
    const more = () => {
      next = undefined
      return refresh()
    }
    next ??= running.then(more, more)
    return next
  }

  const state = computed<LoadState>(() => {
    if (problem.value) {
      if (problem.value.status === 403) return 'forbidden'
      return isOfNothing(problem.value) ? 'missing' : 'failed'
    }
    return data.value === undefined ? 'loading' : 'ready'
  })
  const refreshing = computed(() => busy.value && data.value !== undefined)
  return { state, data, problem, refreshing, reload, refresh, stale }
}
