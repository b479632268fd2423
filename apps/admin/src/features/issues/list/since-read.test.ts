import type { IssueItem } from '@tongxin/contract'
import { expect, it } from 'vitest'
import { sinceRead } from './since-read.ts'

const page = (ids: string, whole: boolean, state = 'raised') => ({
  items: [...ids].map((id) => ({ id, state }) as unknown as IssueItem),
  nextCursor: whole ? null : 'more',
})
const told = (shown: ReturnType<typeof page>, now: ReturnType<typeof page>) => {
  const { added, gone } = sinceRead(shown, now)
  return [added, gone]
}

it('finds what came and went among what both readings reach', () => {
  expect(told(page('abc', false), page('abc', false))).toEqual([0, 0])
  // What a new one pushed to the next page is not gone, nor is new what moved up from there.
  expect(told(page('abc', false), page('xab', false))).toEqual([1, 0])
  expect(told(page('abc', false), page('acd', false))).toEqual([0, 1])
  expect(told(page('abc', false), page('xbcd', false))).toEqual([1, 1])
  // A list that is shown whole has what it has.
  expect(told(page('abc', true), page('abcd', true))).toEqual([1, 0])
  expect(told(page('abc', true), page('', true))).toEqual([0, 3])
  expect(told(page('', true), page('ab', true))).toEqual([2, 0])
  // Longer than one reading reaches: nothing is said of the rest.
  expect(told(page('abcdef', false), page('abc', false))).toEqual([0, 0])
})

it('shows each line in its place as it stands by now', () => {
  const { items } = sinceRead(page('abc', false), page('xb', false, 'accepted'))
  expect(items.map(({ id, state }) => `${id} ${state}`)).toEqual(['a raised', 'b accepted', 'c raised'])
})
