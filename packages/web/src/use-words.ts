import { useI18n } from 'vue-i18n'
import { spanOf } from './time.ts'

interface Label {
  zh: string
  en: string
}

/** Messages of the locale files, and the labels that the lifecycle's tables carry in both languages. */
export function useWords() {
  const { t, locale } = useI18n({ useScope: 'global' })
  const label = (of: Label | undefined): string => (of ? of[locale.value === 'en' ? 'en' : 'zh'] : '')
  /** Looks a code up in one of the tables; an unknown code is shown as it is. */
  const named = (table: Readonly<Record<string, Label>>, code: string | number | null | undefined): string =>
    code === null || code === undefined ? '' : label(table[code]) || String(code)
  const span = (milliseconds: number): string => {
    const { unit, count } = spanOf(milliseconds)
    return t(`time.${unit}`, { count }, count)
  }
  return { t, locale, label, named, span }
}
