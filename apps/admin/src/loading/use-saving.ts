import { useProblemText } from '@tongxin/web'
import { ref } from 'vue'

/** One write at a time, and what went wrong with it. */
export function useSaving() {
  const problemText = useProblemText()
  const failure = ref('')
  const busy = ref(false)
  /** @returns whether it was done */
  async function save(work: () => Promise<unknown>): Promise<boolean> {
    busy.value = true
    failure.value = ''
    try {
      await work()
      return true
    } catch (error) {
      failure.value = problemText(error)
      return false
    } finally {
      busy.value = false
    }
  }
  return { failure, busy, save }
}
