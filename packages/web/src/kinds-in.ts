import type { TextReview } from '@tongxin/contract'
import { PERSONAL_KINDS, type PersonalKind } from '@tongxin/lifecycle'

/** Counts of places by kind in words: 姓名 1 · 电话 2. */
export const kindsIn = (counts: TextReview['removed'], label: (of: { zh: string; en: string }) => string): string =>
  (Object.entries(counts) as [PersonalKind, number][])
    .map(([kind, count]) => `${label(PERSONAL_KINDS[kind])} ${count}`)
    .join(' · ')
