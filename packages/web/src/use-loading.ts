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
}

/** Runs `load` and tells the four ways it can end, for `AsyncView` to show. */
export function useLoading<T>(load: () => Promise<T>): Loading<T> {
  const data = shallowRef<T>()
  const problem = shallowRef<ApiProblem>()
  const busy = ref(false)
  let latest = 0

  const reload = async () => {
    latest += 1
    const mine = latest
    busy.value = true
    try {
      const answer = await load()
      if (mine !== latest) return
      data.value = answer
      problem.value = undefined
    } catch (error) {
      if (mine !== latest) return
      if (!(error instanceof ApiProblem)) throw error
      problem.value = error
    } finally {
      if (mine === latest) busy.value = false
    }
  }

  const state = computed<LoadState>(() => {
    if (problem.value) {
      if (problem.value.status === 403) return 'forbidden'
      return problem.value.status === 404 ? 'missing' : 'failed'
    }
    return data.value === undefined ? 'loading' : 'ready'
  })
  return { state, data, problem, refreshing: computed(() => busy.value && data.value !== undefined), reload }
}
