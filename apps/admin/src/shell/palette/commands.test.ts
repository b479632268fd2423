import { expect, it } from 'vitest'
import { type Command, groupsOf } from './commands.ts'

const command = (id: string, label: string): Command => ({ id, label, icon: 'matters', run: () => undefined })
const [issues, orders, large] = [
  command('/issues', '事项'),
  command('/orders', 'Work orders'),
  command('large', '文字：大'),
]
const matter = command('1', '路灯事项')
const KNOWN = { sections: [issues, orders], actions: [large], matters: [matter], recent: [large, matter] }
const listed = (typed: string) =>
  groupsOf(typed, KNOWN).map(({ name, commands }) => [name, commands.map(({ id }) => id)])

it('lists what was run last first, each once, before anything is typed', () => {
  expect(listed('')).toEqual([
    ['recent', ['large', '1']],
    ['sections', ['/issues', '/orders']],
  ])
})

it('lists what holds every word that was typed, and the matters that were found for it', () => {
  expect(listed('事项')).toEqual([
    ['sections', ['/issues']],
    ['matters', ['1']],
  ])
  expect(listed('ORDERS work')[0]).toEqual(['sections', ['/orders']])
  expect(listed('没有的')).toEqual([['matters', ['1']]])
})
