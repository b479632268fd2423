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
    ['grid_worker', GRID, [COMMUNITY, GRID, OTHER_GRID]],
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
