import { categoryRoutes, settingChangeRoutes } from '@tongxin/contract'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Caller, COMMUNITY, DAY, DISTRICT, startTestApp, type TestApp } from '../../../test/support/index.ts'
import { inTransaction } from '../../db/connect.ts'
import { loadReferenceCategories } from '../../reference/load-reference.ts'

describe('categories', () => {
  let t: TestApp
  let administrator: Caller

  beforeAll(async () => {
    t = await startTestApp()
    await inTransaction(t.deps.pool, loadReferenceCategories)
    administrator = await t.as(await t.aPerson({ role: 'administrator', region: DISTRICT }))
  })
  afterAll(() => t.close())

  const read = async (code: string) => (await t.nobody.call(categoryRoutes.readCategory, { params: { code } })).body

  it('come from the reference table, each with defaults that fit it', async () => {
    const whole: string[] = []
    let cursor: string | undefined
    do {
      const { body }: { body: { items: { code: string }[]; nextCursor: string | null } } = await t.nobody.call(
        categoryRoutes.listCategories,
        { query: { limit: 100, cursor } },
      )
      whole.push(...body.items.map((category) => category.code))
      cursor = body.nextCursor ?? undefined
    } while (cursor)
    expect(whole).toHaveLength(139)
    expect(whole).toEqual([...whole].sort())
    expect(await read('200403')).toMatchObject({
      name: '燃气管道破裂',
      defaultUrgency: 'emergency',
      defaultRoute: 'direct',
    })
    expect(await read('100102')).toMatchObject({ name: '污水井盖', defaultUrgency: 'urgent', defaultRoute: 'direct' })
    expect(await read('209021')).toMatchObject({ name: '停车管理', defaultUrgency: 'hard', defaultRoute: 'council' })
    expect(await read('209022')).toMatchObject({ name: '楼道照明', handleLimitWorkingDays: 3 })
  })

  it('keep what people edited when the reference is loaded again', async () => {
    const changed = await administrator.call(categoryRoutes.changeCategory, {
      params: { code: '209026' },
      ifMatch: 1,
      body: { defaultRoute: 'council', handleLimitHours: 48 },
    })
    expect(changed.body).toMatchObject({ handleLimitHours: 48, handleLimitWorkingDays: null, version: 2 })
    await inTransaction(t.deps.pool, loadReferenceCategories)
    expect(await read('209026')).toMatchObject({ defaultRoute: 'council', handleLimitHours: 48 })
  })

  it('grow by local codes only', async () => {
    const added = await administrator.call(categoryRoutes.addCategory, { body: { code: '209030', name: '楼道堆物' } })
    expect(added.body).toMatchObject({ kind: 'local', class: '小区生活', defaultUrgency: 'ordinary', version: 1 })
    const again = await administrator.call(categoryRoutes.addCategory, { body: { code: '209030', name: '楼道堆物' } })
    expect([again.status, again.problem.reason]).toEqual([409, 'category_exists'])
    const foreign = await administrator.call(categoryRoutes.addCategory, { body: { code: '200700', name: '新事件' } })
    expect([foreign.status, foreign.problem.errors?.[0]?.path]).toEqual([400, 'body.code'])
  })

  it('are left out of the list once out of use', async () => {
    await administrator.call(categoryRoutes.changeCategory, {
      params: { code: '100122' },
      ifMatch: 1,
      body: { active: false },
    })
    const codes = async (query: object) =>
      (
        await t.nobody.call(categoryRoutes.listCategories, { query: { kind: 'component', limit: 100, ...query } })
      ).body.items.map((category) => category.code)
    expect(await codes({})).not.toContain('100122')
    expect(await codes({ inactive: 'true' })).toContain('100122')
  })

  it('are changed only by who administers every district', async () => {
    const local = await t.as(await t.aPerson({ role: 'administrator', region: COMMUNITY }))
    const change = { params: { code: '209027' }, ifMatch: 1, body: { active: false } }
    expect((await local.call(categoryRoutes.changeCategory, change)).status).toBe(403)
    expect((await (await t.as('secretary')).call(categoryRoutes.changeCategory, change)).status).toBe(403)
    expect((await administrator.call(categoryRoutes.changeCategory, { ...change, ifMatch: undefined })).status).toBe(
      428,
    )
    expect((await administrator.call(categoryRoutes.changeCategory, { ...change, ifMatch: 9 })).status).toBe(412)
  })

  it('keep who changed what, and take effect on their day unless something else was decided since', async () => {
    const code = '209021'
    const change = async (body: object) =>
      (await t.as({ id: administrator.personId! })).call(categoryRoutes.changeCategory, {
        params: { code },
        ifMatch: (await read(code)).version,
        body,
      } as never)
    const changes = async (by = t.nobody) =>
      (await by.call(settingChangeRoutes.listCategoryChanges, { params: { code } })).body.items
    const ahead = (days: number) => new Date(t.clock.now().getTime() + days * DAY).toISOString()

    await change({ name: '停车秩序', reason: '按居民叫法' })
    const same = await change({ name: '停车秩序' })
    expect(same.body).toMatchObject({ version: 2 })
    expect((await change({ defaultRoute: 'direct', effectiveFrom: ahead(-1) })).problem.reason).toBe(
      'category_not_retroactive',
    )
    const coming = await change({ handleLimitHours: 24, effectiveFrom: ahead(2) })
    expect(coming.body).toMatchObject({ handleLimitHours: null, changesAt: ahead(2), version: 3 })
    const instead = await change({ handleLimitHours: 48, effectiveFrom: ahead(3) })
    expect(instead.body).toMatchObject({ handleLimitHours: null, changesAt: ahead(3) })
    t.clock.advance(2 * DAY)
    await t.runDueJobs()
    expect(await read(code)).toMatchObject({ handleLimitHours: null })
    t.clock.advance(DAY)
    await t.runDueJobs()
    expect(await read(code)).toMatchObject({ handleLimitHours: 48, changesAt: null, version: 5 })

    expect((await changes()).map(({ standing, byName, reason }) => [standing, byName, reason])).toEqual([
      ['in_force', null, null],
      ['replaced', null, null],
      ['in_force', null, '按居民叫法'],
    ])
    const [last, , first] = await changes(await t.as('officer'))
    expect(last).toMatchObject({
      byName: expect.stringMatching(/^测试\d+$/),
      changes: [{ field: 'handleLimitHours', from: null, to: 48 }],
    })
    expect(first?.changes).toEqual([{ field: 'name', from: '停车管理', to: '停车秩序' }])
    await expect(t.deps.pool.query('update setting_changes set reason = null')).rejects.toThrow(/never changed/)

    // Decided anew when the day has come and the job has not: what was decided before was in force until then.
    await change({ handleLimitHours: 12, effectiveFrom: ahead(1) })
    t.clock.advance(DAY)
    await change({ defaultRoute: 'direct' })
    expect(await read(code)).toMatchObject({ handleLimitHours: 12, defaultRoute: 'direct', changesAt: null })
    await t.runDueJobs()
    expect(await read(code)).toMatchObject({ handleLimitHours: 12, defaultRoute: 'direct' })
    expect((await changes()).slice(0, 2).map(({ standing }) => standing)).toEqual(['in_force', 'in_force'])
  })
})
