import {
  evaluationRoutes,
  grantRoutes,
  issueRoutes,
  judgingRoutes,
  officeRoutes,
  peopleRoutes,
  policyRoutes,
  type RouteContract,
  routes,
} from '@tongxin/contract'
import type { Action } from '@tongxin/lifecycle'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import * as z from 'zod'
import {
  aUnit,
  type Caller,
  COMMUNITY,
  grant,
  type Reply,
  STREET,
  startTestApp,
  type TestApp,
} from '../../../test/support/index.ts'
import { ACCEPTED, act, must, raiseAs } from '../../../test/support/issues.ts'
import { uploadPhoto } from '../../../test/support/photos.ts'
import { inTransaction } from '../../db/connect.ts'
import { loadReferenceCategories } from '../../reference/load-reference.ts'
import { verifyRecord } from '../verification/index.ts'

const ANSWER = { result: '已处理。', categoryCode: '209022', publicTitle: '路灯不亮', publicText: '路灯损坏。' }
const PRIVATE_ANSWER = { result: '已处理。', categoryCode: '209022' }
const BAD = { level: 1, contacted: false, solved: 'no', comment: '还是不亮' }
const REACHED = { reached: true, contacted: true, solved: 'no', level: 1, callBackOutcome: 'explained' }
const RESULT = { result: '已更换灯具。' }
const COMPLAINT = { kind: 'complaint', title: '物业保安态度差', body: '门岗保安态度恶劣，请处理。' }

let t: TestApp
let resident: Caller
let officer: Caller
let officer2: Caller
let secretary: Caller
let supervisor: Caller
let gridWorker: Caller
/** A unit with handlers, and the street's. */
let unitId: string
let handler: Caller
let streetUnitId: string

beforeAll(async () => {
  t = await startTestApp()
  await inTransaction(t.deps.pool, loadReferenceCategories)
  ;[resident, officer, officer2] = [await t.as('resident'), await t.as('officer'), await t.as('officer')]
  ;[secretary, gridWorker] = [await t.as('secretary'), await t.as('grid_worker')]
  supervisor = await t.as(await t.aPerson({ role: 'supervisor', region: STREET }))
  unitId = (await aUnit(t.deps, { hasAccounts: true })).id
  handler = await t.as(await t.aPerson({ role: 'unit_handler', unitId }))
  streetUnitId = (await aUnit(t.deps, { regionCode: STREET, name: '街道办事处' })).id
})
afterAll(() => t.close())

const answered = async (by = officer, raiser = resident): Promise<string> => {
  const id = await raiseAs(raiser)
  await must(by, id, 'answer', ANSWER)
  return id
}
const ratingOf = async (id: string) =>
  (await secretary.call(evaluationRoutes.listRatings, { params: { id } })).body.items.toSorted(
    (a, b) => b.round - a.round,
  )[0]?.id
const objectionOf = async (id: string) =>
  (await secretary.call(evaluationRoutes.listObjections, { params: { id } })).body.items.at(-1)?.id
const rated = async (by = officer, raiser = resident, rating: object = BAD): Promise<[string, string | undefined]> => {
  const id = await answered(by, raiser)
  await must(raiser, id, 'evaluate', { ...rating })
  return [id, await ratingOf(id)]
}
const raiserIdOf = async (id: string) =>
  (await secretary.call(issueRoutes.listRaisers, { params: { id } })).body.items[0]?.id
const worked = async (): Promise<string> => {
  const id = await raiseAs(resident)
  await must(officer, id, 'accept', ACCEPTED)
  await must(officer, id, 'dispatch', { leadUnitId: unitId })
  await must(handler, id, 'sign')
  await must(handler, id, 'submit', RESULT)
  return id
}
/** One of the staff who also works for the unit complained about, and a complaint about it. */
const conflicted = async (role: 'officer' | 'grid_worker' | 'secretary' = 'officer') => {
  const person = await t.aPerson({ role })
  await grant(t.deps, { personId: person.id, role: 'unit_handler', unitId })
  return t.as(person)
}
const complaint = (raiser = resident) => raiseAs(raiser, { ...COMPLAINT, complainedUnitId: unitId })
const refused = async (by: Caller, id: string, action: Action, body: object = {}) => {
  const reply = await act(by, id, action, { ...body })
  return [reply.status, reply.problem?.reason]
}
const problemOf = <T>({ status, problem }: Reply<T>) => [status, problem?.reason]
const ask = (by: Caller, personId: string) =>
  by.call(grantRoutes.requestGrant, {
    body: { personId, role: 'officer', regionCode: COMMUNITY, reason: '工作需要' },
  })

/** Each rule as the domain states it, and what the one it bars is told. */
const RULES: [rule: string, answer: unknown, attempt: () => Promise<unknown>][] = [
  [
    'nobody grants to oneself',
    [403, 'cannot_grant_to_self'],
    async () => problemOf(await ask(secretary, String(secretary.personId))),
  ],
  [
    'a grant to staff needs a second approver',
    [403, 'cannot_approve_own_request'],
    async () => {
      const { body } = await ask(officer, (await t.aPerson()).id)
      return problemOf(await officer.call(grantRoutes.approveGrant, { params: { id: body.id } }))
    },
  ],
  [
    'the second approver of a grant to staff is the secretary or the street',
    403,
    async () => {
      const { body } = await ask(officer, (await t.aPerson()).id)
      return (await officer2.call(grantRoutes.approveGrant, { params: { id: body.id } })).status
    },
  ],
  [
    'nobody sets another’s password: a password is only ever typed to sign in',
    ['signIn'],
    async () =>
      Object.values(routes as unknown as Record<string, Record<string, RouteContract>>)
        .flatMap((contracts) => Object.values(contracts))
        .filter(({ body }) => body instanceof z.ZodObject && 'password' in body.shape)
        .map(({ operationId }) => operationId),
  ],
  [
    'an administrator has no say in a matter',
    403,
    async () => (await act(await t.as('administrator'), await answered(), 'close')).status,
  ],
  [
    'whoever submitted the work does not verify it',
    [403, 'not_submitter'],
    async () => {
      const silent = (await aUnit(t.deps, { hasAccounts: false })).id
      const id = await raiseAs(resident)
      await must(officer, id, 'accept', ACCEPTED)
      await must(officer, id, 'dispatch', { leadUnitId: silent })
      await must(officer, id, 'sign')
      await must(officer, id, 'submit', RESULT)
      const verify = await refused(officer, id, 'verify', { finding: '已修好' })
      await must(gridWorker, id, 'verify', { finding: '已修好', photos: [await uploadPhoto(gridWorker)] })
      // Nor publish it, nor send it back.
      expect(await refused(officer, id, 'publicize', RESULT)).toEqual([403, 'not_submitter'])
      expect(await refused(officer, id, 'reject', { reason: '不行' })).toEqual([403, 'not_submitter'])
      return verify
    },
  ],
  [
    'whoever submitted the work does not call back on it',
    [403, 'not_submitter'],
    async () => {
      const [id, ratingId] = await rated()
      return refused(officer, id, 'call_back', { ratingId, ...REACHED })
    },
  ],
  [
    'whoever submitted the work does not answer an objection to it',
    [403, 'not_submitter'],
    async () => {
      const id = await answered()
      await must(resident, id, 'object', { personalReason: '没有修好' })
      return refused(officer, id, 'answer_objection', {
        objectionId: await objectionOf(id),
        answer: '已修好',
        upheld: false,
      })
    },
  ],
  [
    'whoever objected does not answer the objection',
    [403, 'not_objector'],
    async () => {
      const id = await answered(officer, officer2)
      await must(officer2, id, 'object', { personalReason: '没有修好' })
      return refused(officer2, id, 'answer_objection', {
        objectionId: await objectionOf(id),
        answer: '好了',
        upheld: false,
      })
    },
  ],
  [
    'the street answers an objection of the secretary, or to the secretary’s work, as the officer may have done the work',
    [403, 'not_objector'],
    async () => {
      const no = { answer: '已修好', upheld: false }
      // Where one person is both.
      const { id: personId } = await t.aPerson({ role: 'secretary' })
      await grant(t.deps, { personId, role: 'officer', region: COMMUNITY })
      const ofSecretarys = await answered(await t.as({ id: personId }))
      await must(resident, ofSecretarys, 'object', { personalReason: '没有修好' })
      await must(supervisor, ofSecretarys, 'answer_objection', { objectionId: await objectionOf(ofSecretarys), ...no })
      const id = await answered(officer, secretary)
      await must(secretary, id, 'object', { personalReason: '没有修好' })
      const objectionId = await objectionOf(id)
      expect(await refused(officer, id, 'answer_objection', { objectionId, ...no })).toEqual([403, 'not_submitter'])
      const own = await refused(secretary, id, 'answer_objection', { objectionId, ...no })
      await must(supervisor, id, 'answer_objection', { objectionId, ...no })
      return own
    },
  ],
  [
    'a review is answered by another than the first answer, by the street where that was the secretary’s',
    [403, 'another_reviews'],
    async () => {
      const id = await answered()
      await must(resident, id, 'object', { personalReason: '没有修好' })
      const first = await objectionOf(id)
      const no = { answer: '已修好', upheld: false }
      expect(await refused(supervisor, id, 'answer_objection', { objectionId: first, ...no })).toEqual([
        403,
        'street_answers',
      ])
      await must(secretary, id, 'answer_objection', { objectionId: first, ...no })
      await must(resident, id, 'object', { personalReason: '请复核', reviewOf: first })
      const { body } = await secretary.call(evaluationRoutes.listObjections, { params: { id } })
      const review = body.items.find(({ reviewOf }) => reviewOf !== null)?.id
      const own = await refused(secretary, id, 'answer_objection', { objectionId: review, ...no })
      await must(supervisor, id, 'answer_objection', { objectionId: review, ...no })
      return own
    },
  ],
  [
    'an appeal is decided by somebody else than the decision was',
    [403, 'another_decides_appeal'],
    async () => {
      const id = await raiseAs(resident)
      await must(officer, id, 'decline', { reasonCode: 'no_facts', explanation: '无法核实' })
      await must(resident, id, 'appeal', { personalReason: '有照片为证' })
      const own = await refused(officer, id, 'accept', ACCEPTED)
      await must(officer2, id, 'accept', ACCEPTED)
      return own
    },
  ],
  [
    'whoever asked for an extension does not grant it',
    [403, 'not_extension_asker'],
    async () => {
      const silent = (await aUnit(t.deps, { hasAccounts: false })).id
      const id = await raiseAs(resident)
      await must(officer, id, 'accept', ACCEPTED)
      await must(officer, id, 'dispatch', { leadUnitId: silent })
      const requestedDueAt = new Date(t.clock.now().getTime() + 60 * 86_400_000).toISOString()
      await must(officer, id, 'request_extension', { requestedDueAt, reason: '等配件' })
      return refused(officer, id, 'decide_extension', { approved: true, dueAt: requestedDueAt, reason: '同意' })
    },
  ],
  [
    'staff never rate',
    [403, 'helps_a_raiser'],
    async () => {
      const id = await answered()
      expect((await act(secretary, id, 'evaluate', BAD)).status).toBe(403)
      const [status, reason] = await refused(gridWorker, id, 'evaluate', BAD)
      return [status === 409 ? 403 : status, reason]
    },
  ],
  [
    'who had a part in the matter does not help with its rating',
    [403, 'had_no_part'],
    async () => {
      const id = await answered()
      return refused(officer, id, 'evaluate', { ...BAD, onBehalfOf: await raiserIdOf(id) })
    },
  ],
  [
    'who helped with a rating does not call back on it, nor does who gave it',
    [403, 'not_party_to_rating'],
    async () => {
      const id = await answered()
      await must(gridWorker, id, 'evaluate', { ...BAD, onBehalfOf: await raiserIdOf(id) })
      const [own, ownRating] = await rated(officer, officer2)
      expect(await refused(officer2, own, 'call_back', { ratingId: ownRating, ...REACHED })).toEqual([
        403,
        'not_party_to_rating',
      ])
      return refused(gridWorker, id, 'call_back', { ratingId: await ratingOf(id), ...REACHED })
    },
  ],
  [
    'a contest is decided by another than who contested it, by the street where that was the secretary',
    [403, 'another_decides_contest'],
    async () => {
      const both = await t.aPerson({ role: 'secretary' })
      await grant(t.deps, { personId: both.id, role: 'officer' })
      const caller = await t.as(both)
      const [id, ratingId] = await rated()
      await must(caller, id, 'contest_rating', { ratingId, reason: '评价的是另一件事' })
      const { body } = await caller.call(judgingRoutes.listOpenContests, {
        query: { community: COMMUNITY, limit: 100 },
      })
      expect(body.items.find((each) => each.ratingId === ratingId)).toMatchObject({ mine: true, comment: BAD.comment })
      const decision = { ratingId, upheld: false, reason: '评价属实' }
      const own = await refused(caller, id, 'decide_contest', decision)
      await must(supervisor, id, 'decide_contest', decision)
      return own
    },
  ],
  [
    'a unit complained about does not lead',
    [409, 'lead_unit_fit'],
    async () => {
      const id = await complaint()
      const { publicTitle, publicText, ...triage } = ACCEPTED
      expect([publicTitle, publicText]).toHaveLength(2)
      await must(officer, id, 'accept', triage)
      const co = await act(officer, id, 'dispatch', { leadUnitId: streetUnitId, coUnits: [{ unitId }] })
      expect(problemOf(co)).toEqual([422, 'co_unit_complained'])
      return refused(officer, id, 'dispatch', { leadUnitId: unitId })
    },
  ],
  [
    'a unit complained about neither settles nor turns away the complaint',
    [403, 'not_of_complained_unit'],
    async () => {
      const one = await conflicted()
      const id = await complaint()
      expect(await refused(one, id, 'decline', { reasonCode: 'no_facts', explanation: '无' })).toEqual([
        403,
        'not_of_complained_unit',
      ])
      return refused(one, id, 'answer', PRIVATE_ANSWER)
    },
  ],
  [
    'a unit complained about does not verify',
    [403, 'not_of_complained_unit'],
    async () => {
      const one = await conflicted('grid_worker')
      const id = await complaint()
      const silent = (await aUnit(t.deps, { hasAccounts: false })).id
      await must(officer, id, 'accept', { categoryCode: '209022', urgency: 'ordinary', route: 'direct' })
      await must(officer, id, 'dispatch', { leadUnitId: silent })
      await must(officer, id, 'sign')
      await must(officer, id, 'submit', RESULT)
      return refused(one, id, 'verify', { finding: '没有此事' })
    },
  ],
  [
    'a unit complained about does not call back, help with a rating or decide a contest',
    [403, 'not_of_complained_unit'],
    async () => {
      const id = await complaint()
      await must(officer, id, 'answer', PRIVATE_ANSWER)
      const one = await conflicted('grid_worker')
      expect(await refused(one, id, 'evaluate', { ...BAD, onBehalfOf: await raiserIdOf(id) })).toEqual([
        403,
        'not_of_complained_unit',
      ])
      await must(resident, id, 'evaluate', BAD)
      const ratingId = await ratingOf(id)
      await must(officer, id, 'contest_rating', { ratingId, reason: '恶意评价' })
      const decision = { ratingId, upheld: true, reason: '不实' }
      expect(await refused(await conflicted('secretary'), id, 'decide_contest', decision)).toEqual([
        403,
        'not_of_complained_unit',
      ])
      return refused(one, id, 'call_back', { ratingId, ...REACHED })
    },
  ],
  [
    'a unit complained about does not answer objections',
    [403, 'not_of_complained_unit'],
    async () => {
      const id = await raiseAs(resident, { ...COMPLAINT, complainedUnitId: unitId, visibility: 'public' })
      await must(officer, id, 'answer', ANSWER)
      await must(resident, id, 'object', { personalReason: '不属实' })
      const one = await conflicted()
      return refused(one, id, 'answer_objection', { objectionId: await objectionOf(id), answer: '属实', upheld: false })
    },
  ],
  [
    'a unit at work on the matter is replaced before it is named as the one complained about',
    [409, 'complained_not_at_work'],
    async () => {
      const id = await raiseAs(resident, COMPLAINT)
      await must(officer, id, 'accept', { categoryCode: '209022', urgency: 'ordinary', route: 'direct' })
      await must(officer, id, 'dispatch', { leadUnitId: unitId })
      const late = await refused(officer, id, 'reclassify', { complainedUnitId: unitId, reason: '投诉的是物业' })
      expect((await handler.call(issueRoutes.readIssue, { params: { id } })).body.view).toBe('handler')
      await must(secretary, id, 'reassign', { leadUnitId: streetUnitId, reason: '回避' })
      await must(officer, id, 'reclassify', { complainedUnitId: unitId, reason: '投诉的是物业' })
      expect((await handler.call(issueRoutes.readIssue, { params: { id } })).status).toBe(404)
      const { body } = await officer.call(issueRoutes.readIssue, { params: { id } })
      expect(body.complainedUnitId).toBe(unitId)
      return late
    },
  ],
  [
    'a complaint about a unit does not come to that unit by being merged',
    [409, 'target_about_same_unit'],
    async () => {
      const target = await raiseAs(resident, { kind: 'request' })
      await must(officer, target, 'accept', { categoryCode: '209022', urgency: 'ordinary', route: 'direct' })
      return refused(officer, await complaint(), 'merge', { targetId: target })
    },
  ],
  [
    'only a complaint names a unit',
    [400, undefined],
    async () => {
      const body = { community: COMMUNITY, kind: 'problem', title: '路灯', body: '路灯不亮', complainedUnitId: unitId }
      return problemOf(await resident.call(issueRoutes.raiseIssue, { body: body as never }))
    },
  ],
]

describe('separated duties', () => {
  it.each(RULES)('%s', async (_, answer, attempt) => {
    expect(await attempt()).toEqual(answer)
  })

  it('leave the unit named on the matter when another community takes it over, and let it go when it is no complaint', async () => {
    const id = await complaint()
    await must(officer, id, 'reclassify', { kind: 'request', reason: '是求助' })
    expect((await officer.call(issueRoutes.readIssue, { params: { id } })).body.complainedUnitId).toBeNull()
    const other = await complaint()
    await must(officer, other, 'refer', {
      recipient: 'community',
      communityCode: '340803002003',
      explanation: '属他社区',
    })
    const { rows } = await t.deps.pool.query(
      `select complained_unit_id from issues where community_code = '340803002003' order by raised_at desc limit 1`,
    )
    expect(rows).toEqual([{ complained_unit_id: unitId }])
    expect((await verifyRecord(t.deps)).mismatch).toBeNull()
  })
})

describe('from the third round', () => {
  it('a unit of the street leads: dispatch, rectification and call-back ask for one, and its handler does the work', async () => {
    await secretary.call(policyRoutes.setPolicy, {
      params: { regionCode: COMMUNITY, key: 'sampled_call_back_percent' },
      ifMatch: 0,
      body: { value: 0, reason: '测试' },
    })
    const id = await worked()
    const publish = async (by: Caller) => {
      await must(gridWorker, id, 'verify', { finding: '已查看', photos: [await uploadPhoto(gridWorker)] })
      await must(by, id, 'publicize', { ...RESULT, publicTitle: '路灯不亮', publicText: '路灯损坏。' })
    }
    const upheld = { ...REACHED, callBackOutcome: 'upheld' }
    await publish(officer)
    await must(resident, id, 'evaluate', BAD)
    expect((await must(officer2, id, 'call_back', { ratingId: await ratingOf(id), ...upheld })).followed).toEqual([
      'rectify',
    ])
    await must(handler, id, 'sign')
    await must(handler, id, 'submit', RESULT)
    await publish(officer)
    await must(resident, id, 'evaluate', BAD)
    const ratingId = await ratingOf(id)
    expect(await refused(officer2, id, 'call_back', { ratingId, ...upheld })).toEqual([409, 'unit_for_rectify'])
    expect(await refused(officer2, id, 'rectify', { reason: '仍未解决' })).toEqual([409, 'street_rectifies'])
    await must(officer2, id, 'call_back', { ratingId, ...upheld, leadUnitId: streetUnitId })
    const { body } = await officer.call(issueRoutes.readIssue, { params: { id } })
    expect(body).toMatchObject({ state: 'dispatched', round: 3, leadUnitId: streetUnitId, escalated: true })
    expect(await refused(secretary, id, 'reassign', { leadUnitId: unitId, reason: '换回' })).toEqual([
      409,
      'street_leads',
    ])
    // Whoever led before reads it no more than the public does.
    expect((await handler.call(issueRoutes.readIssue, { params: { id } })).body.view).toBe('public')
    const street = await t.as(await t.aPerson({ role: 'unit_handler', unitId: streetUnitId, region: STREET }))
    await must(street, id, 'return', { reason: '请社区先核实' })
    expect(await refused(officer, id, 'dispatch', { leadUnitId: unitId })).toEqual([409, 'street_leads'])
    // To who returned it the secretary gives it again.
    await must(secretary, id, 'dispatch', { leadUnitId: streetUnitId })
    await must(street, id, 'sign')
  })
})

it('is led by whom there is, where the only unit of the street is the one complained about', async () => {
  const only = await t.deps.pool.query(`select id from units where region_code = $1 and active`, [STREET])
  expect(only.rows).toEqual([{ id: streetUnitId }])
  const id = await raiseAs(resident, { ...COMPLAINT, complainedUnitId: streetUnitId })
  await must(officer, id, 'accept', { categoryCode: '209022', urgency: 'ordinary', route: 'direct' })
  await t.deps.pool.query('update issues set round = 3 where id = $1', [id.slice(-36)])
  expect((await must(officer, id, 'dispatch', { leadUnitId: unitId })).state).toBe('dispatched')
})

describe('contact data', () => {
  const reveal = async (by: Caller, id: string, purpose = '约上门时间') =>
    by.call(issueRoutes.revealContacts, { params: { id }, body: { purpose } })
  const atUnit = async (fields: object, coUnits: object[] = []): Promise<string> => {
    const id = await raiseAs(resident, { visibility: 'private', ...fields })
    await must(officer, id, 'accept', { categoryCode: '209022', urgency: 'ordinary', route: 'direct' })
    await must(officer, id, 'dispatch', { leadUnitId: unitId, coUnits })
    return id
  }

  it('reaches a unit at work by the raiser’s consent alone, with a purpose and a record', async () => {
    const id = await atUnit({ contactConsent: true })
    const { status, body } = await reveal(handler, id)
    expect(status).toBe(200)
    expect(body.items).toMatchObject([
      { name: expect.stringMatching(/^测试/), phone: expect.stringMatching(/^139\d{8}$/) },
    ])
    const { body: audits } = await secretary.call(peopleRoutes.listAuditRecords, { query: { limit: 100 } })
    expect(audits.items.find((each) => each.subjectId === id)).toMatchObject({
      action: 'reveal_contacts',
      purpose: '约上门时间',
      details: { people: [resident.personId] },
    })
    expect((await reveal(handler, id, '')).status).toBe(400)
    // Staff have a way of their own; somebody of another unit does not know the matter.
    expect((await reveal(officer, id)).status).toBe(403)
    expect((await reveal(await t.as('unit_handler'), id)).status).toBe(404)
    expect(problemOf(await reveal(handler, await atUnit({})))).toEqual([403, 'no_consent'])
    await must(handler, id, 'sign')
    await must(handler, id, 'submit', RESULT)
    expect(problemOf(await reveal(handler, id))).toEqual([403, 'no_open_order'])
  })

  it('of a complaint reaches none, whatever the complaint is made into or merged with', async () => {
    const id = await atUnit({ ...COMPLAINT, contactConsent: true })
    expect(problemOf(await reveal(handler, id))).toEqual([403, 'complaint_is_relayed'])
    await must(officer, id, 'reclassify', { kind: 'request', reason: '按求助办理' })
    expect(problemOf(await reveal(handler, id))).toEqual([403, 'complaint_is_relayed'])
    const target = await atUnit({ contactConsent: false })
    const complainer = await t.as('resident')
    const merged = await raiseAs(complainer, { ...COMPLAINT, contactConsent: true })
    await must(officer, merged, 'merge', { targetId: target })
    expect(problemOf(await reveal(handler, target))).toEqual([403, 'no_consent'])
  })

  it('and the matter itself are a unit’s only as long as the order is', async () => {
    const co = (await aUnit(t.deps, { hasAccounts: true })).id
    const coHandler = await t.as(await t.aPerson({ role: 'unit_handler', unitId: co }))
    const reads = async (by: Caller, id: string) => (await by.call(issueRoutes.readIssue, { params: { id } })).status
    const lists = async (by: Caller, id: string) =>
      (await by.call(issueRoutes.listIssues, { query: { community: COMMUNITY, limit: 100 } })).body.items.some(
        (item) => item.id === id,
      )
    const returned = await atUnit({})
    expect([await reads(handler, returned), await lists(handler, returned)]).toEqual([200, true])
    await must(handler, returned, 'return', { reason: '不属本单位职责' })
    expect([await reads(handler, returned), await lists(handler, returned)]).toEqual([404, false])
    const shared = await atUnit({}, [{ unitId: co }])
    await must(coHandler, shared, 'finish_part', { unitId: co, result: '已配合' })
    // A part that is finished stays in sight for this round.
    expect([await reads(coHandler, shared), await lists(coHandler, shared)]).toEqual([200, true])
    const waived = await atUnit({}, [{ unitId: co }])
    await must(officer, waived, 'waive', { unitId: co, reason: '不再需要' })
    expect([await reads(coHandler, waived), await lists(coHandler, waived)]).toEqual([404, false])
    const orders = await coHandler.call(officeRoutes.listWorkOrders, {
      query: { community: COMMUNITY, state: 'waived' },
    })
    expect(orders.body.items.find(({ issueId }) => issueId === waived)?.issueTitle ?? null).toBeNull()
  })
})
