import { grantRoutes, regionRoutes, sessionRoutes, unitRoutes } from '@tongxin/contract'
import { ROLE_CODES } from '@tongxin/lifecycle'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startTestApp, type TestApp } from '../../test/support/index.ts'
import { readDemoDirectory, seedDirectory } from './directory.ts'
import { findDemoAccounts } from './index.ts'
import { BUILDING_COUNT, COMMUNITY } from './places.ts'
import { PROPERTY } from './units.ts'

describe('the demo community', () => {
  let t: TestApp
  const password = 'demo-password'

  beforeAll(async () => {
    t = await startTestApp()
    await seedDirectory(t.deps, password)
  })
  afterAll(() => t.close())

  const signIn = (username: string, with_ = password) =>
    t.nobody.call(sessionRoutes.signIn, { body: { username, password: with_ } })
  const count = async (table: string) =>
    Number((await t.deps.pool.query(`select count(*) from ${table}`)).rows[0].count)

  it('has an account for every role, which holds it', async () => {
    const accounts = await findDemoAccounts(t.deps.db)
    expect(accounts.map((account) => account.username)).toEqual(expect.arrayContaining([...ROLE_CODES]))
    for (const role of ROLE_CODES) {
      expect((await signIn(role)).status).toBe(201)
      const { people } = await readDemoDirectory(t.deps.db)
      const me = await (await t.as({ id: people[role]! })).call(sessionRoutes.me)
      if (role === 'resident') expect(me.body.level).toBe('owner')
      else expect(me.body.grants.map((grant) => grant.role)).toEqual([role])
    }
  })

  it('gave each power with a second approver', async () => {
    const { people } = await readDemoDirectory(t.deps.db)
    const above = await t.as({ id: people.district_supervisor! })
    const { body } = await above.call(grantRoutes.listGrants, { query: { limit: 100 } })
    expect(body.items.length).toBeGreaterThan(ROLE_CODES.length)
    for (const grant of body.items) {
      expect(grant.status).toBe('active')
      expect(new Set([grant.person.id, grant.requested.by, grant.approved!.by]).size).toBe(3)
    }
  })

  it('has its buildings drawn and its homes bound', async () => {
    const { body } = await t.nobody.call(regionRoutes.listRegions, {
      query: { under: COMMUNITY, level: 'building', geometry: 'true', limit: 100 },
    })
    expect(body.items).toHaveLength(BUILDING_COUNT)
    for (const { geometry } of body.items) {
      const [[first]] = geometry!.coordinates as [number, number][][] as [[[number, number]]]
      expect(first[0]).toBeCloseTo(117.04, 1)
      expect(first[1]).toBeCloseTo(30.51, 1)
    }
    const { rows } = await t.deps.pool.query(
      `select count(distinct household_id)::int as households, count(*) filter (where bound_by = 'staff')::int as staff
       from household_members where community_code = $1`,
      [COMMUNITY],
    )
    expect(rows).toEqual([{ households: 23, staff: 2 }])
  })

  it('has a unit for every active category, or a committee that leads', async () => {
    const officer = await t.as({ id: (await readDemoDirectory(t.deps.db)).people.officer! })
    const { body } = await officer.call(unitRoutes.listUnits, { query: { region: COMMUNITY, limit: 100 } })
    expect(body.items.find((unit) => unit.name === PROPERTY)).toMatchObject({ hasAccounts: true, kind: 'property' })
    expect(body.items.some((unit) => unit.kind === 'committee' && unit.regionCode === COMMUNITY)).toBe(true)
  })

  it('is not filled twice, and takes a new password at the next start', async () => {
    const before = [await count('people'), await count('grants'), await count('households'), await count('events')]
    await seedDirectory(t.deps, 'another-password')
    expect([await count('people'), await count('grants'), await count('households'), await count('events')]).toEqual(
      before,
    )
    expect((await signIn('officer')).status).toBe(401)
    expect((await signIn('officer', 'another-password')).status).toBe(201)
  })
})
