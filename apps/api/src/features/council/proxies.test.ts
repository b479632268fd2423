import { councilRoutes } from '@tongxin/contract'
import { describe, expect, it } from 'vitest'
import {
  aCouncil,
  askForPaper,
  blindPaper,
  cast,
  checkIn,
  closeBallot,
  drawPaper,
  inSession,
  leave,
  ok,
  propose,
  readBallot,
} from '../../../test/support/ballots.ts'
import { type Caller, DAY, testApp } from '../../../test/support/index.ts'
import { verifyRecord } from '../verification/index.ts'

const council = async (representatives?: number, partyMembers?: number) =>
  aCouncil(await testApp(), representatives, partyMembers)

const give = (from: Caller, to: Caller, id: string) =>
  from.call(councilRoutes.giveProxy, { params: { id }, body: { holderId: to.personId as string } })
const revoke = (from: Caller, id: string) => from.call(councilRoutes.revokeProxy, { params: { id } })
const list = (caller: Caller, id: string) => caller.call(councilRoutes.listProxies, { params: { id } })

describe('a proxy', () => {
  it('carries the vote of who is absent, and nobody else may cast it', async () => {
    const all = await council()
    const { officer, members, t, resident } = all
    const { meetingId, issueIds } = await inSession(all, { present: members.slice(0, 5) })
    const [holder, other] = members as [Caller, Caller]
    const absent = members[5] as Caller
    ok(await give(absent, holder, meetingId))
    const { id } = ok(await propose(officer, meetingId, issueIds[0] as string))
    expect((await cast(other, id, 'for', absent.personId)).problem).toMatchObject({
      code: 'not_entitled',
      reason: 'no_proxy',
    })
    expect((await cast(absent, id, 'for')).problem.reason).toBe('by_proxy')
    const mine = (await readBallot(holder, id)).mine
    expect(mine).toMatchObject([
      { own: true, state: 'may_vote' },
      { own: false, state: 'may_vote', principal: { personId: absent.personId } },
    ])
    ok(await cast(holder, id, 'for'))
    ok(await cast(holder, id, 'against', absent.personId))
    expect((await cast(holder, id, 'for', absent.personId)).problem.code).toBe('already_voted')
    expect((await revoke(absent, meetingId)).problem.reason).toBe('proxy_used')
    const counted = ok(await closeBallot(officer, id))
    // Represented, the absent are among those of whom the half is taken; to the quorum only people count.
    expect(counted.motion).toMatchObject({
      state: 'failed',
      result: { heads: { for: 1, against: 1 }, entitledHeads: 6 },
      voting: { parts: { party_member: { members: 3, attending: 2, present: 3 } } },
    })
    expect((await readBallot(other, id)).votes).toContainEqual(
      expect.objectContaining({
        personId: absent.personId,
        choice: 'against',
        proxy: expect.objectContaining({ personId: holder.personId }),
      }),
    )
    expect(ok(await list(other, meetingId)).items).toMatchObject([{ used: true, ended: null }])
    expect((await list(resident, meetingId)).status).toBe(403)
    expect((await list(t.nobody, meetingId)).status).toBe(401)
    expect((await verifyRecord(t.deps)).mismatch).toBeNull()
  })

  it('ends when who gave it comes, and can be taken back before it was used', async () => {
    const all = await council()
    const { officer, members, t } = all
    const { meetingId, issueIds } = await inSession(all, { matters: 2, present: members.slice(0, 5) })
    const [holder, second] = members as [Caller, Caller]
    const absent = members[5] as Caller
    ok(await give(absent, holder, meetingId))
    ok(await revoke(absent, meetingId))
    expect((await revoke(absent, meetingId)).problem.reason).toBe('no_proxy')
    ok(await give(absent, second, meetingId))
    const first = ok(await propose(officer, meetingId, issueIds[0] as string))
    await checkIn(officer, meetingId, absent)
    expect((await cast(second, first.id, 'for', absent.personId)).problem.reason).toBe('no_proxy')
    // On the roll as one who was represented, and now there: the vote is theirs again.
    ok(await cast(absent, first.id, 'for'))
    ok(await closeBallot(officer, first.id))
    expect((await give(absent, holder, meetingId)).problem.reason).toBe('principal_present')
    expect(
      ok(await list(officer, meetingId))
        .items.map(({ ended }) => ended)
        .sort(),
    ).toEqual(['checked_in', 'revoked'])
    await leave(absent, meetingId)
    const next = ok(await propose(officer, meetingId, issueIds[1] as string))
    expect((await cast(second, next.id, 'for', absent.personId)).problem.code).toBe('not_entitled')
    expect((await verifyRecord(t.deps)).mismatch).toBeNull()
  })

  it('makes no chains, and nobody holds more than two, whoever asks at once', async () => {
    const all = await council(6, 1)
    const { members, officer, resident } = all
    const { meetingId } = await inSession(all, { present: members.slice(0, 4).concat(members.slice(6)) })
    const [holder] = members as [Caller]
    const [x, y] = members.slice(4, 6) as [Caller, Caller]
    expect((await give(resident, holder, meetingId)).status).toBe(403)
    expect((await give(officer, holder, meetingId)).status).toBe(403)
    expect((await give(x, officer, meetingId)).problem.reason).toBe('holder_not_member')
    expect((await give(x, x, meetingId)).problem.reason).toBe('proxy_to_oneself')
    ok(await give(x, y, meetingId))
    expect((await give(y, holder, meetingId)).problem.reason).toBe('proxy_chain')
    const third = members[3] as Caller
    await leave(third, meetingId)
    expect((await give(third, x, meetingId)).problem.reason).toBe('proxy_chain')
    expect((await give(x, holder, meetingId)).problem.reason).toBe('proxy_given')
    ok(await revoke(x, meetingId))
    const replies = await Promise.all([x, y, third].map((one) => give(one, holder, meetingId)))
    expect(replies.map(({ status }) => status).sort()).toEqual([200, 200, 422])
    expect(replies.find(({ status }) => status === 422)?.problem.reason).toBe('too_many_proxies')
  })

  it('is used or taken back, never both at the same moment', async () => {
    const all = await council()
    const { officer, members, t } = all
    const { meetingId, issueIds } = await inSession(all, { matters: 4, present: members.slice(0, 5) })
    const holder = members[0] as Caller
    const absent = members[5] as Caller
    for (const issueId of issueIds) {
      await give(absent, holder, meetingId)
      const { id } = ok(await propose(officer, meetingId, issueId))
      const [voted, revoked] = await Promise.all([cast(holder, id, 'for', absent.personId), revoke(absent, meetingId)])
      const both = [voted.status, revoked.status, revoked.problem?.reason]
      expect([
        [201, 422, 'proxy_used'],
        [403, 200, undefined],
      ]).toContainEqual(both)
      ok(await closeBallot(officer, id))
      if (voted.status === 201) break
    }
    expect((await verifyRecord(t.deps)).mismatch).toBeNull()
  })

  it('draws the paper of a secret ballot, and votes online', async () => {
    const all = await council()
    const { officer, members, t } = all
    const { meetingId, issueIds } = await inSession(all, { present: members.slice(0, 5) })
    const [holder, other] = members as [Caller, Caller]
    const absent = members[5] as Caller
    ok(await give(absent, holder, meetingId))
    const closesAt = new Date(t.clock.now().getTime() + DAY).toISOString()
    const body = { method: 'secret', place: 'online', closesAt }
    const { id } = ok(await propose(officer, meetingId, issueIds[0] as string, body))
    const publicKey = (await readBallot(holder, id)).publicKey as string
    const { blinded } = await blindPaper(id, publicKey)
    expect((await askForPaper(other, id, blinded, absent.personId)).problem.reason).toBe('no_proxy')
    expect((await askForPaper(absent, id, blinded)).problem.reason).toBe('by_proxy')
    await drawPaper(holder, id, publicKey)
    await drawPaper(holder, id, publicKey, absent.personId)
    expect((await readBallot(holder, id)).mine).toMatchObject([{ state: 'paper_issued' }, { state: 'paper_issued' }])
    expect((await revoke(absent, meetingId)).problem.reason).toBe('proxy_used')
  })
})
