import { createI18n } from 'vue-i18n'

export type Language = 'zh' | 'en'

const KEY = 'tongxin.language'

/** Chinese first, English second: the words of one app. English is fetched when first asked for. */
export function createLanguages<Words extends object>(zh: Words, english: () => Promise<Words>) {
  // vue-i18n's own types cannot name the keys of an app it does not know; the locale files hold each other to the same keys.
  const i18n = createI18n<false>({ legacy: false, locale: 'zh', fallbackLocale: 'zh', messages: { zh } as never })
  const speak = async (language: Language): Promise<void> => {
    // Before its words have come: a page opened anew meanwhile opens in it.
    localStorage.setItem(KEY, language)
    if (language === 'en' && !i18n.global.availableLocales.includes('en')) {
      i18n.global.setLocaleMessage('en', (await english()) as never)
    }
    i18n.global.locale.value = language
    document.documentElement.lang = language === 'zh' ? 'zh-CN' : 'en'
  }
  const keptLanguage = (): Language => (localStorage.getItem(KEY) === 'en' ? 'en' : 'zh')
  return { i18n, speak, keptLanguage }
}
