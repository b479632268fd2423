import { onScopeDispose, type Ref, ref, watch } from 'vue'
import { useShown } from './use-shown.ts'

const AGAIN_MS = 5_000

/**
 * Follows an event stream while `address` is not null and the page is looked at; the browser reconnects by itself after a broken line.
 * @param heard gets the data of each event of this name
 * @returns whether the line stands
 */
export function useEvents(address: () => string | null, name: string, heard: (data: string) => void): Ref<boolean> {
  const standing = ref(false)
  const shown = useShown()
  let source: EventSource | undefined
  let again: ReturnType<typeof setTimeout> | undefined

  const close = () => {
    clearTimeout(again)
    source?.close()
    source = undefined
    standing.value = false
  }
  const open = (url: string | null) => {
    close()
    if (url === null) return
    const line = new EventSource(url)
    source = line
    line.addEventListener('open', () => {
      standing.value = true
    })
    line.addEventListener(name, (event) => heard((event as MessageEvent<string>).data))
    line.addEventListener('error', () => {
      standing.value = false
      // The browser gives up when the answer was an error; the server may only be starting.
      if (line.readyState === EventSource.CLOSED && source === line) again = setTimeout(() => open(url), AGAIN_MS)
    })
  }
  watch(() => (shown.value ? address() : null), open, { immediate: true })
  onScopeDispose(close)
  return standing
}
