import { type Ref, ref, watchEffect } from 'vue'

/** Everything is measured in rem, so one number carries the whole page. */
export const TEXT_SIZES = { standard: 1, large: 1.2, extra: 1.45 } as const
export type TextSize = keyof typeof TEXT_SIZES

const KEY = 'tongxin.text-size'
let size: Ref<TextSize> | undefined

/** The reader's text size: kept in this browser, the same for the whole page. */
export function useTextSize(): Ref<TextSize> {
  if (size) return size
  const kept = localStorage.getItem(KEY)
  const chosen = ref<TextSize>(kept !== null && kept in TEXT_SIZES ? (kept as TextSize) : 'standard')
  watchEffect(() => {
    document.documentElement.style.setProperty('--text-scale', String(TEXT_SIZES[chosen.value]))
    localStorage.setItem(KEY, chosen.value)
  })
  size = chosen
  return chosen
}
