import { createLanguages, type Language } from '@tongxin/web'
import { sayMissing } from '../loading/missing.ts'
import { zh } from './zh.ts'

const languages = createLanguages(zh, async () => (await import('./en.ts')).en)
export const { i18n, keptLanguage } = languages

let spoken = () => {}
/** Where its words do not come the page stays as it is and says so; loaded anew it opens in what was asked for. */
export const speak = async (language: Language): Promise<void> => {
  try {
    await languages.speak(language)
    spoken()
  } catch {
    spoken()
    spoken = sayMissing()
  }
}
