import { intakeRoutes, issueRoutes } from '@tongxin/contract'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  BUILDING,
  COMMUNITY,
  DAY,
  GRID,
  HOUR,
  MINUTE,
  NEIGHBOUR,
  OTHER_GRID,
  startTestApp,
  type TestApp,
} from '../../../test/support/index.ts'
import { ACCEPTED, must, raiseAs } from '../../../test/support/issues.ts'
import { verifyRecord } from '../verification/index.ts'

type Caller = Awaited<ReturnType<TestApp['as']>>
let t: TestApp
beforeAll(async () => {
  t = await startTestApp()
})
afterAll(() => t.close())

const LAMP = { title: '三号楼门口路灯不亮', body: '三号楼门口的路灯坏了好几天，晚上看不见路。' }
const similarTo = async (caller: Caller, fields: object = {}) => {
  const body = { community: COMMUNITY, title: '三号楼路灯坏了不亮', ...fields }
  const reply = await caller.call(intakeRoutes.findSimilarMatters, { body: body as never })
  expect(reply.status).toBe(200)
  return reply.body.items
}
const historyOf = async (caller: Caller, phone: string) =>
  (await caller.call(intakeRoutes.findRaiserHistory, { body: { community: COMMUNITY, phone } })).body
const raiseFor = (caller: Caller, fields: object) =>
  caller.call(issueRoutes.raiseIssue, {
    body: { community: COMMUNITY, kind: 'problem', ...LAMP, channel: 'wechat_group', ...fields } as never,
  })

describe('beside the form for others', () => {
  it('stands what is alike: of this community, public, open or settled of late, and what the reader may see', async () => {
    const [resident, officer] = [await t.as('resident'), await t.as('officer')]
    const here = await raiseAs(resident, { ...LAMP, regionCode: BUILDING })
    const there = await raiseAs(resident, { ...LAMP, regionCode: OTHER_GRID })
    await raiseAs(resident, { ...LAMP, visibility: 'private' })
    await raiseAs(resident, { ...LAMP, community: NEIGHBOUR, regionCode: undefined })
    await raiseAs(resident, { title: '垃圾桶太少', body: '垃圾桶太少了，天热味道大。' })
    const withdrawn = await raiseAs(resident, LAMP)
    await must(resident, withdrawn, 'withdraw', {})
    const settled = await raiseAs(resident, { ...LAMP, regionCode: undefined })
    await must(officer, settled, 'decline', { reasonCode: 'outside_duty', explanation: '由路灯所管' })

    expect((await similarTo(officer, { regionCode: BUILDING }))[0]).toMatchObject({ id: here, place: 'building' })
    const found = await similarTo(officer, { regionCode: OTHER_GRID })
    expect(found[0]).toMatchObject({ id: there, place: 'grid', state: 'raised', takesMore: false })
    expect(found.map(({ id }) => id).sort()).toEqual([here, there, settled].sort())

    await must(officer, here, 'accept', ACCEPTED)
    expect(await similarTo(officer, { regionCode: BUILDING })).toContainEqual(
      expect.objectContaining({ id: here, takesMore: true, title: LAMP.title }),
    )
    const worker = await t.as(await t.aPerson({ role: 'grid_worker', region: GRID }))
    expect((await similarTo(worker)).map(({ id }) => id)).not.toContain(there)
    for (const fields of [{ title: '' }, { title: '灯' }, { title: '！！！😀' }, { title: "'; drop table issues; --" }])
      expect(await similarTo(officer, fields)).toEqual([])
    expect(await similarTo(officer, { body: '路灯不亮，'.repeat(3_900) })).toHaveLength(3)

    t.clock.advance(91 * DAY)
    expect((await similarTo(await t.as('officer'))).map(({ id }) => id).sort()).toEqual([here, there].sort())
  })

  it('stands what the same number raised within a year, masked, and only what the reader may see', async () => {
    const phone = '13611112222'
    const yearAgo = await t.as('officer')
    expect(await historyOf(yearAgo, phone)).toEqual({ person: null, openCount: 0, count: 0, items: [] })
    await raiseFor(yearAgo, { raiser: { name: '李秀英', phone } })
    t.clock.advance(366 * DAY)
    const [officer, worker] = [
      await t.as('officer'),
      await t.as(await t.aPerson({ role: 'grid_worker', region: GRID })),
    ]
    const { body: declined } = await raiseFor(officer, { raiser: { phone }, regionCode: GRID })
    await must(officer, declined.id, 'decline', { reasonCode: 'outside_duty', explanation: '由路灯所管' })
    t.clock.advance(MINUTE)
    const hidden = { raiser: { phone }, regionCode: OTHER_GRID, visibility: 'private' }
    const { body: elsewhere } = await raiseFor(officer, hidden)

    const seen = await historyOf(officer, phone)
    expect(seen).toMatchObject({
      person: { name: '李*', phone: '136****2222' },
      count: 2,
      openCount: 1,
      items: [
        { id: elsewhere.id, number: elsewhere.number, state: 'raised', open: true, contactedAt: null },
        { id: declined.id, state: 'declined', open: false, contactedAt: expect.any(String) },
      ],
    })
    expect(JSON.stringify(seen)).not.toMatch(/李秀英|13611112222/)
    expect((await historyOf(worker, phone)).items.map(({ id }) => id)).toEqual([declined.id])
    expect(
      (await officer.call(intakeRoutes.findRaiserHistory, { body: { community: COMMUNITY, phone: '136' } })).status,
    ).toBe(400)
  })

  it('is for those who work for the community', async () => {
    const [resident, elsewhere, officer] = [
      await t.as('resident'),
      await t.as(await t.aPerson({ role: 'secretary', region: NEIGHBOUR })),
      await t.as('officer'),
    ]
    const similar = { community: COMMUNITY, title: '三号楼路灯不亮', body: '' } as never
    for (const caller of [resident, elsewhere]) {
      expect((await caller.call(intakeRoutes.findSimilarMatters, { body: similar })).status).toBe(403)
      const history = { community: COMMUNITY, phone: '13611112222' }
      expect((await caller.call(intakeRoutes.findRaiserHistory, { body: history })).status).toBe(403)
    }
    const pasted = { text: '张阿姨 11-20 18:32\n路灯坏了三天\n李工 11-20 18:33\n收到' }
    expect((await resident.call(intakeRoutes.readPastedMessages, { body: pasted })).status).toBe(403)
    const read = await officer.call(intakeRoutes.readPastedMessages, { body: pasted })
    expect(read.body).toMatchObject({
      matters: [{ sender: '张阿姨', title: '路灯坏了三天' }],
      asides: [{ text: '收到' }],
    })
  })
})

describe('what was said earlier', () => {
  it('was raised then, and its clocks run from then', async () => {
    const officer = await t.as('officer')
    const now = t.clock.now()
    const said = new Date(now.getTime() - 30 * HOUR)
    const reply = await raiseFor(officer, { saidAt: said.toISOString(), raiser: { name: '张阿姨' } })
    expect(reply.status).toBe(201)
    expect(reply.body.respondBy).toBe(new Date(said.getTime() + 24 * HOUR).toISOString())
    const { body } = await officer.call(issueRoutes.readIssue, { params: { id: reply.body.id } })
    expect(body).toMatchObject({ raisedAt: said.toISOString(), stateSince: said.toISOString() })
    expect(body.timeline[0]).toMatchObject({ occurredAt: said.toISOString(), recordedAt: now.toISOString() })
    await t.runDueJobs()
    const { body: later } = await officer.call(issueRoutes.readIssue, { params: { id: reply.body.id } })
    expect(later.timeline.filter(({ action }) => action === 'remind').length).toBeGreaterThan(1)
    expect((await verifyRecord(t.deps)).mismatch).toBeNull()
  })

  it('is told for others only, no more than 30 days back, and never ahead', async () => {
    const [officer, resident] = [await t.as('officer'), await t.as('resident')]
    const at = (days: number) => new Date(t.clock.now().getTime() - days * DAY).toISOString()
    for (const [caller, saidAt, raiser] of [
      [officer, at(31), { name: '张阿姨' }],
      [officer, at(-1), { name: '张阿姨' }],
      [officer, at(1), undefined],
      [resident, at(1), undefined],
    ] as const) {
      const reply = await raiseFor(caller, { saidAt, ...(raiser && { raiser }) })
      expect([reply.status, reply.problem.errors?.[0]?.path]).toEqual([400, 'body.saidAt'])
    }
  })
})
