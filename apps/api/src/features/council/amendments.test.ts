import { councilRoutes, issueRoutes, type MotionView } from '@tongxin/contract'
import { describe, expect, it } from 'vitest'
import {
  type Cast,
  checkIn,
  councilCast,
  count,
  HANDS,
  inSession,
  ok,
  propose,
  read,
  scheduled,
  step,
} from '../../../test/support/council.ts'
import { type Caller, NEIGHBOUR } from '../../../test/support/index.ts'
import { act, must } from '../../../test/support/issues.ts'
import { verifyRecord } from '../verification/index.ts'

const ORIGINAL = '同意更换三号楼前路灯'
const AMENDED = '同意更换三号楼前路灯，改用太阳能灯'

const idOf = ({ personId }: Caller) => personId as string

/** A matter under deliberation with a motion on it that is not put yet, moved by the first member. */
const moved = async (all: Cast, more = {}) => {
  const issueId = await scheduled(all)
  const id = await inSession(all, [issueId])
  await must(all.officer, issueId, 'deliberate')
  const body = { text: ORIGINAL, hold: true, moverId: idOf(all.members[0]), ...more }
  const motion = ok(await propose(all.officer, id, issueId, body)) as MotionView
  return { id, issueId, motion }
}
const amend = (caller: Caller, motionId: string, by: Caller, body = {}) =>
  caller.call(councilRoutes.moveAmendment, {
    params: { id: motionId },
    body: { text: AMENDED, moverId: idOf(by), ...body },
  })
const put = (caller: Caller, id: string, body = {}) => caller.call(councilRoutes.putMotion, { params: { id }, body })
const accept = (caller: Caller, id: string) => caller.call(councilRoutes.acceptAmendment, { params: { id } })
const withdraw = (caller: Caller, id: string) =>
  caller.call(councilRoutes.withdrawMotion, { params: { id }, body: { reason: '收回' } })
const one = async (caller: Caller, meetingId: string, motionId: string) =>
  (await read(caller, meetingId)).motions.find(({ id }) => id === motionId)

describe('an amendment', () => {
  it('is voted on before its motion, whose text it becomes; both are kept', async () => {
    const all = await councilCast({ tick: 1 })
    const { t, officer, members } = all
    const { id, issueId, motion } = await moved(all)
    expect(motion).toMatchObject({ state: 'moved', text: ORIGINAL, originalText: null, amends: null })
    expect((await count(officer, motion.id)).problem.code).toBe('motion_closed')
    const seconderId = idOf(members[2])
    const amendment = ok(await amend(officer, motion.id, members[1], { seconderId }))
    expect(amendment).toMatchObject({ state: 'moved', amends: motion.id, text: AMENDED, rule: 'majority' })
    expect((await read(officer, id)).allowed).toEqual(expect.arrayContaining(['put', 'accept']))
    expect((await read(officer, id)).allowed).not.toContain('amend')

    for (const [reply, reason] of [
      [await put(officer, motion.id), 'amendment_open'],
      [await withdraw(officer, motion.id), 'amendment_open'],
      [await amend(officer, motion.id, members[2], { text: '别的改法' }), 'amendment_open'],
      [await propose(officer, id, issueId), undefined],
      [await step(officer, councilRoutes.closeMeeting, id), undefined],
    ] as const)
      expect([reply.status, reply.problem.code, reply.problem.reason]).toEqual([409, 'motion_open', reason])
    expect((await amend(officer, amendment.id, members[2])).problem.reason).toBe('amends_an_amendment')
    expect((await act(officer, issueId, 'adopt')).status).toBe(409)

    ok(await put(officer, amendment.id))
    expect((await accept(officer, amendment.id)).problem.reason).toBe('already_put')
    expect((await put(officer, motion.id)).problem.reason).toBe('amendment_open')
    ok(await count(officer, amendment.id, HANDS))
    expect(await one(t.nobody, id, motion.id)).toMatchObject({ state: 'moved', text: AMENDED, originalText: ORIGINAL })
    // What passed of the amendment decides nothing of the matter.
    expect((await act(officer, issueId, 'adopt')).status).toBe(409)
    ok(await put(officer, motion.id))
    expect((await amend(officer, motion.id, members[1], { text: '太晚' })).problem.reason).toBe('already_put')
    ok(await count(officer, motion.id, HANDS))
    await must(officer, issueId, 'adopt', { motionId: motion.id })
    const { body } = await officer.call(issueRoutes.readIssue, { params: { id: issueId } })
    expect(JSON.stringify(body)).toContain(AMENDED)

    ok(await step(officer, councilRoutes.closeMeeting, id))
    const { content } = ok(await officer.call(councilRoutes.draftMinutes, { params: { id } }))
    expect(content.items[0]).toMatchObject({
      outcome: 'adopted',
      motions: [
        { id: motion.id, text: AMENDED, originalText: ORIGINAL, state: 'passed' },
        { amends: motion.id, text: AMENDED, state: 'passed' },
      ],
    })
    expect((await verifyRecord(t.deps)).mismatch).toBeNull()
    await t.deps.pool.query(`update motions set original_text = '别的' where original_text is not null`)
    expect((await verifyRecord(t.deps)).mismatch).toMatchObject({ reason: 'motions.originalText' })
  })

  it('that fails or is taken back leaves the text, and another may be moved', async () => {
    const all = await councilCast({ tick: 1 })
    const { t, officer, members } = all
    const { id, motion } = await moved(all)
    const first = ok(await amend(officer, motion.id, members[1]))
    ok(await put(officer, first.id))
    ok(await count(officer, first.id, { for: 1, against: 3, abstain: 0 }))
    const second = ok(await amend(officer, motion.id, members[1]))
    expect(ok(await withdraw(officer, second.id)).state).toBe('withdrawn')
    expect(await one(officer, id, motion.id)).toMatchObject({ text: ORIGINAL, originalText: null, state: 'moved' })
    // A third by a ballot in the room.
    const third = ok(await amend(officer, motion.id, members[1], { rule: 'two_thirds' }))
    expect(
      (await put(officer, third.id, { method: 'open', place: 'online', closesAt: '2026-03-09T11:00:00.000Z' })).problem
        .reason,
    ).toBe('amendment_in_room')
    ok(await put(officer, third.id, { method: 'open' }))
    for (const member of members)
      ok(await member.call(councilRoutes.castVote, { params: { id: third.id }, body: { choice: 'for' } }))
    ok(await officer.call(councilRoutes.closeBallot, { params: { id: third.id } }))
    expect(await one(officer, id, motion.id)).toMatchObject({ text: AMENDED, originalText: ORIGINAL })
    expect(ok(await withdraw(officer, motion.id)).state).toBe('withdrawn')
    expect((await verifyRecord(t.deps)).mismatch).toBeNull()
  })

  it('is accepted by who moved the motion, or by the chair on their word while they are there', async () => {
    const all = await councilCast({ tick: 1 })
    const { t, officer, members } = all
    const { id, motion } = await moved(all)
    expect((await amend(members[0], motion.id, members[1])).status).toBe(403)
    expect((await amend(officer, motion.id, members[1], { text: ORIGINAL })).problem.reason).toBe('same_text')
    expect((await amend(officer, motion.id, all.secretary)).problem.reason).toBe('mover_not_present')
    const amendment = ok(await amend(officer, motion.id, members[1]))
    expect((await accept(officer, motion.id)).problem.reason).toBe('no_amendment')
    expect((await accept(members[1], amendment.id)).status).toBe(403)
    expect((await read(members[1], id)).allowed).not.toContain('accept')
    expect((await read(members[0], id)).allowed).toContain('accept')
    const foreign = await t.as(await t.aPerson({ role: 'representative', region: NEIGHBOUR }))
    expect((await accept(foreign, amendment.id)).status).toBe(403)
    expect(ok(await accept(members[0], amendment.id)).state).toBe('accepted')
    expect(await one(officer, id, motion.id)).toMatchObject({ text: AMENDED, originalText: ORIGINAL })
    expect((await accept(members[0], amendment.id)).problem.code).toBe('motion_closed')

    const again = ok(await amend(officer, motion.id, members[2], { text: '全部改用太阳能灯' }))
    ok(await officer.call(councilRoutes.leaveMeeting, { params: { id }, body: { personId: idOf(members[0]) } }))
    expect((await accept(officer, again.id)).problem.reason).toBe('mover_not_present')
    ok(await checkIn(all, id, members[0]))
    ok(await accept(officer, again.id))
    expect(await one(officer, id, motion.id)).toMatchObject({ text: '全部改用太阳能灯', originalText: ORIGINAL })
    expect((await verifyRecord(t.deps)).mismatch).toBeNull()
  })

  it('and its motion are never both put, however many press at once', async () => {
    const all = await councilCast({ tick: 1 })
    const { t, officer, members } = all
    const { id, motion } = await moved(all)
    const replies = await Promise.all([
      amend(officer, motion.id, members[1]),
      put(officer, motion.id),
      amend(officer, motion.id, members[2], { text: '另一种改法' }),
      put(officer, motion.id),
    ])
    const done = replies.filter(({ status }) => status < 300)
    expect(done).toHaveLength(1)
    expect(replies.filter(({ status }) => status === 409)).toHaveLength(3)
    const open = (await read(officer, id)).motions.filter(({ state }) => state === 'open' || state === 'moved')
    expect(open.filter(({ state }) => state === 'open').length).toBeLessThanOrEqual(1)
    expect((await verifyRecord(t.deps)).mismatch).toBeNull()
  })

  it('is no more than one to a motion after the chair was handed over, and is put by who presides now', async () => {
    const all = await councilCast({ tick: 1 })
    const { officer, members } = all
    const { id, motion } = await moved(all)
    const { version } = await read(officer, id)
    const hand = councilRoutes.handOverMeeting
    ok(await officer.call(hand, { params: { id }, ifMatch: version, body: { personId: idOf(members[2]) } }))
    expect((await amend(officer, motion.id, members[1])).status).toBe(403)
    expect((await put(officer, motion.id)).status).toBe(403)
    ok(await put(members[2], motion.id))
    ok(await count(members[2], motion.id))
  })
})

it('takes how it is voted on when a motion is put, not when it is held back', async () => {
  const all = await councilCast({ tick: 1 })
  const { officer, members } = all
  const issueId = await scheduled(all)
  const id = await inSession(all, [issueId])
  await must(officer, issueId, 'deliberate')
  expect((await propose(officer, id, issueId, { hold: true, method: 'open' })).status).toBe(400)
  const motion = ok(await propose(officer, id, issueId, { hold: true })) as MotionView
  const closesAt = new Date(all.t.clock.now().getTime() + 3_600_000).toISOString()
  expect((await put(officer, motion.id, { method: 'open', place: 'online' })).status).toBe(400)
  expect(ok(await put(officer, motion.id, { method: 'open', place: 'online', closesAt })).voting).toMatchObject({
    method: 'open',
    place: 'online',
    closesAt,
    turnout: { entitled: members.length },
  })
  expect((await verifyRecord(all.t.deps)).mismatch).toBeNull()
})
