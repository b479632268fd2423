import { describe, expect, it } from 'vitest'
import { addressOf, filtersOf, requestOf } from './use-issue-filters.ts'

describe('the list’s filters', () => {
  it('come back from the address they were written to', () => {
    const filters = filtersOf({
      state: 'raised,handling',
      overdue: '1',
      from: '2026-11-01',
      to: '2026-11-02',
      text: '路灯',
    })
    expect(filtersOf(addressOf(filters))).toEqual(filters)
  })

  it('leave out what an address wrongly says', () => {
    const wrong = {
      state: 'raised,nonsense',
      stage: 'x',
      grid: "1' or 1",
      from: 'yesterday',
      overdue: 'yes',
      kind: ['a', 'b'],
    }
    expect(addressOf(filtersOf(wrong))).toEqual({ state: 'raised' })
  })

  it('ask for whole Beijing days', () => {
    expect(requestOf(filtersOf({ from: '2026-11-01', to: '2026-11-02' }))).toMatchObject({
      raisedFrom: '2026-10-31T16:00:00.000Z',
      raisedBefore: '2026-11-02T16:00:00.000Z',
    })
  })
})
