import { describe, expect, it } from 'vitest'
import { WORK } from '../sections.ts'
import { createKeySequences, isOfCharacters, type Press, type Shortcut } from './key-sequences.ts'

const shortcut = (...keys: [string, ...string[]]): Shortcut => ({ keys, under: 'go', label: '', run: () => undefined })
const TABLE = [shortcut('Mod+k'), shortcut('?'), shortcut('j'), shortcut('g', 'm'), shortcut('g', 'o')]
const pressed = (key: string, more: Partial<Press> = {}): Press => ({
  key,
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  timeStamp: 0,
  ...more,
})
/** What pressing these one after the other does, each a tenth of a second after the last. */
const doing = (presses: Press[]) => {
  const { press } = createKeySequences()
  return presses.map((each, at) => press({ ...each, timeStamp: each.timeStamp + at * 100 }, TABLE)?.keys.join(' '))
}

describe('keys', () => {
  it.each([
    ['one alone', [pressed('j')], ['j']],
    ['with Ctrl', [pressed('k', { ctrlKey: true })], ['Mod+k']],
    ['with ⌘', [pressed('k', { metaKey: true })], ['Mod+k']],
    ['without what it is held with', [pressed('k')], [undefined]],
    ['held with another', [pressed('j', { ctrlKey: true })], [undefined]],
    ['held with Alt', [pressed('j', { altKey: true })], [undefined]],
    ['two after each other', [pressed('g'), pressed('m')], [undefined, 'g m']],
    ['with capitals locked', [pressed('G'), pressed('M')], [undefined, 'g m']],
    ['by way of Shift', [pressed('Shift'), pressed('?')], [undefined, '?']],
    ['a second that belongs to none', [pressed('g'), pressed('x'), pressed('m')], [undefined, undefined, undefined]],
    ['a second that is one by itself', [pressed('g'), pressed('j')], [undefined, 'j']],
    ['the first once more', [pressed('g'), pressed('g'), pressed('o')], [undefined, undefined, 'g o']],
    ['too late a second', [pressed('g'), pressed('m', { timeStamp: 2_000 })], [undefined, undefined]],
    ['a third begins anew', [pressed('g'), pressed('m'), pressed('o')], [undefined, 'g m', undefined]],
  ])('%s', (_name, presses, done) => {
    expect(doing(presses)).toEqual(done)
  })

  it('tells those that a character alone fires', () => {
    expect(TABLE.filter((each) => !isOfCharacters(each)).map(({ keys }) => keys[0])).toEqual(['Mod+k'])
  })

  it('go to one section each', () => {
    const keys = WORK.flatMap(({ key }) => key ?? [])
    expect(new Set(keys).size).toBe(keys.length)
    expect(keys.every((key) => /^[a-z]$/.test(key))).toBe(true)
  })
})
