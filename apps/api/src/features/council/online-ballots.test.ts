import { councilRoutes, splitPublicId } from '@tongxin/contract'
import { describe, expect, it } from 'vitest'
import {
  cast,
  closeBallot,
  closeMeeting,
  council,
  inSession,
  ok,
  propose,
  readBallot,
  readMeeting,
  refusal,
} from '../../../test/support/ballots.ts'
import { type Caller, DAY, HOUR, plannedJobs } from '../../../test/support/index.ts'
import { act, must } from '../../../test/support/issues.ts'
import { again, inDays, verified } from '../../../test/support/meetings.ts'
import { tasks } from '../../jobs/tasks.ts'

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
