import { ref, watchEffect } from 'vue'

/** Everything is measured in rem, so one number carries the whole page. */
export const TEXT_SIZES = { standard: 1, large: 1.2, extra: 1.45 } as const
export type TextSize = keyof typeof TEXT_SIZES

const KEY = 'tongxin.text-size'
const kept = localStorage.getItem(KEY)
const size = ref<TextSize>(kept !== null && kept in TEXT_SIZES ? (kept as TextSize) : 'standard')

watchEffect(() => {
  document.documentElement.style.setProperty('--text-scale', String(TEXT_SIZES[size.value]))
  localStorage.setItem(KEY, size.value)
})

export const useTextSize = () => size
