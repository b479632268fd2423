import { evaluationRoutes, issueRoutes, policyRoutes } from '@tongxin/contract'
import { describe, expect, it } from 'vitest'
import { aUnit, type Caller, COMMUNITY, DAY, STREET, type TestApp, testApp } from '../../../test/support/index.ts'
import { act, must, raiseAs } from '../../../test/support/issues.ts'
import { inTransaction } from '../../db/connect.ts'
import { loadReferenceCategories } from '../../reference/load-reference.ts'

const ANSWER = {
  result: '已更换灯泡，恢复照明。',
  categoryCode: '209022',
  publicTitle: '楼前路灯不亮',
  publicText: '楼前路灯损坏。',
}
const BAD = { level: 1, contacted: false, solved: 'no', comment: '灯还是不亮，没有人来过' }
const GOOD = { level: 5, contacted: true, solved: 'yes' }
const REACHED = { reached: true, contacted: true, solved: 'no', level: 1 }

interface Cast {
  t: TestApp
  resident: Caller
  officer: Caller
  secretary: Caller
  gridWorker: Caller
}

const cast = async (): Promise<Cast> => {
  const t = await testApp()
  await inTransaction(t.deps.pool, loadReferenceCategories)
  const [resident, officer, secretary, gridWorker] = [
    await t.as('resident'),
    await t.as('officer'),
    await t.as('secretary'),
    await t.as('grid_worker'),
  ]
  // Which good ratings are drawn to be called back is chance, and none of what is asked here.
  await secretary.call(policyRoutes.setPolicy, {
    params: { regionCode: COMMUNITY, key: 'sampled_call_back_percent' },
    ifMatch: 0,
    body: { value: 0, reason: '测试' },
  })
  return { t, resident, officer, secretary, gridWorker }
}

/** A matter of the resident's, answered on the spot and open to judgement. */
const answered = async ({ resident, officer }: Cast, fields: Record<string, unknown> = {}): Promise<string> => {
  const id = await raiseAs(resident, fields)
  const { publicTitle, publicText, ...rest } = ANSWER
  await must(officer, id, 'answer', fields.visibility === 'private' ? rest : { publicTitle, publicText, ...rest })
  return id
}

const ratingsOf = async (caller: Caller, id: string) =>
  (await caller.call(evaluationRoutes.listRatings, { params: { id } })).body
const objectionsOf = async (caller: Caller, id: string) =>
  (await caller.call(evaluationRoutes.listObjections, { params: { id } })).body
const stateOf = async (caller: Caller, id: string) =>
  (await caller.call(issueRoutes.readIssue, { params: { id } })).body.state
const ratingIdOf = async (caller: Caller, id: string) => (await ratingsOf(caller, id)).items[0]?.id as string

describe('a rating', () => {
  it('is given once a round by its raiser, and closes the matter when the notice is over', async () => {
    const all = await cast()
    const { t, resident, officer } = all
    const id = await answered(all)
    const rated = await must(resident, id, 'evaluate', GOOD)
    expect([rated.state, rated.followed]).toEqual(['publicized', []])
    const again = await act(resident, id, 'evaluate', GOOD)
    expect([again.status, again.problem.reason]).toEqual([409, 'not_rated'])

    const mine = await ratingsOf(resident, id)
    expect(mine.items).toMatchObject([{ level: 5, mine: true, byRaiser: true, helped: false, callBack: 'none' }])
    expect(mine.items[0]).toMatchObject({ raiserId: null, personName: null })
    expect(mine.sums).toMatchObject({
      round: 1,
      own: { rated: 1, levels: { 5: 1 }, contacted: 1 },
      helped: { rated: 0 },
    })

    t.clock.advance(40 * DAY)
    await t.runDueJobs()
    expect(await stateOf(await t.as({ id: officer.personId as string }), id)).toBe('closed')
  })

  it('by a neighbour counts beside the raiser’s, and staff do not rate', async () => {
    const all = await cast()
    const { t, officer, gridWorker } = all
    const id = await answered(all)
    const stranger = await t.as('resident')
    // Nobody of the community until bound to a household: the matter is public, so they see it but may not judge it.
    expect((await act(stranger, id, 'evaluate', GOOD)).status).toBe(403)
    // Who worked on it may not even help; another of the staff may, and for nobody but a raiser.
    expect((await act(officer, id, 'evaluate', GOOD)).problem.reason).toBe('had_no_part')
    expect((await act(gridWorker, id, 'evaluate', GOOD)).problem.reason).toBe('helps_a_raiser')
    const none = await ratingsOf(stranger, id)
    expect([none.items, none.sums.own.rated]).toEqual([[], 0])
  })

  it('may be typed by a volunteer for a raiser, is marked so, counted apart and always called back', async () => {
    const all = await cast()
    const { t, officer, resident } = all
    const id = await answered(all)
    const volunteer = await t.as('volunteer')
    const { body } = await officer.call(issueRoutes.listRaisers, { params: { id } })
    const onBehalfOf = body.items[0]?.id as string
    expect((await act(officer, id, 'evaluate', { ...GOOD, onBehalfOf })).problem.reason).toBe('had_no_part')
    const offered = async (one: Caller) =>
      (await one.call(issueRoutes.readIssue, { params: { id } })).body.allowedActions.map(({ action }) => action)
    for (const helper of [volunteer, all.gridWorker]) expect(await offered(helper)).toContain('evaluate')
    expect(await offered(officer)).not.toContain('evaluate')
    const unknown = await act(volunteer, id, 'evaluate', { ...GOOD, onBehalfOf: id })
    expect([unknown.status, unknown.problem.reason]).toEqual([422, 'unknown_raiser'])
    await must(volunteer, id, 'evaluate', { ...GOOD, onBehalfOf })
    expect((await act(resident, id, 'evaluate', BAD)).problem.reason).toBe('not_rated')
    const list = await ratingsOf(officer, id)
    expect(list.items).toMatchObject([{ helped: true, callBack: 'open', byRaiser: true, raiserId: onBehalfOf }])
    expect(list.items[0]?.helperName).toMatch(/^测试/)
    expect(list.sums).toMatchObject({ own: { rated: 0 }, helped: { rated: 1, levels: { 5: 1 } } })
  })

  it('of a private matter shows its sums to staff alone', async () => {
    const all = await cast()
    const id = await answered(all, { visibility: 'private' })
    await must(all.resident, id, 'evaluate', GOOD)
    expect((await ratingsOf(all.officer, id)).sums.own.levels).toMatchObject({ 5: 1 })
    expect((await ratingsOf(all.resident, id)).sums.own).toMatchObject({ rated: 1, levels: null, solved: null })
    const stranger = await all.t.as('resident')
    expect((await stranger.call(evaluationRoutes.listRatings, { params: { id } })).status).toBe(404)
  })
})

describe('a bad rating', () => {
  it('holds the matter open until it was called back, and upheld starts a second round', async () => {
    const all = await cast()
    const { t, resident, secretary } = all
    const id = await answered(all)
    await must(resident, id, 'evaluate', BAD)
    const ratingId = await ratingIdOf(secretary, id)
    const byAnswerer = await act(all.officer, id, 'call_back', { ratingId, ...REACHED, callBackOutcome: 'explained' })
    expect([byAnswerer.status, byAnswerer.problem.reason]).toEqual([403, 'not_submitter'])
    const noOutcome = await act(secretary, id, 'call_back', { ratingId, ...REACHED })
    expect(noOutcome.problem.reason).toBe('outcome_when_reached')

    t.clock.advance(40 * DAY)
    await t.runDueJobs()
    const later = await t.as({ id: secretary.personId as string })
    expect(await stateOf(later, id)).toBe('publicized')

    const { id: leadUnitId } = await aUnit(t.deps)
    const upheld = { ratingId, ...REACHED, callBackOutcome: 'upheld', leadUnitId, text: '居民说灯还是不亮' }
    const done = await must(later, id, 'call_back', upheld)
    expect([done.state, done.followed]).toEqual(['dispatched', ['rectify']])
    const { items } = await ratingsOf(later, id)
    expect(items).toMatchObject([
      { callBack: 'concluded', callBackOutcome: 'upheld', comment: BAD.comment, attempts: [{ text: upheld.text }] },
    ])
    const twice = await act(later, id, 'call_back', upheld)
    expect(twice.status).toBe(409)
  })

  it('counts as not reached only after three attempts on two days', async () => {
    const all = await cast()
    const { t, resident, secretary } = all
    const id = await answered(all)
    await must(resident, id, 'evaluate', BAD)
    const ratingId = await ratingIdOf(secretary, id)
    const miss = { ratingId, reached: false }
    for (let i = 0; i < 4; i++) await must(secretary, id, 'call_back', miss)
    expect((await ratingsOf(secretary, id)).items[0]).toMatchObject({ callBack: 'open' })
    t.clock.advance(DAY)
    const nextDay = await t.as({ id: secretary.personId as string })
    await must(nextDay, id, 'call_back', miss)
    expect((await ratingsOf(nextDay, id)).items[0]).toMatchObject({
      callBack: 'concluded',
      callBackOutcome: 'unreached',
      attempts: { length: 5 },
    })
  })

  it('may be contested once, is decided by the secretary, and stays on record without counting', async () => {
    const all = await cast()
    const { resident, officer, secretary, gridWorker } = all
    const id = await answered(all)
    await must(resident, id, 'evaluate', BAD)
    const ratingId = await ratingIdOf(secretary, id)
    await must(officer, id, 'contest_rating', { ratingId, reason: '评价的是另一件事' })
    expect((await act(officer, id, 'contest_rating', { ratingId, reason: '再申诉一次' })).status).toBe(409)
    const decision = { ratingId, upheld: true, reason: '经核实评价的是另一件事' }
    expect((await act(gridWorker, id, 'decide_contest', decision)).status).toBe(403)
    await must(secretary, id, 'decide_contest', decision)
    const { items, sums } = await ratingsOf(secretary, id)
    expect(items).toMatchObject([
      { level: 1, setAside: true, callBackOutcome: 'set_aside', contest: { state: 'upheld' } },
    ])
    expect(sums.own.rated).toBe(0)
  })

  it('shows its words to staff, masked to a supervisor, and to nobody else', async () => {
    const all = await cast()
    const { t, resident, secretary } = all
    const id = await answered(all)
    await must(resident, id, 'evaluate', { ...BAD, comment: '请打 13912345678 找我' })
    expect((await ratingsOf(secretary, id)).items[0]?.comment).toContain('13912345678')
    const supervisor = await t.as(await t.aPerson({ role: 'supervisor', region: STREET }))
    const seen = (await ratingsOf(supervisor, id)).items[0]
    expect(seen?.comment).not.toContain('13912345678')
    expect([seen?.personName, seen?.raiserId]).toEqual([null, null])
    const other = await t.as('resident')
    expect((await ratingsOf(other, id)).items).toEqual([])
  })
})

describe('an objection', () => {
  it('is made once, answered within its deadline, and reviewed once by the secretary', async () => {
    const all = await cast()
    const { t, resident, secretary } = all
    const officer = await t.as('officer')
    const id = await answered(all)
    await must(resident, id, 'object', { personalReason: '公示的内容与实际不符' })
    expect((await act(resident, id, 'object', { personalReason: '再说一次' })).problem.reason).toBe('objects_once')
    const [first] = (await objectionsOf(resident, id)).items
    expect(first).toMatchObject({ state: 'open', reason: '公示的内容与实际不符', mine: true, reviewable: false })

    const answer = { objectionId: first?.id, answer: '已再次核实，结果无误', upheld: false }
    await must(officer, id, 'answer_objection', answer)
    expect((await act(officer, id, 'answer_objection', answer)).status).toBe(409)
    expect((await objectionsOf(resident, id)).items[0]).toMatchObject({ state: 'answered', reviewable: true })

    await must(resident, id, 'object', { personalReason: '请书记复核', reviewOf: first?.id })
    const review = (await objectionsOf(officer, id)).items.find(({ reviewOf }) => reviewOf === first?.id)
    const toReview = { objectionId: review?.id, answer: '复核属实', upheld: true }
    expect((await act(officer, id, 'answer_objection', toReview)).problem.reason).toBe('review_by_secretary')
    const { id: leadUnitId } = await aUnit(t.deps)
    expect(leadUnitId).toBeTruthy()
    await must(secretary, id, 'answer_objection', toReview)
    const { sums, items } = await objectionsOf(secretary, id)
    expect(items).toHaveLength(2)
    expect(sums).toMatchObject({ open: 0 })
  })

  it('holds the matter open, and is nobody else’s to read', async () => {
    const all = await cast()
    const { t, resident } = all
    const id = await answered(all)
    await must(resident, id, 'object', { personalReason: '没有修好' })
    await must(resident, id, 'evaluate', GOOD)
    t.clock.advance(40 * DAY)
    await t.runDueJobs()
    const later = await t.as('officer')
    expect(await stateOf(later, id)).toBe('publicized')
    const stranger = await t.as('resident')
    expect(await objectionsOf(stranger, id)).toMatchObject({ items: [], sums: { made: 1, open: 1, upheld: 0 } })
    const objectionId = (await objectionsOf(later, id)).items[0]?.id
    const closed = await must(later, id, 'answer_objection', { objectionId, answer: '已修好', upheld: false })
    expect([closed.state, closed.followed]).toEqual(['closed', ['close']])
  })

  it('of another matter or community is none of this one’s', async () => {
    const all = await cast()
    const id = await answered(all)
    const other = await answered(all)
    for (const one of [id, other]) await must(all.resident, one, 'object', { personalReason: '没有修好' })
    const objectionId = (await objectionsOf(all.officer, other)).items[0]?.id
    const crossed = await act(all.secretary, id, 'answer_objection', { objectionId, answer: '已修好', upheld: false })
    expect([crossed.status, crossed.problem.reason]).toEqual([409, 'objection_open'])
  })
})

it('asks nothing once the judgement moved on to another round', async () => {
  const all = await cast()
  const { t, resident, officer, secretary } = all
  const id = await answered(all)
  await must(resident, id, 'evaluate', BAD)
  await must(resident, id, 'object', { personalReason: '没有修好' })
  const { id: leadUnitId } = await aUnit(t.deps)
  await must(secretary, id, 'call_back', {
    ratingId: await ratingIdOf(secretary, id),
    ...REACHED,
    callBackOutcome: 'upheld',
    leadUnitId,
  })
  if ((await stateOf(officer, id)) === 'publicized')
    await must(officer, id, 'rectify', { reason: '灯不亮', leadUnitId })
  expect((await objectionsOf(officer, id)).items[0]).toMatchObject({ state: 'superseded', round: 1 })
  expect((await ratingsOf(officer, id)).sums).toMatchObject({ round: 2, own: { rated: 0 } })
})
