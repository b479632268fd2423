import { keptChoice } from './kept-choice.ts'

/** Everything is measured in rem, so one number carries the whole page. */
export const TEXT_SIZES = { standard: 1, large: 1.2, extra: 1.45 } as const
export type TextSize = keyof typeof TEXT_SIZES

/** The reader's text size. */
export const useTextSize = keptChoice<TextSize>('tongxin.text-size', ['standard', 'large', 'extra'], (size) => {
  document.documentElement.style.setProperty('--text-scale', String(TEXT_SIZES[size]))
})
