import { councilRoutes, ownersRoutes, splitPublicId } from '@tongxin/contract'
import { describe, expect, it } from 'vitest'
import { ok } from '../../../test/support/council.ts'
import { type Caller, DAY, plannedJobs } from '../../../test/support/index.ts'
import {
  again,
  beforeOwnersVote,
  bound,
  enter,
  headOf,
  inDays,
  mine,
  opened,
  post,
  posted,
  readVote,
  verified,
  voteFor,
} from '../../../test/support/owners-vote.ts'
import { aRoll } from '../../../test/support/roll.ts'
import { remindOwners } from './tell-owners.ts'

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

  it('names nobody in public, unless somebody has looked at what seems to', async () => {
    const all = await beforeOwnersVote()
    const said = {
      text: '同意更换一号楼电梯，联系人王建国13800001234',
      proposal: { budgetFen: 100, budgetSource: '维修资金，问13800001234' },
    }
    const refused = await post(all.officer, all, said)
    expect([refused.status, refused.problem.reason]).toEqual([422, 'personal_data'])
    expect(refused.problem.errors?.map(({ path }) => path)).toEqual(['body.text', 'body.proposal.budgetSource'])
    expect(JSON.stringify(refused.problem)).not.toContain('13800001234')
    expect((await post(all.officer, all, { ...said, reviewed: true })).status).toBe(201)
  })

  it('is given by whoever presides, on a matter being deliberated there', async () => {
    const all = await beforeOwnersVote()
    expect((await post(all.members[0], all)).status).toBe(403)
    const elsewhere = `${all.issueId.slice(0, -1)}${all.issueId.endsWith('0') ? 1 : 0}`
    const other = await post(all.officer, { ...all, issueId: elsewhere })
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

  it('is not spoken for by who bought one of its flats after the notice, nor online for what is not sold', async () => {
    const all = await opened()
    const buyer = await again(all, await bound(all, '102'))
    expect((await voteFor(all, buyer, await headOf(all, '102'))).problem.code).toBe('not_entitled')
    const moving = await again(all, await bound(all, '301'))
    expect((await voteFor(all, moving, await headOf(all, '301'))).problem.code).toBe('not_entitled')
    expect(await mine(all, moving)).toEqual([])
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

it('withdrawn by whoever presides counts nothing, and takes no more votes', async () => {
  const all = await opened()
  const owner = await again(all, await bound(all, '401'))
  const no = await headOf(all, '401')
  const chair = await again(all, all.officer)
  const reason = '公告内容有误，重新公告'
  ok(await chair.call(councilRoutes.withdrawMotion, { params: { id: all.id }, body: { reason } }))
  expect((await voteFor(all, owner, no)).problem.code).toBe('motion_closed')
  all.t.clock.advance(14 * DAY)
  await all.t.runDueJobs()
  expect(await readVote(all)).toMatchObject({ state: 'withdrawn', result: null })
  expect(await verified(all)).toBeNull()
})

it('is not withdrawn any more once it has closed', async () => {
  const all = await opened()
  ok(await enter(all, await all.t.as('officer'), await headOf(all, '401')))
  all.t.clock.advance(14 * DAY)
  await all.t.runDueJobs()
  expect(await readVote(all)).toMatchObject({ state: 'counting' })
  const chair = await again(all, all.officer)
  const body = { reason: '公告内容有误，重新公告' }
  const refused = await chair.call(councilRoutes.withdrawMotion, { params: { id: all.id }, body })
  expect(refused.problem).toMatchObject({ code: 'motion_closed', reason: 'to_be_counted' })
})

it('is not counted by hand, nor ended early by the chair', async () => {
  const all = await opened()
  const chair = await again(all, all.officer)
  const hands = { for: 4, against: 0, abstain: 0 }
  const counted = await chair.call(councilRoutes.countMotion, { params: { id: all.id }, body: hands })
  expect(counted.problem.reason).toBe('counted_by_ballots')
  const ended = await chair.call(councilRoutes.closeBallot, { params: { id: all.id } })
  expect(ended.problem.reason).toBe('owners_by_roll')
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

  it('of a large estate hear of it so many a minute, not all at once', async () => {
    const all = await posted()
    const { t } = all
    await bound(all, '101')
    await t.deps.pool.query(
      `with crowd as (insert into people (id, level, created_at)
        select gen_random_uuid(), 'owner', now() from generate_series(1, 300) returning id)
      insert into household_members (household_id, person_id, community_code, kind, share_numerator, share_denominator, bound_by, bound_by_person, bound_at)
        select m.household_id, c.id, m.community_code, m.kind, m.share_numerator, m.share_denominator, m.bound_by, m.bound_by_person, m.bound_at
        from crowd c, household_members m`,
    )
    const start = t.clock.now().getTime()
    await remindOwners(t.deps, { ...splitPublicId(all.id), word: 'posted' })
    const minutes = (await plannedJobs(t.deps, 'tell_owner')).map(({ runAt }) =>
      Math.max(0, (runAt.getTime() - start) / 60_000),
    )
    const first = minutes.filter((minute) => minute !== 1 && minute !== 2).length
    expect([first, minutes.filter((minute) => minute === 1).length, minutes.length]).toEqual([120, 120, 301])
  })
})
