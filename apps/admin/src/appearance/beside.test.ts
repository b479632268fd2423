import { expect, it } from 'vitest'
import { beside } from './beside.ts'

const view = { width: 1000, height: 600 }
const card = { width: 300, height: 200 }
const box = (left: number, top: number, width = 40, height = 40) => ({ left, top, width, height })

it.each([
  ['to the right where there is room', box(100, 100), { left: 148, top: 100 }],
  ['within the window there', box(100, 580), { left: 148, top: 384 }],
  ['else below', box(900, 100), { left: 684, top: 148 }],
  ['else above', box(900, 500), { left: 684, top: 292 }],
  ['else where it hides least', box(50, 20, 900, 500), { left: 50, top: 384 }],
])('puts a card %s', (_where, of, at) => {
  expect(beside(of, card, view)).toEqual(at)
})
