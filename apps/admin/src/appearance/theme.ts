import { keptChoice } from '@tongxin/web'
import { computed, ref } from 'vue'

export const THEMES = ['system', 'light', 'dark'] as const
export type Theme = (typeof THEMES)[number]

/** By day or by night; `public/theme.js` reads what is kept before the page is first drawn. */
export const useTheme = keptChoice<Theme>('tongxin.theme', THEMES)

const system = matchMedia('(prefers-color-scheme: dark)')
const isDarkSystem = ref(system.matches)
system.addEventListener('change', ({ matches }) => {
  isDarkSystem.value = matches
})

/** Whether the page is dark now, for pictures that are drawn in its colours. */
export const useIsDark = () => {
  const theme = useTheme()
  return computed(() => theme.value === 'dark' || (theme.value === 'system' && isDarkSystem.value))
}
