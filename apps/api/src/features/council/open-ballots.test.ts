import { councilRoutes } from '@tongxin/contract'
import { describe, expect, it } from 'vitest'
import {
  cast,
  checkIn,
  closeBallot,
  closeMeeting,
  council,
  inSession,
  leave,
  ok,
  propose,
  readBallot,
  refusal,
} from '../../../test/support/ballots.ts'
import { type Caller, NEIGHBOUR } from '../../../test/support/index.ts'
import { act, must } from '../../../test/support/issues.ts'
import { verified } from '../../../test/support/meetings.ts'

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
