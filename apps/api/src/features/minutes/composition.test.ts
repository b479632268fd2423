import { councilRoutes } from '@tongxin/contract'
import { expect, it } from 'vitest'
import {
  aCouncil,
  adoptAt,
  aScheduledMatter,
  closeMeetingNow,
  ok,
  openMeetingOn,
} from '../../../test/support/held-meeting.ts'
import { type Caller, COMMUNITY, DAY, MINUTE, testApp } from '../../../test/support/index.ts'
import { must } from '../../../test/support/issues.ts'
import { neighbour } from '../../../test/support/opinions.ts'

const itemsOf = async (caller: Caller, id: string) =>
  ok(await caller.call(councilRoutes.draftMinutes, { params: { id } })).content.items.map(
    ({ issueId, outcome, reason }) => [issueId, outcome, reason],
  )

/** Nothing on its agenda yet. */
const aDraftOn = async (caller: Caller, heldAt: string) => {
  const body = { community: COMMUNITY, title: '四月议事会', place: '社区议事厅', heldAt }
  return ok(await caller.call(councilRoutes.createMeeting, { body })).id
}

const openDraft = async (officer: Caller, id: string, members: readonly Caller[]) => {
  const version = async () => ok(await officer.call(councilRoutes.readMeeting, { params: { id } })).version
  const body = { shortNoticeReason: '马上就开' }
  ok(await officer.call(councilRoutes.announceMeeting, { params: { id }, ifMatch: await version(), body }))
  ok(await officer.call(councilRoutes.openMeeting, { params: { id }, ifMatch: await version() }))
  for (const { personId } of members)
    ok(await officer.call(councilRoutes.checkIn, { params: { id }, body: { personId: personId as string } }))
}

/** A ballot online until tomorrow on this matter of the meeting. */
const askOnline = async (
  { t, officer }: { t: { clock: { now(): Date } }; officer: Caller },
  id: string,
  issueId: string,
) => {
  await must(officer, issueId, 'deliberate')
  const closesAt = new Date(t.clock.now().getTime() + DAY).toISOString()
  const how = { rule: 'majority', proposes: 'act', method: 'open', place: 'online', closesAt }
  const body = { issueId, text: '同意更换门禁', ...how }
  return (ok(await officer.call(councilRoutes.proposeMotion, { params: { id }, body } as never)) as { id: string }).id
}

it('leave to each of two meetings what became of a matter there, whatever it decided while votes ran on', async () => {
  const council = await aCouncil(await testApp())
  const { t, officer, members } = council
  const [carried, voted] = [await aScheduledMatter(council), await aScheduledMatter(council, '单元门禁损坏')]
  const first = await openMeetingOn(council, [carried, voted])
  await must(officer, carried, 'deliberate')
  const motionId = await askOnline(council, first, voted)
  const second = await aDraftOn(officer, new Date(t.clock.now().getTime() + 60 * MINUTE).toISOString())
  t.clock.advance(MINUTE)
  await closeMeetingNow(council, first)
  t.clock.advance(MINUTE)
  await openDraft(officer, second, members)
  t.clock.advance(MINUTE)
  await adoptAt(council, second, carried)
  await closeMeetingNow(council, second)
  t.clock.advance(MINUTE)
  const body = { reason: '改在会上表决' }
  ok(await officer.call(councilRoutes.withdrawMotion, { params: { id: motionId }, body }))
  expect(await itemsOf(officer, first)).toEqual([
    [carried, 'deferred', '散会时尚未议决'],
    [voted, 'deferred', '表决撤回：改在会上表决'],
  ])
  expect(await itemsOf(officer, second)).toEqual([[carried, 'adopted', null]])
})

it('say of a matter that came from another meeting and was not reached again just that', async () => {
  const council = await aCouncil(await testApp())
  const { t, officer, members } = council
  const carried = await aScheduledMatter(council)
  const first = await openMeetingOn(council, [carried])
  await must(officer, carried, 'deliberate')
  const second = await aDraftOn(officer, new Date(t.clock.now().getTime() + 60 * MINUTE).toISOString())
  await must(officer, carried, 'defer', { reason: '等物业报价', meetingId: second })
  await closeMeetingNow(council, first)
  await openDraft(officer, second, members)
  await closeMeetingNow(council, second)
  expect(await itemsOf(officer, first)).toEqual([[carried, 'deferred', '等物业报价']])
  expect(await itemsOf(officer, second)).toEqual([[carried, 'deferred', '散会前未及审议']])
})

it('keep as adopted what one raiser leaves and others stand behind, and as dropped what its raiser takes along', async () => {
  const council = await aCouncil(await testApp())
  const { t, officer, resident } = council
  const [kept, gone] = [await aScheduledMatter(council), await aScheduledMatter(council, '单元门禁损坏')]
  const supporter = await neighbour(t)
  const { rows } = await t.deps.pool.query('select household_id from household_members where person_id = $1', [
    supporter.personId,
  ])
  await must(supporter, kept, 'endorse', { householdId: rows[0].household_id })
  const id = await openMeetingOn(council, [kept, gone])
  await adoptAt(council, id, kept)
  t.clock.advance(MINUTE)
  await must(resident, kept, 'withdraw')
  await must(resident, gone, 'withdraw')
  t.clock.advance(MINUTE)
  await closeMeetingNow(council, id)
  expect(await itemsOf(officer, id)).toEqual([
    [kept, 'adopted', null],
    [gone, 'dropped', '提出人撤回'],
  ])
})
