import { inboxRoutes, restingRoutes } from '@tongxin/contract'
import { expect, it } from 'vitest'
import { aUnit, type Caller, COMMUNITY, DAY, NEIGHBOUR, testApp } from '../../../test/support/index.ts'
import { ACCEPTED, must, raiseAs } from '../../../test/support/issues.ts'
import { inTransaction } from '../../db/connect.ts'
import { loadReferenceCategories } from '../../reference/load-reference.ts'
import { sweepResting } from './index.ts'

it('lists what was put off and what was referred, tells the raiser of news, and the officer, once, of silence', async () => {
  const t = await testApp({ tick: 1 })
  await inTransaction(t.deps.pool, loadReferenceCategories)
  const people = { officer: await t.aPerson({ role: 'officer' }), resident: await t.aPerson({ phone: '13911112222' }) }
  const enter = async () => ({ officer: await t.as(people.officer), resident: await t.as(people.resident) })
  let { officer, resident } = await enter()
  const pass = async (milliseconds: number) => {
    t.clock.advance(milliseconds)
    await t.runDueJobs()
    ;({ officer, resident } = await enter())
  }
  const suspended = async (caller: Caller) =>
    caller.call(restingRoutes.listSuspendedMatters, { query: { community: COMMUNITY } })
  const referred = async () =>
    (await officer.call(restingRoutes.listReferredMatters, { query: { community: COMMUNITY } })).body.items
  const told = async (step: string) =>
    (await officer.call(inboxRoutes.listInbox, { query: { limit: 100 } })).body.items.filter(
      (item) => item.step === step,
    )

  const put = await raiseAs(resident)
  await must(officer, put, 'accept', ACCEPTED)
  await must(officer, put, 'dispatch', { leadUnitId: (await aUnit(t.deps, { hasAccounts: false })).id })
  await must(officer, put, 'sign')
  const reviewAt = new Date(t.clock.now().getTime() + 30 * DAY).toISOString()
  await must(await t.as('secretary'), put, 'suspend', { reason: '等明年改造', reviewAt })
  expect((await suspended(officer)).body.items).toMatchObject([
    { issueId: put, reason: '等明年改造', reviewAt, suspensions: 1 },
  ])
  const foreign = await t.as(await t.aPerson({ role: 'officer', region: NEIGHBOUR }))
  expect([(await suspended(foreign)).status, (await suspended(resident)).status]).toEqual([403, 403])

  const id = await raiseAs(resident, { kind: 'enquiry', title: '公交改线' })
  await must(officer, id, 'refer', { recipient: 'hotline_12345', explanation: '属公交公司职责' })
  expect(await referred()).toMatchObject([
    { issueId: id, recipient: 'hotline_12345', recipientNumber: null, lastWord: null, overdue: false },
  ])
  await t.runDueJobs()
  t.sent.length = 0
  await must(officer, id, 'progress', { progressText: '已受理', recipientNumber: 'A-77' })
  await t.runDueJobs()
  expect(t.sent).toMatchObject([{ phone: '13911112222', text: expect.stringContaining('转介有了反馈') }])
  expect(await referred()).toMatchObject([{ recipientNumber: 'A-77', lastWord: '已受理', overdue: false }])

  await pass(4 * DAY)
  await sweepResting(t.deps, {})
  expect(await told('referral_silent')).toEqual([])
  // Five working days and no outcome.
  await pass(5 * DAY)
  // Other communities' trouble does not keep it from this one.
  const { directory } = t.deps
  const policyFor: typeof directory.policies.policyFor = async (code, at) => {
    if (code !== COMMUNITY) throw new Error('no policy')
    return directory.policies.policyFor(code, at)
  }
  await sweepResting({ ...t.deps, directory: { regions: directory.regions, policies: { policyFor } } as never }, {})
  await sweepResting(t.deps, {})
  expect(await told('referral_silent')).toMatchObject([{ issueId: id }])
  expect(await referred()).toMatchObject([{ overdue: true }])
  await must(officer, id, 'progress', { progressText: '已答复', outcome: '线路已恢复' })
  expect(await referred()).toEqual([])

  await pass(30 * DAY)
  await sweepResting(t.deps, {})
  expect(await told('referral_silent')).toHaveLength(1)
  // The suspension ended by itself on its date, and the officer knows.
  expect(await told('resumed')).toMatchObject([{ issueId: put }])
  expect((await suspended(officer)).body.items).toEqual([])
})
