import type { IssueDetail } from '@tongxin/contract'
import { describe, expect, it } from 'vitest'
import { startingValues } from './form-fields.ts'
import { orderFrom, yuanOf } from './resolution.ts'

const issue = (change: object = {}, proposal: object | null = {}): IssueDetail =>
  ({
    handleDueAt: null,
    resolution: {
      text: '同意加装坡道',
      minutesNumber: '2026-03',
      adoptedAt: '2026-03-05T12:00:00.000Z',
      proposal: proposal && {
        leadUnit: { id: 'lead', name: '物业' },
        coUnits: [{ id: 'co', name: '街道' }],
        dueDays: 30,
        budgetFen: 1_860_050,
        budgetSource: '为民服务资金',
        ...proposal,
      },
    },
    ...change,
  }) as unknown as IssueDetail
const now = new Date('2026-03-06T00:00:00.000Z')

describe('a work order', () => {
  it('starts from what the resolution proposes', () => {
    expect(orderFrom(issue(), now)).toEqual({
      leadUnitId: 'lead',
      coUnits: [{ unitId: 'co' }],
      dueAt: '2026-04-04T12:00:00.000Z',
      instructions: '按议事会决议（纪要 2026-03）：同意加装坡道\n预算 18,600.50 元（为民服务资金）。',
    })
    expect(startingValues('dispatch', issue(), now)).toMatchObject({ leadUnitId: 'lead', designated: undefined })
  })

  it('keeps within the date promised to the raiser, and proposes none that has passed', () => {
    const promised = '2026-03-20T09:00:00.000Z'
    expect(orderFrom(issue({ handleDueAt: promised }), now).dueAt).toBe(promised)
    expect(orderFrom(issue(), new Date('2026-05-01T00:00:00.000Z')).dueAt).toBeNull()
    expect(orderFrom(issue({}, { dueDays: null }), now).dueAt).toBeNull()
  })

  it('has the words alone where nothing was proposed, and nothing without a resolution', () => {
    expect(orderFrom(issue({}, null), now)).toEqual({ instructions: '按议事会决议（纪要 2026-03）：同意加装坡道' })
    expect(orderFrom(issue({ resolution: null }), now)).toEqual({})
  })
})

it.each([
  [100, '1'],
  [1, '0.01'],
  [1_860_000, '18,600'],
  [1_860_050, '18,600.50'],
])('writes %i fen as %s yuan', (fen, yuan) => {
  expect(yuanOf(fen)).toBe(yuan)
})
