import { councilRoutes, issueRoutes, type OpinionMapView, opinionRoutes } from '@tongxin/contract'
import { describe, expect, it } from 'vitest'
import { openEarly } from '../../../test/support/council.ts'
import { plannedJobs } from '../../../test/support/index.ts'
import { must } from '../../../test/support/issues.ts'
import {
  accepted,
  answer,
  campaign,
  decide,
  mapOf,
  neighbour,
  ok,
  posted,
  raise,
  status,
} from '../../../test/support/opinions.ts'
import { verifyRecord } from '../verification/index.ts'

describe('the opinion map', () => {
  it('shows groups, what sets each apart and what all share, and nobody by themselves', async () => {
    const all = await posted()
    const { t, issueId } = all
    expect(await mapOf(t.nobody, issueId)).toBeNull()
    const ids = await campaign(all, 6)
    t.clock.advance(10_000)
    expect(await t.runDueJobs()).toContain('compute_opinion_map')
    const reply = await t.nobody.call(opinionRoutes.readOpinionMap, { params: { id: issueId } })
    const map = ok(reply).map as OpinionMapView
    expect(map).toMatchObject({
      voters: 12,
      placed: 12,
      answers: 72,
      record: null,
      computedAt: t.clock.now().toISOString(),
    })
    expect(map.groups.map(({ letter, size }) => [letter, size])).toEqual([
      ['A', 6],
      ['B', 6],
    ])
    for (const { telling } of map.groups) {
      expect(telling.map(({ statementId }) => statementId).sort()).toEqual(ids.slice(0, 4).sort())
      expect(new Set(telling.map(({ side }) => side)).size).toBe(1)
    }
    expect(map.shared).toEqual({ agree: [ids[4]], disagree: [ids[5]] })
    expect(map.statements.find(({ id }) => id === ids[4])?.groups).toEqual([
      { agree: 6, disagree: 0, pass: 0 },
      { agree: 6, disagree: 0, pass: 0 },
    ])
    const { rows } = await t.deps.pool.query('select distinct person_id from statement_answers')
    for (const { person_id: person } of rows) expect(reply.text).not.toContain(person)
    expect((await status(t.nobody, issueId)).voters).toBe(12)
    const stored = await t.deps.pool.query('select answers from statements')
    expect(stored.rows.map((row) => row.answers)).toEqual(Array.from({ length: 6 }, () => 12))
  })

  it('makes no group of fewer than five', async () => {
    const all = await posted()
    await campaign(all, 2)
    all.t.clock.advance(10_000)
    await all.t.runDueJobs()
    expect(await mapOf(all.t.nobody, all.issueId)).toMatchObject({ voters: 4, groups: [], silhouette: null })
  })

  it('is computed once for many answers, ten seconds after the first', async () => {
    const all = await posted()
    const [id = ''] = await accepted(all, 1)
    const first = all.t.clock.now().getTime()
    for (let i = 0; i < 4; i++) {
      ok(await answer(await neighbour(all.t), id, 'agree'))
      all.t.clock.advance(2_000)
    }
    // The last came when the job was about to run: it waits for it, and does not put it off.
    const planned = await plannedJobs(all.t.deps, 'compute_opinion_map')
    expect(planned.map(({ runAt }) => runAt.getTime() - first)).toEqual([10_000])
    ok(await answer(await neighbour(all.t), id, 'disagree'))
    expect((await plannedJobs(all.t.deps, 'compute_opinion_map')).map(({ runAt }) => runAt.getTime() - first)).toEqual([
      10_000,
    ])
    all.t.clock.advance(2_000)
    await all.t.runDueJobs()
    expect(await mapOf(all.t.nobody, all.issueId)).toMatchObject({ voters: 5, answers: 5 })
  })

  it('leaves out what was taken back, at once in words and then in numbers', async () => {
    const all = await posted()
    const ids = await campaign(all, 5)
    all.t.clock.advance(10_000)
    await all.t.runDueJobs()
    ok(await decide(all.officer, ids[4] as string, false, '与事项无关'))
    const words = await mapOf(all.t.nobody, all.issueId)
    expect(words?.shared).toEqual({ agree: [], disagree: [ids[5]] })
    expect(words?.statements.map(({ id }) => id)).not.toContain(ids[4])
    all.t.clock.advance(10_000)
    await all.t.runDueJobs()
    expect(await mapOf(all.t.nobody, all.issueId)).toMatchObject({ voters: 10, answers: 50 })
  })

  it('keeps its letters while people go on answering', async () => {
    const all = await posted()
    const ids = await campaign(all, 5)
    const draw = async () => {
      all.t.clock.advance(10_000)
      await all.t.runDueJobs()
      return new Map(
        (await mapOf(all.t.nobody, all.issueId))?.groups.map(({ letter, telling }) => [letter, telling[0]?.side]),
      )
    }
    const before = await draw()
    for (let i = 0; i < 7; i++) {
      const person = await neighbour(all.t)
      for (const [s, id] of ids.entries()) ok(await answer(person, id, s === 4 ? 'agree' : 'disagree'))
    }
    expect(await draw()).toEqual(before)
  })

  it('is put on record, once, when the matter is decided, and verified ever after', async () => {
    const all = await posted()
    const { t, officer, issueId, meetingId } = all
    await campaign(all, 5)
    ok(await openEarly(all, meetingId))
    for (const role of ['representative', 'party_member'] as const) {
      const { id: personId } = await t.aPerson({ role })
      ok(await officer.call(councilRoutes.checkIn, { params: { id: meetingId }, body: { personId } }))
    }
    await must(officer, issueId, 'deliberate')
    const motion = { issueId, text: '同意更换路灯', rule: 'majority', proposes: 'act' } as const
    const { id } = ok(await officer.call(councilRoutes.proposeMotion, { params: { id: meetingId }, body: motion }))
    const hands = { for: 2, against: 0, abstain: 0 }
    ok(await officer.call(councilRoutes.countMotion, { params: { id }, body: hands }))
    expect((await status(t.nobody, issueId)).open).toBe(true)
    await must(officer, issueId, 'adopt', { motionId: id })
    expect((await status(t.nobody, issueId)).open).toBe(false)
    t.clock.advance(20_000)
    await t.runDueJobs()
    const map = await mapOf(t.nobody, issueId)
    expect(map?.record?.digest).toMatch(/^[0-9a-f]{64}$/)
    const chain = async () =>
      (await t.deps.pool.query(`select record from events where subject_type = 'opinion_map'`)).rows.map(
        ({ record }) => record,
      )
    expect(await chain()).toMatchObject([{ issueId, voters: 10, answers: 60, digest: map?.record?.digest }])
    expect((await verifyRecord(t.deps)).mismatch).toBeNull()
    // The other job of the same matter found it on record.
    expect(await chain()).toHaveLength(1)
    expect(ok(await t.nobody.call(issueRoutes.readIssue, { params: { id: issueId } })).state).toBe('adopted')

    await t.deps.pool.query(`update opinion_maps set recorded_map = jsonb_set(recorded_map, '{placed}', '99')`)
    expect((await verifyRecord(t.deps)).mismatch?.reason).toBe('opinion_maps.digest')
  })
})

it.each([
  [`update statements set text = '别的话'`, 'statements.text'],
  [
    `update statements set state = 'pending', decided_at = null, decided_by = null where state = 'accepted'`,
    'statements.state',
  ],
  [`delete from statements where state = 'pending'`, 'row_missing'],
])('an edit of a statement behind the service’s back shows: %s', async (edit, reason) => {
  const all = await posted()
  await accepted(all, 2)
  ok(await raise(all.resident, all.issueId, '还没有审核的意见'))
  expect((await verifyRecord(all.t.deps)).mismatch).toBeNull()
  await all.t.deps.pool.query(edit)
  expect((await verifyRecord(all.t.deps)).mismatch?.reason).toBe(reason)
})
