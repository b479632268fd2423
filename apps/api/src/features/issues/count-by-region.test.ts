import { issueRoutes } from '@tongxin/contract'
import { afterAll, beforeAll, expect, it } from 'vitest'
import {
  BUILDING,
  type Caller,
  COMMUNITY,
  DAY,
  GRID,
  NEIGHBOUR,
  startTestApp,
  type TestApp,
} from '../../../test/support/index.ts'
import { raiseAs } from '../../../test/support/issues.ts'

let t: TestApp
let officer: Caller
/** Signed in again: sessions end by themselves. */
let officerLater: () => Promise<Caller>
let foreigner: Caller
let gridWorker: Caller
beforeAll(async () => {
  t = await startTestApp()
  const person = await t.aPerson({ role: 'officer' })
  officerLater = () => t.as(person)
  officer = await officerLater()
  foreigner = await t.as(await t.aPerson({ role: 'officer', region: NEIGHBOUR }))
  gridWorker = await t.as(await t.aPerson({ role: 'grid_worker', region: GRID }))
})
afterAll(() => t.close())

const count = async (by: Caller, query: object = {}) => {
  const reply = await by.call(issueRoutes.countIssuesByRegion, { query: { community: COMMUNITY, ...query } as never })
  expect(reply.status, reply.text).toBe(200)
  return reply.body
}

it('counts what a list holds where it lies, with what is overdue, by building for the community’s office alone', async () => {
  const resident = await t.as(await t.aPerson({ role: 'resident' }))
  await raiseAs(resident, { regionCode: BUILDING })
  await raiseAs(resident, { regionCode: BUILDING })
  await raiseAs(resident, { regionCode: GRID })
  await raiseAs(resident, { regionCode: undefined })
  const all = {
    items: [
      { gridCode: GRID, buildingCode: BUILDING, count: 2, overdue: 0 },
      { gridCode: GRID, buildingCode: null, count: 1, overdue: 0 },
      { gridCode: null, buildingCode: null, count: 1, overdue: 0 },
    ],
    counted: 4,
    exact: true,
  }
  expect(await count(officer)).toEqual(all)
  expect(await count(gridWorker)).toEqual(all)
  expect((await count(officer, { building: BUILDING })).counted).toBe(2)
  // Nothing is public yet; and of a building nobody else is told.
  expect(await count(foreigner)).toEqual({ items: [], counted: 0, exact: true })
  expect((await count(foreigner, { building: BUILDING })).counted).toBe(0)
  t.clock.advance(2 * DAY)
  expect((await count(await officerLater(), { overdue: 'true' })).items.map(({ overdue }) => overdue)).toEqual([
    2, 1, 1,
  ])
})
