import { statisticsRoutes } from '@tongxin/contract'
import { expect, it } from 'vitest'
import { COMMUNITY, DISTRICT, GRID, NEIGHBOUR, OTHER_GRID, STREET, testApp } from '../../../test/support/index.ts'

const OTHER_STREET = '340803001'
const month = { from: '2026-03', to: '2026-03' }

it('lets read a region’s figures whoever holds an office over it, and a grid worker those of their community', async () => {
  const t = await testApp()
  await t.deps.pool.query(
    `insert into regions (code, level, name, parent_code) values ($1, 'street', '德宽路街道', $2)`,
    [OTHER_STREET, DISTRICT],
  )
  const regions = [DISTRICT, STREET, OTHER_STREET, COMMUNITY, NEIGHBOUR, GRID, OTHER_GRID]
  for (const [role, region, read] of [
    ['supervisor', DISTRICT, regions],
    ['supervisor', STREET, [STREET, COMMUNITY, NEIGHBOUR, GRID, OTHER_GRID]],
    ['supervisor', OTHER_STREET, [OTHER_STREET]],
    ['secretary', COMMUNITY, [COMMUNITY, GRID, OTHER_GRID]],
    ['officer', NEIGHBOUR, [NEIGHBOUR]],
    ['grid_worker', GRID, [COMMUNITY, GRID]],
  ] as const) {
    const reader = await t.as(await t.aPerson({ role, region }))
    const readable: string[] = []
    for (const each of regions) {
      const { status } = await reader.call(statisticsRoutes.readStatistics, { query: { region: each, ...month } })
      if (status === 200) readable.push(each)
      else expect(status, `${role} of ${region}: ${each}`).toBe(403)
    }
    expect(readable, `${role} of ${region}`).toEqual(read)
    const nowhere = await reader.call(statisticsRoutes.readStatistics, { query: { region: '340803099', ...month } })
    expect(nowhere.status).toBe(404)
  }
})

it('tells a grid worker of other grids only what singles out no matter', async () => {
  const t = await testApp()
  const reader = await t.as(await t.aPerson({ role: 'grid_worker', region: GRID }))
  const read = (query: object) =>
    reader.call(statisticsRoutes.readStatistics, { query: { region: COMMUNITY, ...month, ...query } as never })
  const unit = crypto.randomUUID()
  for (const [status, queries] of [
    [200, [{}, { by: 'month' }, { by: 'region' }, { grid: GRID, category: '209001', by: 'unit' }]],
    [200, [{ region: GRID }, { region: GRID, by: 'day' }, { region: GRID, unit, category: '209001' }]],
    [403, [{ by: 'day' }, { by: 'unit' }, { by: 'category' }, { unit }, { category: '209001', by: 'month' }]],
    [403, [{ grid: OTHER_GRID }, { grid: 'none' }, { region: OTHER_GRID, grid: GRID }, { region: OTHER_GRID }]],
  ] as const)
    for (const query of queries) expect((await read(query)).status, JSON.stringify(query)).toBe(status)

  // One matter judged in the other grid: its level would be the grid's composite.
  await t.deps.pool.query(
    `insert into stat_cells (community_code, span, starts_on, grid, unit, category, figures, others)
      values ($1, 'month', $2, $3, '*', '*', $4, '{}')`,
    [
      COMMUNITY,
      `${month.from}-01`,
      OTHER_GRID,
      { rated: [1, 1, { 1: 1 }], rated_contacted: [1, 1], rated_solved: [1, 0] },
    ],
  )
  const [other] = (await read({ by: 'region' })).body.groups
  expect(other).toMatchObject({ key: OTHER_GRID, figures: { valid: 1, composite: null } })
  const secretary = await t.as(await t.aPerson({ role: 'secretary', region: COMMUNITY }))
  const query = { region: COMMUNITY, ...month, by: 'region' } as const
  const whole = (await secretary.call(statisticsRoutes.readStatistics, { query })).body.groups
  expect(whole[0]!.figures.composite).toBeCloseTo(0.1)
})
