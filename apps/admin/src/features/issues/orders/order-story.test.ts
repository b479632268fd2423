import type { IssueDetail, TimelineEntry, WorkOrder } from '@tongxin/contract'
import { expect, it } from 'vitest'
import { offersOf, storyOf } from './order-story.ts'

const order = (change: Partial<WorkOrder>): WorkOrder =>
  ({
    unitId: 'co',
    role: 'co',
    state: 'open',
    madeAt: '2026-03-02T01:00:00.000Z',
    endedAt: null,
    signedAt: null,
    designated: false,
    extensionAskedFor: null,
    mine: false,
    hasHandlers: true,
    ...change,
  }) as WorkOrder
const offers = ['return', 'sign', 'submit', 'sign_part', 'finish_part', 'waive', 'return_part', 'hand_over'].map(
  (action) => ({ action, as: 'officer', kind: 'fact' }) as IssueDetail['allowedActions'][number],
)
const actions = (change: Partial<WorkOrder>) => offersOf(order(change), offers).map(({ action }) => action)

it('offers at an order what its own unit does with it, and to staff what they do for it', () => {
  expect(actions({ mine: true })).toEqual(['sign_part', 'finish_part', 'return_part', 'hand_over', 'waive'])
  expect(actions({ mine: true, designated: true })).not.toContain('return_part')
  expect(actions({ mine: true, signedAt: '2026-03-02T02:00:00.000Z' })).toEqual(['finish_part', 'hand_over', 'waive'])
  expect(actions({})).toEqual(['waive'])
  expect(actions({ hasHandlers: false })).toEqual(['sign_part', 'finish_part', 'return_part', 'waive'])
  expect(actions({ state: 'returned' })).toEqual([])
  expect(actions({ role: 'lead', mine: true })).toEqual(['sign', 'submit', 'return', 'hand_over'])
})

it('tells of an order what was recorded while it was the unit’s', () => {
  const entry = (action: string, occurredAt: string, unitId?: string) =>
    ({ action, occurredAt, fields: { unitId } }) as unknown as TimelineEntry
  const timeline = [
    entry('sign_part', '2026-03-02T00:59:00.000Z', 'co'),
    entry('sign_part', '2026-03-02T02:00:00.000Z', 'co'),
    entry('progress', '2026-03-02T03:00:00.000Z', 'lead'),
    entry('progress', '2026-03-02T04:00:00.000Z', 'co'),
    entry('sign', '2026-03-02T05:00:00.000Z'),
    entry('waive', '2026-03-02T06:00:00.000Z', 'co'),
  ]
  const told = (change: Partial<WorkOrder>) => storyOf(order(change), timeline).map(({ action }) => action)
  expect(told({})).toEqual(['sign_part', 'progress', 'waive'])
  expect(told({ endedAt: '2026-03-02T04:00:00.000Z' })).toEqual(['sign_part', 'progress'])
  expect(told({ unitId: 'lead', role: 'lead' })).toEqual(['progress', 'sign'])
})
