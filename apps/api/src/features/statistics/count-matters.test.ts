import { evaluationRoutes, splitPublicId } from '@tongxin/contract'
import { expect, it } from 'vitest'
import { HOUR, type TestApp, testApp } from '../../../test/support/index.ts'
import { ACCEPTED, act, must, raiseAs } from '../../../test/support/issues.ts'
import { aUnit } from '../../../test/support/people.ts'
import { inTransaction } from '../../db/connect.ts'
import { verifyRecord } from '../verification/index.ts'
import { countMatters } from './index.ts'
import { holdCounting } from './statistics.queries.ts'

const counted = async ({ deps }: TestApp) => {
  const { rows } = await deps.pool.query(
    'select span, starts_on::text, grid, unit, category, figures, others from stat_cells order by 1, 2, 3, 4, 5',
  )
  return rows
}

/** Everything thrown away and counted from the events. */
const anew = async (t: TestApp) => {
  await t.deps.pool.query(`delete from stat_entries; delete from stat_cells;
    insert into uncounted_events select community_code, subject_id, seq from events where subject_type = 'issue'`)
  await countMatters(t.deps)
  return counted(t)
}

it('counts each event once, however many count at once while more happens', async () => {
  const t = await testApp()
  const [resident, officer] = [await t.as(await t.aPerson({ level: 'resident' })), await t.as('officer')]
  const unit = await aUnit(t.deps)
  const ids = await Promise.all(Array.from({ length: 8 }, () => raiseAs(resident)))
  await Promise.all([
    ...ids.map((id, i) => (i % 4 ? must(officer, id, 'accept', ACCEPTED) : must(officer, id, 'answer', { ...ANSWER }))),
    ...Array.from({ length: 4 }, () => countMatters(t.deps)),
  ])
  t.clock.advance(30 * HOUR)
  const next = [await t.as(await t.aPerson({ role: 'officer' })), await t.as(await t.aPerson({ role: 'officer' }))]
  const late = await Promise.all([
    ...ids.map((id, i) => act(next[i % 2]!, id, 'dispatch', { leadUnitId: unit.id })),
    ...Array.from({ length: 4 }, () => countMatters(t.deps).then(() => ({ status: 200 }))),
  ])
  expect(late.filter(({ status }) => status === 200)).toHaveLength(4 + 6)
  await countMatters(t.deps)
  const cells = await counted(t)
  const whole = cells.find(
    (cell) => cell.span === 'month' && [cell.grid, cell.unit, cell.category].every((key) => key === '*'),
  )
  expect(whole.figures).toMatchObject({ raised: [8, 8] })
  expect(whole.others).toMatchObject({
    accepted: [8, 8],
    kind_problem: [8, 8],
    outcome_street_lamps: [2, 6],
    responded: [8, expect.any(Number), { 0: 8 }],
  })
  expect(await anew(t)).toEqual(cells)
  expect((await verifyRecord(t.deps)).mismatch).toBeNull()
})

it('counts a clock as met by what it waited for, and none that began and ended by itself in one instant', async () => {
  const t = await testApp()
  const resident = await t.as(await t.aPerson({ level: 'resident' }))
  const [officer, officer2, secretary] = [await t.as('officer'), await t.as('officer'), await t.as('secretary')]
  const { id: leadUnitId } = await aUnit(t.deps)
  const appealed = await raiseAs(resident)
  await must(officer, appealed, 'refer', { recipient: 'hotline_12345', explanation: '属市政管养' })
  await must(resident, appealed, 'appeal', { personalReason: '路灯在小区里' })
  await must(officer2, appealed, 'dispatch', { leadUnitId })

  const called = await raiseAs(resident)
  await must(officer, called, 'answer', { ...ANSWER })
  await must(resident, called, 'evaluate', { level: 1, contacted: false, solved: 'no', comment: '还是不亮' })
  const { body } = await secretary.call(evaluationRoutes.listRatings, { params: { id: called } })
  const { followed } = await must(secretary, called, 'call_back', {
    ...{ ratingId: body.items[0]?.id, reached: true, contacted: true, solved: 'no', level: 1 },
    ...{ callBackOutcome: 'upheld', leadUnitId },
  })
  expect(followed).toEqual(['rectify'])
  await countMatters(t.deps)
  const { rows } = await t.deps.pool.query(
    `select issue_id, measure, value::int from stat_entries where measure in ('clock_appeal', 'clock_dispatch')`,
  )
  expect(rows).toEqual([{ issue_id: splitPublicId(appealed).id, measure: 'clock_appeal', value: 1 }])
})

it('comes to the same when a counter dies before it commits, and leaves the work to whoever has begun', async () => {
  const t = await testApp()
  await raiseAs(await t.as(await t.aPerson({ level: 'resident' })))
  await inTransaction(t.deps.pool, async (tx) => {
    expect(await holdCounting(tx)).toBe(true)
    await countMatters(t.deps)
    expect(await counted(t)).toEqual([])
    // What is not counted yet is no mismatch.
    expect((await verifyRecord(t.deps)).mismatch).toBeNull()
    throw new Error('killed')
  }).catch((error: Error) => expect(error.message).toBe('killed'))
  await countMatters(t.deps)
  expect((await counted(t)).length).toBeGreaterThan(0)
  expect(await anew(t)).toEqual(await counted(t))
})

const ANSWER = {
  result: '已当场更换三盏路灯。',
  categoryCode: ACCEPTED.categoryCode,
  publicTitle: ACCEPTED.publicTitle,
  publicText: ACCEPTED.publicText,
  outcomes: [{ key: 'street_lamps', amount: 3 }],
}
