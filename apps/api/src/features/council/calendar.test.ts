import { councilRoutes } from '@tongxin/contract'
import ICAL from 'ical.js'
import pino from 'pino'
import { describe, expect, it } from 'vitest'
import { type Cast, councilCast, ok } from '../../../test/support/council.ts'
import { type Caller, COMMUNITY, DAY, HOUR } from '../../../test/support/index.ts'
import { aDraft, again, anAnnounced, atNow } from '../../../test/support/meetings.ts'

const FEED = `/v1/communities/${COMMUNITY}/meetings.ics`
const LATER = '2026-03-09T11:00:00.000Z'

const fetchFeed = async (caller: Caller, url = FEED, headers: Record<string, string> = {}) =>
  caller.send({ method: 'GET', url, headers })

/** The meetings as another program reads them. */
const eventsIn = (text: string) => {
  const calendar = new ICAL.Component(ICAL.parse(text))
  return calendar.getAllSubcomponents('vevent').map((component) => {
    const event = new ICAL.Event(component)
    const value = (name: string) => component.getFirstPropertyValue(name)?.toString() ?? null
    return {
      uid: event.uid,
      summary: event.summary,
      location: event.location,
      description: event.description,
      start: event.startDate.toJSDate().toISOString(),
      hours: event.duration.toSeconds() / 3_600,
      sequence: event.sequence,
      status: value('status'),
      modified: value('last-modified'),
      partstat: component.getFirstProperty('attendee')?.getFirstParameter('partstat') ?? null,
    }
  })
}
const read = async (caller: Caller, url = FEED) => {
  const reply = await fetchFeed(caller, url)
  expect(reply.statusCode).toBe(200)
  return eventsIn(reply.body)
}
const change = async (cast: Cast, id: string, body: object) =>
  atNow(await again(cast, cast.officer), councilRoutes.changeMeeting, id, body)

describe('a community’s calendar', () => {
  it('holds what was announced, with its agenda, for anybody', async () => {
    const cast = await councilCast()
    const { t } = cast
    await aDraft(cast, { title: '还没定的会' })
    const id = await anAnnounced(cast)
    const reply = await fetchFeed(t.nobody)
    expect(reply.headers['content-type']).toBe('text/calendar; charset=utf-8')
    const calendar = new ICAL.Component(ICAL.parse(reply.body))
    expect(calendar.getFirstPropertyValue('x-wr-calname')).toBe('滨江苑社区议事会')
    expect(calendar.getFirstPropertyValue('x-wr-timezone')).toBe('Asia/Shanghai')
    expect(calendar.getFirstPropertyValue('refresh-interval')?.toString()).toBe('PT6H')
    const events = eventsIn(reply.body)
    expect(events).toMatchObject([
      {
        uid: `${id}@tongxin`,
        summary: '三月议事会',
        location: '社区议事厅',
        start: '2026-03-05T11:00:00.000Z',
        hours: 2,
        sequence: 0,
        status: 'CONFIRMED',
        modified: '2026-03-02T01:00:00Z',
        partstat: null,
      },
    ])
    expect(events[0]?.description).toContain('1. 楼前路灯不亮')
    expect(events[0]?.description).toContain(`/meetings/${id}`)
    expect(await read(t.nobody, `/v1/meetings/${id}/calendar.ics`)).toEqual(events)
    expect((await fetchFeed(t.nobody, '/v1/communities/340803002999/meetings.ics')).statusCode).toBe(404)
  })

  it('moves and cancels under the same id with a higher sequence', async () => {
    const cast = await councilCast()
    const { t } = cast
    const id = await anAnnounced(cast)
    const [before] = await read(t.nobody)
    t.clock.advance(HOUR)
    ok(await change(cast, id, { heldAt: LATER, place: '三号楼架空层' }))
    const [moved] = await read(t.nobody)
    expect(moved).toMatchObject({
      uid: before?.uid,
      start: LATER,
      location: '三号楼架空层',
      sequence: 1,
      modified: '2026-03-02T02:00:00Z',
    })
    t.clock.advance(HOUR)
    ok(await atNow(await again(cast, cast.officer), councilRoutes.cancelMeeting, id, { reason: '台风预警' }))
    const [cancelled] = await read(t.nobody)
    expect(cancelled).toMatchObject({ uid: before?.uid, start: LATER, sequence: 2, status: 'CANCELLED' })
    expect(cancelled?.description).toContain('已取消：台风预警')
  })

  it('is sent again only when something in it has changed', async () => {
    const cast = await councilCast()
    const { t } = cast
    const id = await anAnnounced(cast)
    const first = await fetchFeed(t.nobody)
    const etag = String(first.headers.etag)
    t.clock.advance(HOUR)
    const unchanged = await fetchFeed(t.nobody, FEED, { 'if-none-match': etag })
    expect([unchanged.statusCode, unchanged.body, unchanged.headers.etag]).toEqual([304, '', etag])
    expect((await fetchFeed(t.nobody, FEED, { 'if-none-match': `"other", W/${etag}` })).statusCode).toBe(304)
    // An answer is nobody else's business: the public calendar stays as it was.
    const body = { answer: 'accepted' as const }
    ok(await (await again(cast, cast.members[0])).call(councilRoutes.answerInvitation, { params: { id }, body }))
    expect((await fetchFeed(t.nobody, FEED, { 'if-none-match': etag })).statusCode).toBe(304)
    ok(await change(cast, id, { place: '三号楼架空层' }))
    expect((await fetchFeed(t.nobody, FEED, { 'if-none-match': etag })).statusCode).toBe(200)
  })

  it('reaches three months back', async () => {
    const cast = await councilCast()
    await anAnnounced(cast)
    cast.t.clock.advance(90 * DAY)
    expect(await read(cast.t.nobody)).toHaveLength(1)
    cast.t.clock.advance(10 * DAY)
    expect(await read(cast.t.nobody)).toHaveLength(0)
  })

  it('holds titles as words, whatever stands in them', async () => {
    const cast = await councilCast()
    const title = '一,二;三\\四\r\nSTATUS:CANCELLED\r\nEND:VEVENT'
    await anAnnounced(cast, { title })
    expect(await read(cast.t.nobody)).toMatchObject([
      { status: 'CONFIRMED', summary: expect.stringContaining('一,二;三\\四') },
    ])
  })
})

describe('one’s own calendar', () => {
  const renew = async (caller: Caller) => {
    const { address } = ok(await caller.call(councilRoutes.renewMyCalendar, { idempotencyKey: null }))
    return new URL(address).pathname
  }

  it('holds one’s invitations with one’s own answer', async () => {
    const cast = await councilCast()
    const { t, members } = cast
    const [member, other] = members
    const id = await anAnnounced(cast)
    const address = await renew(member)
    expect(await read(t.nobody, address)).toMatchObject([{ uid: `${id}@tongxin`, partstat: 'NEEDS-ACTION' }])
    for (const [answer, partstat] of [
      ['accepted', 'ACCEPTED'],
      ['tentative', 'TENTATIVE'],
      ['declined', 'DECLINED'],
    ] as const) {
      ok(await member.call(councilRoutes.answerInvitation, { params: { id }, body: { answer } }))
      expect(await read(t.nobody, address)).toMatchObject([{ partstat, start: '2026-03-05T11:00:00.000Z' }])
    }
    expect(await read(t.nobody, await renew(other))).toMatchObject([{ partstat: 'NEEDS-ACTION' }])
    expect(await read(t.nobody, await renew(cast.resident))).toEqual([])
  })

  it('renewed ends the address before, and ended has none', async () => {
    const { t, members } = await councilCast()
    const [member] = members
    const madeAt = async () => ok(await member.call(councilRoutes.readMyCalendar)).madeAt
    expect(await madeAt()).toBeNull()
    const first = await renew(member)
    const second = await renew(member)
    expect(second).not.toBe(first)
    expect((await fetchFeed(t.nobody, first)).statusCode).toBe(404)
    expect((await fetchFeed(t.nobody, second)).statusCode).toBe(200)
    expect(await madeAt()).toBe('2026-03-02T01:00:00.000Z')
    expect((await member.call(councilRoutes.endMyCalendar)).status).toBe(204)
    expect((await fetchFeed(t.nobody, second)).statusCode).toBe(404)
    expect(await madeAt()).toBeNull()
  })

  it('has an address that is kept nowhere: neither in the database nor in a log', async () => {
    const lines: string[] = []
    const logger = pino({ level: 'trace' }, { write: (line: string) => void lines.push(line) })
    const { t, members } = await councilCast({ deps: { logger } })
    const address = await renew(members[0])
    const token = address.slice('/v1/calendars/'.length, -'.ics'.length)
    expect(token).toMatch(/^[\w-]{43}$/)
    expect((await fetchFeed(t.nobody, address)).statusCode).toBe(200)
    expect((await fetchFeed(t.nobody, address.replace(/.{3}\.ics$/, 'AAA.ics'))).statusCode).toBe(404)
    expect(lines.some((line) => line.includes('/v1/calendars/:token.ics'))).toBe(true)
    expect(lines.filter((line) => line.includes(token.slice(0, 20)))).toEqual([])
    const { rows } = await t.deps.pool.query(
      `select table_name from information_schema.tables where table_schema = 'public'`,
    )
    for (const { table_name: name } of rows) {
      const found = await t.deps.pool.query(`select count(*)::int as n from ${name} x where x::text like $1`, [
        `%${token}%`,
      ])
      expect([name, found.rows[0].n]).toEqual([name, 0])
    }
  })

  it('shuts with the account', async () => {
    const { t, members } = await councilCast()
    const address = await renew(members[0])
    await t.deps.pool.query(
      'update people set anonymised_at = now(), name_cipher = null, name_hash = null, phone_cipher = null, phone_hash = null where id = $1',
      [members[0].personId],
    )
    expect((await fetchFeed(t.nobody, address)).statusCode).toBe(404)
  })
})
