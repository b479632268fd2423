import { councilRoutes, type MeetingView } from '@tongxin/contract'
import { describe, expect, it, onTestFinished } from 'vitest'
import {
  announced,
  type Cast,
  councilCast,
  inSession,
  ok,
  openEarly,
  propose,
  read,
  scheduled,
  step,
} from '../../../test/support/council.ts'
import type { Caller } from '../../../test/support/index.ts'
import { must } from '../../../test/support/issues.ts'

const code = async (caller: Caller, id: string) =>
  ok(await caller.call(councilRoutes.readCheckInCode, { params: { id } }))

const checkIn = (caller: Caller, id: string, given?: string) =>
  caller.call(councilRoutes.checkIn, { params: { id }, body: { code: given } })

describe('the code on the screen', () => {
  it('lets a member in who is in the room, until it was replaced twice', async () => {
    const all = await councilCast()
    const { t, officer, members } = all
    const [first, second, third] = members
    const id = await inSession(all, [await scheduled(all)], 0)
    for (const given of [undefined, '', 'AAAAAAAA', '二维码']) {
      const reply = await checkIn(first, id, given)
      expect([reply.status, reply.problem.reason, reply.problem.errors?.[0]?.path]).toEqual([
        422,
        'code_wrong',
        'body.code',
      ])
    }
    const shown = await code(officer, id)
    expect(Date.parse(shown.until) - t.clock.now().getTime()).toBeLessThanOrEqual(30_000)
    expect(ok(await checkIn(first, id, shown.code.toLowerCase())).attendance).toHaveLength(1)
    t.clock.advance(30_000)
    expect((await code(officer, id)).code).not.toBe(shown.code)
    ok(await checkIn(second, id, shown.code))
    t.clock.advance(30_000)
    expect((await checkIn(third, id, shown.code)).problem.reason).toBe('code_wrong')
    expect((await read(officer, id)).attendance).toHaveLength(2)
  })

  it('belongs to one meeting, and is shown by who runs it while it is in session', async () => {
    const all = await councilCast()
    const { officer, members, t } = all
    const chair = members[0] as Caller
    const one = await inSession(all, [await scheduled(all)], 0)
    const other = await announced(all, [await scheduled(all)], chair.personId as string)
    const early = await officer.call(councilRoutes.readCheckInCode, { params: { id: other } })
    expect([early.status, early.problem.code]).toEqual([409, 'meeting_wrong_state'])
    ok(await openEarly(all, other))
    expect((await checkIn(chair, one, (await code(officer, other)).code)).problem.reason).toBe('code_wrong')
    expect(await code(chair, other)).toEqual(await code(officer, other))
    expect((await chair.call(councilRoutes.readCheckInCode, { params: { id: one } })).status).toBe(403)
    expect((await t.nobody.call(councilRoutes.readCheckInCode, { params: { id: one } })).status).toBe(401)
  })
})

describe('the floor', () => {
  const ask = (caller: Caller, id: string, personId?: string) =>
    caller.call(councilRoutes.askFloor, { params: { id }, body: { personId } })
  const give = (caller: Caller, id: string, speakerId: string, body: { seconds?: number } = {}) =>
    caller.call(councilRoutes.giveFloor, { params: { id, speakerId }, body })
  const end = (caller: Caller, id: string, speakerId: string) =>
    caller.call(councilRoutes.endSpeech, { params: { id, speakerId } })
  const states = ({ speakers }: MeetingView) => speakers?.map(({ state }) => state)

  it('goes to one after the other, in the order in which they asked', async () => {
    const all = await councilCast()
    const { officer, members, t } = all
    const [first, second, third] = members
    const id = await inSession(all, [await scheduled(all)], 3)
    for (const member of [second, first, second]) {
      t.clock.advance(1_000)
      ok(await ask(member, id))
    }
    const { speakers } = ok(await ask(officer, id, third.personId as string))
    expect(speakers?.map(({ personId }) => personId)).toEqual([second.personId, first.personId, third.personId])
    const [one, two, three] = (speakers ?? []).map((speaker) => speaker.id) as [string, string, string]
    const begun = ok(await give(officer, id, one, { seconds: 120 })).speakers?.[0]
    expect(begun).toMatchObject({ state: 'speaking', seconds: 120, beganAt: t.clock.now().toISOString() })
    expect(states(ok(await give(officer, id, two)))).toEqual(['spoken', 'speaking', 'waiting'])
    expect((await give(officer, id, one)).problem.reason).toBe('not_waiting')
    // Whoever asked may think better of it; a speech of somebody else's is the chair's to end.
    expect((await end(second, id, two)).status).toBe(403)
    expect(states(ok(await end(third, id, three)))).toEqual(['spoken', 'speaking'])
    expect(states(ok(await end(officer, id, two)))).toEqual(['spoken', 'spoken'])
  })

  it('is given by who presides, to who is there', async () => {
    const all = await councilCast()
    const { officer, members, t, resident } = all
    const [first, second, , away] = members
    const id = await inSession(all, [await scheduled(all)], 3)
    expect((await ask(away, id)).problem.reason).toBe('not_present')
    expect((await ask(first, id, second.personId as string)).status).toBe(403)
    expect((await ask(resident, id)).status).toBe(403)
    const speakerId = ok(await ask(first, id)).speakers?.[0]?.id as string
    expect((await give(first, id, speakerId)).status).toBe(403)
    expect((await give(officer, id, '019a0000-0000-7000-8000-000000000000')).status).toBe(404)
    expect((await give(officer, id, speakerId, { seconds: 5 })).status).toBe(400)
    expect((await read(t.nobody, id)).speakers).toBeNull()
    ok(await first.call(councilRoutes.leaveMeeting, { params: { id }, body: {} }))
    expect((await read(officer, id)).speakers).toEqual([])
  })

  it('is nobody’s when the meeting ends', async () => {
    const all = await councilCast()
    const { officer, members } = all
    const id = await inSession(all, [await scheduled(all)])
    for (const member of members) ok(await ask(member, id))
    const speakerId = (await read(officer, id)).speakers?.[0]?.id as string
    ok(await give(officer, id, speakerId))
    ok(await step(officer, councilRoutes.closeMeeting, id))
    expect(states(await read(officer, id))).toEqual(['spoken'])
    expect((await ask(members[0] as Caller, id)).problem.code).toBe('meeting_wrong_state')
  })
})

/** The states that arrive, one after the other. */
const follow = async ({ t }: Cast, id: string) => {
  const stop = new AbortController()
  onTestFinished(() => stop.abort())
  const response = await fetch(`${t.base}/v1/meetings/${id}/events`, { signal: stop.signal })
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader()
  let text = ''
  const next = async (): Promise<MeetingView | null> => {
    for (;;) {
      const event = /event: meeting\ndata: (.*)\n\n/.exec(text)
      if (event) {
        text = text.slice(event.index + event[0].length)
        return JSON.parse(event[1] as string)
      }
      const part = await reader?.read()
      if (!part || part.done) return null
      text += part.value
    }
  }
  return { response, next, stop: () => stop.abort() }
}

describe('following a meeting', () => {
  it('shows everybody what the public may see, as it happens', async () => {
    const all = await councilCast()
    const { officer, members } = all
    const issueId = await scheduled(all)
    const id = await inSession(all, [issueId], 3)
    const screens = [await follow(all, id), await follow(all, id)]
    expect(screens[0]?.response.headers.get('content-type')).toBe('text/event-stream; charset=utf-8')
    for (const { next } of screens) {
      expect(await next()).toMatchObject({ id, state: 'in_session', attendance: null, speakers: null, allowed: [] })
    }
    const both = async () => {
      const [one, two] = await Promise.all(screens.map(({ next }) => next()))
      expect(one).toEqual(two)
      return one
    }
    const given = (await code(officer, id)).code
    ok(await checkIn(members[3] as Caller, id, given))
    expect((await both())?.quorum.partyMembers.present).toBe(2)
    await must(officer, issueId, 'deliberate')
    expect((await both())?.agenda[0]?.state).toBe('discussing')
    ok(await propose(officer, id, issueId))
    const voting = await both()
    expect(voting?.motions).toMatchObject([{ state: 'open', result: null }])
    // What the public does not see still tells those who may see more that there is something new.
    ok((await members[0]?.call(councilRoutes.askFloor, { params: { id }, body: {} })) as never)
    expect(await both()).toEqual(voting)
  })

  it('answers 404 for what the public may not see, and ends with the server', async () => {
    const all = await councilCast()
    const { officer, t } = all
    const id = await inSession(all, [await scheduled(all)])
    const draft = ok(
      await officer.call(councilRoutes.createMeeting, {
        body: { community: id.slice(0, 12), title: '四月议事会', place: '议事厅', heldAt: '2026-04-05T11:00:00.000Z' },
      }),
    )
    expect((await t.nobody.send({ method: 'GET', url: `/v1/meetings/${draft.id}/events` })).statusCode).toBe(404)
    // A stream nobody reads would never end.
    expect((await t.nobody.send({ method: 'HEAD', url: `/v1/meetings/${id}/events` })).statusCode).toBe(404)
    const screen = await follow(all, id)
    expect(await screen.next()).toMatchObject({ id })
    await t.app.close()
    expect(await screen.next()).toBeNull()
  })
})
