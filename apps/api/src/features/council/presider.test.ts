import {
  councilRoutes,
  exportRoutes,
  grantRoutes,
  householdRoutes,
  issueRoutes,
  peopleRoutes,
  type RouteContract,
} from '@tongxin/contract'
import { describe, expect, it } from 'vitest'
import {
  announced,
  type Cast,
  checkIn,
  councilCast,
  count,
  NEW,
  ok,
  openEarly,
  propose,
  read,
  scheduled,
  step,
} from '../../../test/support/council.ts'
import { type Caller, COMMUNITY, HOUR } from '../../../test/support/index.ts'
import { must, raiseAs } from '../../../test/support/issues.ts'

/** Announced and opened by staff, a member without any other role in the chair. */
const chaired = async (all: Cast): Promise<{ id: string; issueId: string; chair: Caller }> => {
  const [chair] = all.members
  const issueId = await scheduled(all)
  const id = await announced(all, [issueId], chair.personId as string)
  ok(await openEarly(all, id))
  for (const member of all.members) ok(await checkIn(all, id, member))
  return { id, issueId, chair }
}

describe('a member who presides, and is no staff', () => {
  it('leads the meeting to its end', async () => {
    const all = await councilCast()
    const { id, issueId, chair } = await chaired(all)
    const seen = await read(chair, id)
    expect(seen).toMatchObject({ presiding: true })
    expect(seen.allowed).toEqual(expect.arrayContaining(['show_code', 'give_floor', 'propose', 'hand_over', 'close']))
    ok(await chair.call(councilRoutes.readCheckInCode, { params: { id } }))
    ok(await chair.call(councilRoutes.listCouncilMembers, { query: { community: COMMUNITY } }))
    ok(await chair.call(councilRoutes.listInvitations, { params: { id } }))
    await must(chair, issueId, 'deliberate')
    const motion = ok(await propose(chair, id, issueId)) as { id: string }
    ok(await count(chair, motion.id))
    await must(chair, issueId, 'adopt')
    ok(await step(chair, councilRoutes.closeMeeting, id))
  })

  it('opens the meeting that staff announced, two hours before its time at the earliest, and no other', async () => {
    const all = await councilCast()
    const [chair, member] = all.members
    const id = await announced(all, [await scheduled(all)], chair.personId as string)
    expect((await read(chair, id)).allowed).toContain('open')
    expect((await read(member, id)).allowed).not.toContain('open')
    const { status, problem } = await step(member, councilRoutes.openMeeting, id)
    expect([status, problem.code]).toEqual([403, 'forbidden'])
    const { clock } = all.t
    const heldAt = new Date(clock.now().getTime() + 2 * HOUR + 1).toISOString()
    const { version } = await read(all.officer, id)
    const body = { heldAt, shortNoticeReason: '场地另有安排' }
    ok(await all.officer.call(councilRoutes.changeMeeting, { params: { id }, ifMatch: version, body }))
    expect((await step(chair, councilRoutes.openMeeting, id)).problem.code).toBe('meeting_too_early')
    expect((await step(all.officer, councilRoutes.openMeeting, id)).problem.code).toBe('meeting_too_early')
    clock.advance(1)
    ok(await step(chair, councilRoutes.openMeeting, id))
    expect(await read(chair, id)).toMatchObject({ state: 'in_session', presiding: true })
  })

  it('gets no more of the community’s work than before, and hands over what there is', async () => {
    const all = await councilCast()
    const { id, issueId, chair } = await chaired(all)
    const other = await announced(all, [await scheduled(all)])
    const { version } = await read(chair, id)
    const hidden = await raiseAs(all.resident, { kind: 'request', visibility: 'private' })
    const refused: [RouteContract, object][] = [
      [councilRoutes.createMeeting, { body: NEW }],
      [councilRoutes.setAgenda, { params: { id }, ifMatch: version, body: { issueIds: [issueId] } }],
      [councilRoutes.setMeetingGuests, { params: { id }, ifMatch: version, body: { communities: [], unitIds: [] } }],
      [councilRoutes.cancelMeeting, { params: { id }, ifMatch: version, body: { reason: '不开了' } }],
      [councilRoutes.checkIn, { params: { id }, body: { personId: all.members[1].personId } }],
      [councilRoutes.readCheckInCode, { params: { id: other } }],
      [councilRoutes.closeMeeting, { params: { id: other }, ifMatch: 1 }],
      [grantRoutes.listGrants, { query: { region: COMMUNITY } }],
      [peopleRoutes.listPeople, { query: { region: COMMUNITY } }],
      [peopleRoutes.listAuditRecords, { query: { region: COMMUNITY } }],
      [householdRoutes.listHouseholds, { query: { region: COMMUNITY } }],
      [exportRoutes.exportIssues, { body: { community: COMMUNITY } }],
    ]
    const answers = await Promise.all(
      refused.map(async ([contract, input]) => [
        contract.operationId,
        (await chair.call(contract, input as never)).status,
      ]),
    )
    expect(answers).toEqual(refused.map(([{ operationId }]) => [operationId, 403]))
    expect((await chair.call(issueRoutes.readIssue, { params: { id: hidden } })).status).toBe(404)

    const { version: now } = await read(chair, id)
    const to = { personId: all.members[2].personId as string }
    ok(await chair.call(councilRoutes.handOverMeeting, { params: { id }, ifMatch: now, body: to }))
    expect((await read(chair, id)).presiding).toBe(false)
    expect((await read(all.members[2], id)).presiding).toBe(true)
    expect((await chair.call(councilRoutes.readCheckInCode, { params: { id } })).status).toBe(403)
  })
})
