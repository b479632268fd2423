import { ownersRoutes } from '@tongxin/contract'
import { describe, expect, it } from 'vitest'
import { PDF, upload } from '../../../test/support/agenda.ts'
import { ok } from '../../../test/support/council.ts'
import { type Caller, COMMUNITY, DAY, GRID, grant, MINUTE, NEIGHBOUR } from '../../../test/support/index.ts'
import {
  again,
  appoint,
  bound,
  enter,
  headOf,
  listProxies,
  mine,
  opened,
  type Posted,
  posted,
  readVote,
  recordPaperProxy,
  revoke,
  verified,
  voteFor,
} from '../../../test/support/owners-vote.ts'

const object = (all: Posted, by: Caller, headNo: number) =>
  by.call(ownersRoutes.objectToVote, { params: { id: all.id }, body: { headNo } })
/** A vote under way, an owner of flat 401, and somebody who owns nothing. */
const withOwner = async () => {
  const all = await opened()
  const owner = await again(all, await bound(all, '401'))
  const holder = await all.t.aPerson({ level: 'phone' })
  return { all, owner, holder, no: await headOf(all, '401') }
}

describe('a proxy given by an owner online', () => {
  it('lets somebody who owns nothing vote for the head, and the result says how many voted so', async () => {
    const { all, owner, holder, no } = await withOwner()
    const given = ok(await appoint(all, owner, no, holder))
    expect(given).toMatchObject({
      proxy: { holder: '测*', onPaper: false, toMe: false },
      mayAppoint: false,
      mayRevoke: true,
      mayVote: true,
    })
    expect(JSON.stringify(given)).not.toContain(holder.phone)
    const by = await again(all, holder)
    expect(await mine(all, by)).toMatchObject([
      { headNo: no, flats: [{ door: '401' }], proxy: { giver: '测*', toMe: true }, mayVote: true, mayRevoke: false },
    ])
    expect(ok(await voteFor(all, by, no, 'for')).vote).toMatchObject({ mine: true, byProxy: true })
    expect((await mine(all, owner))[0]).toMatchObject({
      vote: { mine: false, byProxy: true, choice: 'for' },
      mayObject: false,
      mayRevoke: false,
    })
    expect((await voteFor(all, owner, no)).problem).toMatchObject({ code: 'already_voted', reason: 'voted_by_proxy' })
    expect((await revoke(all, owner, given.proxy?.id ?? '')).problem.reason).toBe('proxy_used')
    all.t.clock.advance(14 * DAY)
    await all.t.runDueJobs()
    expect(await readVote(all)).toMatchObject({ result: { heads: { for: 1 }, byProxy: 1 } })
    expect(await verified(all)).toBeNull()
    const { rows } = await all.t.deps.pool.query(
      `select record from events where action in ('give_proxy', 'vote_head', 'count') order by recorded_at, seq`,
    )
    expect(rows[1].record).toMatchObject({ headNo: no, proxyId: given.proxy?.id })
    expect(rows[2].record).toMatchObject({ byProxy: 1 })
    await all.t.deps.pool.query('update head_votes set proxy_id = null')
    expect(await verified(all)).toMatchObject({ reason: 'head_votes.proxyId' })
  })

  it('lapses when the owner votes, and is taken back until it was used', async () => {
    const { all, owner, holder, no } = await withOwner()
    const first = ok(await appoint(all, owner, no, holder)).proxy?.id ?? ''
    const by = await again(all, holder)
    expect((await revoke(all, by, first)).problem.reason).toBe('not_the_giver')
    expect((await revoke(all, await all.t.as('resident'), first)).status).toBe(404)
    expect((await revoke(all, await all.t.as('officer'), first)).problem.reason).toBe('proxy_given_personally')
    expect((await revoke(all, owner, first)).status).toBe(204)
    expect((await voteFor(all, by, no)).problem.code).toBe('not_entitled')
    expect((await revoke(all, owner, first)).problem.reason).toBe('no_proxy')
    all.t.clock.advance(1)
    ok(await appoint(all, owner, no, holder))
    ok(await voteFor(all, owner, no, 'against'))
    expect(await mine(all, by)).toEqual([])
    expect((await voteFor(all, by, no)).problem.code).toBe('not_entitled')
    const kept = await listProxies(all, await all.t.as('officer'))
    expect(kept.map(({ ended }) => ended)).toEqual(['revoked', 'voted'])
    expect((await appoint(all, owner, no, holder)).problem.code).toBe('already_voted')
    expect(await verified(all)).toBeNull()
    await all.t.deps.pool.query(`update head_proxies set ended = 'objected' where ended = 'voted'`)
    expect(await verified(all)).toMatchObject({ reason: 'head_proxies.ended' })
  })

  it('names one known person by name and number, who neither counts nor speaks for the head anyway', async () => {
    const { all, owner, holder, no } = await withOwner()
    const refused = async (to: { name: string; phone: string }, by = owner, headNo = no) => {
      const { problem } = await appoint(all, by, headNo, to)
      return problem.reason ?? problem.code
    }
    expect(await refused({ ...holder, name: '张三' })).toBe('holder_unknown')
    expect(await refused({ ...holder, phone: '13712345678' })).toBe('holder_unknown')
    // Five wrong tries, and every further one waits; what was right between them buys no new ones.
    for (const name of ['李四', '王五', '赵六']) expect(await refused({ ...holder, name })).toBe('holder_unknown')
    expect(await refused(holder)).toBe('too_many_attempts')
    all.t.clock.advance(2 * MINUTE)
    for (const region of [COMMUNITY, GRID])
      expect(await refused(await all.t.aPerson({ role: 'grid_worker', region }))).toBe('holder_counts')
    expect(await refused(await bound(all, '401'))).toBe('holder_votes_anyway')
    expect(await refused(holder, owner, await headOf(all, '101'))).toBe('not_entitled')
    expect((await appoint(all, all.t.nobody, no, holder)).status).toBe(401)
    ok(await appoint(all, owner, no, holder))
    // Sent again, it is given once.
    ok(await appoint(all, owner, no, holder))
    expect(await refused(await all.t.aPerson())).toBe('proxy_given')
    // Who holds it cannot hand it on.
    expect(await refused(await all.t.aPerson(), await again(all, holder))).toBe('not_entitled')
    all.t.clock.advance(14 * DAY)
    const late = await again(all, owner)
    expect(await refused(holder, late)).toBe('motion_closed')
  })

  it('is one of three at most that somebody holds, and can be given from the notice on', async () => {
    const all = await posted({ rule: 'households' })
    const holder = await all.t.aPerson()
    for (const door of ['101', '102', '201'])
      ok(await appoint(all, await again(all, await bound(all, door)), await headOf(all, door), holder))
    const fourth = await again(all, await bound(all, '401'))
    expect((await appoint(all, fourth, await headOf(all, '401'), holder)).problem.reason).toBe('too_many_proxies')
    const by = await again(all, holder)
    expect((await mine(all, by)).map(({ mayVote }) => mayVote)).toEqual([false, false, false])
    expect((await voteFor(all, by, await headOf(all, '101'))).problem.code).toBe('ballot_not_open')
  })

  it('rests on what it was given by: it is not used once the giver sold, or the holder reads papers', async () => {
    const all = await opened()
    const { deps } = all.t
    const [li, zhang, holder] = [await bound(all, '201'), await bound(all, '201'), await all.t.aPerson()]
    const no = await headOf(all, '201')
    const giver = await again(all, li)
    all.t.sent.length = 0
    const given = ok(await appoint(all, giver, no, holder))
    await all.t.runDueJobs()
    // The other owner hears of it, and neither by name.
    const told = all.t.sent.filter(({ text }) => text.includes('在线委托'))
    expect(told.map(({ phone }) => phone)).toEqual([zhang.phone])
    // The address ends in a random id, which may hold the door's digits.
    expect(told[0]?.text.replace(/http\S+/, '')).not.toMatch(/测试|201/)
    const by = await again(all, holder)
    const mayVote = async () => (await mine(all, await again(all, holder)))[0]?.mayVote
    const onPaper = async () => enter(all, await all.t.as('officer'), no, 'for', { byProxy: true })
    const refused = async (reason: string) => {
      expect((await voteFor(all, await again(all, holder), no)).problem.reason).toBe(reason)
      expect((await onPaper()).problem.reason).toBe(reason)
      expect(await mayVote()).toBe(false)
    }
    expect(await mayVote()).toBe(true)
    await grant(deps, { personId: holder.id, role: 'grid_worker' })
    await refused('holder_counts')
    await deps.pool.query('delete from grants where person_id = $1', [holder.id])
    expect(await mayVote()).toBe(true)
    await deps.pool.query('delete from household_members where person_id = $1', [li.id])
    await refused('giver_left')
    // Those who have a say still take it back, and name whom they want.
    const other = await again(all, zhang)
    expect((await revoke(all, other, given.proxy?.id ?? '')).status).toBe(204)
    all.t.clock.advance(1)
    ok(await appoint(all, other, no, holder))
    ok(await voteFor(all, by, no))
  })

  it('by one of joint owners leaves the other their say', async () => {
    const all = await opened()
    const [li, zhang] = [await again(all, await bound(all, '201')), await again(all, await bound(all, '201'))]
    const [no, holder] = [await headOf(all, '201'), await all.t.aPerson()]
    ok(await appoint(all, li, no, holder))
    const by = await again(all, holder)
    ok(await voteFor(all, by, no))
    expect((await object(all, li, no)).problem.reason).toBe('nothing_to_object')
    expect((await object(all, by, no)).problem.code).toBe('not_entitled')
    expect(ok(await object(all, zhang, no))).toMatchObject({
      vote: null,
      objected: true,
      proxy: null,
      mayAppoint: false,
    })
    expect((await voteFor(all, by, no)).problem.code).toBe('not_entitled')
    expect((await appoint(all, zhang, no, holder)).problem.reason).toBe('objected')
    expect((await readVote(all)).turnout.heads).toBe(0)
    expect(await verified(all)).toBeNull()
  })

  it('and the owner voting at the same moment make one vote', async () => {
    const { all, owner, holder, no } = await withOwner()
    ok(await appoint(all, owner, no, holder))
    const by = await again(all, holder)
    const replies = await Promise.all([owner, by, owner, by].map((who) => voteFor(all, who, no)))
    expect(replies.filter(({ status }) => status === 201)).toHaveLength(1)
    expect((await readVote(all)).turnout.heads).toBe(1)
    expect(await verified(all)).toBeNull()
  })
})

describe('a written proxy', () => {
  it('is typed with its scan; the owner hears of it and can take it back', async () => {
    const { all, owner, holder, no } = await withOwner()
    const officer = await all.t.as('officer')
    const { phone } = (
      await all.t.deps.pool.query<{ phone: string }>('select phone_hash as phone from people where id = $1', [
        owner.personId,
      ])
    ).rows[0] as { phone: string }
    all.t.sent.length = 0
    const reply = await recordPaperProxy(all, officer, no, holder)
    expect(reply.status).toBe(201)
    expect(reply.body).toMatchObject({
      headNo: no,
      holder: '测*',
      giver: null,
      enteredBy: expect.stringContaining('测试'),
      used: false,
      mayCancel: true,
    })
    await all.t.runDueJobs()
    const told = all.t.sent.filter(({ text }) => text.includes('书面委托'))
    expect(told.map((one) => all.t.deps.cipher.keyedHash(one.phone))).toEqual([phone])
    expect(told[0]?.text.replace(/http\S+/, '')).not.toMatch(/测试|401/)
    const paper = (by: Caller) =>
      by.call(ownersRoutes.readHeadProxyPaper, { params: { id: all.id, proxyId: reply.body.id } })
    expect((await paper(officer)).text).toBe(PDF.toString())
    const foreign = await all.t.as(await all.t.aPerson({ role: 'officer', region: NEIGHBOUR }))
    expect((await paper(foreign)).status).toBe(404)
    expect((await paper(await again(all, holder))).status).toBe(403)
    expect((await revoke(all, owner, reply.body.id)).status).toBe(204)
    expect(await verified(all)).toBeNull()
    // Taken off by staff as well, who may have mistyped it.
    const second = ok(await recordPaperProxy(all, officer, no, holder))
    expect((await revoke(all, officer, second.id)).status).toBe(204)
    expect((await listProxies(all, officer)).map(({ ended }) => ended)).toEqual(['revoked', 'revoked'])
  })

  it('is typed by staff of the community with no part in it, for a head there is, with a scan of their own', async () => {
    const { all, holder, no } = await withOwner()
    const officer = await all.t.as('officer')
    const interested = await bound(all, '401')
    await grant(all.t.deps, { personId: interested.id, role: 'officer' })
    const reason = async (reply: Promise<{ problem: { reason?: string; code: string } }>) => {
      const { problem } = await reply
      return problem.reason ?? problem.code
    }
    expect(await reason(recordPaperProxy(all, await again(all, interested), no, holder))).toBe('own_household')
    expect(await reason(recordPaperProxy(all, officer, 999, holder))).toBe('head_unknown')
    expect(await reason(recordPaperProxy(all, officer, no, { id: '0190b8a0-5c1e-7c3a-9d2e-1f2a3b4c5d6e' }))).toBe(
      'holder_unknown',
    )
    const elsewhere = await all.t.aPerson({ region: NEIGHBOUR })
    expect(await reason(recordPaperProxy(all, officer, no, elsewhere))).toBe('holder_unknown')
    const merged = await all.t.aPerson()
    await all.t.deps.pool.query('update people set merged_into = $1, merged_at = now() where id = $2', [
      holder.id,
      merged.id,
    ])
    expect(await reason(recordPaperProxy(all, officer, no, merged))).toBe('holder_unknown')
    expect(await reason(recordPaperProxy(all, officer, no, { id: officer.personId as string }))).toBe('holder_counts')
    const another = ok(await upload(await all.t.as('secretary'), PDF)).id
    const body = { headNo: no, holderId: holder.id, attachmentId: another }
    const stolen = officer.call(ownersRoutes.recordHeadProxy, { params: { id: all.id }, body })
    expect(await reason(stolen)).toBe('attachment_not_found')
    const foreign = await all.t.as(await all.t.aPerson({ role: 'officer', region: NEIGHBOUR }))
    const params = { id: all.id }
    expect((await foreign.call(ownersRoutes.recordHeadProxy, { params, body })).status).toBe(404)
    expect((await foreign.call(ownersRoutes.listHeadProxies, { params, query: { limit: 10 } })).status).toBe(404)
    const clerk = await all.t.as('grid_worker')
    expect((await clerk.call(ownersRoutes.recordHeadProxy, { params, body })).status).toBe(403)
  })

  it('is that of the developer too, and its holder votes online', async () => {
    const { all, holder } = await withOwner()
    const no = await headOf(all, '301')
    ok(await recordPaperProxy(all, await all.t.as('officer'), no, holder))
    const cast = ok(await voteFor(all, await again(all, holder), no, 'abstain'))
    expect(cast).toMatchObject({ vote: { byProxy: true }, proxy: { onPaper: true, giver: null } })
    expect(await verified(all)).toBeNull()
  })

  it('is listed page by page in the order in which they came', async () => {
    const { all, holder } = await withOwner()
    const officer = await all.t.as('officer')
    const doors = ['101', '201', '301']
    for (const door of doors) {
      ok(await recordPaperProxy(all, officer, await headOf(all, door), holder))
      all.t.clock.advance(1)
    }
    const page = async (cursor?: string) =>
      ok(await officer.call(ownersRoutes.listHeadProxies, { params: { id: all.id }, query: { limit: 2, cursor } }))
    const first = await page()
    const second = await page(first.nextCursor ?? '')
    expect([...first.items, ...second.items].map(({ flats }) => flats[0]?.door)).toEqual(doors)
    expect(second.nextCursor).toBeNull()
  })
})

describe('a paper signed by a proxy', () => {
  it('counts when the proxy is on record, and is read so by two', async () => {
    const { all, owner, holder, no } = await withOwner()
    const [one, two] = [await all.t.as('officer'), await all.t.as('grid_worker')]
    const byProxy = { byProxy: true }
    expect((await enter(all, one, no, 'for', byProxy)).problem.reason).toBe('no_proxy')
    expect((await enter(all, one, no, 'for', { ...byProxy, signedByAll: true })).status).toBe(400)
    ok(await appoint(all, owner, no, holder))
    expect(ok(await enter(all, one, no, 'for', byProxy))).toMatchObject({
      state: 'once',
      proxy: { holder: '测*', onPaper: false },
      mine: { byProxy: true },
    })
    expect(ok(await enter(all, two, no, 'for'))).toMatchObject({ state: 'disagree', others: [{ byProxy: true }] })
    expect(ok(await enter(all, two, no, 'for', byProxy))).toMatchObject({ state: 'voted_paper' })
    expect((await mine(all, owner))[0]).toMatchObject({ vote: { way: 'paper', byProxy: true } })
    all.t.clock.advance(14 * DAY)
    await all.t.runDueJobs()
    expect(await readVote(all)).toMatchObject({ result: { byProxy: 1 } })
    expect(await verified(all)).toBeNull()
  })

  it('and read after the close is objected to by the other owner, not by who named the holder', async () => {
    const all = await opened()
    const people = [await bound(all, '201'), await bound(all, '201')] as const
    const [no, holder] = [await headOf(all, '201'), await all.t.aPerson()]
    const [one, two] = [await all.t.as('officer'), await all.t.as('grid_worker')]
    ok(await appoint(all, await again(all, people[0]), no, holder))
    ok(await enter(all, one, no, 'for', { byProxy: true }))
    all.t.clock.advance(14 * DAY)
    await all.t.runDueJobs()
    all.t.sent.length = 0
    ok(await enter(all, await again(all, two), no, 'for', { byProxy: true }))
    await all.t.runDueJobs()
    // Who cannot object is not told that they may.
    expect(all.t.sent.map(({ phone }) => phone)).toEqual([people[1].phone])
    const [giver, other] = [await again(all, people[0]), await again(all, people[1])]
    expect((await mine(all, giver))[0]).toMatchObject({ vote: { byProxy: true }, mayObject: false, objectUntil: null })
    expect((await object(all, giver, no)).problem.reason).toBe('nothing_to_object')
    expect((await mine(all, other))[0]).toMatchObject({ mayObject: true })
    expect(ok(await object(all, other, no))).toMatchObject({ vote: null, objected: true })
    expect(await verified(all)).toBeNull()
  })

  it('is dead once the proxy has ended: it neither counts under the next one nor keeps the count waiting', async () => {
    const { all, owner, holder, no } = await withOwner()
    const [one, two] = [await all.t.as('officer'), await all.t.as('grid_worker')]
    const byProxy = { byProxy: true }
    const first = ok(await appoint(all, owner, no, holder)).proxy?.id ?? ''
    ok(await enter(all, one, no, 'for', byProxy))
    expect((await revoke(all, owner, first)).status).toBe(204)
    all.t.clock.advance(1)
    const second = ok(await appoint(all, owner, no, await all.t.aPerson())).proxy?.id ?? ''
    expect(ok(await enter(all, two, no, 'for', byProxy))).toMatchObject({ state: 'once', mine: { byProxy: true } })
    expect((await readVote(all)).turnout.heads).toBe(0)
    expect((await revoke(all, owner, second)).status).toBe(204)
    expect(await verified(all)).toBeNull()
    all.t.clock.advance(14 * DAY)
    await all.t.runDueJobs()
    expect(await readVote(all)).toMatchObject({ state: 'failed', result: { papersOpen: 0, byProxy: 0 } })
    expect(await verified(all)).toBeNull()
  })

  it('is not the owner’s own, which ends the proxy', async () => {
    const { all, owner, holder, no } = await withOwner()
    ok(await appoint(all, owner, no, holder))
    for (const reader of [await all.t.as('officer'), await all.t.as('grid_worker')]) ok(await enter(all, reader, no))
    expect((await listProxies(all, await all.t.as('officer')))[0]).toMatchObject({ ended: 'voted', used: false })
    expect((await voteFor(all, await again(all, holder), no)).problem.code).toBe('not_entitled')
    expect(await verified(all)).toBeNull()
  })
})
