import { ref } from 'vue'

/** Puts a text on the clipboard; where the browser does not allow it, the page shows the text to be copied by hand. */
export function useCopy() {
  const copied = ref('')
  const copy = async (text: string): Promise<void> => {
    try {
      await navigator.clipboard.writeText(text)
      copied.value = text
    } catch {
      copied.value = ''
    }
  }
  return { copied, copy }
}
