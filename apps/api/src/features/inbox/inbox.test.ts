import { get, type IncomingMessage } from 'node:http'
import { type InboxItem, inboxRoutes } from '@tongxin/contract'
import { afterAll, beforeAll, expect, it } from 'vitest'
import {
  aUnit,
  type Caller,
  COMMUNITY,
  DAY,
  GRID,
  grant,
  HOUR,
  NEIGHBOUR,
  STREET,
  startTestApp,
  type TestApp,
} from '../../../test/support/index.ts'
import { ACCEPTED, must, raiseAs } from '../../../test/support/issues.ts'
import { inTransaction } from '../../db/connect.ts'
import { loadReferenceCategories } from '../../reference/load-reference.ts'
import { purgeInbox } from './index.ts'

const POSTS = {
  resident: { role: 'resident' },
  officer: { role: 'officer' },
  officer2: { role: 'officer' },
  secretary: { role: 'secretary' },
  supervisor: { role: 'supervisor', region: STREET },
  gridWorker: { role: 'grid_worker', region: GRID },
} as const
type Post = keyof typeof POSTS | 'handler' | 'helper' | 'street'

let t: TestApp
const people = {} as Record<Post, { id: string }>
const who = {} as Record<Post, Caller>
let leadUnitId: string
let coUnitId: string
let streetUnitId: string

/** Time passes, and everybody signs in again: a session does not outlast it. */
const pass = async (milliseconds: number) => {
  t.clock.advance(milliseconds)
  for (const [post, person] of Object.entries(people)) who[post as Post] = await t.as(person)
}

beforeAll(async () => {
  t = await startTestApp({ tick: 1 })
  await inTransaction(t.deps.pool, loadReferenceCategories)
  ;[leadUnitId, coUnitId] = [(await aUnit(t.deps)).id, (await aUnit(t.deps)).id]
  streetUnitId = (await aUnit(t.deps, { regionCode: STREET })).id
  for (const [post, settings] of Object.entries(POSTS)) people[post as Post] = await t.aPerson(settings)
  people.handler = await t.aPerson({ role: 'unit_handler', unitId: leadUnitId })
  people.helper = await t.aPerson({ role: 'unit_handler', unitId: coUnitId })
  people.street = await t.aPerson({ role: 'unit_handler', region: STREET, unitId: streetUnitId })
  await pass(0)
})
afterAll(() => t.close())

const listOf = async (post: Post, query: object = {}) => {
  const reply = await who[post].call(inboxRoutes.listInbox, { query: { limit: 100, ...query } as never })
  expect(reply.status, reply.text).toBe(200)
  return reply.body
}
const said = ({ step, clock }: InboxItem) => (clock ? `${step} ${clock}` : step)
/** What each was told of this matter, the newest first. */
const told = async (id: string) => {
  const entries = await Promise.all(
    (Object.keys(people) as Post[]).map(async (post) => {
      const { items } = await listOf(post)
      return [post, items.filter(({ issueId }) => issueId === id).map(said)] as const
    }),
  )
  return Object.fromEntries(entries.filter(([, steps]) => steps.length > 0))
}
const accepted = async (fields = {}) => {
  const id = await raiseAs(who.resident, fields)
  await must(who.officer, id, 'accept', ACCEPTED)
  return id
}

it('tells those whose duty it is, never who did it, and what is over by the public title alone', async () => {
  const id = await accepted({ title: '三号楼路灯不亮，电话13912345678' })
  await must(who.officer, id, 'dispatch', { leadUnitId, coUnits: [{ unitId: coUnitId }] })
  expect(await told(id)).toEqual({ handler: ['ordered'], helper: ['ordered'] })
  await must(who.handler, id, 'sign')
  const later = new Date(t.clock.now().getTime() + 20 * DAY).toISOString()
  await must(who.handler, id, 'request_extension', { requestedDueAt: later, reason: '配件须定制' })
  await must(who.officer2, id, 'decide_extension', { approved: true, dueAt: later, reason: '同意' })
  await must(who.supervisor, id, 'supervise', { order: '尽快', dueAt: later })
  await must(who.secretary, id, 'escalate', { reason: '需街道协调', streetUnitId })
  await must(who.street, id, 'report_in', { progressText: '已到场' })
  await must(who.officer, id, 'reply_supervision', { answer: '已在办理' })
  expect(await told(id)).toEqual({
    officer: ['reported_in', 'supervised', 'extension_asked'],
    officer2: ['reported_in', 'supervised', 'extension_asked'],
    secretary: ['reported_in', 'supervised', 'extension_asked'],
    supervisor: ['supervision_answered', 'whistled'],
    handler: ['extension_decided', 'ordered'],
    helper: ['ordered'],
    street: ['whistled'],
  })
  const titles = Object.fromEntries(
    await Promise.all(
      (['officer', 'supervisor', 'handler'] as const).map(async (post) => [
        post,
        (await listOf(post)).items[0]?.issueTitle,
      ]),
    ),
  )
  expect(titles).toEqual({
    officer: '三号楼路灯不亮，电话13912345678',
    supervisor: ACCEPTED.publicTitle,
    handler: ACCEPTED.publicTitle,
  })
})

it('tells the very unit whose part it is, and whoever decides on it', async () => {
  const id = await accepted()
  await must(who.officer, id, 'dispatch', { leadUnitId })
  await must(who.officer, id, 'add_part', { unitId: coUnitId, instructions: '清理现场' })
  expect(await told(id)).toEqual({ handler: ['ordered'], helper: ['ordered'] })
  await pass(2 * DAY)
  await t.runDueJobs()
  const own = (steps: string[] | undefined) => (steps ?? []).filter((step) => !step.endsWith(' handle'))
  // Each is told of its own signature alone.
  expect(own((await told(id)).helper).sort()).toEqual(['clock_overdue sign', 'clock_warned sign', 'ordered'])
  await must(who.helper, id, 'sign_part', { unitId: coUnitId })
  await must(who.helper, id, 'finish_part', { unitId: coUnitId, result: '已清理' })
  expect((await told(id)).handler?.[0]).toBe('part_finished')
})

it('brings every step of a clock to the ladder and to who is at work, once, however often the workers wake', async () => {
  const id = await accepted()
  await must(who.officer, id, 'dispatch', { leadUnitId })
  // Four working hours to sign: the whole ladder is passed in one night and a day.
  await pass(2 * DAY)
  await t.runDueJobs()
  await t.runDueJobs()
  const of = await told(id)
  const steps = (post: Post) => (of[post] ?? []).filter((step) => step.endsWith('sign')).sort()
  expect(steps('officer')).toEqual(['clock_overdue sign', 'clock_warned sign'])
  expect(steps('handler')).toEqual(['clock_overdue sign', 'clock_warned sign'])
  expect(steps('secretary')).toEqual(['clock_overdue sign'])
  expect(steps('supervisor')).toEqual(['clock_overdue sign'])
  expect([of.gridWorker, of.resident, of.helper]).toEqual([undefined, undefined, undefined])
  // Nobody has contacted the raiser of this one.
  const untouched = await raiseAs(who.resident, { urgency: undefined })
  await pass(3 * HOUR)
  await t.runDueJobs()
  expect((await told(untouched)).officer).toContain('clock_overdue contact')
})

it('is read one by one or up to a moment, paged without gaps, and counted', async () => {
  const { unread, items } = await listOf('officer')
  expect(items.filter(({ readAt }) => readAt === null)).toHaveLength(unread)
  const seen: string[] = []
  let cursor: string | null = null
  do {
    const page = await listOf('officer', { limit: 3, ...(cursor === null ? {} : { cursor }) })
    seen.push(...page.items.map(({ id }) => id))
    cursor = page.nextCursor
  } while (cursor !== null)
  expect(seen).toEqual(items.map(({ id }) => id))

  const read = (body: object, by: Caller = who.officer) => by.call(inboxRoutes.readInbox, { body } as never)
  // Another's item stays as it is.
  expect((await read({ ids: [seen[0]] }, who.secretary)).status).toBe(200)
  expect((await read({ ids: [seen[0]] })).body).toEqual({ unread: unread - 1 })
  expect((await listOf('officer', { unread: 'true' })).items.map(({ id }) => id)).toEqual(seen.slice(1))
  expect((await read({ until: items[1]?.madeAt })).body).toEqual({ unread: 0 })
  expect((await read({ ids: [] })).status).toBe(400)
  expect((await t.nobody.call(inboxRoutes.listInbox, {})).status).toBe(401)
})

/** Everything that comes on a line, as it comes. */
const listen = async (url: string, caller: Caller, signal: AbortSignal) => {
  const headers = { authorization: `Bearer ${caller.token}` }
  const reader = (await fetch(url, { headers, signal })).body!.pipeThrough(new TextDecoderStream()).getReader()
  const heard = { text: '', ended: false }
  const read = async () => {
    for (let next = await reader.read(); !next.done; next = await reader.read()) heard.text += next.value
    heard.ended = true
  }
  void read().catch(() => undefined)
  return heard
}

it('is followed by the count, told anew when it changes, and of a community by those alone who work there', async () => {
  const stop = new AbortController()
  const url = `${t.base}/v1/news/events?community=${COMMUNITY}`
  const outsider = await listen(url, who.resident, stop.signal)
  const { unread } = await listOf('handler')
  const line = await listen(url, who.handler, stop.signal)
  const until = (text: string) => expect.poll(() => line.text, { timeout: 10_000 }).toContain(text)
  await until(`data: {"unread":${unread}}`)
  await until('event: community')
  const id = await accepted()
  await must(who.officer, id, 'dispatch', { leadUnitId })
  await until(`data: {"unread":${unread + 1}}`)
  // By now it was told all there was.
  expect(outsider.text).toContain('data: {"unread":0}')
  expect(outsider.text).not.toContain('event: community')
  // One person's ninth line ends their first.
  const more = await Promise.all(
    Array.from(
      { length: 8 },
      () =>
        new Promise<IncomingMessage>((resolve, reject) => {
          get(url, { headers: { authorization: `Bearer ${who.handler.token}` }, agent: false }, resolve).on(
            'error',
            reject,
          )
        }),
    ),
  )
  expect(more.map(({ statusCode }) => statusCode)).toEqual(more.map(() => 200))
  await expect.poll(() => line.ended, { timeout: 10_000 }).toBe(true)
  for (const each of more) each.destroy()
  stop.abort()
})

it('tells somebody by name through an office that has to do with the matter, or not at all', async () => {
  const gone = await t.aPerson({ role: 'supervisor', region: STREET })
  await grant(t.deps, { personId: gone.id, role: 'officer', region: NEIGHBOUR })
  const id = await accepted()
  const dueAt = new Date(t.clock.now().getTime() + DAY).toISOString()
  await must(await t.as(gone), id, 'supervise', { order: '尽快', dueAt })
  await t.deps.pool.query(
    `update grants set revoked_at = $2, revoked_by = approved_by where person_id = $1 and role = 'supervisor'`,
    [gone.id, t.clock.now()],
  )
  await must(who.officer, id, 'reply_supervision', { answer: '已在办理' })
  const { items } = (await (await t.as(gone)).call(inboxRoutes.listInbox, {})).body
  expect(items.filter(({ issueId }) => issueId === id)).toEqual([])
})

it('ends with the grant by which it was told, and after half a year', async () => {
  const before = await listOf('officer2')
  expect(before.items).not.toEqual([])
  await t.deps.pool.query('update grants set revoked_at = $2, revoked_by = approved_by where person_id = $1', [
    people.officer2.id,
    t.clock.now(),
  ])
  expect(await listOf('officer2')).toMatchObject({ items: [], unread: 0 })
  await pass(190 * DAY)
  await purgeInbox(t.deps, {})
  expect((await listOf('officer')).items).toEqual([])
  const { rows } = await t.deps.pool.query('select count(*)::int as n from inbox_items where community_code = $1', [
    COMMUNITY,
  ])
  expect(rows[0].n).toBe(0)
})
