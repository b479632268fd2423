import { phraseRoutes } from '@tongxin/contract'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type Caller, COMMUNITY, GRID, NEIGHBOUR, startTestApp, type TestApp } from '../../../test/support/index.ts'

const POSTS = {
  resident: { role: 'resident' },
  gridWorker: { role: 'grid_worker', region: GRID },
  officer: { role: 'officer' },
  secretary: { role: 'secretary' },
  foreigner: { role: 'secretary', region: NEIGHBOUR },
} as const
type Post = keyof typeof POSTS

let t: TestApp
const who = {} as Record<Post, Caller>
beforeAll(async () => {
  t = await startTestApp()
  for (const [post, settings] of Object.entries(POSTS)) who[post as Post] = await t.as(await t.aPerson(settings))
})
afterAll(() => t.close())

const params = { communityCode: COMMUNITY }
const read = async (post: Post) => (await who[post].call(phraseRoutes.readPhrases, { params })).body
const OWN = { action: 'dispatch', choice: null, text: '请三天内到现场。' } as const
const put = (post: Post, ifMatch: number, items: unknown) =>
  who[post].call(phraseRoutes.setPhrases, { params, ifMatch, body: { items } as never })

it('begin with a set that serves each action and each reason, for whoever works there', async () => {
  const { items, version } = await read('gridWorker')
  expect(version).toBe(0)
  expect(items).toContainEqual(expect.objectContaining({ action: 'decline', choice: 'outside_duty' }))
  expect(new Set(items.map(({ action }) => action)).size).toBe(9)
  expect((await who.resident.call(phraseRoutes.readPhrases, { params })).status).toBe(403)
})

it('are the secretary’s to add to, change, order and remove, each change on record', async () => {
  const { items: first } = await read('secretary')
  const refused = await Promise.all([put('officer', 0, [OWN]), put('foreigner', 0, [OWN])])
  expect(refused.map(({ status }) => status)).toEqual([403, 403])
  const wrong = await put('secretary', 0, [{ ...OWN, choice: 'outside_duty' }])
  expect([wrong.status, wrong.problem.errors?.[0]?.path]).toEqual([400, 'body.items.0.choice'])

  const changed = await put('secretary', 0, [OWN, ...first.slice(1)])
  expect([changed.status, changed.body.version]).toEqual([200, 1])
  expect((await put('secretary', 0, first)).status).toBe(412)
  expect((await put('secretary', 1, [...first.slice(1), OWN])).body.items.at(-1)).toEqual(OWN)
  expect(await read('officer')).toEqual({ version: 2, items: [...first.slice(1), OWN] })

  const changes = async (query = {}) => (await who.officer.call(phraseRoutes.listPhraseChanges, { params, query })).body
  const { items, nextCursor } = await changes({ limit: 1 })
  expect(items).toMatchObject([{ version: 2, added: [], removed: [] }])
  const rest = await changes({ limit: 1, cursor: nextCursor })
  expect(rest.items).toMatchObject([{ version: 1, added: [OWN], removed: [first[0]] }])
  expect(rest.nextCursor).toBeNull()
})
