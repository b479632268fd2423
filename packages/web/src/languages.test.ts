import { beforeEach, expect, it, vi } from 'vitest'
import { createLanguages } from './languages.ts'

const page = { lang: 'zh-CN' }
beforeEach(() => {
  const kept = new Map<string, string>()
  vi.stubGlobal('localStorage', {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => kept.set(key, value),
  })
  vi.stubGlobal('document', { documentElement: page })
  return () => vi.unstubAllGlobals()
})

it('opens anew in the language that was asked for, though its words had not come', async () => {
  const words = Promise.withResolvers<{ hello: string }>()
  const { speak, keptLanguage, i18n } = createLanguages({ hello: '你好' }, () => words.promise)
  const spoken = speak('en')
  expect(keptLanguage()).toBe('en')
  expect(i18n.global.locale.value).toBe('zh')
  words.resolve({ hello: 'Hello' })
  await spoken
  expect(i18n.global.locale.value).toBe('en')
  expect(page.lang).toBe('en')
})
