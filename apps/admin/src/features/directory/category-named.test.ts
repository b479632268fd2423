import { expect, it } from 'vitest'
import { categoryNamed } from './category-named.ts'

const categories = ['路灯', '路灯井盖', '楼道照明', '其他', '其他'].map((name, nth) => ({ code: String(nth), name }))

it.each([
  ['门口的路灯坏了', '路灯'],
  ['路灯井盖丢了', '路灯井盖'],
  ['路灯和楼道照明都坏了', undefined],
  ['有其他的事', undefined],
  ['楼下的灯坏了', undefined],
])('proposes a category where the text names one alone: %s', (text, name) => {
  expect(categoryNamed(text, categories)?.name).toBe(name)
})
