import type { WorkbenchItem } from '@tongxin/contract'
import { expect, it } from 'vitest'
import { type Errand, inOrder } from './errands.ts'

const item = (id: string, dueAt: string | null) => ({ id, dueAt }) as WorkbenchItem
const errand = (key: string, dueAt: string | null) => ({ key, dueAt }) as Errand
const at = (day: number) => `2026-11-${String(day).padStart(2, '0')}T01:00:00.000Z`
const names = (items: WorkbenchItem[], errands: Errand[]) =>
  inOrder(items, errands).map((row) => ('item' in row ? row.item.id : row.errand.key))

it('puts what waits at the council among matters by its clock, and what has none last', () => {
  const matters = [item('a', at(2)), item('b', at(4)), item('c', at(6))]
  const errands = [errand('none', null), errand('late', at(9)), errand('first', at(1)), errand('between', at(5))]
  expect(names(matters, errands)).toEqual(['first', 'a', 'b', 'between', 'c', 'late', 'none'])
})

it('shows errands also where no matter waits', () => {
  expect(names([], [errand('none', null), errand('soon', at(1))])).toEqual(['soon', 'none'])
})
