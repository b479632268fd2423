import { councilRoutes, grantRoutes, type MinutesView } from '@tongxin/contract'
import { expect, it } from 'vitest'
import {
  aCouncil,
  adoptAt,
  aScheduledMatter,
  closeMeetingNow,
  later,
  ok,
  openMeetingOn,
} from '../../../test/support/held-meeting.ts'
import { type Caller, DAY, GRID, testApp } from '../../../test/support/index.ts'
import { blocksOf } from './minutes-words.ts'

const read = async (caller: Caller, id: string): Promise<MinutesView> =>
  ok(await caller.call(councilRoutes.readMinutes, { params: { id } }))
const checkIn = async (officer: Caller, id: string, personId: string) =>
  ok(await officer.call(councilRoutes.checkIn, { params: { id }, body: { personId } }))
const confirm = (caller: Caller, id: string) =>
  caller.call(councilRoutes.confirmMinutes, { params: { id }, ifMatch: 2 })
const wordsOf = (view: MinutesView) =>
  blocksOf(view).map((block) => ('label' in block ? `${block.label}：` : '') + block.text)

/** Of the council only one representative's deputy, and then that representative; and so many others. */
const held = async (others = 0) => {
  const council = await aCouncil(await testApp())
  const { t, officer, secretary, members } = council
  const deputy = await t.aPerson({ name: '江代理' })
  const member = members[0].personId as string
  const seat = { personId: deputy.id, role: 'representative', regionCode: GRID, deputyFor: member, reason: '居民推选' }
  const { id: grantId } = ok(await officer.call(grantRoutes.requestGrant, { body: seat as never }))
  ok(await secretary.call(grantRoutes.approveGrant, { params: { id: grantId } }))
  const id = await openMeetingOn(council, [await aScheduledMatter(council)], 0)
  await checkIn(officer, id, deputy.id)
  await checkIn(officer, id, member)
  for (const one of members.slice(2, 2 + others)) await checkIn(officer, id, one.personId as string)
  await closeMeetingNow(council, id)
  ok(await officer.call(councilRoutes.draftMinutes, { params: { id } }))
  ok(await officer.call(councilRoutes.publishMinutes, { params: { id }, ifMatch: 1 }))
  const all = await later(council, 3 * DAY + 1)
  return { ...all, id, deputy: await all.t.as(deputy) }
}

it('count a member and the deputy who came before them as one, and name whom the deputy stood for', async () => {
  const { officer, members, deputy, id } = await held(1)
  const view = await read(officer, id)
  expect(view.content.attendance).toMatchObject({ representatives: { present: 1 }, partyMembers: { present: 1 } })
  expect(view.people?.attendance.map(({ standsFor }) => standsFor)).toContainEqual({
    personId: members[0].personId,
    name: '赵代表',
  })
  expect(wordsOf(view).find((text) => text.startsWith('出席'))).toMatch(/江代理（代赵代表/)
  expect(view.confirmations.membersNeeded).toBe(2)
  for (const caller of [officer, deputy, members[0]]) ok(await confirm(caller, id))
  expect(await read(officer, id)).toMatchObject({ state: 'amending', confirmations: { members: 1 } })
  expect(ok(await confirm(members[2], id)).state).toBe('confirmed')
})

it('take the word of whoever was there though their term has ended, and wait for nobody who left for good', async () => {
  const { t, officer, members, id } = await held(2)
  await t.deps.pool.query('update grants set revoked_at = $2, revoked_by = person_id where person_id = $1', [
    members[2].personId,
    t.clock.now(),
  ])
  await t.deps.pool.query(
    'update people set anonymised_at = now(), name_cipher = null, name_hash = null, phone_cipher = null, phone_hash = null where id = any($1)',
    [[members[0].personId, members[3].personId]],
  )
  // The deputy still speaks for the first seat.
  expect((await read(officer, id)).confirmations.membersNeeded).toBe(2)
  await t.deps.pool.query(
    'update people set anonymised_at = now(), name_cipher = null, name_hash = null, phone_cipher = null, phone_hash = null where id in (select person_id from attendance where stands_for is not null)',
  )
  expect((await read(officer, id)).confirmations.membersNeeded).toBe(1)
  ok(await confirm(officer, id))
  expect(ok(await confirm(members[2], id)).state).toBe('confirmed')
})

it('ask about every place that looks personal before anybody says they reviewed it', async () => {
  const council = await aCouncil(await testApp())
  const { officer } = council
  const issueId = await aScheduledMatter(council)
  const id = await openMeetingOn(council, [issueId])
  await adoptAt(council, id, issueId)
  await closeMeetingNow(council, id)
  ok(await officer.call(councilRoutes.draftMinutes, { params: { id } }))
  const body = { notes: [{ issueId, text: '联系 13812345678。' }], remarks: '另见 13987654321。' }
  const asked = await officer.call(councilRoutes.reviseMinutes, { params: { id }, ifMatch: 1, body })
  expect(asked.problem.errors?.map(({ path }) => path)).toEqual(['body.notes.0.text', 'body.remarks'])
})

it('name the secretary who stood in as that, and no members where there were none', async () => {
  const { t, officer, secretary, members, id } = await held(1)
  await t.deps.pool.query('update grants set revoked_at = $2, revoked_by = person_id where person_id = $1', [
    officer.personId,
    t.clock.now(),
  ])
  for (const caller of [secretary, members[0], members[2]]) ok(await confirm(caller, id))
  const view = await read(members[0], id)
  expect(wordsOf(view).at(-1)).toContain('（社区书记（代主持人））')
  const none = { ...view, confirmations: { ...view.confirmations, by: null, members: 0 } }
  expect(wordsOf(none).at(-1)).toContain('由主持人确认')
})

it('word a ballot as what it was, and say why one was left unopened', async () => {
  const { officer, id } = await held()
  const view = await read(officer, id)
  const item = view.content.items[0]
  const shares = { for: 4, against: 1, abstain: 0 }
  const result = {
    heads: shares,
    entitledHeads: 5,
    sustainedObjections: null,
    area: null,
    entitledArea: null,
    quorum: true,
  }
  const motion = { id, text: '同意', rule: 'majority', proposes: 'act', state: 'passed', proposal: null } as const
  const said = (how: object) => {
    const motions = [{ ...motion, result: { ...result, passed: true }, ...how }]
    return wordsOf({ ...view, content: { ...view.content, items: [{ ...item, motions }] } } as MinutesView).find(
      (text) => text.startsWith('表决'),
    )
  }
  expect(said({})).toBe('表决：同意。（过半数：赞成 4，反对 1，弃权 0，有权表决 5；通过）')
  expect(said({ method: 'secret', place: 'online', rolled: 8, cast: 5 })).toBe(
    '表决：同意。（过半数，无记名投票，线上：名册 8，投票 5；赞成 4，反对 1，弃权 0，参加 5；通过）',
  )
  expect(said({ method: 'secret', place: 'room', rolled: 8, cast: 3, state: 'failed' })).toMatch(
    /名册 8，投票 3；不足 5 票，为保密不开票；/,
  )
})
