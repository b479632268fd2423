import { readFileSync } from 'node:fs'
import { allRoutes } from '@tongxin/contract'
import { describe, expect, it } from 'vitest'
import { fieldsText } from '../scripts/fields-text.ts'
import { routeTableText } from '../scripts/route-table-text.ts'
import * as fields from './fields.ts'
import { ApiProblem, type Client, type ClientRoute, createClient, routes } from './index.ts'
import { routeTable } from './route-table.ts'

const json = (status: number, body: unknown, headers: Record<string, string> = {}) =>
  new Response(status === 204 ? null : JSON.stringify(body), {
    status,
    headers: { 'content-type': status < 400 ? 'application/json' : 'application/problem+json', ...headers },
  })

const problem = (status: number, code: string, more: object = {}) =>
  json(status, { type: 'about:blank', title: code, status, code, detail: '出错了', ...more })

const person = '01900000-0000-7000-8000-000000000000'
const session = (accessToken: string, personId = person) =>
  json(201, { accessToken, expiresAt: '2026-03-02T01:15:00.000Z', personId })

/** A client against a list of answers, and the requests it made. */
function scripted(answers: ((request: Request) => Response | Promise<Response>)[], settings: object = {}) {
  const requests: Request[] = []
  let over = 0
  const client: Client = createClient({
    baseUrl: 'http://tongxin.test',
    retries: [0, 0],
    onUnauthenticated: () => over++,
    fetch: async (input) => {
      const request = input as Request
      requests.push(request.clone())
      const answer = answers.shift()
      if (!answer) throw new Error(`Nobody expected ${request.method} ${request.url}`)
      return answer(request)
    },
    ...settings,
  })
  return { client, requests, over: () => over }
}

const offline = () => {
  throw new TypeError('fetch failed')
}

it('knows every route of the contract, without its schemas', () => {
  const committed = readFileSync(new URL('./route-table.ts', import.meta.url), 'utf8')
  expect(committed === routeTableText(), 'run `npm run openapi`').toBe(true)
  const known = Object.values(routeTable as Record<string, object>).flatMap((feature) => Object.values(feature))
  expect(known).toHaveLength(allRoutes.length)
})

it('knows of each field that the contract takes what a form must know', () => {
  const committed = readFileSync(new URL('./fields.ts', import.meta.url), 'utf8')
  expect(committed === fieldsText(), 'run `npm run openapi`').toBe(true)
  const { items } = fields.council.setAgenda
  expect(items.presenter.name.most, 'in a list').toBe(50)
  expect(items.kind.options, 'of every branch of a union').toEqual(
    expect.arrayContaining(['report', 'resolutions_due']),
  )
  expect('required' in items.text, 'needed in one branch only').toBe(false)
  expect(fields.council.announceMeeting.shortNoticeReason, 'that may be left out').toEqual({
    type: 'text',
    least: 2,
    most: 200,
  })
  expect(fields.units.addUnit.name, 'that must be there').toEqual({ type: 'text', required: true, least: 2, most: 60 })
  expect(fields.exports.exportIssues.purpose.most, 'in the query').toBe(200)
})

it('follows a stream as who is signed in, event by event, until it ends', async () => {
  const pieces = [
    'retry: 2000\n\nevent: in',
    'box\ndata: {"unread":1}\n\n:\n\nevent: other\ndata: 2\n\n',
    'event: inbox\ndata: 3\n\n',
  ]
  const stream = new ReadableStream({
    start: (controller) => {
      for (const piece of pieces) controller.enqueue(new TextEncoder().encode(piece))
      controller.close()
    },
  })
  const { client, requests } = scripted([
    () => problem(401, 'session_ended'),
    () => session('later'),
    () => new Response(stream, { status: 200 }),
  ])
  const heard: string[][] = []
  await client.follow(routes.news.followNews, (...event) => heard.push(event), new AbortController().signal)
  expect(heard).toEqual([
    ['inbox', '{"unread":1}'],
    ['other', '2'],
    ['inbox', '3'],
  ])
  expect(requests.at(-1)?.headers.get('authorization')).toBe('Bearer later')
})

it('tells of a file as it arrives, and says when the line was cut in the middle', async () => {
  const pieces = ['编号,标题\r\n', '1,灯不亮\r\n']
  const file = (end: (to: ReadableStreamDefaultController) => void) => () => {
    const left = [...pieces]
    const pull = (to: ReadableStreamDefaultController) => {
      const piece = left.shift()
      if (piece === undefined) end(to)
      else to.enqueue(new TextEncoder().encode(piece))
    }
    return new Response(new ReadableStream({ pull }), { headers: { 'content-type': 'text/csv' } })
  }
  const whole = file((to) => to.close())
  const cut = file((to) => to.error(new TypeError('terminated')))
  const { client } = scripted([whole, cut])
  const told: string[] = []
  const read = () =>
    client.call(routes.exports.exportIssues, {
      query: { community: '340803002001' },
      received: (piece) => told.push(new TextDecoder().decode(piece)),
    })
  expect(await (await read()).text()).toBe(pieces.join(''))
  expect(told).toEqual(pieces)
  await expect(read()).rejects.toMatchObject({ code: 'unreachable' })
})

it('gives up a stream that nobody answers when it is told to', async () => {
  const line = new AbortController()
  const { client, requests } = scripted([
    ({ signal }) => new Promise((_, fail) => signal.addEventListener('abort', () => fail(signal.reason))),
  ])
  const followed = client.follow(routes.news.followNews, () => {}, line.signal)
  line.abort()
  await followed
  expect(requests).toHaveLength(1)
})

describe('a call', () => {
  it('writes parameters and query into the address and reads the body', async () => {
    const { client, requests } = scripted([() => json(200, { items: [], nextCursor: null })])
    const route = routes.people.listPeople
    expect(await client.call(route, { query: { limit: 5, region: '340803002001', cursor: undefined } })).toEqual({
      items: [],
      nextCursor: null,
    })
    expect(requests[0]?.url).toBe('http://tongxin.test/v1/people?limit=5&region=340803002001')
    expect(requests[0]?.headers.get('idempotency-key')).toBeNull()
  })

  it('escapes what goes into a path and refuses to leave it out', async () => {
    const { client, requests } = scripted([() => json(200, {})])
    await client.call(routes.people.readPerson, { params: { id: 'a/../b?c' } })
    expect(requests[0]?.url).toBe('http://tongxin.test/v1/people/a%2F..%2Fb%3Fc')
    await expect(client.call(routes.people.readPerson, { params: { id: '' } })).rejects.toThrow(TypeError)
  })

  it('becomes an ApiProblem with code, words, fields and waiting time', async () => {
    const errors = [{ path: 'body.phone', message: '请填写 11 位手机号码' }]
    const { client } = scripted([
      () => problem(400, 'invalid_input', { errors }),
      () => json(429, { status: 429, code: 'too_many_attempts', detail: '稍后再试' }, { 'retry-after': '30' }),
      () => new Response('<html>', { status: 502 }),
    ])
    const failing = () => client.call(routes.sessions.requestPhoneCode, { body: { phone: '1' } }).catch((e) => e)
    const first = await failing()
    expect(first).toBeInstanceOf(ApiProblem)
    expect(first).toMatchObject({ status: 400, code: 'invalid_input', message: '出错了', errors })
    expect(await failing()).toMatchObject({ code: 'too_many_attempts', retryAfter: 30 })
    expect(await failing()).toMatchObject({ status: 502, code: 'unreadable' })
  })

  it('keeps one idempotency key through its retries on a bad line', async () => {
    const { client, requests } = scripted([offline, offline, () => json(201, {})])
    const write: ClientRoute = { method: 'POST', path: '/v1/things', idempotent: true }
    await client.send(write, { body: { a: 1 } } as never)
    const keys = requests.map(({ headers }) => headers.get('idempotency-key'))
    expect(keys[0]).toMatch(/^[0-9a-f-]{36}$/)
    expect(new Set(keys).size).toBe(1)
    expect(await requests[2]?.json()).toEqual({ a: 1 })
  })

  it('sent again by hand, or pressed twice, is the same act until an answer came', async () => {
    const gone = () => new Response('<html>', { status: 502 })
    const { client, requests } = scripted([
      ...[offline, offline, offline, gone, () => json(201, {}), () => json(201, {})],
      ...[() => json(201, {}), () => json(201, {})],
    ])
    const write: ClientRoute = { method: 'POST', path: '/v1/things', idempotent: true }
    const press = (a: number) => client.send(write, { body: { a } } as never)
    await expect(press(1)).rejects.toMatchObject({ code: 'unreachable' })
    await expect(press(1)).rejects.toMatchObject({ status: 502 })
    await press(1)
    await press(1)
    await Promise.all([press(2), press(2)])
    const keys = requests.map(({ headers }) => headers.get('idempotency-key'))
    expect(new Set(keys.slice(0, 5)).size).toBe(1)
    expect(keys[5]).not.toBe(keys[0])
    expect(keys[6]).toBe(keys[7])
  })

  it('is the same act also where the session was renewed, or the server too busy, before it was answered', async () => {
    const { client, requests } = scripted([
      ...[offline, offline, offline],
      ...[() => problem(401, 'session_ended'), () => session('later'), () => problem(429, 'too_many_requests')],
      ...[() => problem(500, 'internal'), () => json(201, {}), () => json(201, {})],
    ])
    const write: ClientRoute = { method: 'POST', path: '/v1/things', idempotent: true }
    const press = () => client.send(write, { body: { a: 1 } } as never)
    await expect(press()).rejects.toMatchObject({ code: 'unreachable' })
    await expect(press()).rejects.toMatchObject({ status: 429 })
    await expect(press()).rejects.toMatchObject({ status: 500 })
    await press()
    await press()
    const keys = requests
      .filter(({ url }) => url.endsWith('/things'))
      .map(({ headers }) => headers.get('idempotency-key'))
    expect(keys).toHaveLength(8)
    expect(new Set(keys.slice(0, 7)).size).toBe(1)
    expect(keys[7]).not.toBe(keys[0])
  })

  it('is not repeated when that could act twice', async () => {
    const { client, requests } = scripted([offline])
    await expect(client.signIn('a', 'b')).rejects.toMatchObject({ code: 'unreachable', status: 0 })
    expect(requests).toHaveLength(1)
  })

  it('sends the version it saw and the file it has', async () => {
    const { client, requests } = scripted([() => json(201, {}), () => json(200, {})])
    const upload: ClientRoute = { method: 'POST', path: '/v1/attachments', upload: 'file' }
    await client.send(upload, {
      file: new Blob(['x'], { type: 'image/png' }),
      body: { issue: 'i', no: undefined },
    } as never)
    const form = await requests[0]?.formData()
    expect(form?.get('issue')).toBe('i')
    expect(form?.has('no')).toBe(false)
    expect((form?.get('file') as File | null)?.type).toBe('image/png')
    await client.send({ method: 'PATCH', path: '/v1/x' } as ClientRoute, { ifMatch: 7, body: {} } as never)
    expect(requests[1]?.headers.get('if-match')).toBe('"7"')
  })
})

describe('the session', () => {
  it('signs calls with the token and forgets it on signing out', async () => {
    const { client, requests } = scripted([
      () => session('one'),
      () => json(200, {}),
      () => json(204, null),
      () => json(200, {}),
    ])
    await client.signIn('officer', 'secret')
    await client.call(routes.sessions.me)
    await client.signOut()
    await client.call(routes.regions.listRegions)
    expect(requests.map(({ headers }) => headers.get('authorization'))).toEqual([
      null,
      'Bearer one',
      'Bearer one',
      null,
    ])
  })

  it('is renewed once for all calls that find it ended, and they are repeated', async () => {
    let renewals = 0
    const seen: (string | null)[] = []
    const client = createClient({
      baseUrl: 'http://tongxin.test',
      token: holding('old'),
      fetch: async (input) => {
        const request = input as Request
        if (request.url.endsWith('/refresh')) {
          renewals++
          return session('new')
        }
        seen.push(request.headers.get('authorization'))
        return request.headers.get('authorization') === 'Bearer new' ? json(200, {}) : problem(401, 'session_ended')
      },
    })
    await Promise.all([1, 2, 3].map(() => client.call(routes.sessions.me)))
    expect(renewals).toBe(1)
    expect(seen.filter((header) => header === 'Bearer new')).toHaveLength(3)
  })

  it('says so once it cannot be renewed', async () => {
    const token = holding('old')
    const { client, over } = scripted([() => problem(401, 'session_ended'), () => problem(401, 'session_ended')], {
      token,
    })
    await expect(client.call(routes.sessions.me)).rejects.toMatchObject({ code: 'session_ended' })
    expect(over()).toBe(1)
    expect(token.get()).toBeNull()
  })

  it('ends rather than go on as somebody else who signed in on another page of the browser', async () => {
    const { client, requests, over } = scripted([
      () => session('one'),
      () => problem(401, 'session_ended'),
      () => session('other', 'somebody else'),
    ])
    await client.signIn('officer', 'secret')
    await expect(client.call(routes.sessions.me)).rejects.toMatchObject({ code: 'session_ended' })
    expect(over()).toBe(1)
    expect(requests.some(({ headers }) => headers.get('authorization') === 'Bearer other')).toBe(false)
  })

  it('does not send what one person asked for as the next who signed in on this page', async () => {
    let refuse = () => {}
    const { client, requests } = scripted([
      () => session('one'),
      () => new Promise((resolve) => (refuse = () => resolve(problem(401, 'session_ended')))),
      () => json(204, null),
      () => session('two', 'somebody else'),
    ])
    await client.signIn('officer', 'secret')
    const asked = client.call(routes.sessions.me)
    await client.signOut()
    await client.signIn('other', 'secret')
    refuse()
    await expect(asked).rejects.toMatchObject({ code: 'session_ended' })
    expect(requests).toHaveLength(4)
  })

  it('begins without the token of one that may have ended on another page of the browser', async () => {
    const { client, requests } = scripted([() => session('first'), () => session('second'), () => session('third')])
    await client.signIn('wang', 'a password')
    await client.signIn('li', 'a password')
    await client.restore()
    expect(requests.map(({ headers }) => headers.get('authorization'))).toEqual([null, null, null])
  })

  it('is not asked to renew itself because a password was wrong', async () => {
    const { client, requests, over } = scripted([() => problem(401, 'wrong_credentials')])
    await expect(client.signIn('officer', 'no')).rejects.toMatchObject({ code: 'wrong_credentials' })
    expect(requests).toHaveLength(1)
    expect(over()).toBe(0)
  })

  it('comes back from the cookie when a page opens', async () => {
    const { client } = scripted([() => session('again'), () => problem(401, 'session_ended')])
    expect(await client.restore()).toBe(true)
    expect(await client.restore()).toBe(false)
  })
})

function holding(start: string | null) {
  let token = start
  return {
    get: () => token,
    set: (value: string | null) => {
      token = value
    },
  }
}
