import { councilRoutes } from '@tongxin/contract'
import { describe, expect, it } from 'vitest'
import { type Cast, councilCast, ok, openEarly } from '../../../test/support/council.ts'
import { aUnit, COMMUNITY, grant, NEIGHBOUR } from '../../../test/support/index.ts'
import { aDraft, anAnnounced, atNow, invited, noticeOf, reply, words } from '../../../test/support/meetings.ts'
import { verifyRecord } from '../verification/index.ts'

describe('a joint session', () => {
  const guestsOf = (cast: Cast, id: string, body: object) =>
    atNow(cast.officer, councilRoutes.setMeetingGuests, id, body)

  it('asks the secretary of a community and the handlers of a unit, none of whom counts to the quorum', async () => {
    const cast = await councilCast()
    const { t, officer } = cast
    const unit = await aUnit(t.deps, { name: '滨江物业' })
    const handler = await t.as(await t.aPerson({ role: 'unit_handler', unitId: unit.id }))
    const neighbour = await t.as(await t.aPerson({ role: 'secretary', region: NEIGHBOUR }))
    const { id } = await aDraft(cast)
    const drafted = ok(await guestsOf(cast, id, { communities: [NEIGHBOUR], unitIds: [unit.id] }))
    expect(drafted.guests).toEqual([
      { kind: 'community', id: NEIGHBOUR, name: '太平寺社区' },
      { kind: 'unit', id: unit.id, name: '滨江物业' },
    ])
    expect((await handler.call(councilRoutes.readMeeting, { params: { id } })).status).toBe(404)
    ok(await atNow(officer, councilRoutes.announceMeeting, id))
    const guests = (await invited(officer, id)).items.filter((one) => one.class === 'guest')
    expect(new Map(guests.map(({ personId, guest }) => [personId, guest?.name]))).toEqual(
      new Map([
        [handler.personId, '滨江物业'],
        [neighbour.personId, '太平寺社区'],
      ]),
    )
    ok(await reply(handler, id, 'accepted'))
    expect((await noticeOf(neighbour, id)).mine).toMatchObject({ class: 'guest', answer: 'pending' })
    const meeting = ok(await handler.call(councilRoutes.readMeeting, { params: { id } }))
    expect(meeting.quorum).toMatchObject({ representatives: { members: 2 }, partyMembers: { members: 2 } })
    expect(meeting.allowed).toEqual([])
    await t.runDueJobs()
    expect(words(t)).toHaveLength(8)
    t.sent.length = 0
    // The unit is not needed after all: its handler hears so, and is asked no more.
    ok(await guestsOf(cast, id, { communities: [NEIGHBOUR] }))
    await t.runDueJobs()
    expect(words(t).map(({ text }) => text)).toEqual([expect.stringContaining('不再需要您参加')])
    expect((await noticeOf(handler, id)).mine).toBeNull()
    expect((await reply(handler, id, 'declined')).status).toBe(403)
    expect((await verifyRecord(t.deps)).mismatch).toBeNull()
  })

  it('takes guests down as sitting in, without a vote', async () => {
    const cast = await councilCast()
    const { t, officer } = cast
    const unit = await aUnit(t.deps)
    const handler = await t.aPerson({ role: 'unit_handler', unitId: unit.id })
    const stranger = await t.aPerson({ role: 'unit_handler' })
    const { id } = await aDraft(cast)
    ok(await guestsOf(cast, id, { unitIds: [unit.id] }))
    ok(await atNow(officer, councilRoutes.announceMeeting, id))
    ok(await openEarly(cast, id))
    const checkIn = (personId: string) => officer.call(councilRoutes.checkIn, { params: { id }, body: { personId } })
    const meeting = ok(await checkIn(handler.id))
    expect(meeting.attendance).toMatchObject([{ personId: handler.id, class: 'staff' }])
    expect(meeting.quorum).toMatchObject({
      representatives: { present: 0 },
      partyMembers: { present: 0 },
      reached: false,
    })
    expect((await checkIn(stranger.id)).problem.reason).toBe('not_a_member')
    expect((await verifyRecord(t.deps)).mismatch).toBeNull()
  })

  it('asks a guest of an announced meeting at once, and a member never twice', async () => {
    const cast = await councilCast()
    const { t, members } = cast
    const unit = await aUnit(t.deps)
    const handler = await t.aPerson({ role: 'unit_handler', unitId: unit.id })
    await grant(t.deps, { personId: members[0].personId as string, role: 'unit_handler', unitId: unit.id })
    const id = await anAnnounced(cast)
    await t.runDueJobs()
    t.sent.length = 0
    ok(await guestsOf(cast, id, { unitIds: [unit.id] }))
    await t.runDueJobs()
    expect(words(t).map(({ phone }) => phone)).toEqual([handler.phone])
    const { items } = await invited(cast.officer, id)
    expect(items.find(({ personId }) => personId === members[0].personId)?.class).toBe('representative')
    expect((await verifyRecord(t.deps)).mismatch).toBeNull()
  })

  it('tells a guest who is asked again, and keeps what is on its way when only the name changes', async () => {
    const cast = await councilCast()
    const { t, officer } = cast
    const unit = await aUnit(t.deps, { name: '滨江物业' })
    await t.aPerson({ role: 'unit_handler', unitId: unit.id })
    const id = await anAnnounced(cast)
    ok(await atNow(officer, councilRoutes.changeMeeting, id, { title: '三月居民议事会' }))
    await t.runDueJobs()
    expect(t.sent.filter(({ text }) => text.includes('邀请您参加三月居民议事会'))).toHaveLength(6)
    for (const unitIds of [[unit.id], [], [unit.id]]) {
      t.sent.length = 0
      ok(await guestsOf(cast, id, { communities: [], unitIds }))
      await t.runDueJobs()
      expect(t.sent.map(({ text }) => text.includes('邀请您参加'))).toEqual([unitIds.length > 0])
    }
    ok(await guestsOf(cast, id, { communities: [], unitIds: [] }))
    ok(await atNow(officer, councilRoutes.changeMeeting, id, { place: '活动室' }))
    t.sent.length = 0
    await t.runDueJobs()
    expect(t.sent.filter(({ text }) => text.includes('不再需要您参加'))).toHaveLength(1)
    expect((await verifyRecord(t.deps)).mismatch).toBeNull()
  })

  it('names what cannot be a guest', async () => {
    const cast = await councilCast()
    const { id } = await aDraft(cast)
    const gone = await aUnit(cast.t.deps, { active: false })
    const of = async (body: object) => {
      const { status, problem } = await guestsOf(cast, id, body)
      return [status, problem.reason, problem.errors?.[0]?.path]
    }
    expect(await of({ communities: [COMMUNITY] })).toEqual([422, 'guest_is_host', 'body.communities.0'])
    expect(await of({ communities: ['340803002999'] })).toEqual([422, 'guest_unknown', 'body.communities.0'])
    expect(await of({ unitIds: [gone.id] })).toEqual([422, 'guest_unknown', 'body.unitIds.0'])
    expect((await atNow(cast.members[0], councilRoutes.setMeetingGuests, id, {})).status).toBe(403)
  })
})
