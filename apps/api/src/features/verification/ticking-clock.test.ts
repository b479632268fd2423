import { councilRoutes, type MinutesView, splitPublicId } from '@tongxin/contract'
import { expect, it } from 'vitest'
import { agendaOf, openEarly, scheduled } from '../../../test/support/council.ts'
import { aCouncil, adoptAt, aScheduledMatter, later, ok } from '../../../test/support/held-meeting.ts'
import { COMMUNITY, DAY, testApp } from '../../../test/support/index.ts'
import { aDraft, atNow } from '../../../test/support/meetings.ts'
import { decide, neighbour, raise } from '../../../test/support/opinions.ts'
import { loop } from '../../loop.ts'
import { prepareMeetings, remindInvited } from '../council/index.ts'
import { verifyRecord } from './index.ts'

it('finds rows and events of one act at one moment though the clock never stands still', async () => {
  const before = await aCouncil(await testApp({ tick: 1 }))
  const { t, officer, members } = before
  const untouched = async () => expect((await verifyRecord(t.deps)).mismatch).toBeNull()

  const moved = await aDraft(before)
  ok(await atNow(officer, councilRoutes.announceMeeting, moved.id))
  const time = { heldAt: '2026-03-06T11:00:00.000Z', title: '改期的议事会', shortNoticeReason: '场地维修' }
  ok(await atNow(officer, councilRoutes.changeMeeting, moved.id, time))
  ok(await members[0].call(councilRoutes.answerInvitation, { params: { id: moved.id }, body: { answer: 'accepted' } }))
  ok(await atNow(officer, councilRoutes.setMeetingGuests, moved.id, { communities: [], unitIds: [] }))
  await t.as('representative')
  await remindInvited(t.deps, splitPublicId(moved.id))
  ok(await atNow(officer, councilRoutes.cancelMeeting, moved.id, { reason: '停电' }))
  await untouched()

  const schedule = { rule: 'day_of_month', day: 15, time: '19:00', onHoliday: 'keep' } as const
  const body = { community: COMMUNITY, title: '居民议事会', place: '社区议事厅', schedule }
  const series = ok(await officer.call(councilRoutes.createMeetingSeries, { body: body as never }))
  ok(await atNow(officer, councilRoutes.changeMeetingSeries, series.id, { schedule: { ...schedule, day: 20 } }))
  await prepareMeetings(loop(t.deps))
  ok(await atNow(officer, councilRoutes.endMeetingSeries, series.id, {}))
  await untouched()

  const issueId = await aScheduledMatter(before)
  const { id } = await aDraft(before)
  const agenda = agendaOf([issueId, await scheduled(before)])
  ok(await atNow(officer, councilRoutes.setAgenda, id, agenda))
  ok(await atNow(officer, councilRoutes.announceMeeting, id))
  const statement = ok(await raise(await neighbour(t), issueId, '路灯该换成节能的')) as { id: string }
  ok(await decide(officer, statement.id, true))
  ok(await openEarly(before, id))
  for (const { personId } of members)
    ok(await officer.call(councilRoutes.checkIn, { params: { id }, body: { personId: personId as string } }))
  ok(await members[3].call(councilRoutes.askFloor, { params: { id } }))
  await adoptAt(before, id, issueId)
  ok(await members[3].call(councilRoutes.leaveMeeting, { params: { id }, body: {} }))
  ok(await atNow(officer, councilRoutes.closeMeeting, id))
  await t.runDueJobs()
  await untouched()

  const params = { id }
  const minutes = async (): Promise<MinutesView> => ok(await officer.call(councilRoutes.readMinutes, { params }))
  ok(await officer.call(councilRoutes.draftMinutes, { params }))
  const notes = { notes: [], remarks: '无' }
  ok(await officer.call(councilRoutes.reviseMinutes, { params, ifMatch: 1, body: notes }))
  ok(await officer.call(councilRoutes.publishMinutes, { params, ifMatch: 2 }))
  ok(await officer.call(councilRoutes.takeBackMinutes, { params, ifMatch: 3, body: { reason: '时间写错了' } }))
  ok(await officer.call(councilRoutes.publishMinutes, { params, ifMatch: 4 }))
  for (const text of ['应写明数量', '补记天气'])
    ok(await members[0].call(councilRoutes.proposeAmendment, { params, body: { text } }))
  const [first, second] = (await minutes()).amendments ?? []
  const answered = (amendmentId: string | undefined, said: object, version: number) =>
    officer.call(councilRoutes.answerAmendment, {
      params: { id, amendmentId: String(amendmentId) },
      ifMatch: version,
      body: said as never,
    })
  ok(await answered(first?.id, { accepted: true, reply: '已写明', note: '六盏。' }, 5))
  ok(await answered(second?.id, { accepted: false, reply: '与议题无关' }, 6))
  await untouched()
  const then = await later(before, 3 * DAY + 1)
  for (const caller of [then.officer, then.members[0], then.members[2]])
    ok(await caller.call(councilRoutes.confirmMinutes, { params, ifMatch: 6 }))
  expect(ok(await t.nobody.call(councilRoutes.readMinutes, { params })).state).toBe('confirmed')
  await untouched()
})
