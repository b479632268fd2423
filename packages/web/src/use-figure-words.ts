import { useI18n } from 'vue-i18n'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

/** Figures in words: `figures` is where the app keeps `figureWords`. */
export function useFigureWords() {
  const { t, locale } = useI18n({ useScope: 'global' })
  const count = (value: number): string => value.toLocaleString(locale.value === 'en' ? 'en' : 'zh-CN')
  const rounded = (value: number, digits: number): string =>
    value.toLocaleString('en', { maximumFractionDigits: digits })
  /** `11.2 天`, `4.2 小时`: in one unit. */
  const duration = (milliseconds: number | null, digits = 1): string => {
    if (milliseconds === null) return t('figures.none')
    if (milliseconds >= 2 * DAY) return t('figures.days', { count: rounded(milliseconds / DAY, digits) })
    if (milliseconds >= HOUR) return t('figures.hours', { count: rounded(milliseconds / HOUR, digits) })
    return t('figures.minutes', { count: Math.max(1, Math.round(milliseconds / MINUTE)) })
  }
  const percent = (share: number | null, digits = 1): string =>
    share === null ? t('figures.none') : `${rounded(share * 100, digits)}%`
  /** The composite out of a hundred. */
  const score = (value: number | null): string => (value === null ? t('figures.none') : (value * 100).toFixed(1))
  return { count, duration, percent, score }
}
