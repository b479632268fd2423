import { councilRoutes, splitPublicId } from '@tongxin/contract'
import { describe, expect, it } from 'vitest'
import {
  aCouncil,
  type Council,
  cast,
  checkIn,
  closeBallot,
  closeMeeting,
  inSession,
  leave,
  ok,
  propose,
  readBallot,
  readMeeting,
} from '../../../test/support/ballots.ts'
import { type Caller, DAY, HOUR, NEIGHBOUR, plannedJobs, testApp } from '../../../test/support/index.ts'
import { act, must } from '../../../test/support/issues.ts'
import { tasks } from '../../jobs/tasks.ts'
import { verifyRecord } from '../verification/index.ts'

const council = async (representatives?: number, partyMembers?: number) =>
  aCouncil(await testApp(), representatives, partyMembers)

const refusal = (reply: { status: number; problem: { code: string; reason?: string | undefined } }) => [
  reply.status,
  reply.problem.code,
  reply.problem.reason,
]
const inDays = ({ t }: Council, days: number) => new Date(t.clock.now().getTime() + days * DAY).toISOString()
const verified = async ({ t }: Council) => (await verifyRecord(t.deps)).mismatch

/** Sessions last hours; the clock goes on for days. */
const again = ({ t }: Council, caller: Caller) => t.as({ id: caller.personId as string })

describe('an open ballot in the room', () => {
  it('is cast by those who are there, once each, and counted by the chair', async () => {
    const all = await council()
    const { officer, members, t } = all
    const { meetingId, issueIds } = await inSession(all, { present: members.slice(0, 5) })
    const motion = ok(await propose(officer, meetingId, issueIds[0] as string))
    const [a, b, c, d, e, absent] = members as [Caller, Caller, Caller, Caller, Caller, Caller]
    expect(motion.voting).toMatchObject({
      method: 'open',
      place: 'room',
      turnout: { entitled: 5, issued: null, cast: 0 },
    })
    const receipt = ok(await cast(a, motion.id, 'for'))
    expect(receipt.seq).toBe(3)
    const { mine } = await readBallot(a, motion.id)
    expect(mine).toMatchObject([{ own: true, state: 'voted', choice: 'for', receipt }])
    expect(refusal(await cast(a, motion.id, 'against'))).toEqual([409, 'already_voted', undefined])
    expect(refusal(await cast(absent, motion.id, 'for'))).toEqual([403, 'not_entitled', undefined])
    expect(refusal(await cast(officer, motion.id, 'for'))).toEqual([403, 'not_entitled', undefined])
    ok(await cast(b, motion.id, 'for'))
    ok(await cast(c, motion.id, 'abstain'))
    // Who comes after it opened was not asked; who goes before voting stays on the roll, silent.
    await checkIn(officer, meetingId, absent)
    expect((await cast(absent, motion.id, 'for')).problem.code).toBe('not_entitled')
    await leave(e, meetingId)
    expect(refusal(await cast(e, motion.id, 'for'))).toEqual([403, 'not_entitled', 'not_present'])
    ok(await cast(d, motion.id, 'for'))
    expect((await readBallot(members[0] as Caller, motion.id)).votes).toBeNull()
    expect((await closeBallot(a, motion.id)).status).toBe(403)
    const counted = ok(await closeBallot(officer, motion.id))
    expect(counted.motion).toMatchObject({
      state: 'passed',
      result: { heads: { for: 3, against: 0, abstain: 1 }, entitledHeads: 5, quorum: true, passed: true },
      voting: {
        turnout: { entitled: 5, cast: 4 },
        parts: { representative: { members: 3, attending: 3, present: 3 } },
      },
    })
    expect(refusal(await cast(e, motion.id, 'for'))).toEqual([409, 'motion_closed', undefined])
    expect((await closeBallot(officer, motion.id)).problem.code).toBe('motion_closed')
    await must(officer, issueIds[0] as string, 'adopt', { motionId: motion.id })
    expect(await verified(all)).toBeNull()

    const seen = await readBallot(absent, motion.id)
    expect(seen.votes?.map(({ choice }) => choice).toSorted()).toEqual(
      ['abstain', 'for', 'for', 'for', null].toSorted(),
    )
    expect(seen.byClass).toMatchObject({ representative: { for: 2, abstain: 1 }, party_member: { for: 1 } })
    expect(await readBallot(t.nobody, motion.id)).toMatchObject({ votes: null, byClass: null, mine: [] })
    const stranger = await t.as(await t.aPerson({ role: 'representative', region: NEIGHBOUR }))
    expect((await readBallot(stranger, motion.id)).votes).toBeNull()
  })

  it('does not open without a quorum, nor on top of another, and holds the meeting open', async () => {
    const all = await council()
    const { officer, members } = all
    const { meetingId, issueIds } = await inSession(all, { matters: 2, present: members.slice(0, 5) })
    const [first, second] = issueIds as [string, string]
    for (const one of members.slice(3, 5)) await leave(one, meetingId)
    expect(refusal(await propose(officer, meetingId, first))).toEqual([409, 'no_quorum', undefined])
    for (const one of members.slice(3, 5)) await checkIn(officer, meetingId, one)
    const motion = ok(await propose(officer, meetingId, first))
    expect((await propose(officer, meetingId, second)).problem.code).toBe('motion_open')
    expect((await closeMeeting(officer, meetingId)).problem.code).toBe('motion_open')
    expect((await act(officer, first, 'defer', { reason: '再议' })).status).toBe(409)
    const body = { for: 3, against: 0, abstain: 0 }
    const byHand = await officer.call(councilRoutes.countMotion, { params: { id: motion.id }, body })
    expect(refusal(byHand)).toEqual([422, 'unprocessable', 'counted_by_ballots'])
    const tied = [...members.slice(0, 2), ...members.slice(3, 4)]
    for (const one of tied) ok(await cast(one, motion.id, 'for'))
    // 3 of 5 is more than half; under two thirds it is not.
    expect(ok(await closeBallot(officer, motion.id)).motion.state).toBe('passed')
    const other = ok(await propose(officer, meetingId, second, { rule: 'two_thirds' }))
    for (const one of tied) ok(await cast(one, other.id, 'for'))
    expect(ok(await closeBallot(officer, other.id)).motion.state).toBe('failed')
    expect(await verified(all)).toBeNull()
  })

  it('names who moved and who seconded, both there', async () => {
    const all = await council()
    const { officer, members, t } = all
    const { meetingId, issueIds } = await inSession(all, { present: members.slice(0, 5) })
    const [a, b, , , , absent] = members.map(({ personId }) => personId as string)
    const moved = (moverId?: string, seconderId?: string) =>
      propose(officer, meetingId, issueIds[0] as string, { moverId, seconderId })
    expect((await moved(absent)).problem.reason).toBe('mover_not_present')
    expect((await moved(a, a)).problem.reason).toBe('seconder_is_mover')
    expect((await moved(a, officer.personId as string)).problem.reason).toBe('seconder_not_present')
    const { id } = ok(await moved(a, b))
    expect(await readBallot(members[3] as Caller, id)).toMatchObject({
      mover: { personId: a },
      seconder: { personId: b },
    })
    expect(await readBallot(t.nobody, id)).toMatchObject({ mover: null, seconder: null })
  })
})

describe('an open ballot online', () => {
  it('outlasts the meeting and is counted by itself when its window ends', async () => {
    const all = await council()
    const { officer, members, t, resident } = all
    const { meetingId, issueIds } = await inSession(all, { matters: 2, present: members.slice(0, 5) })
    const [issueId, other] = issueIds as [string, string]
    const closesAt = inDays(all, 3)
    const motion = ok(await propose(officer, meetingId, issueId, { place: 'online', closesAt }))
    expect(motion.voting).toMatchObject({ closesAt, turnout: { entitled: 6, cast: 0 } })
    // The floor is free for the next matter; this one is not voted on twice.
    expect((await propose(officer, meetingId, issueId, { place: 'online', closesAt })).problem.code).toBe('motion_open')
    const hands = ok(await propose(officer, meetingId, other, { method: 'hands' }))
    const count = { params: { id: hands.id }, body: { for: 4, against: 0, abstain: 0 } }
    ok(await officer.call(councilRoutes.countMotion, count))
    await must(officer, other, 'adopt')
    ok(await closeMeeting(officer, meetingId))
    const agenda = (await readMeeting(officer, meetingId)).agenda
    expect(agenda.find((item) => item.issueId === issueId)).toMatchObject({
      state: 'discussing',
      issueState: 'deliberating',
    })
    expect((await act(resident, issueId, 'withdraw')).problem.reason).toBe('no_ballot_made_void')

    ok(await cast(members[5] as Caller, motion.id, 'for'))
    expect(refusal(await closeBallot(officer, motion.id))).toEqual([409, 'ballot_running', undefined])
    t.clock.advance(2 * DAY)
    for (const [n, member] of members.entries())
      if (n < 4) ok(await cast(await again(all, member), motion.id, n === 0 ? 'against' : 'for'))
    expect(await plannedJobs(t.deps, 'close_ballot')).toHaveLength(1)
    t.clock.advance(DAY)
    const late = await again(all, members[4] as Caller)
    expect(refusal(await cast(late, motion.id, 'for'))).toEqual([409, 'motion_closed', undefined])
    expect(await t.runDueJobs()).toContain('close_ballot')
    expect((await readBallot(late, motion.id)).motion).toMatchObject({
      state: 'passed',
      result: { heads: { for: 4, against: 1, abstain: 0 }, entitledHeads: 5 },
      voting: { turnout: { entitled: 6, cast: 5 } },
    })
    // A worker that died before it could say so leaves the job to another.
    await tasks.close_ballot(t.deps, splitPublicId(motion.id))
    expect(
      (await t.deps.pool.query(`select from events where action = 'count' and personal ->> 'by' is null`)).rowCount,
    ).toBe(1)
    const chair = await again(all, officer)
    await must(chair, issueId, 'adopt', { motionId: motion.id })
    expect(await verified(all)).toBeNull()
  })

  it('is counted earlier once everybody voted, and not by two at once', async () => {
    const all = await council(1, 1)
    const { officer, members } = all
    const { meetingId, issueIds } = await inSession(all)
    const closesAt = inDays(all, 1)
    const { id } = ok(await propose(officer, meetingId, issueIds[0] as string, { place: 'both', closesAt }))
    for (const member of members) ok(await cast(member, id, 'for'))
    const replies = await Promise.all([closeBallot(officer, id), closeBallot(officer, id)])
    expect(replies.map(({ status }) => status).sort()).toEqual([200, 409])
    expect(await all.t.deps.db.$client.query(`select from events where action = 'count'`)).toMatchObject({
      rowCount: 1,
    })
  })

  it('counts as present who took part, and online needs half of each class of them', async () => {
    const all = await council(4, 2)
    const { officer, members, t } = all
    const { meetingId, issueIds } = await inSession(all)
    const closesAt = inDays(all, 1)
    const { id } = ok(await propose(officer, meetingId, issueIds[0] as string, { place: 'online', closesAt }))
    for (const member of members.slice(0, 4)) ok(await cast(member, id, 'for'))
    t.clock.advance(DAY)
    await t.runDueJobs()
    const { motion } = await readBallot(t.nobody, id)
    expect(motion).toMatchObject({
      state: 'failed',
      result: { heads: { for: 4 }, entitledHeads: 4, quorum: false },
      voting: { parts: { party_member: { members: 2, attending: 0, present: 0 } } },
    })
  })

  it('in both places counts who sat in the room as present, voting or not', async () => {
    const all = await council(4, 2)
    const { officer, members, t } = all
    const { meetingId, issueIds } = await inSession(all, { present: members.slice(0, 5) })
    const closesAt = inDays(all, 1)
    const { id } = ok(await propose(officer, meetingId, issueIds[0] as string, { place: 'both', closesAt }))
    for (const n of [0, 1, 5]) ok(await cast(members[n] as Caller, id, 'for'))
    t.clock.advance(DAY)
    await t.runDueJobs()
    // Three of six: half is not more than half.
    expect((await readBallot(t.nobody, id)).motion).toMatchObject({
      state: 'failed',
      result: { entitledHeads: 6, quorum: true },
    })
    expect(await verified(all)).toBeNull()
  })

  it('opens later with the council as it is then', async () => {
    const all = await council(2, 2)
    const { officer, members, t } = all
    const { meetingId, issueIds } = await inSession(all)
    const opensAt = new Date(t.clock.now().getTime() + HOUR).toISOString()
    const window = { place: 'online', opensAt, closesAt: inDays(all, 1) }
    const { id } = ok(await propose(officer, meetingId, issueIds[0] as string, window))
    expect(refusal(await cast(members[0] as Caller, id, 'for'))).toEqual([409, 'ballot_not_open', undefined])
    const newcomer = await t.as('representative')
    const listed = await newcomer.call(councilRoutes.listMyBallots, { query: { community: meetingId.slice(0, 12) } })
    expect(ok(listed).items).toMatchObject([{ motion: { id }, toCast: 0 }])
    t.clock.advance(HOUR)
    // The first vote opens it where the job was not there to.
    ok(await cast(await again(all, newcomer), id, 'for'))
    await t.runDueJobs()
    expect((await readBallot(t.nobody, id)).motion.voting).toMatchObject({
      openedAt: opensAt,
      turnout: { entitled: 5, cast: 1 },
    })
    const late = await t.as('representative')
    expect((await cast(late, id, 'for')).problem.code).toBe('not_entitled')
    expect(await verified(all)).toBeNull()
  })

  it('that decides nothing, or is taken back, lets the matter go on', async () => {
    const all = await council(2, 2)
    const { officer, members, t } = all
    const { meetingId, issueIds } = await inSession(all, { matters: 2 })
    const [first, second] = issueIds as [string, string]
    const closesAt = inDays(all, 1)
    const unsure = { place: 'online', closesAt, rule: 'consensus', proposes: 'not_to_act' }
    const { id } = ok(await propose(officer, meetingId, first, unsure))
    const back = ok(await propose(officer, meetingId, second, { place: 'online', closesAt }))
    ok(await closeMeeting(officer, meetingId))
    for (const [n, member] of members.entries()) ok(await cast(member, id, n === 0 ? 'against' : 'for'))
    ok(await closeBallot(officer, id))
    const withdraw = { params: { id: back.id }, body: { reason: '情况有变' } }
    expect((await (members[0] as Caller).call(councilRoutes.withdrawMotion, withdraw)).status).toBe(403)
    ok(await officer.call(councilRoutes.withdrawMotion, withdraw))
    const { agenda } = await readMeeting(officer, meetingId)
    expect(agenda.map(({ state, issueState }) => [state, issueState])).toEqual([
      ['deferred', 'scheduled'],
      ['deferred', 'scheduled'],
    ])
    t.clock.advance(2 * DAY)
    expect(await t.runDueJobs()).not.toContain('close_ballot')
    expect(await verified(all)).toBeNull()
  })

  it('left without its chair is handed to another by the secretary', async () => {
    const all = await council(2, 2)
    const { officer, members, t } = all
    const { meetingId, issueIds } = await inSession(all)
    const issueId = issueIds[0] as string
    const { id } = ok(await propose(officer, meetingId, issueId, { place: 'online', closesAt: inDays(all, 1) }))
    ok(await closeMeeting(officer, meetingId))
    for (const member of members) ok(await cast(member, id, 'for'))
    t.clock.advance(DAY)
    await t.runDueJobs()
    const secretary = await t.as('secretary')
    expect((await act(secretary, issueId, 'adopt')).status).toBe(403)
    const to = await again(all, members[0] as Caller)
    const meeting = await readMeeting(secretary, meetingId)
    expect(meeting.allowed).toEqual(['remove_papers', 'hand_over'])
    const hand = { params: { id: meetingId }, ifMatch: meeting.version, body: { personId: to.personId as string } }
    ok(await secretary.call(councilRoutes.handOverMeeting, hand))
    await must(to, issueId, 'adopt')
    expect((await readMeeting(secretary, meetingId)).allowed).toEqual(['remove_papers'])
    expect(await verified(all)).toBeNull()
  })
})

it.each([
  ['secret_not_for_owners', { method: 'secret', rule: 'owners_major' }],
  ['secret_not_for_owners', { method: 'secret', rule: 'households' }],
  ['owners_by_roll', { method: 'open', rule: 'owners_ordinary' }],
  ['owners_by_roll', { method: 'hands', rule: 'households' }],
  ['window_short', { place: 'online', closesAt: '2026-03-02T01:09:00.000Z' }],
  ['window_long', { place: 'online', closesAt: '2026-05-02T01:09:00.000Z' }],
  ['window_past', { place: 'online', opensAt: '2026-03-01T01:09:00.000Z', closesAt: '2026-03-05T01:09:00.000Z' }],
] as const)('a vote is not called where it does not fit: %s', async (reason, body) => {
  const all = await council(1, 1)
  const { meetingId, issueIds } = await inSession(all)
  expect((await propose(all.officer, meetingId, issueIds[0] as string, body)).problem.reason).toBe(reason)
})

describe('at the same time', () => {
  it('one vote of one person counts, however often it is sent', async () => {
    const all = await council(2, 2)
    const { officer, members } = all
    const { meetingId, issueIds } = await inSession(all)
    const { id } = ok(await propose(officer, meetingId, issueIds[0] as string))
    const replies = await Promise.all(
      Array.from({ length: 8 }, (_, n) => cast(members[0] as Caller, id, n % 2 ? 'for' : 'against')),
    )
    expect(replies.map(({ status }) => status).sort()).toEqual([201, ...Array.from({ length: 7 }, () => 409)])
    expect((await readBallot(officer, id)).motion.voting.turnout?.cast).toBe(1)
  })

  it('a vote and the count that meet: it is counted or refused', async () => {
    const all = await council(4, 4)
    const { officer, members } = all
    const { meetingId, issueIds } = await inSession(all, { matters: 5 })
    let refusedAny = 0
    for (const [round, issueId] of issueIds.entries()) {
      const { id } = ok(await propose(officer, meetingId, issueId))
      const voteOf = (member: Caller) => cast(member, id, 'for')
      // The count sets out before them all in the first round, and later in each.
      const earlier = members.slice(0, 2 * round).map(voteOf)
      const closing = closeBallot(officer, id)
      const votes = [...earlier, ...members.slice(2 * round).map(voteOf)]
      const [closed, ...replies] = await Promise.all([closing, ...votes])
      const counted = ok(closed).motion.result?.heads.for
      const taken = replies.filter(({ status }) => status === 201).length
      expect(counted).toBe(taken)
      refusedAny += replies.filter(({ problem }) => problem?.code === 'motion_closed').length
      expect(taken + replies.filter(({ status }) => status === 409).length).toBe(members.length)
    }
    expect(refusedAny).toBeGreaterThan(0)
    expect(await verified(all)).toBeNull()
  })
})

describe('verification', () => {
  const counted = async () => {
    const all = await council(2, 2)
    const { officer, members } = all
    const { meetingId, issueIds } = await inSession(all)
    const { id } = ok(await propose(officer, meetingId, issueIds[0] as string))
    for (const member of members) ok(await cast(member, id, 'for'))
    ok(await closeBallot(officer, id))
    return all
  }

  it.each([
    ['open_votes.choice', `update open_votes set choice = 'against' where seq = 3`],
    ['open_votes.count', 'delete from open_votes where seq = 3'],
    ['motion_roll.inRoom', 'update motion_roll set in_room = false'],
    ['motions.method', `update motions set method = 'hands'`],
    ['motions.headsFor', 'update motions set heads_for = 3'],
    ['recount.representative.members', `update motions set parts = jsonb_set(parts, '{representative,members}', '9')`],
  ])('tells that %s was altered', async (reason, sql) => {
    const all = await counted()
    await all.t.deps.pool.query(sql)
    expect(await verified(all)).toMatchObject({ reason })
  })
})
