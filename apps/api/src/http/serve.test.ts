import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { Readable } from 'node:stream'
import { media, route } from '@tongxin/contract'
import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import * as z from 'zod'
import { type Caller, HOUR, startTestApp, type TestApp } from '../../test/support/index.ts'
import type { Feature } from '../app.ts'
import { answer } from './answer.ts'
import { AppError } from './errors.ts'
import { serve } from './serve.ts'

const thing = z.object({ id: z.int(), name: z.string(), note: z.string().nullable(), tags: z.array(z.string()) })
const named = z.strictObject({ name: z.string().min(2).max(20) })
const at = { tag: '测试', summary: '测试', permission: 'public.read' } as const

const readThing = route({
  ...at,
  operationId: 'readThing',
  method: 'GET',
  path: '/v1/things/:id',
  params: z.object({ id: z.coerce.number().int().positive() }),
  query: z.object({ search: z.string().optional(), open: z.stringbool().default(true) }),
  responses: { 200: thing },
})
const addThing = route({
  ...at,
  operationId: 'addThing',
  method: 'POST',
  path: '/v1/things',
  permission: 'me.read',
  body: named,
  responses: { 201: thing },
})
const addThingUnsigned = route({
  ...addThing,
  operationId: 'addOpenThing',
  path: '/v1/open-things',
  permission: 'public.read',
})
const changeThing = route({
  ...at,
  operationId: 'changeThing',
  method: 'PATCH',
  path: '/v1/things/:id',
  params: readThing.params,
  body: named,
  ifMatch: true,
  responses: { 200: z.object({ saw: z.int() }) },
})
const dropThing = route({
  ...at,
  operationId: 'dropThing',
  method: 'DELETE',
  path: '/v1/things/:id',
  params: readThing.params,
  permission: 'regions.manage',
  responses: { 204: null },
})
const uploadThing = route({
  ...at,
  operationId: 'uploadThing',
  method: 'POST',
  path: '/v1/thing-files',
  body: z.object({ note: z.string().max(10) }),
  upload: { field: 'file', mediaTypes: ['text/plain'], maxBytes: 1_000 },
  responses: { 201: z.object({ bytes: z.int(), name: z.string(), note: z.string() }) },
})
const collide = route({
  ...at,
  operationId: 'collide',
  method: 'POST',
  path: '/v1/collisions',
  body: z.object({ first: z.int(), second: z.int() }),
  responses: { 204: null },
})
const followThings = route({
  ...at,
  operationId: 'followThings',
  method: 'GET',
  path: '/v1/things/events',
  responses: { 200: media('text/event-stream') },
})
const followed = new Readable({ read() {} })

let ran = 0
let committed = 0
let meeting: { arrived: number; open: () => void; opened: Promise<void> }

function meetAgain() {
  let open = () => {}
  const opened = new Promise<void>((resolve) => {
    open = resolve
  })
  meeting = { arrived: 0, open, opened }
}

const things: Feature = (app, deps) => {
  serve(app, deps, readThing, async ({ params, request }) => {
    if (params.id === 13) throw new Error('kept to ourselves: 13800000000')
    const row = { id: params.id, name: '“张三”\n', note: null, tags: ['甲'], secret: 'never' }
    if (params.id === 14) return { ...row, name: undefined } as never
    return request.headers['x-plain'] ? row : answer(row, { version: 3 })
  })
  const add = async (tx: Parameters<Parameters<typeof serve>[3]>[0], name: string) => {
    ran++
    const { tx: on, afterCommit } = tx as unknown as { tx: typeof deps.db; afterCommit: (f: () => void) => void }
    const result = await on.execute<{ id: number }>(sql`insert into things (name) values (${name}) returning id`)
    if (name === 'refused') throw new AppError('conflict', { reason: 'just_so' })
    afterCommit(() => committed++)
    const id = result.rows[0]?.id ?? 0
    return answer({ id, name, note: null, tags: [] }, { version: 1, location: `/v1/things/${id}` })
  }
  serve(app, deps, addThing, (context) => add(context as never, context.body.name))
  serve(app, deps, addThingUnsigned, (context) => add(context as never, context.body.name))
  serve(app, deps, changeThing, async ({ version }) => ({ saw: version }))
  serve(app, deps, followThings, async ({ reply }) => reply.type('text/event-stream').send(followed))
  serve(app, deps, dropThing, async () => undefined)
  serve(app, deps, uploadThing, async ({ file, body }) => ({
    bytes: file.bytes.length,
    name: file.name,
    note: body.note,
  }))
  serve(app, deps, collide, async ({ tx, body }) => {
    await tx.execute(sql`update things set name = 'x' where id = ${body.first}`)
    meeting.arrived++
    if (meeting.arrived === 2) meeting.open()
    await meeting.opened
    await tx.execute(sql`update things set name = 'y' where id = ${body.second}`)
    return undefined
  })
}

let test: TestApp
let officer: Caller
const lines: string[] = []

beforeAll(async () => {
  const { createLogger } = await import('../logger.ts')
  const logger = createLogger('debug', { write: (line) => void lines.push(line) })
  test = await startTestApp({ features: [things], deps: { logger } })
  await test.deps.pool.query('create table things (id serial primary key, name text not null)')
  officer = await test.as('officer')
})
afterAll(() => test.close())

const count = async () => Number((await test.deps.pool.query('select count(*) from things')).rows[0].count)
const get = (url: string, headers = {}) => test.nobody.send({ method: 'GET', url, headers })

describe('a read', () => {
  it('that is still being written as its reader leaves is nothing to report', async () => {
    const reader = new AbortController()
    followed.push(':\n\n')
    const answer = await fetch(`${test.base}${followThings.path}`, { signal: reader.signal })
    await answer.body?.getReader().read()
    const before = lines.length
    reader.abort()
    await once(followed, 'close')
    await get('/v1/things/1')
    expect(lines.slice(before).filter((line) => JSON.parse(line).level >= 40)).toEqual([])
  })

  it('answers what the contract names and nothing else', async () => {
    const response = await get('/v1/things/7')
    expect(response.statusCode).toBe(200)
    expect(response.headers['content-type']).toBe('application/json; charset=utf-8')
    expect(response.json()).toEqual({ id: 7, name: '“张三”\n', note: null, tags: ['甲'] })
  })

  it('answers in full to whoever has this version, and lets nobody keep the answer', async () => {
    expect((await get('/v1/things/7')).headers.etag).toBe('"3"')
    const response = await get('/v1/things/7', { 'if-none-match': '"3"' })
    expect(response.statusCode).toBe(200)
    expect(response.headers).toMatchObject({ etag: '"3"', 'cache-control': 'no-store' })
  })

  it('names every wrong field in Chinese', async () => {
    const { statusCode, headers, ...response } = await get('/v1/things/-1?open=perhaps')
    expect([statusCode, headers['content-type']]).toEqual([400, 'application/problem+json; charset=utf-8'])
    const problem = JSON.parse(response.body)
    expect(problem).toMatchObject({ code: 'invalid_input', type: 'urn:tongxin:problem:invalid_input', status: 400 })
    expect(problem.errors[0]).toEqual({ path: 'params.id', message: expect.stringMatching(/\p{Script=Han}/u) })
    expect((await get('/v1/things/1?open=perhaps')).json().errors[0].path).toBe('query.open')
    expect((await get('/v1/things/1?search=a%00b')).json().errors[0].path).toBe('query.search')
  })

  it('keeps its own faults to itself', async () => {
    for (const id of [13, 14]) {
      const response = await get(`/v1/things/${id}`)
      expect([response.statusCode, response.json().code]).toEqual([500, 'internal'])
      expect(response.body).not.toContain('1380000')
    }
  })

  it('tells browsers nothing they could misuse', async () => {
    const { headers } = await get('/v1/things/7')
    expect(headers).toMatchObject({
      'x-content-type-options': 'nosniff',
      'cache-control': 'no-store',
      'referrer-policy': 'no-referrer',
      'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
    })
    expect(headers).not.toHaveProperty('x-powered-by')
    expect(headers).not.toHaveProperty('strict-transport-security')
  })
})

describe('permission', () => {
  it('is asked for before anything of the request is looked at', async () => {
    const torn = {
      method: 'DELETE',
      url: '/v1/things/x',
      payload: '{',
      headers: { 'content-type': 'application/json' },
    } as const
    expect((await test.nobody.send(torn)).json().code).toBe('unauthenticated')
    expect((await officer.send(torn)).json().code).toBe('forbidden')
  })

  it('follows a grant as soon as it is given and taken', async () => {
    const { grant } = await import('../../test/support/index.ts')
    const person = await test.aPerson({})
    const caller = await test.as(person)
    const attempt = async () => (await caller.call(dropThing, { params: { id: 1 } })).status
    expect(await attempt()).toBe(403)
    const id = await grant(test.deps, { personId: person.id, role: 'administrator' })
    await expect.poll(attempt).toBe(204)
    await test.deps.pool.query('update grants set revoked_by = requested_by, revoked_at = $2 where id = $1', [
      id,
      test.clock.now(),
    ])
    await expect.poll(attempt).toBe(403)
  })

  it('ends with the day a grant is valid to', async () => {
    const { grant } = await import('../../test/support/index.ts')
    const person = await test.aPerson({})
    const id = await grant(test.deps, { personId: person.id, role: 'administrator' })
    const now = test.clock.now().getTime()
    await test.deps.pool.query('update grants set valid_from = $2, valid_to = $3 where id = $1', [
      id,
      new Date(now + 60_000),
      new Date(now + 120_000),
    ])
    const caller = await test.as(person)
    const attempt = async () => (await caller.call(dropThing, { params: { id: 1 } })).status
    expect(await attempt()).toBe(403)
    test.clock.advance(60_000)
    expect(await attempt()).toBe(204)
    test.clock.advance(60_000)
    expect(await attempt()).toBe(403)
  })

  it('is never answered from memory while changes cannot be heard', async () => {
    const person = await test.aPerson({ role: 'administrator' })
    const caller = await test.as(person)
    const attempt = async () => (await caller.call(dropThing, { params: { id: 1 } })).status
    expect(await attempt()).toBe(204)
    await test.deps.pool.query(
      `select pg_terminate_backend(pid) from pg_stat_activity
       where application_name = 'tongxin-announcements' and datname = current_database()`,
    )
    await expect.poll(() => test.deps.announcements.standing).toBe(false)
    await test.deps.pool.query('delete from grants where person_id = $1', [person.id])
    expect(await attempt()).toBe(403)
    await expect.poll(() => test.deps.announcements.standing, { timeout: 5_000 }).toBe(true)
  })
})

describe('a write', () => {
  const add = (name: string, idempotencyKey: string | null = randomUUID(), caller = officer) =>
    caller.call(addThing, { body: { name }, idempotencyKey })

  it('answers with status, version and place', async () => {
    const reply = await add('新的')
    expect([reply.status, reply.headers.etag]).toEqual([201, '"1"'])
    expect(reply.headers.location).toBe(`/v1/things/${reply.body.id}`)
  })

  it('needs a key', async () => {
    expect((await add('无键', null)).problem.code).toBe('idempotency_key_required')
    expect((await add('坏键', 'with space')).problem.code).toBe('idempotency_key_required')
  })

  it('leaves nothing behind when it is refused, and may then be tried again', async () => {
    const [key, before] = [randomUUID(), await count()]
    const effects = committed
    const refused = await add('refused', key)
    expect([refused.status, refused.problem.reason]).toEqual([409, 'just_so'])
    expect([await count(), committed]).toEqual([before, effects])
    expect((await add('allowed', key)).status).toBe(201)
    expect(committed).toBe(effects + 1)
  })

  it('acts once for one key, and gives the same answer again', async () => {
    const [key, before] = [randomUUID(), await count()]
    const first = await add('一次', key)
    const again = await add('一次', key)
    expect(again.headers['idempotency-replayed']).toBe('true')
    expect(first.headers['idempotency-replayed']).toBeUndefined()
    expect([again.status, again.text, again.headers.location, again.headers.etag]).toEqual([
      201,
      first.text,
      first.headers.location,
      '"1"',
    ])
    expect(await count()).toBe(before + 1)
  })

  it('acts once for one key however many come at the same moment', async () => {
    const [key, before, runs] = [randomUUID(), await count(), ran]
    const replies = await Promise.all(Array.from({ length: 8 }, () => add('同时', key)))
    expect(new Set(replies.map(({ text }) => text)).size).toBe(1)
    expect(replies.filter(({ headers }) => headers['idempotency-replayed'])).toHaveLength(7)
    expect([await count(), ran]).toEqual([before + 1, runs + 1])
  })

  it('refuses a key that was used for something else', async () => {
    const key = randomUUID()
    await add('这个', key)
    const other = await add('那个', key)
    expect([other.status, other.problem.code]).toEqual([422, 'idempotency_key_reused'])
  })

  it("keeps people's keys apart", async () => {
    const key = randomUUID()
    const mine = await add('我的', key)
    const theirs = await add('我的', key, await test.as('secretary'))
    expect([mine.status, theirs.status]).toEqual([201, 201])
    expect(theirs.body.id).not.toBe(mine.body.id)
    const open = () => test.nobody.call(addThingUnsigned, { body: { name: '公开' }, idempotencyKey: key })
    expect((await open()).body.id).toBe((await open()).body.id)
  })

  it('forgets keys after a day', async () => {
    const key = randomUUID()
    const first = await add('一天', key)
    const later = await test.as({ id: officer.personId ?? '' })
    test.clock.advance(23 * HOUR)
    await test.deps.pool.query(`select graphile_worker.add_job('purge_idempotency_keys')`)
    expect(await test.runDueJobs()).toContain('purge_idempotency_keys')
    const within = await test.as({ id: later.personId ?? '' })
    expect((await add('一天', key, within)).body.id).toBe(first.body.id)
    test.clock.advance(2 * HOUR)
    await test.deps.pool.query(`select graphile_worker.add_job('purge_idempotency_keys')`)
    await test.runDueJobs()
    officer = await test.as({ id: officer.personId ?? '' })
    expect((await add('一天', key)).body.id).not.toBe(first.body.id)
  })

  it('is tried again when it met another one head on', async () => {
    const one = (await add('其一')).body.id
    const other = (await add('其二')).body.id
    meetAgain()
    const replies = await Promise.all([
      test.nobody.call(collide, { body: { first: one, second: other } }),
      test.nobody.call(collide, { body: { first: other, second: one } }),
    ])
    expect(replies.map(({ status }) => status)).toEqual([204, 204])
    expect(meeting.arrived).toBeGreaterThan(2)
  })

  it('takes the version its caller saw', async () => {
    const change = (ifMatch?: number | string) =>
      test.nobody.call(changeThing, { params: { id: 1 }, body: { name: '改名' }, ifMatch })
    expect((await change(7)).body).toEqual({ saw: 7 })
    expect([(await change()).status, (await change()).problem.code]).toEqual([428, 'precondition_required'])
    expect([(await change('abc')).status, (await change('abc')).problem.code]).toEqual([412, 'stale_version'])
  })
})

describe('a body', () => {
  const post = (payload: string | Buffer, type = 'application/json') =>
    officer.send({
      method: 'POST',
      url: '/v1/things',
      payload,
      headers: { 'content-type': type, 'idempotency-key': randomUUID() },
    })
  const codeOf = async (response: ReturnType<typeof post>) => {
    const { statusCode, body } = await response
    return [statusCode, JSON.parse(body).code]
  }

  it.each([
    ['torn JSON', '{"name": "一', 400, 'malformed_body'],
    ['a poisoned prototype', '{"name": "一二", "__proto__": {"admin": true}}', 400, 'malformed_body'],
    ['nothing', '', 400, 'invalid_input'],
    ['a list', '[]', 400, 'invalid_input'],
    ['null', 'null', 400, 'invalid_input'],
    ['an unknown field', '{"name": "一二", "admin": true}', 400, 'invalid_input'],
    ['a NUL', '{"name": "一\\u0000二"}', 400, 'invalid_input'],
    ['half a surrogate pair', '{"name": "一二\\ud83d"}', 400, 'invalid_input'],
    ['too much', `{"name": "${'长'.repeat(400_000)}"}`, 413, 'body_too_large'],
  ])('%s has one answer', async (_, payload, status, code) => {
    expect(await codeOf(post(payload))).toEqual([status, code])
  })

  it('of another type is refused', async () => {
    expect(await codeOf(post('name=x', 'application/x-www-form-urlencoded'))).toEqual([415, 'unsupported_media_type'])
    expect(await codeOf(post('{}', 'text/plain'))).toEqual([415, 'unsupported_media_type'])
    expect(await codeOf(post('--x--', 'multipart/form-data; boundary=x'))).toEqual([415, 'unsupported_media_type'])
  })

  it('names the unknown field', async () => {
    expect((await post('{"name": "一二", "admin": true}')).json().errors).toEqual([
      { path: 'body.admin', message: '不认识的字段' },
    ])
  })

  it('says in plain words what is asked of a field', async () => {
    const wordsFor = async (body: string) => (await post(body)).json().errors[0].message
    expect(await wordsFor('{}')).toBe('必须填写')
    expect(await wordsFor('{"name": "一"}')).toBe('至少 2 个字')
    expect(await wordsFor(JSON.stringify({ name: '一'.repeat(999) }))).toMatch(/^最多 \d+ 个字$/)
  })

  it('names the field that holds what cannot be kept, and keeps whole pairs', async () => {
    expect((await post('{"name": "\\u0000一"}')).json().errors).toEqual([
      { path: 'body.name', message: expect.stringContaining('无法保存的字符') },
    ])
    expect((await post('{"name": "一\\ud83d\\ude00"}')).json().name).toBe('一😀')
  })
})

describe('an upload', () => {
  const upload = (bytes: number, body: object = { note: '附注' }, field = 'file', idempotencyKey = randomUUID()) =>
    test.nobody.call(
      { ...uploadThing, upload: { ...uploadThing.upload, field } },
      {
        body: body as never,
        file: { name: '../../照片.txt', type: 'text/plain', bytes: new Uint8Array(bytes) },
        idempotencyKey,
      },
    )

  it('arrives whole, with its fields', async () => {
    expect((await upload(1_000)).body).toEqual({ bytes: 1_000, name: '照片.txt', note: '附注' })
  })

  it('is replayed by its content', async () => {
    const key = randomUUID()
    await upload(10, undefined, 'file', key)
    expect((await upload(10, undefined, 'file', key)).headers['idempotency-replayed']).toBe('true')
    expect((await upload(11, undefined, 'file', key)).problem.code).toBe('idempotency_key_reused')
  })

  it.each([
    ['too large', 1_001, {}, 'file', 413, 'body_too_large'],
    ['in another field', 10, {}, 'other', 400, 'invalid_input'],
    ['with wrong fields', 10, { note: '太长'.repeat(6) }, 'file', 400, 'invalid_input'],
    ['with a NUL in a field', 10, { note: '附\u0000注' }, 'file', 400, 'invalid_input'],
  ])('%s is refused', async (_, bytes, body, field, status, code) => {
    const reply = await upload(bytes, { note: '好', ...body }, field)
    expect([reply.status, reply.problem.code]).toEqual([status, code])
  })

  const send = (payload: string) =>
    test.nobody.send({
      method: 'POST',
      url: '/v1/thing-files',
      payload,
      headers: { 'content-type': 'multipart/form-data; boundary=x', 'idempotency-key': randomUUID() },
    })
  const field = '--x\r\ncontent-disposition: form-data; name="note"\r\n\r\nhi\r\n'

  it.each([
    ['a NUL in it', `; filename*=UTF-8''a%00b.txt`, 'ab.txt'],
    ['none', '\r\ncontent-type: application/octet-stream', '未命名'],
  ])('keeps the name of a file with %s as a line that can be read and stored', async (_, named, kept) => {
    const disposition = `content-disposition: form-data; name="file"${named}`
    const response = await send(`${field}--x\r\n${disposition}\r\n\r\nabc\r\n--x--\r\n`)
    expect([response.statusCode, response.json()]).toEqual([201, { bytes: 3, name: kept, note: 'hi' }])
  })

  it('without a file, or torn, is refused', async () => {
    expect((await send(`${field}--x--\r\n`)).json().errors[0].path).toBe('body.file')
    const torn = await send(`${field}--x\r\ncontent-disposition: form-data; name="file"; filename="a"\r\n\r\nabc`)
    expect([torn.statusCode, torn.json().code]).toEqual([400, 'malformed_body'])
  })
})

describe('everything else', () => {
  it('is no route, in the same form', async () => {
    for (const url of ['/v1/nothing', '/nothing', '/v1/things/1/2']) {
      const response = await get(url)
      expect([response.statusCode, response.json().code]).toEqual([404, 'route_not_found'])
    }
    expect((await get('/v1/%')).json().code).toBe('malformed_request')
  })

  it('reaches no log with what people typed', async () => {
    lines.length = 0
    await get('/v1/things/7?search=13812345678')
    await get('/v1/things/13?search=13812345678')
    await officer.call(addThing, { body: { name: '王小二' } })
    await get('/v1/nothing?phone=13812345678')
    const text = lines.join('')
    expect(text).toContain('"route":"/v1/things/:id"')
    expect(text).toContain('request failed')
    expect(text).not.toMatch(/1381234|王小二|Bearer|search|\/v1\/things\/7/)
  })
})
