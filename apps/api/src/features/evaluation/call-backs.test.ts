import { createHash } from 'node:crypto'
import {
  attachmentRoutes,
  evaluationRoutes,
  issueRoutes,
  judgingRoutes,
  makePublicId,
  type PublicizedWait,
  peopleRoutes,
  policyRoutes,
} from '@tongxin/contract'
import { plainCalendar } from '@tongxin/lifecycle'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  aUnit,
  type Caller,
  COMMUNITY,
  DAY,
  GRID,
  grant,
  NEIGHBOUR,
  OTHER_GRID,
  STREET,
  type TestApp,
  testApp,
} from '../../../test/support/index.ts'
import { ACCEPTED, act, must, raiseAs } from '../../../test/support/issues.ts'
import { neighbour } from '../../../test/support/opinions.ts'
import { inTransaction } from '../../db/connect.ts'
import { loadReferenceCategories } from '../../reference/load-reference.ts'
import { verifyRecord } from '../verification/index.ts'
import { suggestNext } from './conclude.ts'
import { isDrawn } from './draw-sample.ts'

const ANSWER = { result: '已处理。', categoryCode: '209022', publicTitle: '路灯不亮', publicText: '路灯损坏。' }
const BAD = { level: 1, contacted: false, solved: 'no', reasons: ['not_solved', 'not_contacted'], comment: '还是不亮' }
const GOOD = { level: 5, contacted: true, solved: 'yes', reasons: ['quick'] }
const REACHED = { reached: true, contacted: true, solved: 'no', level: 2 }

interface Cast {
  t: TestApp
  resident: Caller
  officer: Caller
  secretary: Caller
}
const cast = async (percent: number): Promise<Cast> => {
  const t = await testApp()
  await inTransaction(t.deps.pool, loadReferenceCategories)
  const [resident, officer, secretary] = [await neighbour(t), await t.as('officer'), await t.as('secretary')]
  await setShare(secretary, percent, 0)
  return { t, resident, officer, secretary }
}
const setShare = (secretary: Caller, value: number, ifMatch: number) =>
  secretary.call(policyRoutes.setPolicy, {
    params: { regionCode: COMMUNITY, key: 'sampled_call_back_percent' },
    ifMatch,
    body: { value, reason: '议事会建议' },
  })
const answered = async ({ resident, officer }: Cast, fields: Record<string, unknown> = {}): Promise<string> => {
  const id = await raiseAs(resident, fields)
  await must(officer, id, 'answer', ANSWER)
  return id
}
const desk = async (caller: Caller, query: Record<string, unknown> = {}) =>
  (await caller.call(judgingRoutes.listCalls, { query: { community: COMMUNITY, ...query } } as never)).body.items
const ratingsOf = async (caller: Caller, id: string) =>
  (await caller.call(evaluationRoutes.listRatings, { params: { id } })).body
/** A photo of this person's, not bound to anything yet; its public id. */
const aPhoto = async (t: TestApp, by: Caller): Promise<string> => {
  const { hash } = await t.deps.storage.put(Buffer.from('一张照片'))
  const { rows } = await t.deps.pool.query(
    `insert into attachments (community_code, id, content_hash, thumb_hash, media_type, width, height, bytes, uploaded_by, source_hash, uploaded_at)
     values ($1, gen_random_uuid(), $2, $2, 'image/jpeg', 1, 1, 12, $3, 'test', $4) returning id`,
    [COMMUNITY, hash, by.personId, t.clock.now()],
  )
  return makePublicId(COMMUNITY, rows[0].id)
}
const again = ({ t, secretary }: Cast) => t.as({ id: secretary.personId as string })

describe('ratings by group', () => {
  it('count each person once: as raiser, else endorser, else council member, else resident; helped ones apart', async () => {
    const all = await cast(0)
    const { t, resident, officer, secretary } = all
    const [endorser, member, other] = [await neighbour(t), await neighbour(t), await neighbour(t)]
    // Whoever endorsed is counted as that, the council's seat notwithstanding.
    for (const one of [endorser, member])
      await grant(t.deps, { personId: String(one.personId), role: 'representative', region: COMMUNITY })
    const id = await raiseAs(resident)
    await must(officer, id, 'accept', ACCEPTED)
    const { rows } = await t.deps.pool.query('select household_id from household_members where person_id = $1', [
      endorser.personId,
    ])
    await must(endorser, id, 'endorse', { householdId: rows[0].household_id })
    await must(officer, id, 'answer', ANSWER)
    const photo = await aPhoto(t, resident)
    await must(resident, id, 'evaluate', { ...GOOD, level: 4, photos: [photo] })
    await must(endorser, id, 'evaluate', { ...GOOD, level: 3, reasons: ['quick', 'too_slow'] })
    const others = await aPhoto(t, member)
    await must(member, id, 'evaluate', { ...GOOD, photos: [others] })
    await must(other, id, 'evaluate', { ...BAD, level: 2 })
    const seen = await ratingsOf(await t.as('resident'), id)
    expect(seen.items).toEqual([])
    expect(seen.sums.groups).toMatchObject({
      raiser: { rated: 1, levels: { 4: 1 } },
      endorser: { rated: 1, levels: { 3: 1 } },
      council: { rated: 1, levels: { 5: 1 } },
      resident: { rated: 1, levels: { 2: 1 } },
    })
    expect([seen.sums.own.rated, seen.sums.helped.rated, seen.first]).toEqual([4, 0, null])
    const { items } = await ratingsOf(secretary, id)
    expect(items.find(({ group }) => group === 'endorser')?.reasons).toEqual(['quick', 'too_slow'])
    expect(items.find(({ group }) => group === 'raiser')?.photos).toMatchObject([{ id: photo }])
    // A rating's photo is for staff and for who gave it, not for the other raisers.
    const reads = async (by: Caller, one: string) =>
      (await by.call(attachmentRoutes.read, { params: { id: one } })).status
    expect([await reads(secretary, others), await reads(member, others), await reads(resident, photo)]).toEqual([
      200, 200, 200,
    ])
    expect([await reads(resident, others), await reads(other, photo), await reads(t.nobody, photo)]).toEqual([
      404, 404, 404,
    ])
    // A raiser's place in a group is their own, and so are the chips: a bad level takes no good ones.
    const another = await answered(all)
    for (const [reasons, status] of [
      [['quick'], 409],
      [['no_such'], 400],
      [['too_slow', 'too_slow'], 400],
    ] as const)
      expect((await act(resident, another, 'evaluate', { ...BAD, reasons })).status).toBe(status)
    expect((await verifyRecord(t.deps)).mismatch).toBeNull()
  })
})

describe('the call-back desk', () => {
  it('lists bad ratings first, then helped, then drawn ones; each goes when it is concluded, and is kept in the register', async () => {
    const all = await cast(100)
    const { t, resident, officer, secretary } = all
    const volunteer = await t.as('volunteer')
    const [drawn, helped, bad] = [await answered(all), await answered(all), await answered(all)]
    await must(resident, drawn, 'evaluate', GOOD)
    const { body } = await officer.call(issueRoutes.listRaisers, { params: { id: helped } })
    await must(volunteer, helped, 'evaluate', { ...GOOD, onBehalfOf: body.items[0]?.id })
    await must(resident, bad, 'evaluate', BAD)
    const owed = await desk(secretary)
    expect(owed.map(({ issueId, reason }) => [issueId, reason])).toEqual([
      [bad, 'bad'],
      [helped, 'helped'],
      [drawn, 'sampled'],
    ])
    expect(owed[0]).toMatchObject({ level: 1, comment: BAD.comment, phone: expect.stringMatching(/^139\*{4}\d{4}$/) })
    expect(owed[0]?.nextAttemptOn).toBe('2026-03-02')
    expect((await desk(secretary, { list: 'must' })).map(({ reason }) => reason)).toEqual(['bad', 'helped'])
    expect((await desk(secretary, { list: 'sampled' })).map(({ reason }) => reason)).toEqual(['sampled'])
    // The number in full only to who may call, and on record.
    const reveal = async (by: Caller) =>
      by.call(judgingRoutes.revealCall, { params: { id: owed[1]?.ratingId as string } })
    const gridWorker = await t.as(await t.aPerson({ role: 'grid_worker', region: GRID }))
    expect((await reveal(gridWorker)).body.phone).toMatch(/^139\d{8}$/)
    expect([(await reveal(officer)).status, (await reveal(volunteer)).status]).toEqual([403, 403])
    expect((await reveal(await t.as(await t.aPerson({ role: 'grid_worker', region: OTHER_GRID })))).status).toBe(404)
    const audits = await secretary.call(peopleRoutes.listAuditRecords, { query: { limit: 100 } })
    expect(audits.body.items).toMatchObject([
      { action: 'reveal_call', subjectId: resident.personId, purpose: expect.stringContaining('回访评价') },
    ])
    // Page by page the same, and each grid its own.
    const first = await secretary.call(judgingRoutes.listCalls, { query: { community: COMMUNITY, limit: 2 } })
    const cursor = first.body.nextCursor as string
    const rest = await secretary.call(judgingRoutes.listCalls, { query: { community: COMMUNITY, limit: 2, cursor } })
    expect([...first.body.items, ...rest.body.items]).toEqual(owed)
    expect(await desk(secretary, { grid: OTHER_GRID })).toEqual([])
    expect(await desk(await t.as(await t.aPerson({ role: 'grid_worker', region: OTHER_GRID })))).toEqual([])
    expect(await desk(await t.as(await t.aPerson({ role: 'grid_worker', region: GRID })))).toHaveLength(3)
    for (const barred of [
      resident,
      await t.as('unit_handler'),
      await t.as(await t.aPerson({ role: 'supervisor', region: STREET })),
      await t.as(await t.aPerson({ role: 'officer', region: NEIGHBOUR })),
    ]) {
      const reply = await barred.call(judgingRoutes.listCalls, { query: { community: COMMUNITY } })
      expect(reply.status).toBe(403)
    }

    // What was drawn holds nothing up, and may be called after the end.
    t.clock.advance(40 * DAY)
    await t.runDueJobs()
    const later = await again(all)
    const states = await Promise.all(
      [drawn, helped, bad].map(async (id) => (await later.call(issueRoutes.readIssue, { params: { id } })).body.state),
    )
    expect(states).toEqual(['closed', 'publicized', 'publicized'])
    const [sampled] = await desk(later, { list: 'sampled' })
    expect(sampled?.overdue).toBe(true)
    // After the end nothing would come of it by itself: it is reopened, or promised for a date.
    const call = { ratingId: sampled?.ratingId, ...REACHED }
    const upheld = await act(later, drawn, 'call_back', { ...call, callBackOutcome: 'upheld' })
    expect([upheld.status, upheld.problem.reason]).toEqual([409, 'upheld_before_the_end'])
    await must(later, drawn, 'call_back', { ...call, callBackOutcome: 'confirmed' })
    expect(await desk(later, { list: 'sampled' })).toEqual([])
    const register = await desk(later, { state: 'concluded' })
    expect(register).toMatchObject([
      { reason: 'sampled', outcome: 'confirmed', attempts: [{ scriptVersion: 1, followUp: false }] },
    ])
    expect(await desk(later, { state: 'concluded', list: 'must' })).toEqual([])
    expect((await verifyRecord(t.deps)).mismatch).toBeNull()
  })

  it('forgets a round that is over, and brings back on its date what was registered until it is solved', async () => {
    const all = await cast(0)
    const { t, resident, secretary } = all
    const other = await neighbour(t)
    const id = await answered(all)
    await must(resident, id, 'evaluate', BAD)
    await must(other, id, 'evaluate', BAD)
    const [mine] = (await desk(secretary)).filter(({ group }) => group === 'raiser')
    const { id: leadUnitId } = await aUnit(t.deps)
    const onDay = (days: number) => new Date(t.clock.now().getTime() + days * DAY).toISOString()
    const registered = { ratingId: mine?.ratingId, ...REACHED, callBackOutcome: 'registered', leadUnitId }
    expect((await act(secretary, id, 'call_back', registered)).problem.reason).toBe('date_when_registered')
    expect((await act(secretary, id, 'call_back', { ...registered, dueAt: onDay(-1) })).problem.reason).toBe('ahead')
    const { followed } = await must(secretary, id, 'call_back', { ...registered, dueAt: onDay(20) })
    expect(followed).toEqual(['rectify'])
    // The other's rating went with its round; what was promised waits for its day.
    expect(await desk(secretary)).toEqual([])
    expect((await act(secretary, id, 'follow_up', { ratingId: mine?.ratingId, reached: false })).problem.reason).toBe(
      'followed_to_an_end',
    )
    t.clock.advance(20 * DAY)
    const later = await again(all)
    const [due] = await desk(later)
    expect(due).toMatchObject({ reason: 'registered', ratingId: mine?.ratingId })
    const look = { ratingId: mine?.ratingId, reached: true }
    expect((await act(later, id, 'follow_up', { ...look, solved: 'partly' })).problem.reason).toBe('followed_to_an_end')
    await must(later, id, 'follow_up', { ...look, solved: 'partly', dueAt: onDay(5), text: '还差一盏' })
    expect(await desk(later)).toEqual([])
    t.clock.advance(5 * DAY)
    const last = await again(all)
    const [oncemore] = await desk(last)
    expect(oncemore?.attempts).toMatchObject([
      { followUp: false },
      { followUp: true, solved: 'partly', text: '还差一盏' },
    ])
    await must(last, id, 'follow_up', { ...look, solved: 'yes' })
    expect(await desk(last)).toEqual([])
    expect((await act(last, id, 'follow_up', { ...look, solved: 'yes' })).problem.reason).toBe('follow_ups_owed')
    const { first, sums } = await ratingsOf(last, id)
    expect([first?.round, first?.own.rated, sums.round, sums.own.rated]).toEqual([1, 2, 2, 0])
    expect((await verifyRecord(t.deps)).mismatch).toBeNull()
  })

  it('stands beside the lists of objections and contests that wait', async () => {
    const all = await cast(0)
    const { t, resident, officer, secretary } = all
    const id = await answered(all)
    await must(resident, id, 'object', { personalReason: '请打 13912345678，没有修好' })
    await must(resident, id, 'evaluate', BAD)
    const ratingId = (await desk(secretary))[0]?.ratingId
    await must(officer, id, 'contest_rating', { ratingId, reason: '评价的是另一件事' })
    const query = { community: COMMUNITY }
    const supervisor = await t.as(await t.aPerson({ role: 'supervisor', region: STREET }))
    const objections = await secretary.call(judgingRoutes.listOpenObjections, { query })
    expect(objections.body.items).toMatchObject([{ issueId: id, review: false, overdue: false }])
    expect(objections.body.items[0]?.reason).toContain('13912345678')
    const masked = await supervisor.call(judgingRoutes.listOpenObjections, { query })
    expect(masked.body.items[0]?.reason).not.toContain('13912345678')
    const publicized = async (caller: Caller, waits?: PublicizedWait) =>
      caller.call(judgingRoutes.listPublicized, { query: { ...query, waits } })
    const held = {
      issueId: id,
      openObjections: 1,
      waits: ['notice', 'objection', 'call_back', 'contest', 'evaluation'],
    }
    for (const reader of [secretary, supervisor])
      expect((await publicized(reader, 'contest')).body.items).toMatchObject([held])
    expect((await publicized(resident)).status).toBe(403)
    const contests = await secretary.call(judgingRoutes.listOpenContests, { query })
    expect(contests.body.items).toMatchObject([{ ratingId, mine: false, reason: '评价的是另一件事', level: 1 }])
    expect((await resident.call(judgingRoutes.listOpenContests, { query })).status).toBe(403)
    await must(secretary, id, 'decide_contest', { ratingId, upheld: true, reason: '确属误评' })
    expect(await desk(secretary)).toEqual([])
    expect((await publicized(secretary, 'call_back')).body.items).toEqual([])
    expect((await publicized(secretary)).body.items).toMatchObject([{ waits: ['notice', 'objection', 'evaluation'] }])
    expect((await secretary.call(judgingRoutes.listOpenContests, { query })).body.items).toEqual([])
  })

  it('shows an edit of what is owed, and of what was drawn', async () => {
    const all = await cast(100)
    const { t, resident, secretary } = all
    await must(resident, await answered(all), 'evaluate', GOOD)
    await setShare(secretary, 0, 1)
    await must(resident, await answered(all), 'evaluate', GOOD)
    expect(await desk(secretary)).toHaveLength(1)
    expect((await verifyRecord(t.deps)).mismatch).toBeNull()
    const { rows } = await t.deps.pool.query('delete from calls_owed returning *')
    expect(rows).toHaveLength(1)
    expect((await verifyRecord(t.deps)).mismatch).toMatchObject({ reason: 'calls_owed.count' })
    await t.deps.pool.query(`update ratings set call_reason = null, call_back = 'none', call_back_due_at = null`)
    expect((await verifyRecord(t.deps)).mismatch).toMatchObject({ reason: 'ratings.callReason' })
  })
})

describe('the draw', () => {
  it('is anyone’s to recompute, grows with the share, and hits about as many as the share says', () => {
    fc.assert(
      fc.property(fc.uuid(), fc.integer({ min: 0, max: 100 }), fc.integer({ min: 0, max: 100 }), (id, a, b) => {
        const ratingId = makePublicId(COMMUNITY, id)
        const bits = Number.parseInt(createHash('sha256').update(ratingId).digest('hex').slice(0, 8), 16)
        expect(isDrawn(ratingId, a)).toBe(bits < (a / 100) * 2 ** 32)
        if (isDrawn(ratingId, Math.min(a, b))) expect(isDrawn(ratingId, Math.max(a, b))).toBe(true)
        expect([isDrawn(ratingId, 0), isDrawn(ratingId, 100)]).toEqual([false, true])
      }),
    )
    const hit = Array.from({ length: 10_000 }, (_, i) => isDrawn(`${COMMUNITY}-${i}`, 10)).filter(Boolean).length
    expect(hit).toBeGreaterThan(850)
    expect(hit).toBeLessThan(1150)
  })
})

describe('the next attempt', () => {
  const at = (day: string) => ({ at: `${day}T02:00:00.000Z`, reached: false, followUp: false })
  it.each([
    ['today, when nobody tried yet', [], '2026-03-06'],
    ['today, after one attempt', [at('2026-03-06')], '2026-03-06'],
    ['the next day worked, when enough was tried today', [at('2026-03-06'), at('2026-03-06')], '2026-03-09'],
    ['today, where the attempts were other days’', [at('2026-03-04'), at('2026-03-05')], '2026-03-06'],
  ])('is %s', (_, attempts, day) => {
    // A Friday.
    expect(suggestNext(attempts, plainCalendar, new Date('2026-03-06T06:00:00Z'))).toBe(day)
  })
})
