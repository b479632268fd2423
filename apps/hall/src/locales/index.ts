import { createLanguages } from '@tongxin/web'
import { zh } from './zh.ts'

export const { i18n, speak, keptLanguage } = createLanguages(zh, async () => (await import('./en.ts')).en)
