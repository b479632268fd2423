import { councilRoutes, policyRoutes } from '@tongxin/contract'
import { describe, expect, it } from 'vitest'
import { councilCast, ok, openEarly } from '../../../test/support/council.ts'
import { COMMUNITY, DAY, HOUR, NEIGHBOUR, plannedJobs } from '../../../test/support/index.ts'
import {
  aDraft,
  anAnnounced,
  atNow,
  change,
  HELD_AT,
  invited,
  noticeOf,
  reply,
  words,
} from '../../../test/support/meetings.ts'
import { verifyRecord } from '../verification/index.ts'
import { tellInvited } from './index.ts'

const LATER = '2026-03-09T11:00:00.000Z'

describe('a notice', () => {
  it('given late needs a reason, which everybody reads', async () => {
    const cast = await councilCast()
    const { id } = await aDraft(cast, { heldAt: '2026-03-04T11:00:00.000Z' })
    const late = await atNow(cast.officer, councilRoutes.announceMeeting, id)
    expect([late.status, late.problem.reason, late.problem.errors?.[0]?.path]).toEqual([
      422,
      'notice_too_short',
      'body.shortNoticeReason',
    ])
    expect(late.problem.detail).toContain('提前 3 天')
    expect(await noticeOf(cast.officer, id)).toMatchObject({
      announcedAt: null,
      neededDays: 3,
      daysLeft: 2,
      invited: null,
    })
    ok(await atNow(cast.officer, councilRoutes.announceMeeting, id, { shortNoticeReason: '汛期在即' }))
    expect(await noticeOf(cast.t.nobody, id)).toMatchObject({
      noticeDays: 3,
      daysAhead: 2,
      shortNoticeReason: '汛期在即',
      mine: null,
      maySeeAnswers: false,
    })
  })

  it('given in time keeps no reason, and follows the community’s own rule', async () => {
    const cast = await councilCast()
    const { id } = await aDraft(cast)
    const rule = { params: { regionCode: COMMUNITY, key: 'meeting_notice_days' as const }, ifMatch: 0 }
    const body = { value: 5, reason: '居民要求更早知道' }
    ok(await cast.secretary.call(policyRoutes.setPolicy, { ...rule, body }))
    const late = await atNow(cast.officer, councilRoutes.announceMeeting, id)
    expect(late.problem.reason).toBe('notice_too_short')
    ok(await change(cast, id, { heldAt: LATER }))
    ok(await atNow(cast.officer, councilRoutes.announceMeeting, id, { shortNoticeReason: '用不着' }))
    expect(await noticeOf(cast.t.nobody, id)).toMatchObject({ noticeDays: 5, daysAhead: 7, shortNoticeReason: null })
  })

  it('moved nearer than the rule allows needs a reason, too', async () => {
    const cast = await councilCast()
    const id = await anAnnounced(cast, { heldAt: LATER })
    const tomorrow = '2026-03-03T11:00:00.000Z'
    expect((await change(cast, id, { heldAt: tomorrow })).problem.reason).toBe('notice_too_short')
    ok(await change(cast, id, { heldAt: tomorrow, shortNoticeReason: '停水通知' }))
    expect(await noticeOf(cast.t.nobody, id)).toMatchObject({ daysAhead: 1, shortNoticeReason: '停水通知' })
    expect((await verifyRecord(cast.t.deps)).mismatch).toBeNull()
  })
})

describe('an invitation', () => {
  it('goes to every member and the organizing staff, who answer; the chair and staff see who comes', async () => {
    const cast = await councilCast()
    const { t, officer, secretary, members, resident } = cast
    const [chair, second, third] = members
    const id = await anAnnounced(cast, { presiderId: chair.personId })
    const all = await invited(officer, id)
    expect(all.items.map(({ personId }) => personId).sort()).toEqual(
      [officer, secretary, ...members].map(({ personId }) => String(personId)).sort(),
    )
    expect(all.items.map((one) => one.class)).toEqual([
      'representative',
      'representative',
      'party_member',
      'party_member',
      'staff',
      'staff',
    ])
    expect(all.counts).toEqual({ pending: 6, accepted: 0, declined: 0, tentative: 0 })
    expect(ok(await reply(chair, id, 'accepted'))).toMatchObject({ answer: 'accepted', mayAnswer: true })
    ok(await reply(second, id, 'declined', '在外地'))
    ok(await reply(second, id, 'tentative', '看能否赶回'))
    ok(await reply(second, id, 'tentative', '看能否赶回'))
    expect((await invited(chair, id)).counts).toEqual({ pending: 4, accepted: 1, declined: 0, tentative: 1 })
    expect((await invited(officer, id)).items.find(({ personId }) => personId === second.personId)?.note).toBe(
      '看能否赶回',
    )
    expect((await noticeOf(t.nobody, id)).invited).toMatchObject({ accepted: 1 })
    for (const outsider of [third, await t.as(await t.aPerson({ role: 'officer', region: NEIGHBOUR }))])
      expect((await outsider.call(councilRoutes.listInvitations, { params: { id } })).status).toBe(403)
    const stranger = await reply(resident, id, 'accepted')
    expect([stranger.status, stranger.problem.reason]).toEqual([403, 'not_invited'])
    expect((await reply(t.nobody, id, 'accepted')).status).toBe(401)
    expect((await reply(third, id, 'pending')).status).toBe(400)
    expect((await reply(third, id, 'accepted', '长'.repeat(201))).status).toBe(400)
    const mine = ok(await second.call(councilRoutes.listMyInvitations)).items
    expect(mine).toMatchObject([{ meetingId: id, answer: 'tentative', title: '三月议事会', mayAnswer: true }])
    ok(await openEarly(cast, id))
    expect((await reply(third, id, 'accepted')).problem.code).toBe('meeting_wrong_state')
    const { rows } = await t.deps.pool.query(`select count(*)::int as n from events where action = 'answer'`)
    expect(rows[0].n).toBe(3)
    expect((await verifyRecord(t.deps)).mismatch).toBeNull()
  })

  it('is unknown while the meeting is in draft', async () => {
    const cast = await councilCast()
    const { id } = await aDraft(cast)
    expect((await reply(cast.resident, id, 'accepted')).status).toBe(404)
    expect((await invited(cast.officer, id)).items).toEqual([])
    expect(ok(await cast.members[0].call(councilRoutes.listMyInvitations)).items).toEqual([])
  })

  it('answered at once by many keeps every answer and a whole chain', async () => {
    const cast = await councilCast()
    const { t, members } = cast
    const id = await anAnnounced(cast)
    const replies = await Promise.all(members.map((member) => reply(member, id, 'accepted')))
    expect(replies.map(({ status }) => status)).toEqual([200, 200, 200, 200])
    expect((await noticeOf(t.nobody, id)).invited).toMatchObject({ accepted: 4, pending: 2 })
    expect((await verifyRecord(t.deps)).mismatch).toBeNull()
  })

  it('is sent once each, whatever runs again', async () => {
    const cast = await councilCast()
    const { t, members } = cast
    const id = await anAnnounced(cast)
    await t.runDueJobs()
    expect(words(t)).toHaveLength(6)
    expect(new Set(words(t).map(({ phone }) => phone)).size).toBe(6)
    expect(words(t)[0]?.text).toContain('三月议事会')
    expect(words(t)[0]?.text).toContain('3月5日')
    expect(words(t)[0]?.text).toContain(`/meetings/${id}`)
    const [communityCode, personId] = [COMMUNITY, members[0].personId as string]
    const job = { communityCode, id: id.slice(13), personId, word: 'announced', sequence: 0 } as const
    await Promise.all([tellInvited(t.deps, job), tellInvited(t.deps, job)])
    expect(words(t)).toHaveLength(6)
    expect((await invited(cast.officer, id)).items.every(({ toldAt }) => toldAt !== null)).toBe(true)
  })

  it('is sent again when the gateway did not take it', async () => {
    const cast = await councilCast()
    const { t } = cast
    const id = await anAnnounced(cast)
    const job = { communityCode: COMMUNITY, id: id.slice(13), personId: cast.members[0].personId as string } as const
    const broken = { ...t.deps, sms: { send: () => Promise.reject(new Error('gateway')) } }
    await expect(tellInvited(broken, { ...job, word: 'announced', sequence: 0 })).rejects.toThrow('gateway')
    await t.runDueJobs()
    expect(words(t)).toHaveLength(6)
  })

  it('is reminded of a day ahead, unless it was declined', async () => {
    const cast = await councilCast()
    const { t, members } = cast
    const id = await anAnnounced(cast)
    await t.runDueJobs()
    t.sent.length = 0
    ok(await reply(members[0], id, 'declined'))
    ok(await reply(members[1], id, 'accepted'))
    expect(await plannedJobs(t.deps, 'remind_invited')).toMatchObject([{ runAt: new Date('2026-03-04T11:00:00.000Z') }])
    t.clock.advance(2 * DAY + 11 * HOUR)
    await t.runDueJobs()
    expect(words(t)).toHaveLength(5)
    expect(words(t).every(({ text }) => text.includes('提醒'))).toBe(true)
    await t.runDueJobs()
    expect(words(t)).toHaveLength(5)
  })

  it('goes out with the reminder to whoever joined the council since', async () => {
    const cast = await councilCast()
    const { t } = cast
    const id = await anAnnounced(cast)
    await t.runDueJobs()
    t.sent.length = 0
    const late = await t.aPerson({ role: 'party_member' })
    t.clock.advance(2 * DAY + 11 * HOUR)
    await t.runDueJobs()
    expect(words(t)).toHaveLength(7)
    expect(words(t).filter(({ phone }) => phone === late.phone)).toMatchObject([
      { text: expect.stringContaining('邀请您参加') },
    ])
    expect((await noticeOf(await t.as(late), id)).mine).toMatchObject({ class: 'party_member', answer: 'pending' })
    expect((await verifyRecord(t.deps)).mismatch).toBeNull()
  })

  it('to another time is another question; to another place is news', async () => {
    const cast = await councilCast()
    const { t, members } = cast
    const id = await anAnnounced(cast)
    await t.runDueJobs()
    t.sent.length = 0
    ok(await reply(members[0], id, 'accepted', '会到'))
    ok(await change(cast, id, { place: '三号楼架空层' }))
    expect((await noticeOf(members[0], id)).mine).toMatchObject({ answer: 'accepted', note: '会到' })
    ok(await change(cast, id, { heldAt: LATER }))
    expect((await noticeOf(members[0], id)).mine).toMatchObject({ answer: 'pending', note: null, answeredAt: null })
    expect(await plannedJobs(t.deps, 'remind_invited')).toMatchObject([{ runAt: new Date('2026-03-08T11:00:00.000Z') }])
    await t.runDueJobs()
    // The first change was overtaken by the second before a word of it went out.
    expect(words(t)).toHaveLength(6)
    expect(words(t).every(({ text }) => text.includes('3月9日') && text.includes('三号楼架空层'))).toBe(true)
    // A new presider alone concerns nobody's evening.
    ok(await change(cast, id, { presiderId: members[1].personId }))
    await t.runDueJobs()
    expect(words(t)).toHaveLength(6)
    const { rows } = await t.deps.pool.query(
      `select record->'answersReset' as reset from events where action = 'change' order by seq`,
    )
    expect(rows.map(({ reset }) => reset)).toEqual([null, true, null])
    expect((await verifyRecord(t.deps)).mismatch).toBeNull()
  })

  it('is not answered for a time that its reader has not seen', async () => {
    const cast = await councilCast()
    const [member] = cast.members
    const id = await anAnnounced(cast)
    const sure = (heldAt: string) =>
      member.call(councilRoutes.answerInvitation, { params: { id }, body: { answer: 'accepted', heldAt } })
    ok(await change(cast, id, { heldAt: LATER }))
    const late = await sure(HELD_AT)
    expect([late.status, late.problem.reason]).toEqual([412, 'meeting_moved'])
    expect((await noticeOf(member, id)).mine?.answer).toBe('pending')
    expect(ok(await sure(LATER)).answer).toBe('accepted')
  })

  it('to a meeting that is cancelled is taken back, with its reminder', async () => {
    const cast = await councilCast()
    const { t } = cast
    const id = await anAnnounced(cast)
    ok(await atNow(cast.officer, councilRoutes.cancelMeeting, id, { reason: '台风预警' }))
    expect(await plannedJobs(t.deps, 'remind_invited')).toEqual([])
    await t.runDueJobs()
    // What had not gone out yet says nothing any more of a meeting that is not to be.
    expect(words(t)).toHaveLength(6)
    expect(words(t).every(({ text }) => text.includes('已取消'))).toBe(true)
    expect(await noticeOf(t.nobody, id)).toMatchObject({ cancelReason: '台风预警' })
    expect((await reply(cast.members[0], id, 'accepted')).problem.code).toBe('meeting_wrong_state')
    expect((await verifyRecord(t.deps)).mismatch).toBeNull()
  })
})

it.each([
  ['meeting_invitations', 'answer', `'declined', answered_at = now()`, 'meeting_invitations.'],
  ['meeting_invitations', 'class', `'staff'`, 'meeting_invitations.class'],
  ['meeting_notices', 'days_ahead', '9', 'meeting_notices.daysAhead'],
  ['meeting_notices', 'announced_at', `announced_at - interval '3 days'`, 'meeting_notices.announcedAt'],
])('%s.%s edited by hand is named', async (table, column, edited, reason) => {
  const cast = await councilCast()
  await anAnnounced(cast, { heldAt: HELD_AT })
  expect((await verifyRecord(cast.t.deps)).mismatch).toBeNull()
  await cast.t.deps.pool.query(`update ${table} set ${column} = ${edited}`)
  expect((await verifyRecord(cast.t.deps)).mismatch?.reason).toContain(reason)
})
