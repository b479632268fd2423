import { councilRoutes, issueRoutes } from '@tongxin/contract'
import { describe, expect, it } from 'vitest'
import {
  agendaOf,
  announced,
  checkIn,
  councilCast,
  count,
  decided,
  HANDS,
  inSession,
  NEW,
  ok,
  openEarly,
  propose,
  read,
  scheduled,
  step,
} from '../../../test/support/council.ts'
import { type Caller, COMMUNITY, grant, NEIGHBOUR } from '../../../test/support/index.ts'
import { ACCEPTED, act, must, raiseAs } from '../../../test/support/issues.ts'

describe('a meeting', () => {
  it('takes a matter from the agenda to a resolution', async () => {
    const all = await councilCast()
    const { officer, resident, t } = all
    const issueId = await scheduled(all)
    const id = await inSession(all, [issueId])
    const meeting = await read(officer, id)
    expect(meeting).toMatchObject({
      state: 'in_session',
      presiding: true,
      agendaCount: 1,
      quorum: { representatives: { members: 2, needed: 1, present: 2 }, partyMembers: { members: 2 }, reached: true },
    })
    const offered = await officer.call(issueRoutes.readIssue, { params: { id: issueId } })
    expect(offered.body.allowedActions).toContainEqual({
      action: 'deliberate',
      as: 'presider',
      kind: 'move',
      next: true,
      dueByRule: null,
    })
    expect((await act(officer, issueId, 'adopt')).status).toBe(409)
    await must(officer, issueId, 'deliberate')
    expect((await act(officer, issueId, 'adopt')).problem.reason).toBe('motion_passed')
    const motionId = await decided(officer, id, issueId)
    await must(officer, issueId, 'adopt', { motionId })
    const after = await read(officer, id)
    expect(after.agenda).toMatchObject([{ issueId, issueState: 'adopted', state: 'decided' }])
    expect(after.motions).toMatchObject([
      { state: 'passed', result: { heads: HANDS, entitledHeads: 4, quorum: true, passed: true } },
    ])
    ok(await step(officer, councilRoutes.closeMeeting, id))
    const { body } = await resident.call(issueRoutes.readIssue, { params: { id: issueId } })
    expect(body.timeline.map(({ action }) => action)).toEqual(['raise', 'accept', 'schedule', 'deliberate', 'adopt'])
    expect(body.timeline.at(-1)?.fields).toMatchObject({ meetingId: id, motionId })

    const chains = await t.deps.pool.query(
      `select subject_type, array_agg(action order by seq) as actions from events
       where subject_type in ('meeting', 'motion') group by subject_type, subject_id order by subject_type`,
    )
    const present = Array.from({ length: 4 }, () => 'check_in')
    expect(chains.rows).toEqual([
      { subject_type: 'meeting', actions: ['create', 'set_agenda', 'announce', 'change', 'open', ...present, 'close'] },
      { subject_type: 'motion', actions: ['propose', 'count'] },
    ])
  })

  it('is open to everybody once announced, its people to the council alone', async () => {
    const all = await councilCast()
    const { t, officer, members, resident } = all
    const issueId = await scheduled(all)
    const draft = ok(await officer.call(councilRoutes.createMeeting, { body: NEW }))
    const list = async (caller: Caller) =>
      ok(await caller.call(councilRoutes.listMeetings, { query: { community: COMMUNITY } })).items.map(({ id }) => id)
    for (const outsider of [t.nobody, resident]) {
      expect((await outsider.call(councilRoutes.readMeeting, { params: { id: draft.id } })).status).toBe(404)
      expect(await list(outsider)).toEqual([])
    }
    expect(await list(members[0] as Caller)).toEqual([draft.id])
    const id = await inSession(all, [issueId])
    expect(await list(t.nobody)).toEqual([id])
    expect(await read(t.nobody, id)).toMatchObject({ attendance: null, presider: null, allowed: [] })
    expect((await read(members[0] as Caller, id)).attendance).toHaveLength(4)
    expect((await read(members[0] as Caller, id)).allowed).toEqual(['ask_floor', 'leave'])
    expect((await resident.call(councilRoutes.checkIn, { params: { id }, body: {} })).status).toBe(403)
  })

  it('is organized by its own community’s staff', async () => {
    const all = await councilCast()
    const issueId = await scheduled(all)
    const foreign = await all.t.as(await all.t.aPerson({ role: 'officer', region: NEIGHBOUR }))
    expect((await foreign.call(councilRoutes.createMeeting, { body: NEW })).status).toBe(403)
    const draft = ok(await all.officer.call(councilRoutes.createMeeting, { body: NEW }))
    const agenda = { params: { id: draft.id }, ifMatch: draft.version, body: agendaOf([issueId]) }
    expect((await foreign.call(councilRoutes.setAgenda, agenda)).status).toBe(404)
    const id = await announced(all, [issueId])
    expect((await step(foreign, councilRoutes.openMeeting, id)).status).toBe(403)
    expect((await step(all.members[0] as Caller, councilRoutes.openMeeting, id)).status).toBe(403)
  })

  it('takes on its agenda what is scheduled and stands on no other', async () => {
    const all = await councilCast()
    const { officer, resident } = all
    const issueId = await scheduled(all)
    const raised = await raiseAs(resident)
    await announced(all, [issueId])
    const { id, version } = ok(await officer.call(councilRoutes.createMeeting, { body: NEW }))
    const put = (issueIds: string[], ifMatch = version) =>
      officer.call(councilRoutes.setAgenda, { params: { id }, ifMatch, body: agendaOf(issueIds) })
    const elsewhere = await put([issueId])
    expect([elsewhere.status, elsewhere.problem.reason]).toEqual([422, 'item_elsewhere'])
    const early = await put([raised])
    expect([early.status, early.problem.reason, early.problem.errors?.[0]?.path]).toEqual([
      422,
      'item_not_scheduled',
      'body.items.0.issueId',
    ])
    const other = await scheduled(all)
    expect((await put([`${NEIGHBOUR}${other.slice(12)}`])).problem.reason).toBe('item_unknown')
    expect((await put([other], version + 1)).status).toBe(412)
    expect((await step(officer, councilRoutes.announceMeeting, id)).problem.reason).toBe('agenda_empty')
    ok(await put([other]))
    await must(resident, other, 'withdraw')
    expect((await read(officer, id)).agenda).toMatchObject([{ state: 'dropped', issueState: 'withdrawn' }])
  })

  it('keeps its agenda as it was posted', async () => {
    const all = await councilCast()
    const { officer } = all
    const [on, late, deferred] = [await scheduled(all), await scheduled(all), await scheduled(all)]
    const sitting = await inSession(all, [deferred])
    const id = await announced(all, [on])
    expect((await read(officer, id)).allowed).not.toContain('set_agenda')
    const { version } = await read(officer, id)
    const body = agendaOf([on, late])
    const set = await officer.call(councilRoutes.setAgenda, { params: { id }, ifMatch: version, body })
    expect([set.status, set.problem.code]).toEqual([409, 'meeting_wrong_state'])
    const raised = await raiseAs(all.resident)
    await must(officer, raised, 'accept', { ...ACCEPTED, route: 'council' })
    const put = await act(officer, raised, 'schedule', { meetingId: id })
    expect([put.status, put.problem.reason, put.problem.errors?.[0]?.path]).toEqual([
      422,
      'agenda_posted',
      'body.meetingId',
    ])
    await must(officer, deferred, 'deliberate')
    const moved = await act(officer, deferred, 'defer', { reason: '再议', meetingId: id })
    expect(moved.problem.reason).toBe('agenda_posted')
    ok(await step(officer, councilRoutes.closeMeeting, sitting))
    expect((await read(officer, id)).agenda.map(({ issueId }) => issueId)).toEqual([on])
  })

  it('carries what was not decided over to the next one', async () => {
    const all = await councilCast()
    const { officer } = all
    const [taken, untouched] = [await scheduled(all), await scheduled(all)]
    const id = await inSession(all, [taken, untouched])
    const next = ok(
      await officer.call(councilRoutes.createMeeting, { body: { ...NEW, heldAt: '2026-04-05T11:00:00.000Z' } }),
    )
    await must(officer, taken, 'deliberate')
    const motion = ok(await propose(officer, id, taken)) as { id: string }
    const early = await step(officer, councilRoutes.closeMeeting, id)
    expect([early.status, early.problem.code]).toEqual([409, 'motion_open'])
    const withdraw = { params: { id: motion.id }, body: { reason: '还要再问一问' } }
    ok(await officer.call(councilRoutes.withdrawMotion, withdraw))
    ok(await step(officer, councilRoutes.closeMeeting, id))
    expect((await read(officer, id)).agenda.map(({ state }) => state)).toEqual(['deferred', 'deferred'])
    const carried = (await read(officer, next.id)).agenda
    expect(carried.map(({ issueId }) => issueId).sort()).toEqual([taken, untouched].sort())
    expect(carried.map(({ issueState, state }) => [issueState, state])).toEqual([
      ['scheduled', 'pending'],
      ['scheduled', 'pending'],
    ])
  })

  it('cancelled lets its matters go on', async () => {
    const all = await councilCast()
    const issueId = await scheduled(all)
    const id = await announced(all, [issueId])
    const { version } = await read(all.officer, id)
    const body = { reason: '台风预警' }
    ok(await all.officer.call(councilRoutes.cancelMeeting, { params: { id }, ifMatch: version, body }))
    expect((await read(all.t.nobody, id)).state).toBe('cancelled')
    const again = await announced(all, [issueId])
    expect((await read(all.officer, again)).agenda).toMatchObject([{ issueId, state: 'pending' }])
  })

  it('is presided over by one person, who hands over before leaving', async () => {
    const all = await councilCast()
    const { members, officer, secretary } = all
    const chair = members[0] as Caller
    const issueId = await scheduled(all)
    const id = await announced(all, [issueId], chair.personId as string)
    ok(await openEarly(all, id))
    for (const member of members) ok(await checkIn(all, id, member))
    expect((await act(officer, issueId, 'deliberate')).status).toBe(403)
    await must(chair, issueId, 'deliberate')
    expect((await propose(officer, id, issueId)).status).toBe(403)
    const leave = (caller: Caller) => caller.call(councilRoutes.leaveMeeting, { params: { id }, body: {} })
    expect((await leave(chair)).problem.reason).toBe('presider_hands_over_first')
    const to = async (caller: Caller, personId: string) => {
      const { version } = await read(caller, id)
      return caller.call(councilRoutes.handOverMeeting, { params: { id }, ifMatch: version, body: { personId } })
    }
    expect((await to(officer, members[1]?.personId as string)).status).toBe(403)
    expect((await to(chair, secretary.personId as string)).problem.reason).toBe('not_present')
    ok(await to(secretary, members[1]?.personId as string))
    ok(await leave(chair))
    expect((await leave(chair)).problem.reason).toBe('not_present')
    expect((await propose(members[1] as Caller, id, issueId)).status).toBe(201)
  })
})

describe('a motion', () => {
  it('is counted only while there is a quorum', async () => {
    const all = await councilCast()
    const { officer, members } = all
    const issueId = await scheduled(all)
    const id = await inSession(all, [issueId], 3)
    await must(officer, issueId, 'deliberate')
    const { id: motionId } = ok(await propose(officer, id, issueId)) as { id: string }
    // The one party member there goes: half of that class is missing.
    ok(await (members[2] as Caller).call(councilRoutes.leaveMeeting, { params: { id }, body: {} }))
    const early = await count(officer, motionId, { for: 2, against: 0, abstain: 0 })
    expect([early.status, early.problem.code]).toEqual([409, 'no_quorum'])
    ok(await checkIn(all, id, members[3] as Caller))
    const tooMany = await count(officer, motionId, { for: 4, against: 0, abstain: 0 })
    expect(tooMany.problem.reason).toBe('more_than_entitled')
    expect(ok(await count(officer, motionId, { for: 2, against: 1, abstain: 0 }))).toMatchObject({ state: 'passed' })
    expect((await count(officer, motionId)).problem.code).toBe('motion_closed')
  })

  it('stands alone, on a matter being deliberated there', async () => {
    const all = await councilCast()
    const { officer } = all
    const [first, second] = [await scheduled(all), await scheduled(all)]
    const id = await inSession(all, [first, second])
    expect((await propose(officer, id, first)).problem.reason).toBe('item_not_discussed')
    await must(officer, first, 'deliberate')
    await must(officer, second, 'deliberate')
    const replies = await Promise.all([propose(officer, id, first), propose(officer, id, second)])
    expect(replies.map(({ status }) => status).sort()).toEqual([201, 409])
    const deferred: number[] = []
    for (const one of [first, second]) deferred.push((await act(officer, one, 'defer', { reason: '再议' })).status)
    // Whichever is being voted on stays.
    expect(deferred.sort()).toEqual([200, 409])
  })

  it.each([
    ['consensus', { for: 3, against: 1, abstain: 0 }, 'failed'],
    ['consensus', { for: 3, against: 1, abstain: 0, sustainedObjections: 0 }, 'passed'],
    ['majority', { for: 2, against: 1, abstain: 1 }, 'failed'],
    ['two_thirds', { for: 3, against: 1, abstain: 0 }, 'passed'],
  ] as const)('under %s with %j %s', async (rule, hands, state) => {
    const all = await councilCast()
    const issueId = await scheduled(all)
    const id = await inSession(all, [issueId])
    await must(all.officer, issueId, 'deliberate')
    const motion = ok(await propose(all.officer, id, issueId, { rule })) as { id: string }
    expect(ok(await count(all.officer, motion.id, hands))).toMatchObject({ state })
    const next = state === 'passed' ? 'adopt' : 'dismiss'
    const other = state === 'passed' ? 'dismiss' : 'adopt'
    const text = { publicExplanation: '多数居民不赞成' }
    expect((await act(all.officer, issueId, other, other === 'dismiss' ? text : {})).status).toBe(409)
    await must(all.officer, issueId, next, next === 'dismiss' ? text : {})
  })

  it('not to act needs consensus, and then dismisses', async () => {
    const all = await councilCast()
    const issueId = await scheduled(all)
    const id = await inSession(all, [issueId])
    await must(all.officer, issueId, 'deliberate')
    const majority = await propose(all.officer, id, issueId, { proposes: 'not_to_act' })
    expect([majority.status, majority.problem.errors?.[0]?.path]).toEqual([400, 'body.rule'])
    const motionId = await decided(
      all.officer,
      id,
      issueId,
      { rule: 'consensus', proposes: 'not_to_act' },
      { for: 4, against: 0 },
    )
    expect((await act(all.officer, issueId, 'adopt', { motionId })).status).toBe(409)
    await must(all.officer, issueId, 'dismiss', { motionId, publicExplanation: '居民一致同意暂不办理' })
  })

  it('holds a sole raiser from withdrawing while it is open', async () => {
    const all = await councilCast()
    const issueId = await scheduled(all)
    const id = await inSession(all, [issueId])
    await must(all.officer, issueId, 'deliberate')
    const motion = ok(await propose(all.officer, id, issueId)) as { id: string }
    expect((await act(all.resident, issueId, 'withdraw')).problem.reason).toBe('no_ballot_made_void')
    ok(await count(all.officer, motion.id))
    await must(all.resident, issueId, 'withdraw')
    expect((await read(all.officer, id)).agenda).toMatchObject([{ state: 'dropped' }])
  })
})

it('lists the council with the class each member sits in, once', async () => {
  const all = await councilCast()
  const both = await all.t.aPerson({ role: 'representative' })
  await grant(all.t.deps, { personId: both.id, role: 'party_member' })
  const { items } = ok(await all.officer.call(councilRoutes.listCouncilMembers, { query: { community: COMMUNITY } }))
  expect(items.map((member) => member.class).sort()).toEqual([
    ...Array.from({ length: 2 }, () => 'party_member'),
    ...Array.from({ length: 3 }, () => 'representative'),
  ])
  expect(items.find(({ personId }) => personId === both.id)?.class).toBe('representative')
  const foreign = await all.t.as(await all.t.aPerson({ role: 'officer', region: NEIGHBOUR }))
  expect((await foreign.call(councilRoutes.listCouncilMembers, { query: { community: COMMUNITY } })).status).toBe(403)
})
