import { onScopeDispose, type Ref, ref, watch } from 'vue'

const AGAIN_MS = 5_000

/**
 * Follows a stream that needs a session, as long as something is `wanted`: begun anew after it ended or broke, and when another is.
 * @param follow resolves when the stream ends, and throws when it cannot be had
 * @returns whether it is followed now
 */
export function useFollowed(
  wanted: () => boolean | string,
  follow: (signal: AbortSignal) => Promise<void>,
): Ref<boolean> {
  const standing = ref(false)
  let ending: AbortController | undefined
  let again: ReturnType<typeof setTimeout> | undefined

  const stop = () => {
    clearTimeout(again)
    ending?.abort()
    ending = undefined
    standing.value = false
  }
  const start = async () => {
    const mine = new AbortController()
    ending = mine
    standing.value = true
    // Whatever went wrong, the next try says whether it still does.
    await follow(mine.signal).catch(() => undefined)
    if (ending !== mine) return
    standing.value = false
    again = setTimeout(() => void start(), AGAIN_MS)
  }
  watch(
    wanted,
    (now) => {
      stop()
      if (now) void start()
    },
    { immediate: true },
  )
  onScopeDispose(stop)
  return standing
}
