import { issueRoutes } from '@tongxin/contract'
import { describe, expect, it } from 'vitest'
import { aUnit, type Caller, DAY, NEIGHBOUR, OTHER_GRID, type TestApp, testApp } from '../../../test/support/index.ts'
import { ACCEPTED, act, must, raiseAs } from '../../../test/support/issues.ts'
import { inTransaction } from '../../db/connect.ts'
import { loadReferenceCategories } from '../../reference/load-reference.ts'

describe('an action', () => {
  let t: TestApp
  let resident: Caller
  let officer: Caller

  const start = async () => {
    t = await testApp()
    await inTransaction(t.deps.pool, loadReferenceCategories)
    resident = await t.as('resident')
    officer = await t.as('officer')
  }

  it('keeps a matter within the grids of its own community', async () => {
    await start()
    const id = await raiseAs(resident)
    const abroad = await act(officer, id, 'accept', { ...ACCEPTED, gridCode: NEIGHBOUR })
    expect([abroad.status, abroad.problem.errors?.[0]?.path]).toEqual([400, 'body.gridCode'])
    const nowhere = await act(officer, id, 'accept', { ...ACCEPTED, gridCode: '340803002001999' })
    expect(nowhere.status).toBe(400)
    await must(officer, id, 'accept', { ...ACCEPTED, gridCode: OTHER_GRID })
    const { body } = await officer.call(issueRoutes.readIssue, { params: { id } })
    expect(body).toMatchObject({ state: 'accepted', gridCode: OTHER_GRID, version: 2 })
  })

  it('reminds of a referral nobody reported back on, once for each step', async () => {
    await start()
    const id = await raiseAs(resident)
    await must(officer, id, 'refer', { recipient: 'hotline_12345', explanation: '已转市热线办理' })
    t.clock.advance(60 * DAY)
    await t.runDueJobs()
    const signedIn = await t.as({ id: officer.personId as string })
    const { body } = await signedIn.call(issueRoutes.readIssue, { params: { id } })
    expect(body.timeline.filter((entry) => entry.action === 'remind')).toHaveLength(4)
  })

  it('promises a date at the acceptance, in the message and on the matter', async () => {
    await start()
    const id = await raiseAs(resident)
    const promised = async () => (await resident.call(issueRoutes.readIssue, { params: { id } })).body.promisedAt
    expect(await promised()).toBeNull()
    await must(officer, id, 'accept', ACCEPTED)
    const date = (await promised()) as string
    // A working day to dispatch, and three to handle a lamp, begun on a Monday morning.
    expect(date.slice(0, 10)).toBe('2026-03-06')
    await t.runDueJobs()
    expect(t.sent.map(({ text }) => text).join()).toContain('承诺 2026年3月6日')
    await must(officer, id, 'dispatch', { leadUnitId: (await aUnit(t.deps)).id })
    const { body } = await officer.call(issueRoutes.readIssue, { params: { id } })
    expect(body.promisedAt).toBe(body.handleDueAt)
    await must(officer, await raiseAs(resident), 'accept', { ...ACCEPTED, route: 'council' })
    await t.runDueJobs()
    expect(t.sent.at(-1)?.text).toContain('已受理。')
  })

  it('is told to each raiser by a job of their own', async () => {
    await start()
    const other = await t.aPerson()
    const target = await raiseAs(resident)
    const source = await raiseAs(await t.as(other))
    await must(officer, target, 'accept', ACCEPTED)
    await must(officer, source, 'merge', { targetId: target })
    await t.runDueJobs()
    t.sent.length = 0
    await must(officer, target, 'refer', { recipient: 'hotline_12345', explanation: '已转市热线办理' })
    expect((await t.runDueJobs()).filter((task) => task === 'tell_raiser')).toHaveLength(2)
    expect(t.sent.map(({ phone }) => phone)).toContain(other.phone)
    expect(new Set(t.sent.map(({ phone }) => phone)).size).toBe(2)
    expect(t.sent.every(({ text }) => text.includes('已转介'))).toBe(true)
  })
})
