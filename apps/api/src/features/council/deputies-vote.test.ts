import { councilRoutes, grantRoutes } from '@tongxin/contract'
import { describe, expect, it } from 'vitest'
import {
  aCouncil,
  type Council,
  cast,
  checkIn,
  inSession,
  ok,
  propose,
  readBallot,
} from '../../../test/support/ballots.ts'
import { type Caller, COMMUNITY, DAY, grant, testApp } from '../../../test/support/index.ts'
import { verifyRecord } from '../verification/index.ts'

const askDeputy = ({ officer }: Council, deputy: Caller, member: Caller) =>
  officer.call(grantRoutes.requestGrant, {
    body: {
      personId: deputy.personId as string,
      role: 'party_member',
      regionCode: COMMUNITY,
      deputyFor: member.personId as string,
      reason: '居民推选',
    },
  })

/** Three of each class; the deputy of the last, who is away. */
const withDeputy = async () => {
  const all = await aCouncil(await testApp())
  const member = all.members[5] as Caller
  const deputy = await all.t.as(await all.t.aPerson())
  const secretary = await all.t.as('secretary')
  const asked = await askDeputy(all, deputy, member)
  ok(await secretary.call(grantRoutes.approveGrant, { params: { id: ok(asked).id } }))
  return { ...all, member, deputy, secretary, present: all.members.slice(0, 5) }
}

const tryCheckIn = ({ officer }: Council, id: string, { personId }: Caller) =>
  officer.call(councilRoutes.checkIn, { params: { id }, body: { personId: personId as string } })

describe('a seat', () => {
  it('votes once, by whoever sits there when the ballot opens', async () => {
    const all = await withDeputy()
    const { officer, member, deputy, present } = all
    const { meetingId, issueIds } = await inSession(all, { present })
    await checkIn(officer, meetingId, deputy)
    const { id } = ok(await propose(officer, meetingId, issueIds[0] as string))
    expect((await readBallot(officer, id)).motion.voting.turnout?.entitled).toBe(6)
    // The member, coming now, would put the deputy out and have no vote either.
    const late = await tryCheckIn(all, meetingId, member)
    expect([late.status, late.problem.reason]).toEqual([422, 'ballot_running'])
    ok(await cast(deputy, id, 'for'))
    expect((await cast(member, id, 'for')).problem.code).toBe('not_entitled')
    ok(await officer.call(councilRoutes.closeBallot, { params: { id } }))
    ok(await tryCheckIn(all, meetingId, member))
  })

  it('is the member’s own in a ballot online, whoever sits in the room', async () => {
    const all = await withDeputy()
    const { t, officer, member, deputy, present } = all
    const { meetingId, issueIds } = await inSession(all, { present })
    await checkIn(officer, meetingId, deputy)
    const closesAt = new Date(t.clock.now().getTime() + 2 * DAY).toISOString()
    const { id } = ok(await propose(officer, meetingId, issueIds[0] as string, { place: 'both', closesAt }))
    expect((await cast(deputy, id, 'for')).problem.code).toBe('not_entitled')
    ok(await cast(member, id, 'against'))
  })

  it('that has ended seats no deputy', async () => {
    const all = await withDeputy()
    const { officer, secretary, member, deputy, present } = all
    const grants = ok(await officer.call(grantRoutes.listGrants, { query: { personId: member.personId as string } }))
    const { meetingId, issueIds } = await inSession(all, { present })
    await checkIn(officer, meetingId, deputy)
    const revoke = { params: { id: grants.items[0]?.id as string }, body: { reason: '迁出本社区' } }
    ok(await secretary.call(grantRoutes.revokeGrant, revoke))
    const { id } = ok(await propose(officer, meetingId, issueIds[0] as string))
    expect((await cast(deputy, id, 'for')).problem.code).toBe('not_entitled')
    ok(await deputy.call(councilRoutes.leaveMeeting, { params: { id: meetingId }, body: {} }))
    expect((await tryCheckIn(all, meetingId, deputy)).problem.reason).toBe('not_a_member')
  })
})

describe('the deputy of two', () => {
  /** Of the last two members, both away; the last one's first. */
  const ofTwo = async () => {
    const all = await withDeputy()
    const { deputy, secretary, members } = all
    const second = members[4] as Caller
    all.t.clock.advance(1_000)
    const asked = await askDeputy(all, deputy, second)
    ok(await secretary.call(grantRoutes.approveGrant, { params: { id: ok(asked).id } }))
    return { ...all, second, present: [...members.slice(0, 4), deputy] }
  }
  const sitsFor = async ({ officer }: Council, id: string, { personId }: Caller) =>
    ok(await officer.call(councilRoutes.readMeeting, { params: { id } })).attendance?.find(
      (one) => one.personId === personId && one.leftAt === null,
    )?.standsFor?.personId

  it('is asked for once for each', async () => {
    const all = await ofTwo()
    for (const member of [all.member, all.second]) {
      const again = await askDeputy(all, all.deputy, member)
      expect([again.status, again.problem.reason]).toEqual([409, 'grant_exists'])
    }
  })

  it('takes one seat, the one given first, and has one vote', async () => {
    const all = await ofTwo()
    const { officer, member, second, deputy, present } = all
    const { meetingId, issueIds } = await inSession(all, { present })
    expect(await sitsFor(all, meetingId, deputy)).toBe(member.personId)
    const { quorum } = ok(await officer.call(councilRoutes.readMeeting, { params: { id: meetingId } }))
    expect(quorum.partyMembers.present).toBe(2)
    // Once more changes nothing: nobody sits there twice.
    await checkIn(officer, meetingId, deputy)
    const { id } = ok(await propose(officer, meetingId, issueIds[0] as string))
    expect((await readBallot(officer, id)).motion.voting.turnout?.entitled).toBe(5)
    ok(await cast(deputy, id, 'for'))
    const forSecond = await cast(deputy, id, 'for', second.personId as string)
    expect([forSecond.status, forSecond.problem.code]).toEqual([403, 'not_entitled'])
    ok(await officer.call(councilRoutes.closeBallot, { params: { id } }))
    expect((await readBallot(officer, id)).motion.result?.heads.for).toBe(1)
  })

  it('takes the other seat when the first member comes after all', async () => {
    const all = await ofTwo()
    const { officer, member, second, deputy, present } = all
    const { meetingId } = await inSession(all, { present })
    ok(await tryCheckIn(all, meetingId, member))
    expect(await sitsFor(all, meetingId, deputy)).toBeUndefined()
    await checkIn(officer, meetingId, deputy)
    expect(await sitsFor(all, meetingId, deputy)).toBe(second.personId)
    ok(await tryCheckIn(all, meetingId, second))
    expect((await tryCheckIn(all, meetingId, deputy)).problem.reason).toBe('member_present')
    expect((await verifyRecord(all.t.deps)).mismatch).toBeNull()
  })
})

describe('who voted what', () => {
  it('is nothing that a supervisor reads, nor who stood in for whom', async () => {
    const all = await aCouncil(await testApp())
    const { t, officer, members } = all
    const { meetingId, issueIds } = await inSession(all)
    const { id } = ok(await propose(officer, meetingId, issueIds[0] as string))
    for (const member of members) ok(await cast(member, id, 'for'))
    ok(await officer.call(councilRoutes.closeBallot, { params: { id } }))
    const supervisor = await t.as('supervisor')
    expect(await readBallot(supervisor, id)).toMatchObject({ votes: null, byClass: null, mover: null })
    expect((await readBallot(officer, id)).votes).toHaveLength(6)
    const proxies = await supervisor.call(councilRoutes.listProxies, { params: { id: meetingId } })
    expect(proxies.status).toBe(403)
  })
})

describe('the chair', () => {
  it('is handed to nobody who only sits there as a guest', async () => {
    const all = await aCouncil(await testApp())
    const { t, officer, members } = all
    const { meetingId } = await inSession(all)
    const guest = await t.aPerson()
    // As a guest is taken down: among the staff, without a post here.
    await t.deps.pool.query(
      `insert into attendance (community_code, meeting_id, person_id, class, checked_in_at) values ($1, $2, $3, 'staff', $4)`,
      [COMMUNITY, meetingId.slice(13), guest.id, t.clock.now()],
    )
    const to = async (personId: string) => {
      const { version } = ok(await officer.call(councilRoutes.readMeeting, { params: { id: meetingId } }))
      return officer.call(councilRoutes.handOverMeeting, {
        params: { id: meetingId },
        ifMatch: version,
        body: { personId },
      })
    }
    expect((await to(guest.id)).problem.reason).toBe('presider_unfit')
    expect((await to(members[0]?.personId as string)).status).toBe(200)
  })
})

it('takes ids in capitals as the same person', async () => {
  const t = await testApp()
  const officer = await t.as('officer')
  const { id } = await t.aPerson()
  await grant(t.deps, { personId: id, role: 'representative', region: COMMUNITY, unitId: null })
  const body = { role: 'representative' as const, regionCode: COMMUNITY, reason: '居民推选', deputyFor: id }
  const reply = await officer.call(grantRoutes.requestGrant, { body: { ...body, personId: id.toUpperCase() } })
  expect([reply.status, reply.problem.reason]).toEqual([422, 'deputy_of_nobody'])
})
