import type { TextReview } from '@tongxin/contract'
import { PERSONAL_KINDS, type PersonalKind } from '@tongxin/lifecycle'

/** Counts of places by kind in words, always in the same order: 姓名 1 · 电话 2. */
export const kindsIn = (counts: TextReview['removed'], label: (of: { zh: string; en: string }) => string): string =>
  (Object.keys(PERSONAL_KINDS) as PersonalKind[])
    .flatMap((kind) => (counts[kind] ? [`${label(PERSONAL_KINDS[kind])} ${counts[kind]}`] : []))
    .join(' · ')
