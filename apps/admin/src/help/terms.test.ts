import { expect, it } from 'vitest'
import { helpEn } from '../locales/help.en.ts'
import { helpZh } from '../locales/help.zh.ts'
import { TERMS } from './terms.ts'

it('lists every term once, and explains it in a few lines of either language', () => {
  expect(Object.values(TERMS).flat().toSorted()).toEqual(Object.keys(helpZh.terms).toSorted())
  for (const { text } of Object.values(helpZh.terms)) expect(text.length).toBeLessThanOrEqual(100)
  for (const { text } of Object.values(helpEn.terms)) expect(text.length).toBeLessThanOrEqual(240)
})
