import { councilRoutes, grantRoutes } from '@tongxin/contract'
import { expect, it } from 'vitest'
import { type Cast, checkIn, councilCast, inSession, ok, read, scheduled } from '../../../test/support/council.ts'
import { type Caller, COMMUNITY, DAY, GRID, MINUTE, NEIGHBOUR } from '../../../test/support/index.ts'

interface Seat {
  personId: string
  role: 'representative' | 'party_member' | 'volunteer'
  deputyFor?: string | undefined
  regionCode?: string
  validTo?: string
}

const ask = ({ officer }: Cast, seat: Seat) =>
  officer.call(grantRoutes.requestGrant, { body: { regionCode: COMMUNITY, reason: '居民推选', ...seat } })

/** Asked for by the officer, approved by the secretary. */
const give = async (all: Cast, seat: Seat): Promise<string> => {
  const { id } = ok(await ask(all, seat))
  ok(await all.secretary.call(grantRoutes.approveGrant, { params: { id } }))
  return id
}
const members = async (caller: Caller, at?: Date) =>
  ok(
    await caller.call(councilRoutes.listCouncilMembers, {
      query: { community: COMMUNITY, ...(at && { at: at.toISOString() }) },
    }),
  ).items
const seats = async (caller: Caller, query: { limit?: number; cursor?: string } = {}) =>
  ok(await caller.call(councilRoutes.listCouncilSeats, { query: { community: COMMUNITY, ...query } }))

it('knows who was a member when', async () => {
  const all = await councilCast()
  const { t, officer } = all
  const before = t.clock.now()
  t.clock.advance(MINUTE)
  const newcomer = await t.aPerson({ name: '江玉珍' })
  const until = new Date(t.clock.now().getTime() + 10 * DAY).toISOString()
  const seatId = await give(all, {
    personId: newcomer.id,
    role: 'representative',
    regionCode: GRID,
    validTo: until,
  })
  expect(await members(officer)).toContainEqual({
    personId: newcomer.id,
    name: '江玉珍',
    unit: null,
    class: 'representative',
    regionCode: GRID,
    since: t.clock.now().toISOString(),
    until,
    seatId,
    deputies: [],
  })
  expect((await members(officer, before)).map(({ personId }) => personId)).not.toContain(newcomer.id)
  t.clock.advance(1_000)
  const removed = await give(all, { personId: (await t.aPerson()).id, role: 'party_member' })
  t.clock.advance(DAY)
  const secretary = await t.as('secretary')
  ok(await secretary.call(grantRoutes.revokeGrant, { params: { id: removed }, body: { reason: '迁出本社区' } }))
  t.clock.advance(10 * DAY)
  const later = await t.as('officer')
  expect(await members(later)).toHaveLength(4)
  expect(await members(later, new Date(before.getTime() + 2 * MINUTE))).toHaveLength(6)

  const { items, nextCursor } = await seats(later, { limit: 1 })
  expect(items).toMatchObject([{ class: 'party_member', endedBecause: '迁出本社区', deputyFor: null }])
  const rest = await seats(later, { cursor: nextCursor ?? '' })
  expect(rest.items[0]).toMatchObject({ name: '江玉珍', until, endedBecause: null })
  expect(rest.items).toHaveLength(5)
})

it('shows its members to who sits there or organizes, and to nobody else', async () => {
  const { t, officer, members: seated } = await councilCast()
  const elsewhere = await t.as(await t.aPerson({ role: 'officer', region: NEIGHBOUR }))
  for (const contract of [councilRoutes.listCouncilMembers, councilRoutes.listCouncilSeats]) {
    const status = async (caller: Caller) => (await caller.call(contract, { query: { community: COMMUNITY } })).status
    expect(await status(officer)).toBe(200)
    expect(await status(seated[0] as Caller)).toBe(200)
    expect(await status(elsewhere)).toBe(403)
    expect(await status(t.nobody)).toBe(401)
  }
})

it('seats a deputy in a member’s place, and gives it back when the member comes', async () => {
  const all = await councilCast()
  const { t, officer, members: seated } = all
  const member = seated[2] as Caller
  const person = await t.aPerson({ name: '代表之替补' })
  const seatId = await give(all, { personId: person.id, role: 'party_member', deputyFor: member.personId as string })
  expect((await members(officer)).find(({ personId }) => personId === member.personId)?.deputies).toEqual([
    { personId: person.id, name: '代表之替补', seatId, since: t.clock.now().toISOString(), until: null },
  ])
  expect(await members(officer)).toHaveLength(4)
  const deputy = await t.as(person)
  const id = await inSession(all, [await scheduled(all)], 2)
  const there = ok(await checkIn(all, id, deputy))
  expect(there.quorum).toMatchObject({ partyMembers: { members: 2, present: 1 }, reached: true })
  expect(there.attendance?.find(({ personId }) => personId === person.id)).toMatchObject({
    class: 'party_member',
    standsFor: { personId: member.personId },
  })
  // The deputy takes part like a member.
  expect((await read(deputy, id)).allowed).toContain('ask_floor')
  const both = ok(await checkIn(all, id, member))
  expect(both.quorum.partyMembers.present).toBe(1)
  expect(both.attendance?.filter(({ leftAt }) => leftAt === null).map(({ personId }) => personId)).not.toContain(
    person.id,
  )
  expect((await checkIn(all, id, deputy)).problem.reason).toBe('member_present')
})

it('lets one deputy in for one member', async () => {
  const all = await councilCast()
  const { t, members: seated } = all
  const deputyFor = seated[3]?.personId as string
  const [one, two] = [await t.aPerson(), await t.aPerson()]
  for (const { id } of [one, two]) await give(all, { personId: id, role: 'party_member', deputyFor })
  const id = await inSession(all, [await scheduled(all)], 0)
  ok(await checkIn(all, id, await t.as(one)))
  expect((await checkIn(all, id, await t.as(two))).problem.reason).toBe('member_present')
})

it.each([
  ['of themselves', { itself: true, role: 'representative' }],
  ['of somebody without a seat', { stranger: true, role: 'representative' }],
  ['in another class', { role: 'party_member' }],
  ['in a role without a seat', { role: 'volunteer' }],
] as const)('makes nobody a deputy %s', async (_, { role, ...who }) => {
  const all = await councilCast()
  const person = await all.t.aPerson()
  const deputyFor =
    'itself' in who ? person.id : 'stranger' in who ? (await all.t.aPerson()).id : (all.members[0]?.personId as string)
  const reply = await ask(all, { personId: person.id, role, deputyFor })
  expect([reply.status, reply.problem.errors?.[0]?.path]).toEqual([role === 'volunteer' ? 400 : 422, 'body.deputyFor'])
})
