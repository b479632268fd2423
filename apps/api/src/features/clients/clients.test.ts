import { clientRoutes, issueRoutes, peopleRoutes, statisticsRoutes } from '@tongxin/contract'
import { beforeAll, describe, expect, it } from 'vitest'
import { createCaller } from '../../../test/support/caller.ts'
import {
  type Caller,
  COMMUNITY,
  DAY,
  HOUR,
  NEIGHBOUR,
  startTestApp,
  type TestApp,
} from '../../../test/support/index.ts'
import { raiseAs } from '../../../test/support/issues.ts'
import { MOST_A_MINUTE } from '../../http/client-access.ts'

let t: TestApp
let administrator: Caller
let secretary: Caller
/** Both anew: an access token holds a quarter of an hour. */
const signIn = async () => {
  administrator = await t.as('administrator')
  secretary = await t.as('secretary')
}
beforeAll(async () => {
  t = await startTestApp()
  await signIn()
  return () => t.close()
})

const body = (scopes: string[], regionCode = COMMUNITY) => ({
  name: '区热线平台',
  operator: '区政务服务中心',
  operatorPhone: '0556-5510000',
  regionCode,
  scopes,
  expiresAt: new Date(t.clock.now().getTime() + 365 * DAY).toISOString(),
  reason: '热线工单对接',
})
const as = (key: string) => createCaller(t.base, null, key)
const issue = (id: string, ifMatch: number, overlapHours?: number) =>
  administrator.call(clientRoutes.issueClientKey, {
    params: { id },
    ifMatch,
    idempotencyKey: null,
    body: overlapHours === undefined ? {} : { overlapHours },
  })
/** Registered by one, approved by another, with a key. */
const connected = async (scopes: string[]) => {
  const asked = await administrator.call(clientRoutes.registerClient, { body: body(scopes) } as never)
  expect(asked.status).toBe(201)
  const { id } = asked.body
  const approved = await secretary.call(clientRoutes.approveClient, { params: { id } })
  expect(approved.status).toBe(200)
  const issued = await issue(id, approved.body.version)
  expect(issued.status).toBe(201)
  return { id, key: issued.body.key, client: issued.body.client }
}
const list = { query: { community: COMMUNITY } }

describe('a third-party system', () => {
  it('needs two people and a key; the key is told once, kept only as its hash, and every step is on record', async () => {
    const asked = await administrator.call(clientRoutes.registerClient, { body: body(['issues.read']) } as never)
    const { id } = asked.body
    expect(asked.body).toMatchObject({ status: 'requested', keys: [], may: { approve: false, issueKey: false } })
    const own = await administrator.call(clientRoutes.approveClient, { params: { id } })
    expect(own.status).toBe(403)
    expect((await issue(id, 1)).problem.reason).toBe('client_not_active')
    const approved = await secretary.call(clientRoutes.approveClient, { params: { id } })
    expect(approved.body).toMatchObject({ status: 'active', version: 2 })
    const again = await secretary.call(clientRoutes.approveClient, { params: { id } })
    expect(again.problem.reason).toBe('client_already_answered')

    const issued = await issue(id, 2)
    expect(issued.body.key).toMatch(/^txk_[\w-]{43}$/)
    expect(issued.body.client.keys).toMatchObject([{ lastFour: issued.body.key.slice(-4), endsAt: null }])
    expect((await issue(id, 2)).status).toBe(412)
    const { rows } = await t.deps.pool.query(
      `select (select json_agg(k) from api_client_keys k)::text || (select json_agg(i) from idempotency_keys i)::text as kept`,
    )
    expect(rows[0].kept).not.toContain(issued.body.key)
    const audit = await secretary.call(peopleRoutes.listAuditRecords, { query: { region: COMMUNITY } } as never)
    const actions = audit.body.items.filter(({ subjectId }) => subjectId === id).map(({ action }) => action)
    expect(audit.body.items[0]?.details).toMatchObject({ name: '区热线平台' })
    expect(actions.toSorted()).toEqual(['approve_client', 'issue_client_key', 'request_client'])
  })

  it('raises for residents within its region, and what it did stands under its name', async () => {
    const { key } = await connected(['issues.raise', 'issues.read'])
    const raise = (community: string) =>
      as(key).call(issueRoutes.raiseIssue, {
        body: {
          community,
          kind: 'problem',
          title: '路灯不亮',
          body: '三栋门口路灯坏了两天',
          raiser: { name: '李秀', phone: '13800138123' },
        },
      } as never)
    const raised = await raise(COMMUNITY)
    expect(raised.status).toBe(201)
    expect(raised.body.trackingToken).not.toBeNull()
    expect((await raise(NEIGHBOUR)).status).toBe(403)
    const officer = await t.as('officer')
    const seen = await officer.call(issueRoutes.readIssue, { params: { id: raised.body.id } })
    expect(seen.body).toMatchObject({ channel: 'api', timeline: [{ as: 'api_client', actorName: '区热线平台' }] })
    const tracked = await as(key).call(issueRoutes.readIssue, { params: { id: raised.body.id } })
    expect(tracked.body).toMatchObject({ view: 'supervisor', allowedActions: [] })
  })

  it('gets 401 with a challenge for a wrong key, 403 with the scope it would need, and nothing of other communities', async () => {
    const { key } = await connected(['statistics.read'])
    const wrong = await as('txk_nonsense').call(issueRoutes.listIssues, list as never)
    expect([wrong.status, wrong.problem.code]).toEqual([401, 'key_invalid'])
    expect(wrong.headers['www-authenticate']).toBe('Bearer realm="tongxin", error="invalid_token"')
    const nobody = await t.nobody.call(peopleRoutes.listPeople, { query: {} } as never)
    expect(nobody.headers['www-authenticate']).toBe('Bearer realm="tongxin"')
    const narrow = await as(key).call(issueRoutes.listIssues, list as never)
    expect([narrow.status, narrow.problem.code]).toEqual([403, 'insufficient_scope'])
    expect(narrow.headers['www-authenticate']).toContain('error="insufficient_scope", scope="issues.read"')
    const figures = (region: string) =>
      as(key).call(statisticsRoutes.readStatistics, { query: { region, from: '2026-01', to: '2026-03' } } as never)
    expect([(await figures(COMMUNITY)).status, (await figures(NEIGHBOUR)).status]).toEqual([200, 403])
    const reader = await connected(['issues.read'])
    const elsewhere = await raiseAs(await t.as('resident'), { kind: 'request', visibility: 'private' })
    const foreign = await as(reader.key).call(issueRoutes.readIssue, { params: { id: elsewhere } })
    expect(foreign.status).toBe(200)
    expect(foreign.body.timeline.every(({ actorName }) => actorName === null)).toBe(true)
  })

  it('changes its key with an overlap, and is out at once when it is ended', async () => {
    const { id, key, client } = await connected(['issues.read'])
    const ask = async (which: string) => (await as(which).call(issueRoutes.listIssues, list as never)).status
    const next = (await issue(id, client.version, 2)).body
    expect(next.client.keys).toHaveLength(2)
    expect([await ask(key), await ask(next.key)]).toEqual([200, 200])
    t.clock.advance(2 * HOUR)
    await signIn()
    expect([await ask(key), await ask(next.key)]).toEqual([401, 200])
    const used = await administrator.call(clientRoutes.readClient, { params: { id } })
    expect(used.body.lastUsedAt).toBe(t.clock.now().toISOString())
    const last = (await issue(id, used.body.version, 0)).body.key
    expect([await ask(next.key), await ask(last)]).toEqual([401, 200])
    const ended = await secretary.call(clientRoutes.revokeClient, { params: { id }, body: { reason: '不再对接' } })
    expect(ended.body).toMatchObject({ status: 'revoked', keys: [], revoked: { reason: '不再对接' } })
    expect(await ask(last)).toBe(401)
  })

  it('is registered only where one holds an office, with a date within two years and a number of the office', async () => {
    const ask = (change: object) =>
      secretary.call(clientRoutes.registerClient, { body: { ...body(['issues.read']), ...change } } as never)
    expect((await ask({ regionCode: NEIGHBOUR })).status).toBe(403)
    expect((await ask({ regionCode: `${COMMUNITY}001` })).problem.reason).toBe('client_region_unfit')
    expect((await ask({ expiresAt: '2099-01-01T00:00:00.000Z' })).problem.reason).toBe('client_expiry_unfit')
    expect((await ask({ operatorPhone: '13800138000' })).status).toBe(400)
    expect((await ask({ scopes: ['people.read'] })).status).toBe(400)
  })

  it('is held to its rate, and to its date', async () => {
    const { key } = await connected(['statistics.read'])
    const ask = () => as(key).call(peopleRoutes.listPeople, { query: {} } as never)
    const replies = await Promise.all(Array.from({ length: MOST_A_MINUTE }, ask))
    expect(new Set(replies.map(({ status }) => status))).toEqual(new Set([403]))
    const more = await ask()
    expect([more.status, Number(more.headers['retry-after']) <= 60]).toEqual([429, true])
    t.clock.advance(366 * DAY)
    expect((await ask()).status).toBe(401)
  })
})
