import { ownersRoutes } from '@tongxin/contract'
import { describe, expect, it } from 'vitest'
import { ok } from '../../../test/support/council.ts'
import { type Caller, DAY, GRID, grant, HOUR, OTHER_GRID } from '../../../test/support/index.ts'
import { act, must } from '../../../test/support/issues.ts'
import {
  again,
  bound,
  enter,
  headOf,
  inDays,
  mine,
  opened,
  type Posted,
  readVote,
  verified,
  voteFor,
} from '../../../test/support/owners-vote.ts'

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
    const [chen, zhang] = [await again(all, await bound(all, '401')), await again(all, await bound(all, '201'))]
    const [online, paper] = [await headOf(all, '401'), await headOf(all, '201')]
    ok(await enter(all, one, online, 'against'))
    ok(await voteFor(all, chen, online))
    expect((await enter(all, two, online, 'against')).problem).toMatchObject({ reason: 'voted_online' })
    ok(await enter(all, one, paper, 'abstain'))
    ok(await enter(all, two, paper, 'abstain'))
    expect((await voteFor(all, zhang, paper)).problem).toMatchObject({ reason: 'voted_on_paper' })
    expect((await readVote(all)).turnout).toEqual({ heads: 2, areaHundredths: 15_000 })
  })

  it('without everybody’s name is objected to like a vote online, and read anew', async () => {
    const all = await opened()
    const [one, two] = [await all.t.as('officer'), await all.t.as('grid_worker')]
    const li = await again(all, await bound(all, '201'))
    const no = await headOf(all, '201')
    const object = () => li.call(ownersRoutes.objectToVote, { params: { id: all.id }, body: { headNo: no } })
    for (const reader of [one, two]) ok(await enter(all, reader, no, 'for'))
    expect((await readVote(all)).turnout.heads).toBe(1)
    ok(await object())
    expect((await readVote(all)).turnout.heads).toBe(0)
    expect((await enter(all, one, no, 'for')).problem).toMatchObject({ reason: 'objected' })
    for (const reader of [one, two]) ok(await enter(all, reader, no, 'against', { signedByAll: true }))
    expect((await object()).problem).toMatchObject({ reason: 'nothing_to_object' })
    expect((await readVote(all)).turnout.heads).toBe(1)
    expect(await verified(all)).toBeNull()
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
    const ofGrid = async (region: string) => all.t.as(await all.t.aPerson({ role: 'grid_worker', region }))
    expect((await enter(all, await ofGrid(GRID), no)).status).toBe(200)
    // The grid beside has no building.
    expect((await enter(all, await ofGrid(OTHER_GRID), no)).status).toBe(404)
    const other = await headOf(all, '101')
    all.t.clock.advance(14 * DAY)
    expect((await enter(all, await all.t.as('grid_worker'), other)).problem.reason).toBe('paper_late')
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

  it('waits for papers that came in and for the day to object to the last, and is overdue after three days', async () => {
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
    expect(await readVote(all)).toMatchObject({ state: 'counting', objectionsUntil: inDays(all, 1) })
    all.t.clock.advance(DAY)
    await all.t.runDueJobs()
    expect(await readVote(all)).toMatchObject({ state: 'passed', overdue: false, result: { papersOpen: 0 } })
    expect(await verified(all)).toBeNull()
  })

  it('leaves a joint owner time to object to a paper read the second time after the close', async () => {
    const all = await opened()
    await papers(all, { 101: 'for', 401: 'for', 301: 'against' })
    const no = await headOf(all, '201')
    const zhang = await bound(all, '201')
    const people = [await all.t.as('officer'), await all.t.as('grid_worker')] as const
    ok(await enter(all, people[0], no, 'for'))
    all.t.clock.advance(14 * DAY)
    await all.t.runDueJobs()
    all.t.sent.length = 0
    ok(await enter(all, await again(all, people[1]), no, 'for'))
    await all.t.runDueJobs()
    const told = all.t.sent.filter(({ phone }) => phone === zhang.phone)
    expect(told).toHaveLength(1)
    expect(told[0]?.text).toContain('提出异议')
    const count = (await again(all, people[0])).call(ownersRoutes.countOwnersVote, { params: { id: all.id }, body: {} })
    expect((await count).problem.reason).toBe('objections_open')
    all.t.clock.advance(23 * HOUR)
    const joint = await again(all, zhang)
    expect((await mine(all, joint))[0]).toMatchObject({ mayObject: true, objectUntil: inDays(all, 1 / 24) })
    ok(await joint.call(ownersRoutes.objectToVote, { params: { id: all.id }, body: { headNo: no } }))
    // Nothing else is waited for.
    expect(await readVote(all)).toMatchObject({
      state: 'passed',
      overdue: false,
      result: { heads: { for: 2, against: 1, abstain: 0 } },
    })
    expect(await verified(all)).toBeNull()
  })

  it('takes no objection once the day is over, nor to a vote online after the close', async () => {
    const all = await opened()
    const no = await headOf(all, '401')
    const [online, chen] = [await headOf(all, '201'), await bound(all, '401')]
    const [li, zhang] = [await bound(all, '201'), await bound(all, '201')]
    ok(await voteFor(all, await again(all, li), online))
    const people = [await all.t.as('officer'), await all.t.as('grid_worker')] as const
    ok(await enter(all, people[0], no, 'for'))
    all.t.clock.advance(14 * DAY)
    ok(await enter(all, await again(all, people[1]), no, 'for'))
    const object = async (who: { id: string }, headNo: number) =>
      (await again(all, who)).call(ownersRoutes.objectToVote, { params: { id: all.id }, body: { headNo } })
    expect((await mine(all, await again(all, zhang)))[0]).toMatchObject({ mayObject: false, objectUntil: null })
    expect((await object(zhang, online)).problem.code).toBe('motion_closed')
    all.t.clock.advance(DAY)
    expect((await object(chen, no)).problem.code).toBe('motion_closed')
    await all.t.runDueJobs()
    expect(await readVote(all)).toMatchObject({ result: { heads: { for: 2 } } })
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
