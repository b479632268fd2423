import { MOST_VIEWS, viewRoutes } from '@tongxin/contract'
import { afterAll, beforeAll, expect, it } from 'vitest'
import {
  type Caller,
  COMMUNITY,
  GRID,
  NEIGHBOUR,
  STREET,
  startTestApp,
  type TestApp,
} from '../../../test/support/index.ts'

const POSTS = {
  officer: { role: 'officer' },
  secretary: { role: 'secretary' },
  gridWorker: { role: 'grid_worker', region: GRID },
  supervisor: { role: 'supervisor', region: STREET },
  foreigner: { role: 'officer', region: NEIGHBOUR },
} as const
type Post = keyof typeof POSTS

let t: TestApp
const who = {} as Record<Post, Caller>
beforeAll(async () => {
  t = await startTestApp()
  for (const [post, settings] of Object.entries(POSTS)) who[post as Post] = await t.as(await t.aPerson(settings))
})
afterAll(() => t.close())

const OVERDUE = {
  name: '超期未结',
  filters: { stage: 'handle', overdue: 'true' },
  columns: ['number', 'due', 'unit'],
  layout: 'list',
  shared: false,
} as const
const save = (post: Post, content: object = {}, community = COMMUNITY) =>
  who[post].call(viewRoutes.saveView, { body: { ...OVERDUE, columns: [...OVERDUE.columns], community, ...content } })
const list = async (post: Post, query: object = {}) => {
  const reply = await who[post].call(viewRoutes.listViews, { query: { community: COMMUNITY, ...query } as never })
  expect(reply.status, reply.text).toBe(200)
  return reply.body
}
const names = async (post: Post) => (await list(post)).items.map(({ name }) => name)

it('keeps what somebody looks at often, for them alone until they share it', async () => {
  const { status, body: view } = await save('officer')
  expect(status).toBe(201)
  expect(view).toMatchObject({ ...OVERDUE, mine: true, mayChange: true, version: 1 })
  for (const post of ['secretary', 'gridWorker', 'supervisor'] as const) expect(await names(post)).toEqual([])
  const peek = await who.secretary.call(viewRoutes.removeView, { params: { id: view.id }, ifMatch: 1 })
  expect(peek.status).toBe(404)

  const params = { id: view.id }
  const shared = await who.officer.call(viewRoutes.changeView, { params, body: { shared: true }, ifMatch: 1 })
  expect(shared.body).toMatchObject({ ...OVERDUE, shared: true, version: 2 })
  expect(await names('gridWorker')).toEqual([OVERDUE.name])
  expect((await list('gridWorker')).items[0]).toMatchObject({ mine: false, mayChange: false })
  const change = (post: Post, ifMatch: number) =>
    who[post].call(viewRoutes.changeView, { params, body: { name: '超期' }, ifMatch })
  expect((await change('gridWorker', 2)).status).toBe(403)
  expect((await change('officer', 1)).body).toMatchObject({ code: 'stale_version' })
  // Of an officer who has gone it would stand for ever.
  expect((await list('secretary')).items[0]).toMatchObject({ mine: false, mayChange: true })
  expect((await who.secretary.call(viewRoutes.removeView, { params, ifMatch: 2 })).status).toBe(204)
  expect(await names('officer')).toEqual([])
})

it('lists one’s own before the others’, page after page', async () => {
  for (const name of ['丙', '甲', '乙']) await save('secretary', { name, shared: true })
  for (const name of ['一', '二']) await save('gridWorker', { name })
  const seen: string[] = []
  for (let cursor: string | null | undefined; cursor !== null; ) {
    const page = await list('gridWorker', { limit: 2, ...(cursor && { cursor }) })
    seen.push(...page.items.map(({ name }) => name))
    cursor = page.nextCursor
  }
  expect(seen.slice(0, 2).toSorted()).toEqual(['一', '二'].toSorted())
  expect(seen.slice(2).toSorted()).toEqual(['丙', '甲', '乙'].toSorted())
})

it('refuses what the list itself would refuse, a name twice, and more than anybody finds again', async () => {
  expect((await save('supervisor', { filters: { stage: 'nowhere' } })).body).toMatchObject({
    code: 'invalid_input',
    errors: [{ path: 'body.filters.stage' }],
  })
  expect((await save('supervisor', { filters: { nothing: '1' } })).status).toBe(400)
  expect((await save('supervisor', { columns: ['number', 'shoe_size'] })).status).toBe(400)
  expect((await save('supervisor')).status).toBe(201)
  expect((await save('supervisor')).body).toMatchObject({ code: 'conflict', reason: 'view_exists' })
  for (let n = 1; n < MOST_VIEWS; n++) await save('supervisor', { name: `第${n}个` })
  expect((await save('supervisor', { name: '再来一个' })).body).toMatchObject({ reason: 'too_many_views' })
})

it('is of one community: whoever has no part in its office sees and keeps nothing there', async () => {
  const reply = await who.foreigner.call(viewRoutes.listViews, { query: { community: COMMUNITY } as never })
  expect(reply.status).toBe(403)
  expect((await save('foreigner')).status).toBe(403)
  const { body: view } = await save('secretary', { name: '外人看不到', shared: true })
  const params = { id: view.id }
  const change = await who.foreigner.call(viewRoutes.changeView, { params, body: { name: '改' }, ifMatch: 1 })
  expect(change.status).toBe(404)
})
