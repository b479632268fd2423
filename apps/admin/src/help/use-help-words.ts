import { useLaterWords } from '../locales/later.ts'

/** The words of the help, under `help`. */
export const useHelpWords = () =>
  useLaterWords('help', {
    zh: async () => (await import('../locales/help.zh.ts')).helpZh,
    en: async () => (await import('../locales/help.en.ts')).helpEn,
  })
