import { opinionRoutes } from '@tongxin/contract'
import { checkProof, isHashName } from '@tongxin/evidence'
import { describe, expect, it } from 'vitest'
import type { Caller, TestApp } from '../../../test/support/index.ts'
import { must, raiseAs } from '../../../test/support/issues.ts'
import {
  accepted,
  answer,
  decide,
  neighbour,
  next,
  ok,
  posted,
  raise,
  refused,
  status,
  WORDS,
} from '../../../test/support/opinions.ts'
import { tasks } from '../../jobs/tasks.ts'
import { verifyRecord } from '../verification/index.ts'

const erase = (caller: Caller, id: string) => caller.call(opinionRoutes.eraseStatement, { params: { id } })
const own = async (caller: Caller, issueId: string) =>
  ok(await caller.call(opinionRoutes.listOwnStatements, { params: { id: issueId } })).items
const proof = (caller: Caller, id: string) => caller.call(opinionRoutes.readStatementProof, { params: { id } })
const mismatch = async ({ deps }: TestApp) => (await verifyRecord(deps)).mismatch

/** Everything the record and the tables hold of statements, as text. */
const stored = async ({ deps }: TestApp): Promise<string> => {
  const { rows } = await deps.pool.query(
    `select (select json_agg(s) from statements s)::text || (select json_agg(e) from events e where subject_type = 'statement')::text
       as text`,
  )
  return rows[0].text
}

describe('an answer names the wording it answers', () => {
  it('and is refused under another one, which then is not edited any more', async () => {
    const { t, issueId, resident, officer } = await posted()
    const { id } = ok(await raise(resident, issueId, WORDS[0] as string))
    ok(await decide(officer, id, true))
    const other = await neighbour(t)
    expect((await next(other, issueId)).items).toMatchObject([{ id, version: 1 }])
    // Read by somebody, and worded anew before they answered.
    ok(await resident.call(opinionRoutes.changeStatement, { params: { id }, body: { text: '路灯一律不换' } }))
    ok(await decide(officer, id, true))
    expect(refused(await answer(other, id, 'agree', 1))).toEqual([409, 'statement_changed'])
    expect(refused(await answer(other, id, 'agree', 3))).toEqual([409, 'statement_changed'])
    expect(ok(await answer(other, id, 'disagree', 2))).toMatchObject({ text: '路灯一律不换', version: 2 })
    expect((await status(other, issueId)).mine?.answered).toBe(1)
    const change = { params: { id }, body: { text: '又改回来说' } }
    expect(refused(await resident.call(opinionRoutes.changeStatement, change))).toEqual([409, 'statement_answered'])
    // Nor behind the product's back: the answers hold the wording.
    await expect(t.deps.pool.query('update statements set text_version = 3')).rejects.toThrow(
      /statement_answers_statement/,
    )
    expect(await mismatch(t)).toBeNull()
    await t.deps.pool.query(`update statements set text = '换了字'`)
    expect(await mismatch(t)).not.toBeNull()
  })

  it('or is refused when the wording changes at the same moment', async () => {
    const all = await posted()
    const { t, issueId, resident, officer } = all
    const { id } = ok(await raise(resident, issueId, WORDS[0] as string))
    ok(await decide(officer, id, true))
    const other = await neighbour(t)
    const [answered, changed] = await Promise.all([
      answer(other, id, 'agree', 1),
      resident.call(opinionRoutes.changeStatement, { params: { id }, body: { text: '路灯一律不换' } }),
    ])
    expect([
      [200, 409],
      [404, 200],
    ]).toContainEqual([answered.status, changed.status])
  })
})

describe('the author of a statement', () => {
  it('has their name taken off a public one, whose words and answers stay', async () => {
    const all = await posted()
    const { t, issueId, resident, officer } = all
    const { id } = ok(await raise(resident, issueId, WORDS[0] as string))
    ok(await decide(officer, id, true))
    const other = await neighbour(t)
    ok(await answer(other, id, 'agree'))
    expect((await erase(other, id)).status).toBe(404)
    expect((await erase(officer, id)).status).toBe(404)
    expect((await erase(t.nobody, id)).status).toBe(401)
    expect(await stored(t)).toContain(resident.personId)
    expect((await erase(resident, id)).status).toBe(204)
    expect(await stored(t)).not.toContain(resident.personId)
    expect(await own(resident, issueId)).toEqual([])
    const listed = await resident.call(opinionRoutes.listStatements, { params: { id: issueId } })
    expect(ok(listed).items).toMatchObject([{ id, text: WORDS[0], mine: false }])
    expect((await status(other, issueId)).mine?.answered).toBe(1)
    expect((await erase(resident, id)).status).toBe(404)
    expect(await mismatch(t)).toBeNull()
    // What is public is still held to its record.
    await t.deps.pool.query(`update statements set text = '换了字'`)
    expect(await mismatch(t)).not.toBeNull()
  })

  it.each([
    ['waits', null],
    ['was not accepted', false],
  ] as const)('has the words go as well of one that %s', async (_, decision) => {
    const all = await posted()
    const { t, issueId, resident, officer } = all
    const words = '张家门口的三轮车挡路'
    const { id } = ok(await raise(resident, issueId, words))
    ok(await resident.call(opinionRoutes.changeStatement, { params: { id }, body: { text: `${words}了` } }))
    if (decision === false) ok(await decide(officer, id, false, '请不要指名'))
    expect((await erase(resident, id)).status).toBe(204)
    const left = await stored(t)
    expect(left).not.toContain(words)
    expect(left).not.toContain(resident.personId)
    expect((await status(officer, issueId)).pending).toBe(0)
    expect((await decide(officer, id, true)).status).toBe(404)
    expect(await mismatch(t)).toBeNull()
    // Nobody says it now: it may be said again.
    ok(await raise(await neighbour(t), issueId, words))
  })

  it('may do so when no opinions are taken any more, and when they live elsewhere', async () => {
    const all = await posted()
    const { t, issueId, resident, secretary, officer } = all
    const ids = [
      ok(await raise(resident, issueId, WORDS[0] as string)).id,
      ok(await raise(resident, issueId, WORDS[1] as string)).id,
    ]
    ok(await decide(officer, ids[0] as string, true))
    await must(secretary, issueId, 'unschedule', { reason: '先补充材料' })
    await t.deps.pool.query('delete from household_members where person_id = $1', [resident.personId])
    expect((await own(resident, issueId)).map(({ id }) => id)).toEqual(ids)
    for (const id of ids) expect((await erase(resident, id)).status).toBe(204)
    expect(await own(resident, issueId)).toEqual([])
  })

  it('has no other five for taking some back, and nothing tells whose they were', async () => {
    const { t, issueId, resident, officer } = await posted()
    const ids: string[] = []
    for (const words of WORDS.slice(0, 5)) ids.push(ok(await raise(resident, issueId, words)).id)
    expect(refused(await raise(resident, issueId, WORDS[5] as string))).toEqual([422, 'statements_used_up'])
    ok(await decide(officer, ids[0] as string, true))
    for (const id of ids.slice(0, 2)) expect((await erase(resident, id)).status).toBe(204)
    expect(refused(await raise(resident, issueId, WORDS[5] as string))).toEqual([422, 'statements_used_up'])
    expect((await status(resident, issueId)).mine).toMatchObject({ raised: 5, left: 0 })
    const listed = ok(await resident.call(opinionRoutes.listOwnStatements, { params: { id: issueId } }))
    expect([listed.items.length, listed.left]).toEqual([3, 0])
    const { rows } = await t.deps.pool.query('select * from erased_statements')
    expect(rows).toMatchObject([{ erased: 2 }])
    for (const id of [resident.personId as string, ...ids]) expect(JSON.stringify(rows)).not.toContain(id)
    // Somebody else has their own.
    ok(await raise(await neighbour(t), issueId, WORDS[5] as string))
    expect(await mismatch(t)).toBeNull()
    // Whoever is given some back behind the product's back shows, and whoever has some taken.
    for (const [sql, found] of [
      ['update erased_statements set erased = 1', 1],
      ['update erased_statements set erased = 3', 3],
      ['delete from erased_statements', null],
    ] as const) {
      await t.deps.pool.query(sql)
      const wrong = { subject: `issue:${issueId}`, reason: 'erased_statements.erased', expected: 2, found }
      expect(await mismatch(t)).toMatchObject(wrong)
    }
  })

  it('may raise what is left of the five after taking one back', async () => {
    const { issueId, resident } = await posted()
    const raised = async (words: string) => ok(await raise(resident, issueId, words)).id
    const first = await raised(WORDS[0] as string)
    await raised(WORDS[1] as string)
    expect((await erase(resident, first)).status).toBe(204)
    for (const words of WORDS.slice(2, 5)) await raised(words)
    expect(refused(await raise(resident, issueId, WORDS[5] as string))).toEqual([422, 'statements_used_up'])
  })
})

describe('the proof of an opinion', () => {
  const seal = tasks.seal_communities as (deps: unknown, payload: unknown) => Promise<void>

  it('is anybody’s of what is public, and leads to a published seal', async () => {
    const all = await posted()
    const { t, issueId, resident, officer } = all
    const [id = ''] = await accepted(all, 1)
    const waits = ok(await raise(resident, issueId, WORDS[1] as string)).id
    await seal(t.deps, undefined)
    const { links, sealed } = ok(await proof(t.nobody, id))
    expect(links.map(({ action }) => action)).toEqual(['raise', 'accept'])
    if (!sealed || !isHashName(sealed.seal.hashName)) throw new Error('not sealed')
    const { leaf, index, proof: way } = sealed
    const { hashName, root, leafCount } = sealed.seal
    expect(checkProof(hashName, { leaf, index, proof: way, root, leafCount })).toBe(true)
    for (const [caller, expected] of [
      [t.nobody, 404],
      [await neighbour(t), 404],
      [resident, 200],
      [officer, 200],
    ] as const)
      expect((await proof(caller, waits)).status).toBe(expected)
  })

  it('of a map is there once the map was put on record, and never of a private matter', async () => {
    const all = await posted()
    const { t, issueId, resident } = all
    const ofMap = (caller: Caller, id: string) => caller.call(opinionRoutes.readOpinionMapProof, { params: { id } })
    expect((await ofMap(t.nobody, issueId)).status).toBe(404)
    const [id = ''] = await accepted(all, 1)
    ok(await answer(await neighbour(t), id, 'agree'))
    await t.deps.pool.query(`update agenda_items set state = 'decided'`)
    t.clock.advance(10_000)
    await t.runDueJobs()
    const { links, subject } = ok(await ofMap(t.nobody, issueId))
    expect([subject.startsWith('opinion_map:'), links.map(({ action }) => action)]).toEqual([true, ['record']])
    const hidden = await raiseAs(resident, { kind: 'request', visibility: 'private' })
    expect((await ofMap(t.nobody, hidden)).status).toBe(404)
  })
})
