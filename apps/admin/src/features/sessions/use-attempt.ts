import { ApiProblem } from '@tongxin/client'
import { useProblemText } from '@tongxin/web'
import { onBeforeUnmount, ref } from 'vue'

/** One try at a time, what went wrong with it, and how many seconds the server lets one wait for the next. */
export function useAttempt() {
  const problemText = useProblemText()
  const busy = ref(false)
  const failure = ref('')
  const wait = ref(0)
  let timer: ReturnType<typeof setInterval> | undefined
  onBeforeUnmount(() => clearInterval(timer))

  const countDown = (seconds: number) => {
    clearInterval(timer)
    wait.value = Math.max(0, Math.ceil(seconds))
    timer = setInterval(() => {
      wait.value -= 1
      if (wait.value <= 0) clearInterval(timer)
    }, 1000)
  }
  /** @returns whether it was done */
  async function attempt(work: () => Promise<void>): Promise<boolean> {
    busy.value = true
    failure.value = ''
    try {
      await work()
      return true
    } catch (error) {
      failure.value = problemText(error)
      if (error instanceof ApiProblem && error.retryAfter) countDown(error.retryAfter)
      return false
    } finally {
      busy.value = false
    }
  }
  return { busy, failure, wait, countDown, attempt }
}
