import { councilRoutes, type MinutesView, splitPublicId } from '@tongxin/contract'
import { describe, expect, it } from 'vitest'
import {
  aCouncil,
  adoptAt,
  aScheduledMatter,
  type Council,
  closeMeetingNow,
  later,
  ok,
  openMeetingOn,
} from '../../../test/support/held-meeting.ts'
import { COMMUNITY, DAY, NEIGHBOUR, testApp } from '../../../test/support/index.ts'
import { amend, amended, answer, confirm, draft, held, publish, read, refused } from '../../../test/support/minutes.ts'
import { verifyRecord } from '../verification/index.ts'
import { tellAttendee, tellAttendees } from './index.ts'

describe('minutes', () => {
  it('are composed from agenda, attendance, motions and what became of each item', async () => {
    const { officer, members, id, first, second } = await held()
    const { content, people, state, version, allowed } = await read(officer, id)
    expect({ state, version, allowed }).toEqual({ state: 'draft', version: 1, allowed: ['revise', 'publish'] })
    expect(content).toMatchObject({
      number: '2026-01',
      communityName: '滨江苑社区',
      title: '三月议事会',
      place: '社区议事厅',
      attendance: {
        representatives: { members: 2, needed: 1, present: 2 },
        partyMembers: { members: 2, needed: 1, present: 2 },
        staff: 0,
      },
      past: [],
      remarks: '',
    })
    expect(content.items).toMatchObject([
      {
        issueId: first,
        title: '楼前路灯不亮',
        outcome: 'adopted',
        resolution: '同意更换楼前路灯',
        motions: [{ state: 'passed', result: { heads: { for: 3, against: 0, abstain: 0 }, entitledHeads: 4 } }],
      },
      { issueId: second, title: '单元门禁损坏', outcome: 'deferred', reason: '散会前未及审议', motions: [] },
    ])
    expect(people?.presider?.name).toBe('钱专干')
    expect(people?.attendance.map(({ name }) => name).sort()).toEqual(['周党员', '孙代表', '李党员', '赵代表'])
    expect((await read(members[0], id)).allowed).toEqual([])
  })

  it('are drafted once, after the meeting, by who presided or organizes', async () => {
    const council = await aCouncil(await testApp())
    const issueId = await aScheduledMatter(council)
    const id = await openMeetingOn(council, [issueId])
    expect(refused(await draft(council.officer, id))).toEqual([409, 'meeting_wrong_state'])
    await closeMeetingNow(council, id)
    expect(refused(await draft(council.members[0], id))).toEqual([403, 'forbidden'])
    const foreign = await council.t.as(await council.t.aPerson({ role: 'officer', region: NEIGHBOUR }))
    expect((await draft(foreign, id)).status).toBe(403)
    const replies = await Promise.all([draft(council.officer, id), draft(council.secretary, id)])
    expect(replies.map(({ status }) => status).sort()).toEqual([201, 409])
  })

  it('tell of a meeting that was broken off, and of none that never sat', async () => {
    const council = await aCouncil(await testApp())
    const { officer } = council
    const issueId = await aScheduledMatter(council)
    const id = await openMeetingOn(council, [issueId])
    await adoptAt(council, id, issueId)
    const cancel = async (meetingId: string) => {
      const params = { id: meetingId }
      const { version } = ok(await officer.call(councilRoutes.readMeeting, { params }))
      ok(await officer.call(councilRoutes.cancelMeeting, { params, ifMatch: version, body: { reason: '停电' } }))
    }
    await cancel(id)
    expect(ok(await draft(officer, id)).content.items).toMatchObject([{ issueId, outcome: 'adopted' }])
    const heldAt = council.t.clock.now().toISOString()
    const body = { community: COMMUNITY, title: '四月议事会', place: '议事厅', heldAt }
    const never = ok(await officer.call(councilRoutes.createMeeting, { body })).id
    await cancel(never)
    expect(refused(await draft(officer, never))).toEqual([409, 'meeting_wrong_state'])
  })

  it('number the meetings of a year as they first resolve something', async () => {
    const { officer, t, ...council } = await held()
    const again = { officer, t, ...council } as Council
    const issueId = await aScheduledMatter(again)
    const id = await openMeetingOn(again, [issueId])
    await closeMeetingNow(again, id)
    expect(ok(await draft(officer, id)).content.number).toBe('2026-02')
  })

  it('take the recorder’s notes while they are a draft, and ask twice before personal data goes in', async () => {
    const { officer, members, id, first } = await held()
    const revise = (body: Record<string, unknown>, version = 1, caller = officer) =>
      caller.call(councilRoutes.reviseMinutes, { params: { id }, ifMatch: version, body } as never)
    expect((await revise({ remarks: '无' }, 1, members[0])).status).toBe(403)
    const stray = {
      notes: [{ issueId: `${first.slice(0, 13)}0190b8a0-5c1e-7c3a-9d2e-1f2a3b4c5d6e`, text: '听取了说明。' }],
    }
    expect(refused(await revise(stray))).toEqual([422, 'item_unknown'])
    const named = { notes: [{ issueId: first, text: '居民王大妈电话 13812345678 反映夜间摔倒。' }] }
    const asked = await revise(named)
    expect(refused(asked)).toEqual([422, 'personal_data'])
    expect(asked.problem.errors?.[0]?.path).toBe('body.notes.0.text')
    expect(asked.problem.errors?.[0]?.message).toContain('〔电话〕')
    const noted = ok(await revise({ notes: [{ issueId: first, text: '听取了说明。' }], remarks: '下次四月召开。' }))
    expect((noted as MinutesView).content).toMatchObject({
      items: [{ note: '听取了说明。' }, { note: '' }],
      remarks: '下次四月召开。',
    })
    expect((await revise({ remarks: '无' })).status).toBe(412)
    ok(await revise({ ...named, reviewed: true }, 2))
    ok(await publish(officer, id))
    expect(refused(await revise({ remarks: '无' }, 4))).toEqual([409, 'published'])
    const back = (more = {}) =>
      officer.call(councilRoutes.takeBackMinutes, {
        params: { id },
        ifMatch: 4,
        body: { reason: '电话 13812345678 有意见', ...more },
      })
    expect(refused(await back())).toEqual([422, 'personal_data'])
    ok(await back({ reviewed: true }))
  })

  it('are for those inside until confirmed, and then for everybody, without names', async () => {
    const { t, resident, officer, members, id } = await amended()
    for (const outsider of [t.nobody, resident])
      expect((await outsider.call(councilRoutes.readMinutes, { params: { id } })).status).toBe(404)
    for (const caller of [officer, members[0], members[1]]) ok(await confirm(caller, id))
    const open = await read(t.nobody, id)
    expect(open).toMatchObject({ state: 'confirmed', people: null, amendments: null, allowed: [] })
    expect(open.confirmations).toEqual({ chair: true, members: 2, membersNeeded: 2, by: null })
    expect(JSON.stringify(open)).not.toMatch(/钱专干|赵代表|李党员/)
  })
})

describe('an amendment', () => {
  it('comes from who was there, in time, and changes the text where it is accepted', async () => {
    const all = await held(3)
    const { t, officer, secretary, members, id, first } = all
    expect(refused(await amend(members[0], id, { text: '应写明数量' }))).toEqual([409, 'not_published'])
    ok(await publish(officer, id))
    expect(refused(await amend(members[3], id, { text: '应写明数量' }))).toEqual([403, 'not_an_attendee'])
    expect(refused(await amend(secretary, id, { text: '应写明数量' }))).toEqual([403, 'not_an_attendee'])
    const two = [
      amend(members[0], id, { text: '应写明更换六盏', issueId: first }),
      amend(members[1], id, { text: '补记天气' }),
    ]
    for (const reply of await Promise.all(two)) expect(reply.status).toBe(201)
    expect((await read(members[2], id)).amendments).toMatchObject([{ state: 'open' }, { state: 'open' }])
    expect((await answer(members[0], id, { accepted: false, reply: '不必' })).status).toBe(403)
    const accepted = { accepted: true, reply: '已写明', note: '更换路灯六盏。' }
    expect((await answer(officer, id, { ...accepted, note: undefined })).status).toBe(400)
    expect((await answer(officer, id, accepted, 1)).status).toBe(412)
    const after = ok(await answer(officer, id, accepted)) as MinutesView
    expect(after).toMatchObject({ version: 3, state: 'amending' })
    const { issueId } = after.amendments?.find(({ state }) => state === 'accepted') ?? {}
    const text = issueId === first ? after.content.items[0]?.note : after.content.remarks
    expect(text).toBe('更换路灯六盏。')
    const then = await later(all, 3 * DAY + 1)
    expect(refused(await amend(then.members[0], id, { text: '又想起一事' }))).toEqual([409, 'amendments_over'])
    expect(refused(await confirm(then.officer, id))).toEqual([409, 'amendments_unanswered'])
    const rejected = ok(await answer(then.officer, id, { accepted: false, reply: '与议题无关' })) as MinutesView
    expect(rejected.version).toBe(3)
    ok(await confirm(then.officer, id))
    expect((await verifyRecord(t.deps)).mismatch).toBeNull()
  })

  it('is answered once', async () => {
    const { officer, members, id } = await held()
    ok(await publish(officer, id))
    ok(await amend(members[0], id, { text: '应写明数量' }))
    const { version, amendments } = await read(officer, id)
    const params = { id, amendmentId: amendments?.[0]?.id ?? '' }
    const one = (reply: string) =>
      officer.call(councilRoutes.answerAmendment, { params, ifMatch: version, body: { accepted: false, reply } })
    const replies = await Promise.all([one('不必写'), one('已写')])
    expect(replies.map(({ status }) => status).sort()).toEqual([200, 409])
    expect(replies.find(({ status }) => status === 409)?.problem.reason).toBe('amendment_answered')
  })
})

it('tells each of them once, whatever the gateway does with another’s', async () => {
  const { t, officer, members, id } = await held()
  t.sent.length = 0
  const { send } = t.deps.sms
  let down = true
  t.deps.sms.send = async (phone, text) => {
    if (down) throw new Error('the gateway is down')
    await send(phone, text)
  }
  ok(await publish(officer, id))
  const key = splitPublicId(id)
  const { publishedAt } = await read(officer, id)
  const one = {
    ...key,
    about: 'amend' as const,
    personId: members[0].personId as string,
    publishedAt: publishedAt as string,
  }
  await expect(tellAttendee(t.deps, one)).rejects.toThrow('the gateway is down')
  down = false
  await t.runDueJobs()
  await tellAttendees(t.deps, { ...key, about: 'amend' })
  await t.runDueJobs()
  await tellAttendee(t.deps, one)
  expect(t.sent.filter(({ text }) => text.includes('会议纪要 2026-01'))).toHaveLength(4)
})

it('tells those who were there when to amend, and the members when to confirm', async () => {
  const { t, officer, id } = await held()
  t.sent.length = 0
  ok(await publish(officer, id))
  await t.runDueJobs()
  const first = t.sent.filter(({ text }) => text.includes('会议纪要 2026-01'))
  expect(first).toHaveLength(4)
  expect(first[0]?.text).toContain('前提出')
  t.sent.length = 0
  t.clock.advance(3 * DAY + 1)
  await t.runDueJobs()
  const then = t.sent.filter(({ text }) => text.includes('会议纪要 2026-01'))
  expect(then).toHaveLength(4)
  expect(then[0]?.text).toContain('确认')
})
