import { onScopeDispose, type Ref, ref, watch } from 'vue'
import { useShown } from './use-shown.ts'

const FIRST_MS = 1_000
const LONGEST_MS = 60_000
/** A line that ended sooner than this did not stand. */
const STOOD_MS = 5_000
const MISSED_AFTER_MS = 15_000

/** How long to wait before the try after so many that failed; spread, so that not all who lost a server come back at once. */
export const waitBefore = (failed: number, chance: number): number =>
  Math.min(LONGEST_MS, FIRST_MS * 2 ** failed) * (0.5 + chance / 2)

export interface Followed {
  /** News come in now. */
  standing: Ref<boolean>
  /** They should, and have not for a while. */
  missing: Ref<boolean>
}

/**
 * Follows a stream as long as something is `wanted` and the page is looked at: a browser grants six lines to one host, whatever the number
 * of its tabs. Begun anew when it ends or breaks, after ever longer waits, at once when the network is back or the page comes to the front.
 * The stream itself begins with how things stand, so that nothing is missed.
 * @param follow calls `heard` with the first that comes; resolves when the stream ends, and throws when it cannot be had
 */
export function useFollowed(
  wanted: () => string | false,
  follow: (signal: AbortSignal, heard: () => void) => Promise<void>,
): Followed {
  const standing = ref(false)
  const missing = ref(false)
  const shown = useShown()
  let ending: AbortController | undefined
  let again: ReturnType<typeof setTimeout> | undefined
  let late: ReturnType<typeof setTimeout> | undefined
  let failed = 0

  const stands = () => {
    clearTimeout(late)
    late = undefined
    standing.value = true
    missing.value = false
  }
  const falls = () => {
    standing.value = false
    late ??= setTimeout(() => {
      missing.value = true
    }, MISSED_AFTER_MS)
  }
  const start = async () => {
    clearTimeout(again)
    ending?.abort()
    const mine = new AbortController()
    ending = mine
    const begun = Date.now()
    // Whatever went wrong, the next try says whether it still does.
    await follow(mine.signal, () => ending === mine && stands()).catch(() => undefined)
    if (ending !== mine) return
    failed = standing.value && Date.now() - begun >= STOOD_MS ? 0 : failed + 1
    falls()
    again = setTimeout(() => void start(), waitBefore(failed, Math.random()))
  }
  const stop = () => {
    clearTimeout(again)
    clearTimeout(late)
    late = undefined
    ending?.abort()
    ending = undefined
    failed = 0
    standing.value = false
    missing.value = false
  }
  const hurry = () => {
    if (ending === undefined || standing.value) return
    failed = 0
    void start()
  }
  watch(
    () => shown.value && wanted(),
    (now) => {
      stop()
      if (!now) return
      falls()
      void start()
    },
    { immediate: true },
  )
  addEventListener('online', hurry)
  onScopeDispose(() => {
    removeEventListener('online', hurry)
    stop()
  })
  return { standing, missing }
}
