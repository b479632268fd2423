import {
  doublesRoutes,
  householdRoutes,
  issueActionRoutes,
  issueRoutes,
  peopleRoutes,
  type Share,
  sessionRoutes,
  splitPublicId,
} from '@tongxin/contract'
import { beforeAll, describe, expect, it } from 'vitest'
import { ok } from '../../../test/support/council.ts'
import {
  aPerson,
  BUILDING,
  type Caller,
  COMMUNITY,
  DAY,
  grant,
  MINUTE,
  NEIGHBOUR,
  startTestApp,
  type TestApp,
} from '../../../test/support/index.ts'
import { must, raiseAs } from '../../../test/support/issues.ts'
import { again, appoint, bound, headOf, opened, voteFor } from '../../../test/support/owners-vote.ts'
import { inTransaction } from '../../db/connect.ts'
import { tasks } from '../../jobs/tasks.ts'
import { loadReferenceCategories } from '../../reference/load-reference.ts'
import { addHousehold, bindMember } from '../households/index.ts'
import { remindOwners } from '../owners/index.ts'
import { registerPerson } from '../people/index.ts'
import { verifyRecord } from '../verification/index.ts'

let t: TestApp
let officer: Caller
let door = 0
beforeAll(async () => {
  t = await startTestApp()
  officer = await t.as('officer')
  return () => t.close()
})

const withoutPhone = (name: string, regionCode = COMMUNITY) =>
  inTransaction(t.deps.pool, (tx) => registerPerson(tx, t.deps.cipher, { name, regionCode, at: t.deps.clock.now() }))
const live = (ids: { id: string; kind: 'owner' | 'family' | 'tenant'; share?: Share }[]) =>
  inTransaction(t.deps.pool, async (tx) => {
    const at = t.deps.clock.now()
    const home = { buildingCode: BUILDING, door: `3单元${++door}01`, areaHundredths: 9_000 }
    const household = await addHousehold(tx, t.deps.cipher, home, at)
    for (const { id, kind, share = { numerator: 1, denominator: 2 } } of ids)
      await bindMember(tx, {
        household,
        communityCode: COMMUNITY,
        personId: id,
        kind,
        share: kind === 'owner' ? share : null,
        boundBy: 'staff',
        boundByPerson: officer.personId!,
        at,
      })
    return household.id
  })
const compare = (id: string, otherId: string, by = officer) =>
  by.call(doublesRoutes.comparePeople, { params: { id, otherId } })
const merge = async (id: string, otherId: string, body: object = {}, by = officer) => {
  const { body: seen } = await compare(id, otherId)
  return by.call(doublesRoutes.mergePeople, {
    params: { id },
    ifMatch: seen.one?.person.version ?? 1,
    body: { otherId, otherVersion: seen.other?.person.version ?? 1, reason: '同一人，电话核实过', ...body },
  } as never)
}
const signIn = async (phone: string) => {
  await t.nobody.call(sessionRoutes.requestPhoneCode, { body: { phone } })
  const code = /\d{6}/.exec(t.sent.at(-1)?.text ?? '')?.[0] ?? ''
  return (await t.nobody.call(sessionRoutes.phoneSignIn, { body: { phone, code } })).body.personId
}

describe('two records of one person', () => {
  it('are found by name within a home, or where one has no number', async () => {
    const [one, two] = [await aPerson(t.deps, { name: '钱玉兰' }), await aPerson(t.deps, { name: '钱 玉兰' })]
    const stranger = await aPerson(t.deps, { name: '钱玉兰' })
    const bare = await withoutPhone('孙大海')
    const phoned = await aPerson(t.deps, { name: '孙大海' })
    await aPerson(t.deps, { name: '孙大海', region: NEIGHBOUR })
    await live([
      { id: one.id, kind: 'owner' },
      { id: two.id, kind: 'family' },
    ])
    const pairs: string[] = []
    let cursor: string | undefined
    do {
      const page = await officer.call(doublesRoutes.listDoubles, { query: { limit: 1, cursor } } as never)
      pairs.push(...page.body.items.map(({ first, second, why }) => `${first.id} ${second.id} ${why}`))
      cursor = page.body.nextCursor ?? undefined
    } while (cursor)
    const pair = (a: string, b: string, why: string) => `${[a, b].sort().join(' ')} ${why}`
    expect(pairs.sort()).toEqual([pair(one.id, two.id, 'same_home'), pair(bare.id, phoned.id, 'no_phone')].sort())
    expect(pairs.join()).not.toContain(stranger.id)
  })

  it('become one: homes, matters and both numbers lead to who is kept, and what was done stays as it was', async () => {
    const [kept, other] = [await aPerson(t.deps, { name: '李秀' }), await aPerson(t.deps, { name: '李秀珍' })]
    await live([
      { id: kept.id, kind: 'family' },
      { id: other.id, kind: 'owner' },
    ])
    const second = await live([{ id: other.id, kind: 'tenant' }])
    const theirs = await t.as(other)
    const matter = await raiseAs(theirs, { kind: 'request', visibility: 'private' })
    await theirs.call(issueActionRoutes.comment, { params: { id: matter }, body: { text: '请尽快来看看' } } as never)
    const { body: seen } = await compare(kept.id, other.id)
    expect(seen).toMatchObject({ sameName: false, one: { bars: [] }, other: { matters: 1, bars: [], posts: 0 } })
    expect(seen.other.homes).toHaveLength(2)

    const key = 'merge-once'
    const done = await officer.call(doublesRoutes.mergePeople, {
      params: { id: kept.id },
      ifMatch: seen.one.person.version,
      idempotencyKey: key,
      body: {
        otherId: other.id,
        otherVersion: seen.other.person.version,
        name: 'other',
        phone: 'other',
        reason: '同一人，电话核实过',
      },
    } as never)
    expect(done.status).toBe(200)
    expect(done.body).toMatchObject({ level: 'owner', phone: `${other.phone.slice(0, 3)}****${other.phone.slice(-4)}` })
    // The other's sessions are over; what was theirs is the kept one's.
    expect((await theirs.call(sessionRoutes.me)).status).toBe(401)
    const own = await (await t.as(kept)).call(issueRoutes.readIssue, { params: { id: matter } })
    expect(own.body.view).toBe('raiser')
    expect(own.body.body).not.toBeNull()
    expect([await signIn(kept.phone), await signIn(other.phone)]).toEqual([kept.id, kept.id])
    const now = await compare(kept.id, kept.id)
    expect(now.body.one.homes.map(({ kind }) => kind).sort()).toEqual(['owner', 'tenant'])
    expect(now.body.one.homes.map(({ id }) => id)).toContain(second)
    const before = await officer.call(peopleRoutes.readPerson, { params: { id: other.id } })
    expect(before.body.mergedInto).toBe(kept.id)
    const again = await merge(kept.id, other.id)
    expect(again.problem.reason).toBe('already_merged')
    const audit = await (await t.as('secretary')).call(peopleRoutes.listAuditRecords, { query: {} } as never)
    expect(audit.body.items[0]).toMatchObject({ action: 'merge_people', details: { mergedId: other.id } })
    expect((await verifyRecord(t.deps)).mismatch).toBeNull()
    // Whoever holds a number learns that another signs in as they do.
    t.sent.length = 0
    await t.runDueJobs()
    const told = t.sent.filter(({ text }) => text.includes('合并为一份')).map(({ phone }) => phone)
    expect(told.sort()).toEqual([kept.phone, other.phone].sort())
    t.sent.length = 0
    expect((await merge(kept.id, (await withoutPhone('李秀')).id)).status).toBe(200)
    await t.runDueJobs()
    expect(t.sent).toEqual([])
  })

  it('become one owner of what both own of a home, as if bound when the first of them was', async () => {
    const [kept, other, third] = [await aPerson(t.deps), await aPerson(t.deps), await aPerson(t.deps)]
    const share = (numerator: number, denominator: number) => ({ numerator, denominator })
    const home = await live([{ id: other.id, kind: 'owner', share: share(1, 3) }])
    t.clock.advance(MINUTE)
    const bind = (personId: string, own: object) =>
      officer.call(householdRoutes.bindMember, {
        params: { id: home },
        body: { personId, kind: 'owner', share: own },
      } as never)
    ok(await bind(kept.id, share(1, 6)))
    ok(await bind(third.id, share(1, 999_983)))
    const { body: seen } = await compare(kept.id, other.id)
    expect([seen.one.homes[0]?.share, seen.other.homes[0]?.share]).toEqual([share(1, 6), share(1, 3)])
    expect((await merge(kept.id, other.id)).status).toBe(200)
    const members = async () => {
      const read = await officer.call(householdRoutes.readHousehold, { params: { id: home } })
      return read.body.members.map(({ person, share: own, boundAt }) => [person.id, own, Date.parse(boundAt)])
    }
    const now = t.clock.now().getTime()
    expect(await members()).toEqual([
      [kept.id, share(1, 2), now - MINUTE],
      [third.id, share(1, 999_983), now],
    ])
    const fourth = await aPerson(t.deps)
    expect((await bind(fourth.id, share(1, 2))).problem.reason).toBe('shares_exceed_whole')
    // What cannot be written down as a fraction is not rounded.
    expect((await merge(kept.id, third.id)).problem.reason).toBe('shares_do_not_add')
  })

  it('leave to who is kept what the other wrote: a link goes on showing it, and it goes with what they have erased', async () => {
    const [kept, other] = [await aPerson(t.deps), await aPerson(t.deps)]
    const raised = await t.nobody.call(issueRoutes.raiseIssue, {
      body: {
        community: COMMUNITY,
        kind: 'request',
        title: '借用活动室',
        body: '周六下午想借活动室',
        place: '一号楼东侧',
        raiser: { phone: other.phone },
      },
    } as never)
    const token = raised.body.trackingToken as string
    const followed = async () =>
      (await t.nobody.call(issueRoutes.readTrackedIssue, { params: { token } })).body.timeline
    const before = await followed()
    expect(before[0]?.fields).toHaveProperty('place')
    // Merged into a matter that somebody else raised, and wrote there.
    const joined = await raiseAs(await t.as('resident'), {})
    await t.deps.pool.query(
      `insert into raisers (community_code, id, issue_id, person_id, contact_consent, joined_at, merged_from, merged_at)
        values ($1, gen_random_uuid(), $2, $3, false, now(), gen_random_uuid(), now())`,
      [COMMUNITY, joined.slice(13), other.id],
    )
    const said = { params: { id: joined }, body: { text: '我家也是这样' } }
    expect((await (await t.as(other)).call(issueActionRoutes.comment, said as never)).status).toBe(200)
    expect((await merge(kept.id, other.id)).status).toBe(200)
    expect(await followed()).toEqual(before)
    await must(officer, joined, 'decline', { reasonCode: 'no_facts', explanation: '无法核实' })
    // On its way to the other when the two were merged.
    const word = { communityCode: COMMUNITY, id: joined.slice(13), action: 'decline', personId: other.id } as const
    await tasks.tell_raiser(t.deps, word)
    expect(t.sent.at(-1)?.phone).toBe(kept.phone)
    await must(await t.as(kept), joined, 'erase_personal', { reason: '本人要求' })
    const left = await t.deps.pool.query(
      `select count(*)::int as n from events where subject_id = $1 and personal ->> 'actorId' = $2`,
      [joined.slice(13), other.id],
    )
    expect(left.rows[0].n).toBe(0)
  })

  it('are merged one into the next, and the first number still leads to the last', async () => {
    const [a, b, c] = [await aPerson(t.deps), await aPerson(t.deps), await aPerson(t.deps)]
    expect((await merge(b.id, a.id)).status).toBe(200)
    expect((await merge(c.id, b.id)).status).toBe(200)
    expect(await signIn(a.phone)).toBe(c.id)
    // A number that was given up may be somebody else's: it is taken off, and leads to nobody's account any more.
    const change = async (body: object) => {
      const { version } = (await officer.call(peopleRoutes.readPerson, { params: { id: a.id } })).body
      return officer.call(peopleRoutes.changePerson, { params: { id: a.id }, ifMatch: version, body } as never)
    }
    expect((await change({ phone: null, name: '别人' })).status).toBe(404)
    expect((await change({ phone: null })).status).toBe(200)
    expect([a.id, c.id]).not.toContain(await signIn(a.phone))
    expect(await signIn(b.phone)).toBe(c.id)
  })

  it('stay two where that would change who held a post, or count one person twice', async () => {
    const [plain, posted] = [await aPerson(t.deps), await aPerson(t.deps)]
    await grant(t.deps, { personId: posted.id, role: 'representative' })
    expect((await merge(plain.id, posted.id)).problem).toMatchObject({ reason: 'merge_barred_posts' })
    // Whoever holds the other's number would come in under the office.
    expect((await merge(posted.id, plain.id)).problem.reason).toBe('merge_barred_office')
    await t.deps.pool.query('update people set phone_hash = null, phone_cipher = null where id = $1', [plain.id])
    expect((await merge(posted.id, plain.id)).status).toBe(200)
    // In a community where neither of them lives any more, under the id of a record merged before, and on statements.
    const [one, two, former] = [await aPerson(t.deps), await aPerson(t.deps), await aPerson(t.deps)]
    const key = [
      NEIGHBOUR,
      (await raiseAs(await t.as('resident'), { community: NEIGHBOUR, regionCode: NEIGHBOUR })).slice(13),
    ]
    for (const { id } of [one, former])
      await t.deps.pool.query(
        `insert into endorsements (community_code, issue_id, person_id, household_id, at) values ($1, $2, $3, $3, now())`,
        [...key, id],
      )
    expect((await merge(two.id, former.id)).status).toBe(200)
    expect((await merge(one.id, two.id)).problem.reason).toBe('merge_barred_endorsed')
    const answering = [await aPerson(t.deps), await aPerson(t.deps)] as const
    await t.deps.pool.query(
      `insert into statements (community_code, id, issue_id, ordinal, text, text_version, text_key, state, raised_at, decided_by, decided_at, answers)
        values ($1, $2, $2, 1, '先修灯', 1, '先修灯', 'accepted', now(), $3, now(), 0)`,
      [...key, answering[0].id],
    )
    for (const { id } of answering)
      await t.deps.pool.query('insert into statement_answers values ($1, $2, $3, $2, 1, 1, now())', [...key, id])
    expect((await merge(answering[0].id, answering[1].id)).problem.reason).toBe('merge_barred_answered')
    const [first, second] = [await aPerson(t.deps), await aPerson(t.deps)]
    const both = await raiseAs(await t.as(first), {})
    await t.deps.pool.query(
      `insert into raisers (community_code, id, issue_id, person_id, contact_consent, joined_at)
        select community_code, gen_random_uuid(), issue_id, $3, false, joined_at from raisers where community_code = $1 and issue_id = $2`,
      [COMMUNITY, both.slice(13), second.id],
    )
    expect((await merge(first.id, second.id)).problem.reason).toBe('merge_barred_raised')
  })

  it('stay two while both have rated, or objected to, one matter in one round, and no longer than it is open', async () => {
    await inTransaction(t.deps.pool, loadReferenceCategories)
    const [raiser, ...neighbours] = [await aPerson(t.deps), await aPerson(t.deps), await aPerson(t.deps)]
    await live([raiser, ...neighbours].map(({ id }) => ({ id, kind: 'family' as const })))
    const id = await raiseAs(await t.as(raiser), {})
    await must(officer, id, 'answer', {
      result: '已更换灯泡。',
      categoryCode: '209022',
      publicTitle: '楼前路灯不亮',
      publicText: '楼前路灯损坏。',
    })
    const [first, second] = neighbours as [typeof raiser, typeof raiser]
    const good = { level: 5, contacted: true, solved: 'yes' }
    // The raiser by their place among the raisers, the other as a person.
    await must(await t.as(raiser), id, 'evaluate', good)
    await must(await t.as(first), id, 'evaluate', good)
    await must(await t.as(first), id, 'object', { personalReason: '换的灯泡太暗' })
    await must(await t.as(second), id, 'object', { personalReason: '灯泡装歪了' })
    for (const [one, other] of [
      [first, raiser],
      [raiser, first],
      [first, second],
      [second, first],
    ] as const)
      expect((await merge(one.id, other.id)).problem.reason).toBe('merge_barred_judged')
    // Rated by the one and objected to by the other, it counts nobody twice.
    expect((await compare(raiser.id, second.id)).body.other.bars).toEqual([])
    await t.deps.pool.query(`update issues set state = 'closed' where id = $1`, [id.slice(13)])
    expect((await compare(raiser.id, first.id)).body.other.bars).toEqual([])
  })

  it('stay two while the one to go has a part in a vote of owners, and no longer', async () => {
    const all = await opened()
    const [owner, holder, plain] = [
      await bound(all, '401'),
      await all.t.aPerson({ level: 'phone' }),
      await all.t.aPerson(),
    ]
    const voted = await bound(all, '201')
    ok(await appoint(all, await again(all, owner), await headOf(all, '401'), holder))
    ok(await voteFor(all, await again(all, voted), await headOf(all, '201')))
    const by = await all.t.as('officer')
    const seen = async (otherId: string, as = by) =>
      ok(await as.call(doublesRoutes.comparePeople, { params: { id: plain.id, otherId } }))
    const into = async (otherId: string) => (await seen(otherId, await all.t.as('officer'))).other.bars
    for (const { id } of [owner, holder, voted]) expect(await into(id)).toEqual(['proxy'])
    // A word on its way to who has not voted reaches who is kept, once.
    const silent = await bound(all, '101')
    await remindOwners(all.t.deps, { ...splitPublicId(all.id), word: 'last' })
    const { one, other } = await seen(silent.id)
    const body = { otherId: silent.id, otherVersion: other.person.version, reason: '同一人，电话核实过' }
    ok(
      await by.call(doublesRoutes.mergePeople, {
        params: { id: plain.id },
        ifMatch: one.person.version,
        body,
      } as never),
    )
    await all.t.runDueJobs()
    const reminded = all.t.sent.filter(({ text }) => text.includes('提醒'))
    expect(reminded.filter(({ phone }) => [plain.phone, silent.phone].includes(phone))).toMatchObject([
      { phone: plain.phone },
    ])
    all.t.clock.advance(14 * DAY)
    await all.t.runDueJobs()
    // The proxy was never used, and so never ended.
    for (const { id } of [owner, holder, voted]) expect(await into(id)).toEqual([])
  })

  it('are merged by their own community’s staff, never by oneself, and not from an old page', async () => {
    const [kept, other] = [await aPerson(t.deps), await aPerson(t.deps)]
    const neighbour = await t.as(await aPerson(t.deps, { role: 'officer', region: NEIGHBOUR }))
    expect((await compare(kept.id, other.id, neighbour)).status).toBe(404)
    expect((await merge(kept.id, other.id, {}, neighbour)).status).toBe(404)
    expect((await compare(kept.id, officer.personId!)).problem.reason).toBe('not_oneself')
    expect((await merge(kept.id, other.id, { otherVersion: 9 })).status).toBe(412)
    expect((await merge(kept.id, kept.id)).problem.reason).toBe('same_record')
    const [lost, found] = [await signIn('13900770001'), await signIn('13900770002')]
    expect((await compare(lost, found)).status).toBe(403)
    // To know the id of who has named no community is not enough, nor is it that they raised something elsewhere as well.
    const refused = async (by = officer) =>
      [await compare(kept.id, lost, by), await merge(kept.id, lost, {}, by), await merge(lost, kept.id, {}, by)].map(
        ({ status, problem }) => [status, problem.reason],
      )
    const of = (status: number, reason?: string) => Array.from({ length: 3 }, () => [status, reason])
    expect(await refused()).toEqual(of(403, 'of_no_community'))
    const raiser = await t.as({ id: lost })
    const elsewhere = await raiseAs(raiser, { community: NEIGHBOUR, regionCode: NEIGHBOUR })
    expect(await refused()).toEqual(of(403, 'of_no_community'))
    await raiseAs(raiser, {})
    expect(await refused()).toEqual(of(403, 'of_no_community'))
    await t.deps.pool.query('delete from raisers where community_code = $1 and issue_id = $2', [
      NEIGHBOUR,
      elsewhere.slice(13),
    ])
    expect(await refused(neighbour)).toEqual(of(404))
    expect((await compare(lost, found)).status).toBe(403)
    expect((await merge(kept.id, lost)).status).toBe(200)
    // Its number can be taken off by who answers for the one that was kept.
    const takeOff = { params: { id: lost }, ifMatch: 2, body: { phone: null } }
    expect((await neighbour.call(peopleRoutes.changePerson, takeOff as never)).status).toBe(404)
    expect((await officer.call(peopleRoutes.changePerson, takeOff as never)).status).toBe(200)
    expect([kept.id, lost]).not.toContain(await signIn('13900770001'))
  })
})
