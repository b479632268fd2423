import { shallowRef } from 'vue'

/** Where it is loaded anew, when the script of a page or of something on it did not come: the page says so until somebody goes on. */
export const missing = shallowRef<string | null>(null)
export const sayMissing = (): void => {
  missing.value = location.href
}
