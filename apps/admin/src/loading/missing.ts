import { computed, shallowReactive } from 'vue'

const lacking = shallowReactive(new Map<symbol, string>())

/** Where the page says that the script of a page, or of something on it, did not come: the address that is to be loaded anew. */
export const missing = computed(() => [...lacking.values()].at(-1))

/**
 * The page says so until what is returned is called.
 * @param href what is to be loaded anew; the page as it is then, by default
 */
export function sayMissing(href = ''): () => void {
  const said = Symbol('missing')
  lacking.set(said, href)
  return () => {
    lacking.delete(said)
  }
}
