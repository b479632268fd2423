import { regionRoutes, settingChangeRoutes } from '@tongxin/contract'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  BUILDING,
  type Caller,
  COMMUNITY,
  DISTRICT,
  GRID,
  NEIGHBOUR,
  OTHER_GRID,
  STREET,
  startTestApp,
  type TestApp,
} from '../../../test/support/index.ts'

describe('regions', () => {
  let t: TestApp
  let administrator: Caller

  beforeAll(async () => {
    t = await startTestApp()
    administrator = await t.as(await t.aPerson({ role: 'administrator', region: STREET }))
  })
  afterAll(() => t.close())

  const square = (x: number) => ({
    type: 'Polygon' as const,
    coordinates: [
      [
        [x, 30.5],
        [x + 0.001, 30.5],
        [x + 0.001, 30.501],
        [x, 30.501],
        [x, 30.5],
      ],
    ],
  })

  it('are public, in code order, page by page', async () => {
    const first = await t.nobody.call(regionRoutes.listRegions, { query: { under: COMMUNITY, limit: 2 } })
    expect(first.body.items.map((region) => region.code)).toEqual([COMMUNITY, GRID])
    const second = await t.nobody.call(regionRoutes.listRegions, {
      query: { under: COMMUNITY, limit: 2, cursor: first.body.nextCursor! },
    })
    expect(second.body.items.map((region) => region.code)).toEqual([BUILDING, OTHER_GRID])
    expect(second.body.nextCursor).toBeNull()
  })

  it('refuse a made-up cursor', async () => {
    const reply = await t.nobody.call(regionRoutes.listRegions, { query: { cursor: 'bm9wZQ' } })
    expect([reply.status, reply.problem.code]).toEqual([400, 'invalid_input'])
  })

  it('are added by the administrator of the place above, with their outline, and known at once', async () => {
    const code = `${GRID}B02`
    const added = await administrator.call(regionRoutes.addRegion, {
      body: { code, name: '2 栋', parentCode: GRID, geometry: square(117.04) },
    })
    expect(added.status).toBe(201)
    expect(added.body).toMatchObject({ level: 'building', validFrom: '2026-03-02', version: 1 })
    expect(added.headers.location).toBe(`/v1/regions/${code}`)
    const read = await t.nobody.call(regionRoutes.readRegion, { params: { code } })
    expect(read.body.geometry).toEqual(square(117.04))
    const listed = await t.nobody.call(regionRoutes.listRegions, {
      query: { under: GRID, level: 'building', geometry: 'true' },
    })
    expect(listed.body.items.map((region) => region.geometry?.type ?? null)).toEqual([null, 'Polygon'])
  })

  it.each([
    ['a grid straight under a street', { code: '340803002009', name: '新', parentCode: COMMUNITY }],
    ['a building under another grid than its code says', { code: `${GRID}B77`, name: '新', parentCode: OTHER_GRID }],
  ])('refuse %s', async (_, body) => {
    const reply = await administrator.call(regionRoutes.addRegion, { body })
    expect([reply.status, reply.problem.reason]).toEqual([422, 'region_parent_unfit'])
  })

  it('refuse a code twice', async () => {
    const body = { code: GRID, name: '又一个', parentCode: COMMUNITY }
    const reply = await administrator.call(regionRoutes.addRegion, { body })
    expect([reply.status, reply.problem.reason]).toEqual([409, 'region_exists'])
  })

  it('refuse an administrator of elsewhere and every other role', async () => {
    const body = { code: `${GRID}B03`, name: '3 栋', parentCode: GRID }
    const elsewhere = await t.as(await t.aPerson({ role: 'administrator', region: NEIGHBOUR }))
    expect((await elsewhere.call(regionRoutes.addRegion, { body })).status).toBe(403)
    for (const role of ['secretary', 'officer', 'supervisor', 'resident'] as const) {
      expect((await (await t.as(role)).call(regionRoutes.addRegion, { body })).status).toBe(403)
    }
    expect((await t.nobody.call(regionRoutes.addRegion, { body })).status).toBe(401)
  })

  it('refuse a stale version, and a grid that would leave its community', async () => {
    const stale = await administrator.call(regionRoutes.changeRegion, {
      params: { code: GRID },
      ifMatch: 7,
      body: { name: '改名' },
    })
    expect([stale.status, stale.problem.code]).toEqual([412, 'stale_version'])
    const away = await administrator.call(regionRoutes.changeRegion, {
      params: { code: GRID },
      ifMatch: 1,
      body: { parentCode: NEIGHBOUR },
    })
    expect([away.status, away.problem.reason]).toEqual([422, 'region_parent_unfit'])
  })

  it('answer 404 for a code nobody knows', async () => {
    expect((await t.nobody.call(regionRoutes.readRegion, { params: { code: '340899' } })).status).toBe(404)
    const reply = await t.nobody.call(regionRoutes.listRegions, { query: { under: '340899' } })
    expect(reply.body).toEqual({ items: [], nextCursor: null })
    expect((await t.nobody.call(regionRoutes.readRegion, { params: { code: DISTRICT } })).status).toBe(200)
  })

  it('keep what was changed, of an outline its size, and tell staff who did', async () => {
    const params = { code: `${OTHER_GRID}B02` }
    await administrator.call(regionRoutes.addRegion, {
      body: { code: params.code, name: '新楼', parentCode: OTHER_GRID, geometry: square(117.1) },
    })
    const change = (ifMatch: number, body: object) =>
      administrator.call(regionRoutes.changeRegion, { params, ifMatch, body } as never)
    expect((await change(1, { name: '2 栋', geometry: null })).body.version).toBe(2)
    expect((await change(2, { name: '2 栋' })).body.version).toBe(2)
    const changes = async (by: Caller) => (await by.call(settingChangeRoutes.listRegionChanges, { params })).body.items
    expect(await changes(administrator)).toMatchObject([
      {
        byName: expect.stringMatching(/^测试\d+$/),
        added: false,
        changes: [
          { field: 'name', from: '新楼', to: '2 栋' },
          { field: 'geometry', from: 5, to: null },
        ],
      },
      { added: true, changes: [] },
    ])
    expect((await changes(t.nobody)).map(({ byName }) => byName)).toEqual([null, null])
  })

  it('are closed on a day, and shown no more from that day on', async () => {
    const code = `${OTHER_GRID}B01`
    await administrator.call(regionRoutes.addRegion, { body: { code, name: '旧楼', parentCode: OTHER_GRID } })
    const closed = await administrator.call(regionRoutes.changeRegion, {
      params: { code },
      ifMatch: 1,
      body: { validTo: '2026-03-03' },
    })
    expect(closed.body.version).toBe(2)
    const codes = async (query: Record<string, string>) =>
      (await t.nobody.call(regionRoutes.listRegions, { query: { under: OTHER_GRID, ...query } })).body.items.map(
        (region) => region.code,
      )
    expect(await codes({})).toContain(code)
    t.clock.advance(86_400_000)
    expect(await codes({})).not.toContain(code)
    expect(await codes({ ended: 'true' })).toContain(code)
  })
})
