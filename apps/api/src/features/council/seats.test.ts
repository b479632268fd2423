import { councilRoutes, grantRoutes, issueRoutes, policyRoutes } from '@tongxin/contract'
import { describe, expect, it } from 'vitest'
import {
  announced,
  type Cast,
  checkIn,
  councilCast,
  count,
  inSession,
  ok,
  openEarly,
  propose,
  read,
  scheduled,
  step,
} from '../../../test/support/council.ts'
import { aUnit, type Caller, COMMUNITY, GRID } from '../../../test/support/index.ts'
import { ACCEPTED, act, must, raiseAs } from '../../../test/support/issues.ts'
import { verifyRecord } from '../verification/index.ts'

const idOf = ({ personId }: Caller) => personId as string

/** Gives this person a unit's seat, or makes them the deputy of who has it. */
const seat = async ({ officer, secretary }: Cast, personId: string, unitId: string, more = {}) => {
  const body = { personId, role: 'representative' as const, regionCode: COMMUNITY, unitId, reason: '章程', ...more }
  const { id } = ok(await officer.call(grantRoutes.requestGrant, { body }))
  ok(await secretary.call(grantRoutes.approveGrant, { params: { id } }))
}

/** The council with a seat of the property company and one of the residents' committee. */
const withSeats = async () => {
  const all = await councilCast({ tick: 1 })
  const { t } = all
  const property = await aUnit(t.deps, { name: '滨江物业' })
  const committee = await aUnit(t.deps, { name: '居委会', kind: 'committee' })
  const person = async (name: string) => t.as(await t.aPerson({ name, role: 'volunteer' }))
  const [unit, staff] = [await person('何物业'), await person('吕主任')]
  await seat(all, idOf(unit), property.id)
  await seat(all, idOf(staff), committee.id)
  return { all, property, unit: await t.as({ id: idOf(unit) }), staff: await t.as({ id: idOf(staff) }) }
}

const setPolicy = ({ secretary }: Cast, key: string, value: number) =>
  secretary.call(policyRoutes.setPolicy, {
    params: { regionCode: COMMUNITY, key: key as never },
    ifMatch: 0,
    body: { value, reason: '章程' },
  })

describe('a unit’s seat at the council', () => {
  it('raises nothing for residents, as a residents’ representative may', async () => {
    const { all, property } = await withSeats()
    await seat(all, idOf(all.resident), property.id)
    const seated = await all.t.as({ id: idOf(all.resident) })
    const raiser = { name: '张大爷' }
    await expect(raiseAs(seated, { raiser })).rejects.toThrow('forbidden')
    await raiseAs(all.members[0], { raiser })
    await raiseAs(seated)
  })

  it('belongs to who represents it, has a vote, and asks for no quorum at first', async () => {
    const { all, unit, staff } = await withSeats()
    const { t, officer, members } = all
    const listed = ok(await officer.call(councilRoutes.listCouncilMembers, { query: { community: COMMUNITY } }))
    expect(listed.items.flatMap(({ class: as, unit: of }) => (of === null ? [] : [[as, of.name]])).sort()).toEqual([
      ['staff_member', '居委会'],
      ['unit_member', '滨江物业'],
    ])
    const issueId = await scheduled(all)
    const id = await inSession(all, [issueId])
    expect((await read(officer, id)).quorum).toMatchObject({
      unitMembers: { members: 1, needed: 0, present: 0 },
      staffMembers: { members: 1, needed: 0, present: 0 },
      reached: true,
    })
    for (const one of [unit, staff]) ok(await checkIn(all, id, one))
    const { attendance } = await read(officer, id)
    expect(attendance?.map(({ class: as }) => as).slice(-2)).toEqual(['unit_member', 'staff_member'])
    await must(officer, issueId, 'deliberate')
    const motion = ok(await propose(officer, id, issueId, { method: 'open', moverId: idOf(unit) })) as { id: string }
    for (const [who, choice] of [
      [unit, 'for'],
      [staff, 'for'],
      [members[0], 'for'],
      [members[1], 'for'],
      [members[2], 'against'],
    ] as const)
      ok(await who.call(councilRoutes.castVote, { params: { id: motion.id }, body: { choice } }))
    const counted = ok(await officer.call(councilRoutes.closeBallot, { params: { id: motion.id } }))
    // Four of the six who were there.
    expect(counted.motion).toMatchObject({
      state: 'passed',
      result: { heads: { for: 4, against: 1, abstain: 0 }, entitledHeads: 6 },
      voting: { parts: { unit_member: { members: 1, needed: 0, attending: 1, present: 1 } } },
    })
    expect(ok(await members[0].call(councilRoutes.readBallot, { params: { id: motion.id } })).byClass).toMatchObject({
      unit_member: { for: 1, against: 0, abstain: 0 },
      staff_member: { for: 1, against: 0, abstain: 0 },
    })
    // By hands they count as well.
    const hands = ok(await propose(officer, id, issueId)) as { id: string }
    expect(ok(await count(officer, hands.id, { for: 6, against: 0, abstain: 0 }))).toMatchObject({ state: 'passed' })
    await must(officer, issueId, 'adopt', { motionId: hands.id })
    ok(await step(officer, councilRoutes.closeMeeting, id))
    const { content } = ok(await officer.call(councilRoutes.draftMinutes, { params: { id } }))
    expect(content.attendance).toMatchObject({ unitMembers: { members: 1, present: 1 }, staffMembers: { present: 1 } })
    expect((await verifyRecord(t.deps)).mismatch).toBeNull()
  })

  it('makes a quorum by the community’s policy, as it was when the meeting opened', async () => {
    const { all, unit } = await withSeats()
    const { officer, members } = all
    expect((await setPolicy(all, 'quorum_units_percent', 101)).status).toBe(422)
    ok(await setPolicy(all, 'quorum_units_percent', 50))
    const issueId = await scheduled(all)
    const id = await announced(all, [issueId])
    ok(await openEarly(all, id))
    for (const member of members) ok(await checkIn(all, id, member))
    expect((await read(all.t.nobody, id)).quorum).toMatchObject({
      unitMembers: { members: 1, needed: 1, present: 0 },
      reached: false,
    })
    expect((await act(officer, issueId, 'deliberate')).status).toBe(409)
    ok(await checkIn(all, id, unit))
    await must(officer, issueId, 'deliberate')
    expect((await read(officer, id)).quorum.reached).toBe(true)
    expect((await verifyRecord(all.t.deps)).mismatch).toBeNull()
  })

  it('is taken by a deputy of the same unit alone, and by no handler', async () => {
    const { all, property, unit } = await withSeats()
    const { t, officer } = all
    const other = await aUnit(t.deps)
    const deputy = await t.as(await t.aPerson({ name: '施代理' }))
    const stranger = await t.as(await t.aPerson({ name: '孔生人' }))
    await seat(all, idOf(deputy), property.id, { deputyFor: idOf(unit) })
    const body = { personId: idOf(stranger), role: 'representative' as const, regionCode: COMMUNITY, unitId: other.id }
    const unfit = await officer.call(grantRoutes.requestGrant, {
      body: { ...body, reason: '章程', deputyFor: idOf(unit) },
    })
    expect([unfit.status, unfit.problem.reason]).toEqual([422, 'deputy_of_nobody'])
    const handler = await t.as(await t.aPerson({ role: 'unit_handler', unitId: property.id }))
    const id = await inSession(all, [await scheduled(all)])
    expect((await checkIn(all, id, handler)).problem.reason).toBe('not_a_member')
    ok(await checkIn(all, id, deputy))
    expect((await read(officer, id)).attendance?.at(-1)).toMatchObject({
      class: 'unit_member',
      standsFor: { personId: idOf(unit) },
    })
    expect((await verifyRecord(t.deps)).mismatch).toBeNull()
  })

  it('shows nothing of what its unit handles, and only a representative’s or a handler’s grant names a unit', async () => {
    const { all, property, unit } = await withSeats()
    const { t, officer } = all
    const volunteer = { role: 'volunteer' as const, regionCode: GRID, unitId: property.id, reason: '章程' }
    const wrong = await officer.call(grantRoutes.requestGrant, {
      body: { ...volunteer, personId: (await t.aPerson()).id },
    })
    expect([wrong.status, wrong.problem.errors?.[0]?.path]).toEqual([400, 'body.unitId'])
    const secret = await raiseAs(all.resident, { kind: 'request', visibility: 'private' })
    await must(officer, secret, 'accept', { ...ACCEPTED, route: 'direct' })
    await must(officer, secret, 'dispatch', { leadUnitId: property.id })
    const handler = await t.as(await t.aPerson({ role: 'unit_handler', unitId: property.id }))
    const read = async (caller: Caller) => (await caller.call(issueRoutes.readIssue, { params: { id: secret } })).status
    expect([await read(handler), await read(unit)]).toEqual([200, 404])
  })
})

it('is the council it was where no unit has a seat', async () => {
  const all = await councilCast()
  const id = await inSession(all, [await scheduled(all)])
  expect((await read(all.officer, id)).quorum).toMatchObject({ unitMembers: null, staffMembers: null, reached: true })
})
