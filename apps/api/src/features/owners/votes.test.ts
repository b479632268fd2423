import { ownersRoutes } from '@tongxin/contract'
import { describe, expect, it } from 'vitest'
import { ok } from '../../../test/support/council.ts'
import { type Caller, DAY, grant, HOUR } from '../../../test/support/index.ts'
import { act, must } from '../../../test/support/issues.ts'
import {
  beforeOwnersVote,
  bound,
  enter,
  headOf,
  inDays,
  mine,
  type Posted,
  post,
  posted,
  readVote,
  voteFor,
} from '../../../test/support/owners-vote.ts'
import { aRoll } from '../../../test/support/roll.ts'
import { verifyRecord } from '../verification/index.ts'

const verified = async ({ t }: Pick<Posted, 't'>) => (await verifyRecord(t.deps)).mismatch
const again = ({ t }: Pick<Posted, 't'>, who: { id: string } | Caller) =>
  t.as({ id: 'personId' in who ? (who.personId as string) : who.id })
const opened = async (body: Record<string, unknown> = {}) => {
  const all = await posted(body)
  all.t.clock.advance(15 * DAY)
  return all
}

describe('the notice', () => {
  it('freezes the roll: heads, flats and area stand whatever is sold afterwards', async () => {
    const all = await posted()
    const before = await readVote(all)
    expect(before).toMatchObject({
      state: 'posted',
      roll: { heads: 4, flats: 5, areaHundredths: 40_000 },
      turnout: { heads: 0, areaHundredths: 0 },
      result: null,
    })
    await aRoll(all.officer, ['1栋,102,,60,周洋,340803199001010099,', '1栋,501,,50,吴丽,340803199001010088,'])
    expect((await readVote(all)).roll).toEqual(before.roll)
    expect(await verified(all)).toBeNull()
  })

  it.each([
    ['notice_short', { opensAt: 14.99, closesAt: 29 }],
    ['window_short', { opensAt: 15, closesAt: 15.9 }],
    ['window_long', { opensAt: 15, closesAt: 76 }],
  ] as const)('keeps the days the law asks for: %s', async (reason, { opensAt, closesAt }) => {
    const all = await beforeOwnersVote()
    const reply = await post(all.officer, all, { opensAt: inDays(all, opensAt), closesAt: inDays(all, closesAt) })
    expect([reply.status, reply.problem.reason]).toEqual([422, reason])
  })

  it('waits until every overlap is ruled on, and needs a roll with areas', async () => {
    const all = await beforeOwnersVote([])
    expect((await post(all.officer, all)).problem.reason).toBe('roll_empty')
    await aRoll(all.officer, [
      '1栋,101,,90,王建国,340803196001010011,',
      '1栋,102,,60,王建国,340803196001010011,1/2',
      '1栋,102,,,刘芳,340803196001010012,1/2',
    ])
    expect((await post(all.officer, all)).problem.reason).toBe('overlaps_undecided')
    await all.t.deps.pool.query('update households set area_hundredths = null')
    // Of households each flat is one, whoever owns it.
    expect((await post(all.officer, all, { rule: 'households' })).problem.reason).toBe('area_missing')
    await all.t.deps.pool.query('update households set area_hundredths = 5000')
    expect((await post(all.officer, all, { rule: 'households' })).body.roll).toMatchObject({ heads: 2, flats: 2 })
  })

  it('is given by whoever presides, on a matter being deliberated there', async () => {
    const all = await beforeOwnersVote()
    expect((await post(all.members[0], all)).status).toBe(403)
    const other = await post(all.officer, { ...all, issueId: `${all.issueId.slice(0, -1)}0` })
    expect(other.problem.reason).toBe('item_not_discussed')
    expect((await post(all.officer, all)).status).toBe(201)
    expect((await post(all.officer, all)).problem.code).toBe('motion_open')
  })
})

describe('a head', () => {
  it('votes once, by whoever of its people comes first, for all its flats', async () => {
    const all = await posted()
    const [wang, family] = [await bound(all, '101'), await bound(all, '102', 'family')]
    const early = await again(all, wang)
    const [head] = await mine(all, early)
    expect(head).toMatchObject({ areaHundredths: 15_000, mayVote: false, vote: null })
    const no = head?.headNo ?? 0
    expect((await voteFor(all, early, no)).problem.code).toBe('ballot_not_open')
    all.t.clock.advance(15 * DAY)
    const owner = await again(all, wang)
    // Who belongs to the household without owning it has no owner's vote.
    expect(await mine(all, await again(all, family))).toEqual([])
    expect((await voteFor(all, await again(all, family), no)).problem.code).toBe('not_entitled')
    const cast = ok(await voteFor(all, owner, no, 'against'))
    expect(cast).toMatchObject({ vote: { choice: 'against', mine: true }, mayVote: false, mayObject: false })
    expect((await voteFor(all, owner, no)).problem).toMatchObject({ code: 'already_voted', reason: 'voted_online' })
    expect((await readVote(all)).turnout).toEqual({ heads: 1, areaHundredths: 15_000 })
    expect(await verified(all)).toBeNull()
  })

  it('is spoken for by nobody of another, nor after the close, nor without standing', async () => {
    const all = await opened()
    const stranger = await again(all, await bound(all, '401'))
    const other = await headOf(all, '101')
    expect((await voteFor(all, stranger, other)).problem.code).toBe('not_entitled')
    expect((await voteFor(all, stranger, 999)).problem.code).toBe('not_entitled')
    expect((await voteFor(all, await all.t.as('resident'), other)).problem.code).toBe('not_entitled')
    expect((await voteFor(all, all.t.nobody, other)).status).toBe(401)
    const own = await headOf(all, '401')
    all.t.clock.advance(14 * DAY)
    const late = await again(all, stranger)
    expect((await voteFor(all, late, own)).problem.code).toBe('motion_closed')
    expect((await readVote(all)).turnout.heads).toBe(0)
  })

  it('of joint owners: the other one objects, and only a paper signed by all counts', async () => {
    const all = await opened()
    const [li, zhang] = [await again(all, await bound(all, '201')), await again(all, await bound(all, '201'))]
    const no = await headOf(all, '201')
    const object = (by: Caller) => by.call(ownersRoutes.objectToVote, { params: { id: all.id }, body: { headNo: no } })
    expect((await object(zhang)).problem.reason).toBe('nothing_to_object')
    ok(await voteFor(all, li, no))
    expect((await object(li)).problem.reason).toBe('nothing_to_object')
    expect((await mine(all, zhang))[0]).toMatchObject({ vote: { mine: false }, mayObject: true })
    expect(ok(await object(zhang))).toMatchObject({ vote: null, objected: true, mayVote: false })
    expect((await voteFor(all, li, no)).problem.reason).toBe('objected')
    const [one, two] = [await all.t.as('officer'), await all.t.as('grid_worker')]
    expect((await enter(all, one, no)).problem.reason).toBe('objected')
    ok(await enter(all, one, no, 'for', { signedByAll: true }))
    expect(ok(await enter(all, two, no, 'for', { signedByAll: true }))).toMatchObject({ state: 'voted_paper' })
    expect((await readVote(all)).turnout.heads).toBe(1)
    expect(await verified(all)).toBeNull()
  })

  it('whose two owners vote at the same moment has one vote', async () => {
    const all = await opened()
    const callers = [await again(all, await bound(all, '201')), await again(all, await bound(all, '201'))]
    const no = await headOf(all, '201')
    const replies = await Promise.all(
      [0, 1, 0, 1, 0, 1].map((i) => voteFor(all, callers[i] as Caller, no, i ? 'for' : 'against')),
    )
    expect(replies.map(({ status }) => status).sort()).toEqual([201, 409, 409, 409, 409, 409])
    expect((await readVote(all)).turnout).toEqual({ heads: 1, areaHundredths: 8000 })
    expect(await verified(all)).toBeNull()
  })
})

describe('a paper', () => {
  it('counts when two read it alike, neither seeing what the other read', async () => {
    const all = await opened()
    const [one, two, third] = [await all.t.as('officer'), await all.t.as('grid_worker'), await all.t.as('secretary')]
    const no = await headOf(all, '101')
    expect(ok(await enter(all, one, no, 'for'))).toMatchObject({ state: 'once', others: [], mine: { choice: 'for' } })
    expect(ok(await enter(all, one, no, 'for'))).toMatchObject({ state: 'once' })
    const listed = async (by: Caller) =>
      ok(
        await by.call(ownersRoutes.listPaperHeads, {
          params: { id: all.id },
          query: { unsettled: 'true', limit: 10 } as never,
        }),
      ).items
    expect(await listed(two)).toMatchObject([{ headNo: no, state: 'once', mine: null, others: [] }])
    expect(ok(await enter(all, two, no, 'against'))).toMatchObject({
      state: 'disagree',
      others: [{ choice: 'for', signedByAll: false }],
    })
    // Who has not read it yet is told that the two differ, not how.
    expect(await listed(third)).toMatchObject([{ state: 'disagree', mine: null, others: [] }])
    expect((await readVote(all)).turnout.heads).toBe(0)
    expect(ok(await enter(all, third, no, 'against'))).toMatchObject({ state: 'voted_paper' })
    expect((await readVote(all)).turnout).toEqual({ heads: 1, areaHundredths: 15_000 })
    expect((await enter(all, one, no, 'for')).problem).toMatchObject({ reason: 'voted_on_paper' })
    expect(await listed(two)).toEqual([])
    expect(await verified(all)).toBeNull()
  })

  it('and an online vote of one head do not both count, whichever is first', async () => {
    const all = await opened()
    const [one, two] = [await all.t.as('officer'), await all.t.as('grid_worker')]
    const [chen, wang] = [await again(all, await bound(all, '401')), await again(all, await bound(all, '101'))]
    const [online, paper] = [await headOf(all, '401'), await headOf(all, '101')]
    ok(await enter(all, one, online, 'against'))
    ok(await voteFor(all, chen, online))
    expect((await enter(all, two, online, 'against')).problem).toMatchObject({ reason: 'voted_online' })
    ok(await enter(all, one, paper, 'abstain'))
    ok(await enter(all, two, paper, 'abstain'))
    expect((await voteFor(all, wang, paper)).problem).toMatchObject({ reason: 'voted_on_paper' })
    expect((await readVote(all)).turnout).toEqual({ heads: 2, areaHundredths: 22_000 })
  })

  it('is read by nobody for their own home, by staff of elsewhere, or first after the close', async () => {
    const all = await opened()
    const no = await headOf(all, '401')
    const interested = await bound(all, '401')
    await grant(all.t.deps, { personId: interested.id, role: 'officer' })
    expect((await enter(all, await again(all, interested), no)).problem.reason).toBe('own_household')
    const foreign = await all.t.as(await all.t.aPerson({ role: 'officer', region: '340803002003' }))
    expect((await enter(all, foreign, no)).status).toBe(404)
    expect((await enter(all, await all.t.as('grid_worker'), 999)).problem.reason).toBe('head_unknown')
    all.t.clock.advance(14 * DAY)
    expect((await enter(all, await all.t.as('grid_worker'), no)).problem.reason).toBe('paper_late')
  })
})

describe('the result', () => {
  /** Everybody but the developer agrees on paper, read by two; who is named in `against` does not. */
  const papers = async (all: Posted, choices: Record<string, string>) => {
    const [one, two] = [await all.t.as('officer'), await all.t.as('grid_worker')]
    for (const [door, choice] of Object.entries(choices)) {
      const no = await headOf(all, door)
      ok(await enter(all, one, no, choice))
      ok(await enter(all, two, no, choice))
    }
  }

  it('is counted by itself when the window ends, shows every part, and carries the matter on', async () => {
    const all = await opened()
    await papers(all, { 101: 'for', 201: 'for', 401: 'against' })
    const early = await all.officer.call(ownersRoutes.countOwnersVote, { params: { id: all.id }, body: {} })
    expect(early.status).toBe(401)
    all.t.clock.advance(14 * DAY)
    await all.t.runDueJobs()
    const counted = await readVote(all)
    expect(counted).toMatchObject({
      state: 'passed',
      overdue: false,
      result: {
        heads: { for: 2, against: 1, abstain: 0 },
        area: { for: 23_000, against: 7000, abstain: 0 },
        quorum: true,
        passed: true,
        papersOpen: 0,
        checks: [
          { what: 'participation', of: 'heads', part: 3, whole: 4, n: 2, d: 3, over: false, reached: true },
          { what: 'participation', of: 'area', part: 30_000, whole: 40_000, reached: true },
          { what: 'agreement', of: 'heads', part: 2, whole: 3, n: 1, d: 2, over: true, reached: true },
          { what: 'agreement', of: 'area', part: 23_000, whole: 30_000, reached: true },
        ],
      },
    })
    expect(await verified(all)).toBeNull()
    const officer = await again(all, all.officer)
    await must(officer, all.issueId, 'adopt', { motionId: all.id })
    expect(await verified(all)).toBeNull()
  })

  it('fails when too few take part, however many of them agree, and is then dismissed', async () => {
    const all = await opened()
    await papers(all, { 101: 'for', 401: 'for' })
    all.t.clock.advance(14 * DAY)
    await all.t.runDueJobs()
    const counted = await readVote(all)
    expect(counted).toMatchObject({ state: 'failed', result: { quorum: false, passed: false } })
    expect(counted.result?.checks.map(({ reached }) => reached)).toEqual([false, false, true, true])
    const officer = await again(all, all.officer)
    expect((await act(officer, all.issueId, 'adopt', { motionId: all.id })).status).toBe(409)
    await must(officer, all.issueId, 'dismiss', { publicExplanation: '参与表决的业主不足三分之二' })
  })

  it('under the major rule asks for three quarters', async () => {
    const all = await opened({ rule: 'owners_major' })
    await papers(all, { 101: 'for', 201: 'for', 401: 'against', 301: 'abstain' })
    all.t.clock.advance(14 * DAY)
    await all.t.runDueJobs()
    const { result } = await readVote(all)
    expect(result).toMatchObject({ heads: { for: 2, against: 1, abstain: 1 }, quorum: true, passed: false })
  })

  it('of households goes by one vote each, the developer’s unsold flats left out', async () => {
    const all = await opened({ rule: 'households' })
    const family = await again(all, await bound(all, '102', 'family'))
    expect((await mine(all, family)).map(({ flats }) => flats.map(({ door }) => door))).toEqual([['102']])
    ok(await voteFor(all, family, await headOf(all, '102')))
    await papers(all, { 201: 'for', 401: 'against' })
    all.t.clock.advance(14 * DAY)
    await all.t.runDueJobs()
    expect(await readVote(all)).toMatchObject({
      state: 'passed',
      roll: { heads: 4 },
      result: {
        area: null,
        checks: [
          { what: 'participation', of: 'heads', part: 3, whole: 4, over: true, n: 1, d: 2 },
          { what: 'agreement', of: 'heads', part: 2, whole: 3 },
        ],
      },
    })
    expect(await verified(all)).toBeNull()
  })

  it('waits for papers that came in, counts with the last one settled, and is overdue after three days', async () => {
    const all = await opened()
    await papers(all, { 101: 'for', 201: 'for' })
    const no = await headOf(all, '401')
    const people = [await all.t.as('officer'), await all.t.as('grid_worker')] as const
    ok(await enter(all, people[0], no, 'for'))
    all.t.clock.advance(14 * DAY)
    await all.t.runDueJobs()
    expect(await readVote(all)).toMatchObject({ state: 'counting', overdue: false })
    all.t.clock.advance(3 * DAY)
    expect(await readVote(all)).toMatchObject({ state: 'counting', overdue: true })
    ok(await enter(all, await again(all, people[1]), no, 'for'))
    expect(await readVote(all)).toMatchObject({ state: 'passed', overdue: false, result: { papersOpen: 0 } })
    expect(await verified(all)).toBeNull()
  })

  it('is counted by staff without the papers on which two never agreed, and says how many those are', async () => {
    const all = await opened()
    await papers(all, { 101: 'for', 201: 'for', 301: 'for' })
    const no = await headOf(all, '401')
    ok(await enter(all, await all.t.as('officer'), no, 'for'))
    ok(await enter(all, await all.t.as('grid_worker'), no, 'against'))
    const count = async () =>
      (await again(all, all.officer)).call(ownersRoutes.countOwnersVote, { params: { id: all.id }, body: {} })
    expect((await count()).problem.code).toBe('ballot_running')
    all.t.clock.advance(14 * DAY + HOUR)
    await all.t.runDueJobs()
    expect(ok(await count())).toMatchObject({
      state: 'passed',
      result: { papersOpen: 1, heads: { for: 3, against: 0 } },
    })
    expect((await count()).problem.code).toBe('motion_closed')
    expect(await verified(all)).toBeNull()
  })

  it('shows an edit of a vote behind the service’s back', async () => {
    const all = await opened()
    await papers(all, { 101: 'for', 201: 'for', 401: 'against' })
    all.t.clock.advance(14 * DAY)
    await all.t.runDueJobs()
    const edited = async (sql: string) => {
      await all.t.deps.pool.query(sql)
      return (await verified(all))?.reason
    }
    expect(await edited(`update head_votes set choice = 'for' where choice = 'against'`)).toBe('head_votes.choice')
    await edited(`update head_votes set choice = 'against' where head_no = (select max(head_no) from head_votes)`)
    expect(await edited('update vote_flats set area_hundredths = area_hundredths + 1')).toBe(
      'vote_flats.areaHundredths',
    )
  })
})

describe('owners', () => {
  it('hear of the notice and the opening, and are reminded once each while their head is silent', async () => {
    const all = await posted()
    const { t } = all
    const [wang, li, zhang, family] = [
      await bound(all, '101'),
      await bound(all, '201'),
      await bound(all, '201'),
      await bound(all, '401', 'family'),
    ]
    const heard = () => {
      const told = t.sent.splice(0).filter(({ text }) => text.includes('/owners-votes/'))
      return [wang, li, zhang, family].map(({ phone }) => told.filter((one) => one.phone === phone).length)
    }
    await t.runDueJobs()
    expect(heard()).toEqual([1, 1, 1, 0])
    t.clock.advance(15 * DAY)
    await t.runDueJobs()
    expect(heard()).toEqual([1, 1, 1, 0])
    ok(await voteFor(all, await again(all, li), await headOf(all, '201')))
    t.clock.advance(11 * DAY)
    await t.runDueJobs()
    // A joint owner whose head has voted is left alone.
    expect(heard()).toEqual([1, 0, 0, 0])
    t.clock.advance(2 * DAY)
    await t.runDueJobs()
    expect(heard()).toEqual([1, 0, 0, 0])
    t.clock.advance(DAY)
    await t.runDueJobs()
    expect(heard()).toEqual([0, 0, 0, 0])
  })
})
