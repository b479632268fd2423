import { councilRoutes, opinionRoutes } from '@tongxin/contract'
import { describe, expect, it, vi } from 'vitest'
import { type Caller, COMMUNITY, GRID, NEIGHBOUR } from '../../../test/support/index.ts'
import { ACCEPTED, must, raiseAs } from '../../../test/support/issues.ts'
import {
  accepted,
  answer,
  decide,
  drafted,
  NEW,
  neighbour,
  next,
  ok,
  posted,
  raise,
  refused,
  status,
  step,
  WORDS,
} from '../../../test/support/opinions.ts'

describe('opinions on a matter', () => {
  it('are taken while it stands on an announced agenda, by who lives there and by the council', async () => {
    const all = await drafted()
    const { t, issueId, resident, officer, meetingId } = all
    expect(refused(await raise(resident, issueId, WORDS[0] as string))).toEqual([409, 'opinions_closed'])
    expect((await status(t.nobody, issueId)).open).toBe(false)
    await step(officer, councilRoutes.announceMeeting, meetingId)
    const member = await t.as(await t.aPerson({ role: 'representative', region: GRID, level: 'phone' }))
    ok(await raise(resident, issueId, WORDS[0] as string))
    ok(await raise(member, issueId, WORDS[1] as string))
    const stranger = await t.as(await t.aPerson({ level: 'resident' }))
    const phone = await t.as(await t.aPerson({ level: 'phone' }))
    const foreign = await t.as(await t.aPerson({ role: 'party_member', region: NEIGHBOUR, level: 'phone' }))
    for (const other of [stranger, phone, foreign, officer])
      expect((await raise(other, issueId, WORDS[2] as string)).status).toBe(403)
    expect((await raise(t.nobody, issueId, WORDS[2] as string)).status).toBe(401)
    expect(await status(t.nobody, issueId)).toMatchObject({
      open: true,
      meeting: { meetingId, title: NEW.title, heldAt: NEW.heldAt },
      statements: 0,
      mine: null,
      pending: null,
    })
    expect((await status(resident, issueId)).mine).toEqual({ answered: 0, raised: 1, left: 4 })
    expect((await status(officer, issueId)).pending).toBe(2)
  })

  it('are listed by the matters that wait for the nearest meeting', async () => {
    const { t, issueId, meetingId } = await posted()
    const list = async (query: object = {}) =>
      ok(await t.nobody.call(opinionRoutes.listOpenMatters, { query: { community: COMMUNITY, ...query } }))
    expect((await list()).items).toMatchObject([
      { issueId, title: ACCEPTED.publicTitle, statements: 0, meeting: { meetingId } },
    ])
    expect((await list({ community: NEIGHBOUR })).items).toEqual([])
  })

  it('say nothing of a private matter', async () => {
    const { t, resident, officer } = await posted()
    const hidden = await raiseAs(resident, { kind: 'request', visibility: 'private' })
    for (const contract of [opinionRoutes.readOpinions, opinionRoutes.readOpinionMap, opinionRoutes.listStatements])
      expect(
        (await t.nobody.call(contract as typeof opinionRoutes.readOpinions, { params: { id: hidden } })).status,
      ).toBe(404)
    expect((await status(officer, hidden)).open).toBe(false)
  })
})

describe('a statement', () => {
  it('is put to nobody before it was accepted, and names its author to nobody', async () => {
    const { t, issueId, resident, officer } = await posted()
    const { id } = ok(await raise(resident, issueId, ' 路灯该换成节能的。 '))
    const other = await neighbour(t)
    expect((await next(other, issueId)).items).toEqual([])
    expect((await answer(other, id, 'agree')).status).toBe(404)
    const queue = await officer.call(opinionRoutes.listStatementQueue, { params: { id: issueId } })
    expect(ok(queue).items).toMatchObject([{ id, text: '路灯该换成节能的。', state: 'pending', answers: 0 }])
    expect(queue.text).not.toContain(resident.personId)
    expect((await resident.call(opinionRoutes.listStatementQueue, { params: { id: issueId } })).status).toBe(403)
    ok(await decide(officer, id, true))
    expect((await next(other, issueId)).items).toEqual([
      { id, text: '路灯该换成节能的。', version: 1, mine: false, answer: null },
    ])
    expect((await next(resident, issueId)).items).toMatchObject([{ id, mine: true }])
    const listed = await t.nobody.call(opinionRoutes.listStatements, { params: { id: issueId } })
    expect(ok(listed).items).toEqual([{ id, text: '路灯该换成节能的。', version: 1, mine: false, answer: null }])
    expect(listed.text).not.toContain(resident.personId)
  })

  it('is not accepted for a reason that its author reads, and the decision may be changed', async () => {
    const { t, issueId, resident, officer } = await posted()
    const { id } = ok(await raise(resident, issueId, '某某家乱停车要罚款'))
    const bare = await decide(officer, id, false)
    expect([bare.status, bare.problem.errors?.[0]?.path]).toEqual([400, 'body.reason'])
    ok(await decide(officer, id, false, '请不要指名'))
    const own = async () => ok(await resident.call(opinionRoutes.listOwnStatements, { params: { id: issueId } })).items
    expect(await own()).toMatchObject([{ id, state: 'rejected', reason: '请不要指名', changeable: true }])
    ok(await resident.call(opinionRoutes.changeStatement, { params: { id }, body: { text: '乱停车的要有说法' } }))
    expect(await own()).toMatchObject([{ text: '乱停车的要有说法', state: 'pending', reason: null }])
    ok(await decide(officer, id, true))
    const chain = await t.deps.pool.query(
      `select action, personal is null as public from events where subject_type = 'statement' order by seq`,
    )
    expect(chain.rows.map(({ action }) => action)).toEqual(['raise', 'reject', 'change', 'accept'])
  })

  it('stands on pages, each once, for residents and for staff', async () => {
    const all = await posted()
    const ids = await accepted(all, 5)
    const read = async (contract: typeof opinionRoutes.listStatements, caller: Caller, query: object) => {
      const seen: string[] = []
      let cursor: string | undefined
      do {
        const input = { params: { id: all.issueId }, query: { limit: 2, cursor, ...query } }
        const page = ok(await caller.call(contract, input as never))
        expect(page.items.length).toBeLessThanOrEqual(2)
        seen.push(...page.items.map(({ id }) => id))
        cursor = page.nextCursor ?? undefined
      } while (cursor)
      return seen
    }
    expect(await read(opinionRoutes.listStatements, all.t.nobody, {})).toEqual([...ids].sort())
    const queue = opinionRoutes.listStatementQueue as unknown as typeof opinionRoutes.listStatements
    expect(await read(queue, all.officer, { state: 'accepted' })).toEqual([...ids].sort())
    expect(await read(queue, all.officer, {})).toEqual([])
  })

  it('is changed by its author alone, and no more once it was answered', async () => {
    const all = await posted()
    const { t, issueId, resident, officer } = all
    const { id } = ok(await raise(resident, issueId, WORDS[0] as string))
    const change = (caller: Caller, text: string) =>
      caller.call(opinionRoutes.changeStatement, { params: { id }, body: { text } })
    const other = await neighbour(t)
    expect((await change(other, '换一句话说')).status).toBe(404)
    ok(await decide(officer, id, true))
    expect(ok(await change(resident, '路灯应当换成节能的'))).toMatchObject({ state: 'pending' })
    // New words are moderated anew.
    expect((await next(other, issueId)).items).toEqual([])
    ok(await decide(officer, id, true))
    ok(await answer(other, id, 'agree', 2))
    expect(refused(await change(resident, '路灯不用换'))).toEqual([409, 'statement_answered'])
  })

  it('is refused when it says what another one says, is too long, or holds a number', async () => {
    const { t, issueId, resident } = await posted()
    ok(await raise(resident, issueId, '路灯该换成 LED 的'))
    const other = await neighbour(t)
    expect(refused(await raise(other, issueId, '路灯，该换成led的！'))).toEqual([409, 'statement_exists'])
    expect(refused(await raise(other, issueId, '请打 139 0000 0001 找我'))).toEqual([422, 'statement_holds_number'])
    expect(refused(await raise(other, issueId, '……！？'))).toEqual([422, 'statement_empty'])
    expect((await raise(other, issueId, '灯'.repeat(141))).status).toBe(400)
    expect((await raise(other, issueId, '灯'.repeat(140))).status).toBe(201)
  })

  it('may be one of five a person raises, also when they come at once', async () => {
    const { issueId, resident } = await posted()
    const replies = await Promise.all(WORDS.map((text) => raise(resident, issueId, text)))
    expect(replies.map(refused).sort()).toEqual([
      ...Array.from({ length: 5 }, () => [201, undefined]),
      [422, 'statements_used_up'],
    ])
  })

  it('counts with those a record that was merged into theirs raised, and had erased', async () => {
    const { t, issueId, resident } = await posted()
    const other = await neighbour(t)
    const [first] = [
      ok(await raise(other, issueId, WORDS[0] as string)),
      ok(await raise(other, issueId, WORDS[1] as string)),
    ]
    expect((await other.call(opinionRoutes.eraseStatement, { params: { id: first.id } })).status).toBe(204)
    for (const n of [2, 3]) ok(await raise(resident, issueId, WORDS[n] as string))
    await t.deps.pool.query('update people set merged_into = $1, merged_at = now() where id = $2', [
      resident.personId,
      other.personId,
    ])
    const kept = await t.as({ id: resident.personId as string })
    expect((await status(kept, issueId)).mine).toMatchObject({ raised: 4, left: 1 })
    ok(await raise(kept, issueId, WORDS[4] as string))
    expect(refused(await raise(kept, issueId, WORDS[5] as string))).toEqual([422, 'statements_used_up'])
  })

  it('is the same to whoever raises it at the same moment', async () => {
    const { t, issueId } = await posted()
    const both = [await neighbour(t), await neighbour(t)]
    const replies = await Promise.all(both.map((caller) => raise(caller, issueId, '一样的话')))
    expect(replies.map(({ status: code }) => code).sort()).toEqual([201, 409])
  })

  it('is judged by staff of its community who did not raise it', async () => {
    const { t, issueId, resident } = await posted()
    const { id } = ok(await raise(resident, issueId, WORDS[0] as string))
    const foreign = await t.as(await t.aPerson({ role: 'officer', region: NEIGHBOUR }))
    expect((await decide(foreign, id, true)).status).toBe(403)
    expect((await decide(resident, id, true)).status).toBe(403)
    const both = await t.as(await t.aPerson({ role: 'secretary' }))
    await t.deps.pool.query(`update statements set author_id = $1`, [both.personId])
    expect(refused(await decide(both, id, true))).toEqual([422, 'own_statement'])
  })
})

describe('an answer', () => {
  it('is one for each person and statement; the last counts', async () => {
    const all = await posted()
    const [id = ''] = await accepted(all, 1)
    const other = await neighbour(all.t)
    for (const given of ['agree', 'pass', 'disagree'] as const)
      expect(ok(await answer(other, id, given))).toMatchObject({ answer: given })
    const { rows } = await all.t.deps.pool.query('select answer from statement_answers')
    expect(rows).toEqual([{ answer: -1 }])
    expect(await next(other, all.issueId)).toEqual({ items: [], left: 0 })
    const listed = await other.call(opinionRoutes.listStatements, { params: { id: all.issueId } })
    expect(ok(listed).items).toMatchObject([{ id, answer: 'disagree' }])
    expect((await status(other, all.issueId)).mine?.answered).toBe(1)
  })

  it('stays one when it is given twice at once', async () => {
    const all = await posted()
    const [id = ''] = await accepted(all, 1)
    const other = await neighbour(all.t)
    const replies = await Promise.all((['agree', 'disagree', 'pass'] as const).map((given) => answer(other, id, given)))
    expect(replies.map(({ status: code }) => code)).toEqual([200, 200, 200])
    const { rows } = await all.t.deps.pool.query('select count(*)::int as n from statement_answers')
    expect(rows).toEqual([{ n: 1 }])
  })

  it('is asked for where few were given, in an order of each person’s own', async () => {
    const all = await posted()
    const ids = await accepted(all, 6)
    await all.t.deps.pool.query(`update statements set answers = 40 where id <> $1`, [ids[3]?.slice(13)])
    const orders = new Set<string>()
    for (let i = 0; i < 6; i++) {
      const { items, left } = await next(await neighbour(all.t), all.issueId)
      expect(left).toBe(6)
      expect(items[0]?.id).toBe(ids[3])
      orders.add(items.map(({ id }) => ids.indexOf(id)).join())
    }
    expect(orders.size).toBeGreaterThan(1)
  })

  it('that comes while the matter is being decided waits, and is then not taken', async () => {
    const all = await posted()
    const [id = ''] = await accepted(all, 1)
    const other = await neighbour(all.t)
    const deciding = await all.t.deps.pool.connect()
    await deciding.query(`begin; update agenda_items set state = 'decided'`)
    const waiting = answer(other, id, 'agree')
    await vi.waitFor(async () => {
      const { rows } = await all.t.deps.pool.query(
        `select 1 from pg_stat_activity where wait_event_type = 'Lock' and datname = current_database()`,
      )
      expect(rows).toHaveLength(1)
    })
    await deciding.query('commit')
    deciding.release()
    expect(refused(await waiting)).toEqual([409, 'opinions_closed'])
  })

  it('is not taken any more once the matter is decided or leaves the agenda', async () => {
    const all = await posted()
    const { t, officer, issueId, secretary } = all
    const [id = ''] = await accepted(all, 1)
    const other = await neighbour(t)
    ok(await answer(other, id, 'agree'))
    await must(secretary, issueId, 'unschedule', { reason: '先补充材料' })
    expect(refused(await answer(other, id, 'disagree'))).toEqual([409, 'opinions_closed'])
    expect(refused(await decide(officer, id, false, '撤下'))).toEqual([409, 'opinions_closed'])
    expect(ok(await other.call(opinionRoutes.listStatements, { params: { id: issueId } })).items).toMatchObject([
      { id, answer: 'agree' },
    ])
  })
})
