import { expect, it } from 'vitest'
import { sharedWords } from './shared-words.ts'

it.each([
  ['周末开放多功能厅，可放电影', '想找一间多功能厅放电影给老人看', ['多功能厅', '放电影']],
  ['社区居民可以使用', '居民需要社区提供', []],
  ['书法老师一名', '无人会书', []],
  ['', '血压测量', []],
])('what “%s” and “%s” both speak of', (first, second, words) => {
  expect(sharedWords(first, second)).toEqual(words)
})
