import { createI18n } from 'vue-i18n'
import { type Messages, zh } from './zh.ts'

export type Language = 'zh' | 'en'

const KEY = 'tongxin.language'

export const i18n = createI18n<[Messages], Language, false>({
  legacy: false,
  locale: 'zh',
  fallbackLocale: 'zh',
  messages: { zh } as Record<Language, Messages>,
})

/** Switches the language; English is fetched when first asked for. */
export async function speak(language: Language): Promise<void> {
  if (language === 'en' && !i18n.global.availableLocales.includes('en')) {
    const { en } = await import('./en.ts')
    i18n.global.setLocaleMessage('en', en)
  }
  i18n.global.locale.value = language
  document.documentElement.lang = language === 'zh' ? 'zh-CN' : 'en'
  localStorage.setItem(KEY, language)
}

export const keptLanguage = (): Language => (localStorage.getItem(KEY) === 'en' ? 'en' : 'zh')
