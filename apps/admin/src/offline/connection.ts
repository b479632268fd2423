import { ApiProblem } from '@tongxin/client'
import { ref } from 'vue'

const LOOK_EVERY_MS = 10_000
const PATIENCE_MS = 8_000
/** What stands before the API answers so when nobody behind it does. */
const NOBODY = new Set([502, 503, 504])

/** Nobody heard it, or nobody who could have answered: what was asked may still have been done. */
export const isUnreached = (error: unknown): boolean =>
  error instanceof ApiProblem && (error.status === 0 || NOBODY.has(error.status))

/** Whether the server was reached when it was last asked: a phone in a cellar says that it is online while nothing gets through. */
export const connected = ref(true)
let looking: ReturnType<typeof setInterval> | undefined

const found = () => {
  clearInterval(looking)
  looking = undefined
  connected.value = true
}
/** Somebody waited long enough. */
export const noAnswer = (): void => {
  connected.value = false
  looking ??= setInterval(look, LOOK_EVERY_MS)
}
const heard = ({ status }: Response) => (NOBODY.has(status) ? noAnswer() : found())

const look = () =>
  fetch('/healthz', { cache: 'no-store', signal: AbortSignal.timeout(PATIENCE_MS) }).then(heard, () => undefined)

/** `fetch`, from which the page learns whether there is a connection. */
export async function watchedFetch(request: RequestInfo | URL, init?: RequestInit): Promise<Response> {
  try {
    const answer = await fetch(request, init)
    heard(answer)
    return answer
  } catch (error) {
    if (!(error instanceof DOMException && error.name === 'AbortError')) noAnswer()
    throw error
  }
}

/** Listens to what the browser knows of it, for as long as the page is open. */
export function watchConnection(): void {
  if (!navigator.onLine) noAnswer()
  addEventListener('offline', noAnswer)
  addEventListener('online', look)
}
