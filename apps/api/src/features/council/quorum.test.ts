import { councilRoutes, policyRoutes } from '@tongxin/contract'
import { expect, it } from 'vitest'
import { checkIn, councilCast, inSession, ok, propose, read, scheduled, step } from '../../../test/support/council.ts'
import { type Caller, COMMUNITY } from '../../../test/support/index.ts'
import { must } from '../../../test/support/issues.ts'
import { verifyRecord } from '../verification/index.ts'

it('is as much of each class as the community’s policy asked when the meeting opened', async () => {
  const all = await councilCast()
  const { t, officer, secretary, members } = all
  const set = (value: number, ifMatch: number) =>
    secretary.call(policyRoutes.setPolicy, {
      params: { regionCode: COMMUNITY, key: 'quorum_party_members_percent' },
      ifMatch,
      body: { value, reason: '议事规则修订' },
    })
  for (const value of [33, 101]) expect((await set(value, 0)).status).toBe(422)
  const { version } = ok(await set(100, 0))
  const issueId = await scheduled(all)
  const id = await inSession(all, [issueId], 3)
  ok(await set(50, version))
  expect((await read(officer, id)).quorum).toEqual({
    representatives: { members: 2, needed: 1, present: 2 },
    partyMembers: { members: 2, needed: 2, present: 1 },
    unitMembers: null,
    staffMembers: null,
    reached: false,
  })
  ok(await checkIn(all, id, members[3] as Caller))
  await must(officer, issueId, 'deliberate')
  ok(await members[2].call(councilRoutes.leaveMeeting, { params: { id }, body: {} }))
  const ballot = { method: 'open', place: 'room' }
  expect((await propose(officer, id, issueId, ballot)).problem.code).toBe('no_quorum')
  ok(await checkIn(all, id, members[2]))
  const motion = ok(await propose(officer, id, issueId, ballot)) as { id: string }
  for (const member of members)
    ok(await member.call(councilRoutes.castVote, { params: { id: motion.id }, body: { choice: 'for' } }))
  ok(await officer.call(councilRoutes.closeBallot, { params: { id: motion.id } }))
  const { motions } = await read(officer, id)
  expect(motions[0]).toMatchObject({
    state: 'passed',
    voting: { parts: { representative: { needed: 1 }, party_member: { members: 2, needed: 2, attending: 2 } } },
  })
  ok(await step(officer, councilRoutes.closeMeeting, await adopted(all.officer, id, issueId, motion.id)))
  expect((await verifyRecord(t.deps)).mismatch).toBeNull()
})

const adopted = async (officer: Caller, id: string, issueId: string, motionId: string): Promise<string> => {
  await must(officer, issueId, 'adopt', { motionId })
  return id
}
