import { policyRoutes } from '@tongxin/contract'
import type { PolicyKey } from '@tongxin/lifecycle'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  type Caller,
  COMMUNITY,
  DAY,
  GRID,
  NEIGHBOUR,
  STREET,
  startTestApp,
  type TestApp,
} from '../../../test/support/index.ts'

describe('policies', () => {
  let t: TestApp
  let secretary: Caller
  let supervisor: Caller

  beforeAll(async () => {
    t = await startTestApp()
    secretary = await t.as('secretary')
    supervisor = await t.as(await t.aPerson({ role: 'supervisor', region: STREET }))
  })
  afterAll(() => t.close())

  const set = (
    by: Caller,
    key: PolicyKey,
    value: number,
    {
      regionCode = COMMUNITY,
      ifMatch = 0,
      ...more
    }: { regionCode?: string; ifMatch?: number; effectiveFrom?: string } = {},
  ) =>
    by.call(policyRoutes.setPolicy, {
      params: { regionCode, key },
      ifMatch,
      body: { value, reason: '居民议事会建议', ...more },
    })
  const rule = async (key: PolicyKey, regionCode = COMMUNITY) =>
    (await t.nobody.call(policyRoutes.readPolicies, { params: { regionCode } })).body.items.find(
      (item) => item.key === key,
    )!
  const valueAt = async (key: PolicyKey, at: Date, regionCode = COMMUNITY) =>
    (await t.deps.directory.policies.policyFor(regionCode, at))[key]

  it('are public, with their default and bounds until somebody sets them', async () => {
    expect(await rule('notice_days')).toMatchObject({ value: 5, default: 5, min: 3, max: 15, setFor: null, version: 0 })
    expect((await t.nobody.call(policyRoutes.readPolicies, { params: { regionCode: '340899' } })).status).toBe(404)
  })

  it('are set by the secretary and hold at once, in this community only', async () => {
    const reply = await set(secretary, 'notice_days', 7)
    expect(reply.body).toMatchObject({ value: 7, setFor: COMMUNITY, version: 1 })
    expect(reply.headers.etag).toBe('"1"')
    expect(await valueAt('notice_days', t.clock.now())).toBe(7)
    expect(await valueAt('notice_days', t.clock.now(), GRID)).toBe(7)
    expect(await valueAt('notice_days', t.clock.now(), NEIGHBOUR)).toBe(5)
  })

  it('of the past stay what they were', async () => {
    const before = new Date(t.clock.now().getTime() - 1)
    expect(await valueAt('notice_days', before)).toBe(5)
    const back = await set(secretary, 'reopen_days', 20, { effectiveFrom: before.toISOString() })
    expect([back.status, back.problem.reason]).toEqual([422, 'policy_not_retroactive'])
  })

  it('take effect on their day', async () => {
    const later = new Date(t.clock.now().getTime() + 10 * DAY)
    await set(secretary, 'evaluation_days', 10, { effectiveFrom: later.toISOString() })
    expect(await rule('evaluation_days')).toMatchObject({
      value: 7,
      coming: { value: 10, effectiveFrom: later.toISOString(), setFor: COMMUNITY },
    })
    expect(await valueAt('evaluation_days', t.clock.now())).toBe(7)
    expect(await valueAt('evaluation_days', later)).toBe(10)
  })

  it('of the street hold for its communities, and give way to their own', async () => {
    await set(supervisor, 'suspend_days', 60, { regionCode: STREET })
    expect(await valueAt('suspend_days', t.clock.now())).toBe(60)
    expect(await rule('suspend_days')).toMatchObject({ value: 60, setFor: STREET, version: 0 })
    expect(await valueAt('suspend_days', t.clock.now(), `${STREET}000`)).toBe(60)
    await set(secretary, 'suspend_days', 30)
    expect(await valueAt('suspend_days', t.clock.now())).toBe(30)
    expect(await valueAt('suspend_days', t.clock.now(), NEIGHBOUR)).toBe(60)
  })

  it.each([2, 16])('refuse %i days of notice, naming the bounds', async (value) => {
    const reply = await set(secretary, 'notice_days', value, { ifMatch: 1 })
    expect([reply.status, reply.problem.reason]).toEqual([422, 'policy_out_of_bounds'])
    expect(reply.problem.detail).toBe('公示期须在 3 至 15 天之间')
  })

  it('refuse a change that has not seen the last one, also when two come at once', async () => {
    expect((await set(secretary, 'notice_days', 6)).status).toBe(412)
    const replies = await Promise.all([8, 9].map((value) => set(secretary, 'notice_days', value, { ifMatch: 1 })))
    expect(replies.map((reply) => reply.status).sort()).toEqual([200, 412])
  })

  it('keep every version, and stand in an evidence chain', async () => {
    const { body } = await t.nobody.call(policyRoutes.listPolicyVersions, {
      params: { regionCode: COMMUNITY, key: 'notice_days' },
    })
    expect(body.items.map((version) => version.version)).toEqual([2, 1])
    expect(body.items[1]).toMatchObject({ value: 7, reason: '居民议事会建议', setBy: secretary.personId })
    const { rows } = await t.deps.pool.query(
      `select seq, (record->>'value')::int as value from events where subject_type = 'policy'
       and record->>'key' = 'notice_days' order by seq`,
    )
    expect(rows).toEqual([
      { seq: 1, value: 7 },
      { seq: 2, value: body.items[0]!.value },
    ])
    await expect(t.deps.pool.query('update policies set value = 3')).rejects.toThrow(/never changed/)
  })

  it('tell each reader whether they may set them, and staff who did', async () => {
    const maySet = async (by: Caller, regionCode: string) =>
      (await by.call(policyRoutes.readPolicies, { params: { regionCode } })).body.maySet
    expect([await maySet(secretary, COMMUNITY), await maySet(secretary, STREET)]).toEqual([true, false])
    expect([await maySet(supervisor, COMMUNITY), await maySet(supervisor, STREET)]).toEqual([false, true])
    expect([await maySet(t.nobody, COMMUNITY), await maySet(secretary, GRID)]).toEqual([false, false])
    const setBy = async (by: Caller) => {
      const params = { regionCode: COMMUNITY, key: 'notice_days' as const }
      return (await by.call(policyRoutes.listPolicyVersions, { params })).body.items[0]?.setByName
    }
    expect(await setBy(await t.as('officer'))).toMatch(/^[^*]+$/)
    expect([await setBy(t.nobody), await setBy(await t.as('resident'))]).toEqual([null, null])
  })

  it('are not set by others: officers, the street for a community, the neighbour’s secretary', async () => {
    const neighbour = await t.as(await t.aPerson({ role: 'secretary', region: NEIGHBOUR }))
    for (const caller of [await t.as('officer'), supervisor, neighbour, await t.as('resident')]) {
      expect((await set(caller, 'appeal_days', 20)).status).toBe(403)
    }
    expect((await set(secretary, 'appeal_days', 20, { regionCode: STREET })).status).toBe(403)
    expect((await set(secretary, 'appeal_days', 20, { regionCode: GRID })).status).toBe(404)
  })
})
