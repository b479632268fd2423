import { unitRoutes } from '@tongxin/contract'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  aUnit,
  type Caller,
  COMMUNITY,
  GRID,
  NEIGHBOUR,
  STREET,
  startTestApp,
  type TestApp,
} from '../../../test/support/index.ts'
import { inTransaction } from '../../db/connect.ts'
import { loadReferenceCategories } from '../../reference/load-reference.ts'

describe('units', () => {
  let t: TestApp
  let officer: Caller

  beforeAll(async () => {
    t = await startTestApp()
    await inTransaction(t.deps.pool, loadReferenceCategories)
    officer = await t.as('officer')
  })
  afterAll(() => t.close())

  const add = (by: Caller, more: object = {}) =>
    by.call(unitRoutes.addUnit, {
      body: { regionCode: COMMUNITY, name: '滨江物业', kind: 'property', phone: '0556-5512345', ...more },
    })

  it('carry their duty list in order, without repeats', async () => {
    const { status, body } = await add(officer, { duties: ['209022', '209015', '209022'] })
    expect([status, body.duties]).toEqual([201, ['209015', '209022']])
    const changed = await officer.call(unitRoutes.changeUnit, {
      params: { id: body.id },
      ifMatch: 1,
      body: { duties: ['209016'], name: '滨江物业服务中心' },
    })
    expect(changed.body).toMatchObject({ duties: ['209016'], name: '滨江物业服务中心', version: 2 })
  })

  it('take no duty that names no category', async () => {
    const reply = await add(officer, { duties: ['209022', '299999'] })
    expect([reply.status, reply.problem.reason]).toEqual([422, 'category_unknown'])
    expect(reply.problem.detail).toContain('299999')
  })

  it('of a region are its own, those above it and those below it', async () => {
    const [street, grid, neighbour] = [
      await aUnit(t.deps, { regionCode: STREET, kind: 'department' }),
      await aUnit(t.deps, { regionCode: GRID }),
      await aUnit(t.deps, { regionCode: NEIGHBOUR }),
    ]
    const { body } = await officer.call(unitRoutes.listUnits, { query: { region: COMMUNITY, limit: 100 } })
    const ids = body.items.map((unit) => unit.id)
    expect(ids).toEqual(expect.arrayContaining([street.id, grid.id]))
    expect(ids).not.toContain(neighbour.id)
  })

  it('are found by a category they answer for, while active', async () => {
    const { body: unit } = await add(officer, { name: '供电所', kind: 'department', duties: ['100118'] })
    const find = async () => {
      const { body } = await officer.call(unitRoutes.listUnits, { query: { category: '100118' } })
      return body.items.map((item) => item.id)
    }
    expect(await find()).toEqual([unit.id])
    await officer.call(unitRoutes.changeUnit, { params: { id: unit.id }, ifMatch: 1, body: { active: false } })
    expect(await find()).toEqual([])
  })

  it('show their number masked to staff of the place, and not at all to residents', async () => {
    const { body: unit } = await add(officer, { phone: '13812340001' })
    const numberFor = async (by: Caller) => (await by.call(unitRoutes.readUnit, { params: { id: unit.id } })).body.phone
    expect(await numberFor(officer)).toBe('138****0001')
    expect(await numberFor(await t.as('resident'))).toBeNull()
    expect(await numberFor(await t.as(await t.aPerson({ role: 'officer', region: NEIGHBOUR })))).toBeNull()
    const reveal = { params: { id: unit.id }, body: { purpose: '紧急联系' } }
    expect((await officer.call(unitRoutes.revealUnit, reveal)).body.phone).toBe('13812340001')
    const handler = await t.as(await t.aPerson({ role: 'unit_handler', unitId: unit.id }))
    expect((await handler.call(unitRoutes.revealUnit, reveal)).status).toBe(200)
    expect((await (await t.as('unit_handler')).call(unitRoutes.revealUnit, reveal)).status).toBe(403)
    const { rows } = await t.deps.pool.query(`select action from audit_records where subject_id = $1`, [unit.id])
    expect(rows).toEqual([{ action: 'reveal_unit' }, { action: 'reveal_unit' }])
  })

  it('are managed by the staff of their region only', async () => {
    const neighbour = await t.as(await t.aPerson({ role: 'officer', region: NEIGHBOUR }))
    expect((await add(neighbour)).status).toBe(403)
    expect((await add(officer, { regionCode: STREET })).status).toBe(403)
    expect((await add(await t.as('unit_handler'))).status).toBe(403)
    expect((await t.nobody.call(unitRoutes.listUnits)).status).toBe(401)
  })
})
