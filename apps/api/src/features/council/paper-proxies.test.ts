import { councilRoutes, grantRoutes, splitPublicId } from '@tongxin/contract'
import { describe, expect, it } from 'vitest'
import { aCouncil, cast, checkIn, closeBallot, inSession, ok, propose } from '../../../test/support/ballots.ts'
import { type Caller, COMMUNITY, testApp } from '../../../test/support/index.ts'
import { verifyRecord } from '../verification/index.ts'
import { tellPrincipal } from './tell-principal.ts'

const council = async (representatives?: number, partyMembers?: number) =>
  aCouncil(await testApp(), representatives, partyMembers)

const record = (by: Caller, id: string, from: Caller, to: Caller) =>
  by.call(councilRoutes.recordProxy, {
    params: { id },
    body: { principalId: from.personId as string, holderId: to.personId as string },
  })
const cancel = (by: Caller, id: string, { personId }: Caller) =>
  by.call(councilRoutes.cancelRecordedProxy, { params: { id, personId: personId as string } })
const list = async (caller: Caller, id: string) =>
  ok(await caller.call(councilRoutes.listProxies, { params: { id } })).items

describe('a proxy handed in on paper', () => {
  it('counts like one given in person, and says who typed it and what it was used on', async () => {
    const all = await council()
    const { officer, members, t } = all
    const { meetingId, issueIds } = await inSession(all, { present: members.slice(0, 5) })
    const [holder] = members as [Caller]
    const absent = members[5] as Caller
    const made = await record(officer, meetingId, absent, holder)
    expect(made.status).toBe(201)
    expect(made.body.items).toMatchObject([
      {
        principal: { personId: absent.personId },
        holder: { personId: holder.personId },
        enteredBy: { personId: officer.personId },
        usedOn: [],
      },
    ])
    // The member hears of it, once, and of no name.
    t.sent.length = 0
    await t.runDueJobs()
    const [{ proxy }] = (await t.deps.pool.query('select id as proxy from proxies')).rows
    await tellPrincipal(t.deps, { ...splitPublicId(meetingId), proxyId: proxy })
    const told = t.sent.filter(({ text }) => text.includes('书面委托'))
    expect(told).toHaveLength(1)
    expect(told[0]?.text).not.toContain('测试')
    const { rows: heard } = await t.deps.pool.query('select id from people where phone_hash = $1', [
      t.deps.cipher.keyedHash(told[0]?.phone ?? ''),
    ])
    expect(heard).toEqual([{ id: absent.personId }])
    const { id } = ok(await propose(officer, meetingId, issueIds[0] as string))
    ok(await cast(holder, id, 'for', absent.personId))
    expect(await list(holder, meetingId)).toMatchObject([{ used: true, usedOn: [{ motionId: id }] }])
    expect((await cancel(officer, meetingId, absent)).problem.reason).toBe('proxy_used')
    ok(await closeBallot(officer, id))
    const { rows } = await t.deps.pool.query(
      `select record->>'onPaper' as paper, personal->>'by' as by from events where action = 'give_proxy'`,
    )
    expect(rows).toEqual([{ paper: 'true', by: officer.personId }])
    expect((await verifyRecord(t.deps)).mismatch).toBeNull()
    await t.deps.pool.query('update proxies set entered_by = null')
    expect((await verifyRecord(t.deps)).mismatch).not.toBeNull()
  })

  it('keeps to the rules of every proxy', async () => {
    const all = await council(7, 1)
    const { officer, members } = all
    const { meetingId } = await inSession(all, { present: members.slice(0, 4).concat(members.slice(7)) })
    const [holder, present] = members as [Caller, Caller]
    const [x, y, z] = members.slice(4) as [Caller, Caller, Caller]
    const reason = async (from: Caller, to: Caller) => (await record(officer, meetingId, from, to)).problem?.reason
    expect(await reason(x, x)).toBe('proxy_to_oneself')
    expect(await reason(present, holder)).toBe('principal_present')
    expect(await reason(x, officer)).toBe('proxy_of_the_recorder')
    expect(await reason(officer, x)).toBe('proxy_of_the_recorder')
    expect(await reason(all.resident, x)).toBe('principal_not_member')
    expect(await reason(x, all.resident)).toBe('holder_not_member')
    ok(await record(officer, meetingId, x, holder))
    expect(await reason(x, present)).toBe('proxy_given')
    expect(await reason(y, x)).toBe('proxy_chain')
    // One on paper, one in person: together the two that one may hold.
    ok(
      await y.call(councilRoutes.giveProxy, {
        params: { id: meetingId },
        body: { holderId: holder.personId as string },
      }),
    )
    expect(await reason(z, holder)).toBe('too_many_proxies')
    expect((await cancel(officer, meetingId, y)).problem.reason).toBe('proxy_given_personally')
    expect((await cancel(officer, meetingId, z)).problem.reason).toBe('no_proxy')
    ok(await cancel(officer, meetingId, x))
    ok(await record(officer, meetingId, z, holder))
    await checkIn(officer, meetingId, z)
    expect(new Set((await list(officer, meetingId)).map(({ ended }) => ended))).toEqual(
      new Set(['checked_in', 'revoked', null]),
    )
  })

  it('is typed by who organizes the meeting, while there is one, and by nobody with a part in it', async () => {
    const all = await council()
    const { members, officer, t } = all
    const { meetingId } = await inSession(all, { present: members.slice(0, 5) })
    const [holder, , , , , absent] = members as [Caller, Caller, Caller, Caller, Caller, Caller]
    for (const [caller, status] of [
      [holder, 403],
      [absent, 403],
      [t.nobody, 401],
    ] as const) {
      expect((await record(caller, meetingId, absent, holder)).status).toBe(status)
      expect((await cancel(caller, meetingId, absent)).status).toBe(status)
    }
    // An officer who has a seat as well types nobody's paper in their own favour.
    const seat = { personId: officer.personId as string, role: 'representative', regionCode: COMMUNITY } as const
    const secretary = await t.as('secretary')
    const other = await t.as('officer')
    const { id } = ok(await other.call(grantRoutes.requestGrant, { body: { ...seat, reason: '居民推选' } }))
    ok(await secretary.call(grantRoutes.approveGrant, { params: { id } }))
    expect((await record(officer, meetingId, absent, officer)).problem.reason).toBe('proxy_of_the_recorder')
    expect((await record(other, meetingId, absent, officer)).status).toBe(201)
    await t.deps.pool.query(`update meetings set state = 'closed', ended_at = now()`)
    expect((await cancel(other, meetingId, absent)).problem.code).toBe('meeting_wrong_state')
  })
})
