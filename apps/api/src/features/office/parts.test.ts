import { attachmentRoutes, issueRoutes, officeRoutes, unitRoutes } from '@tongxin/contract'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  aUnit,
  type Caller,
  COMMUNITY,
  DAY,
  HOUR,
  NEIGHBOUR,
  startTestApp,
  type TestApp,
} from '../../../test/support/index.ts'
import { ACCEPTED, act, must, raiseAs } from '../../../test/support/issues.ts'
import { uploadPhoto } from '../../../test/support/photos.ts'
import { inTransaction } from '../../db/connect.ts'
import { loadReferenceCategories } from '../../reference/load-reference.ts'
import { verifyRecord } from '../verification/index.ts'

interface Staffed {
  id: string
  name: string
  handler: Caller
}

let t: TestApp
let resident: Caller
let officer: Caller
let secretary: Caller
let lead: Staffed
let co: Staffed
let third: Staffed
/** A unit nobody signs in for. */
let silent: { id: string }

const staffed = async (): Promise<Staffed> => {
  const { id, name } = await aUnit(t.deps, { hasAccounts: true })
  return { id, name, handler: await t.as(await t.aPerson({ role: 'unit_handler', unitId: id })) }
}

/** Everybody signs in anew: sessions end, and the tests put the clock forward by days. */
const again = async (caller: Caller): Promise<Caller> => t.as({ id: String(caller.personId) })

beforeAll(async () => {
  t = await startTestApp({ start: '2026-03-04T02:00:00.000Z' })
  await inTransaction(t.deps.pool, loadReferenceCategories)
  ;[resident, officer, secretary] = [await t.as('resident'), await t.as('officer'), await t.as('secretary')]
  ;[lead, co, third] = [await staffed(), await staffed(), await staffed()]
  silent = await aUnit(t.deps, { hasAccounts: false })
})
afterAll(() => t.close())

const ahead = (ms: number) => new Date(t.clock.now().getTime() + ms).toISOString()
const accepted = async (): Promise<string> => {
  const id = await raiseAs(resident)
  await must(officer, id, 'accept', ACCEPTED)
  return id
}
const refused = async (by: Caller, id: string, action: Parameters<typeof act>[2], body: Record<string, unknown> = {}) =>
  (await act(by, id, action, body)).problem.reason
const read = async (by: Caller, id: string) =>
  (await by.call(officeRoutes.listIssueWorkOrders, { params: { id } })).body
const orderOf = async (by: Caller, id: string, unitId: string) =>
  (await read(by, id)).items.filter((order) => order.unitId === unitId).at(-1)
const offers = async (by: Caller, id: string) =>
  (await by.call(issueRoutes.readIssue, { params: { id } })).body.allowedActions.map(({ action }) => action)
const sees = async (by: Caller, id: string) => (await by.call(issueRoutes.readIssue, { params: { id } })).status
const verified = async () => (await verifyRecord(t.deps)).mismatch

describe('the parts of one matter', () => {
  let id: string

  it('are given with dates ahead that are no later than the lead’s', async () => {
    id = await accepted()
    const part = (dueAt: string) => ({
      leadUnitId: lead.id,
      dueAt: ahead(10 * DAY),
      coUnits: [{ unitId: co.id, dueAt }],
    })
    expect(await refused(officer, id, 'dispatch', part(ahead(-HOUR)))).toBe('ahead')
    expect(await refused(officer, id, 'dispatch', part(ahead(11 * DAY)))).toBe('parts_within_lead')
    const coUnits = [{ unitId: co.id, dueAt: ahead(3 * DAY), task: '停电配合' }, { unitId: third.id }]
    await must(officer, id, 'dispatch', { leadUnitId: lead.id, dueAt: ahead(10 * DAY), coUnits })
    const over = { leadUnitId: lead.id, reason: '换人', coUnits: [{ unitId: co.id, dueAt: ahead(-HOUR) }] }
    expect(await refused(officer, id, 'reassign', over)).toBe('ahead')
    const late = { unitId: silent.id, dueAt: ahead(11 * DAY) }
    expect(await refused(officer, id, 'add_part', late)).toBe('parts_within_lead')
    expect(await refused(officer, id, 'add_part', { unitId: co.id })).toBe('co_unit_addable')
    await must(officer, id, 'add_part', { unitId: silent.id, instructions: '清理现场' })
    const orders = (await read(officer, id)).items
    expect(orders.map(({ role, signedAt }) => [role, signedAt])).toEqual([
      ['lead', null],
      ['co', null],
      ['co', null],
      ['co', null],
    ])
    // What runs out first is the time to sign.
    for (const { firstDueAt, signDueAt, dueAt } of orders)
      expect([firstDueAt, signDueAt! < dueAt]).toEqual([signDueAt, true])
  })

  it('are signed for and returned by their own units, by staff for a unit without accounts', async () => {
    expect(await refused(lead.handler, id, 'sign_part', { unitId: co.id })).toBe('own_part')
    expect(await refused(officer, id, 'sign_part', { unitId: co.id })).toBe('part_without_accounts')
    await must(co.handler, id, 'sign_part', { unitId: co.id })
    expect(await refused(co.handler, id, 'sign_part', { unitId: co.id })).toBe('part_unsigned')
    expect(await refused(co.handler, id, 'return_part', { unitId: co.id, reason: '不办了' })).toBe('part_unsigned')
    await must(officer, id, 'sign_part', { unitId: silent.id })
    await must(third.handler, id, 'return_part', { unitId: third.id, reason: '不属本单位职责' })
    expect(await orderOf(officer, id, third.id)).toMatchObject({ state: 'returned', result: '不属本单位职责' })
    // What was returned is theirs no more, the matter being private to those at work on it.
    expect(await offers(officer, id)).toContain('add_part')
    // Given again to the unit that returned it: the secretary's to say, and then not returned.
    expect(await refused(officer, id, 'add_part', { unitId: third.id })).toBe('not_given_again')
    t.clock.advance(60_000)
    await must(secretary, id, 'add_part', { unitId: third.id })
    expect(await orderOf(officer, id, third.id)).toMatchObject({ state: 'open', designated: true })
    expect(await offers(third.handler, id)).not.toContain('return_part')
    const back = { unitId: third.id, reason: '仍不属本单位' }
    expect(await refused(third.handler, id, 'return_part', back)).toBe('part_not_designated')
    expect(await verified()).toBeNull()
  })

  it('offer to each only what is theirs to do', async () => {
    const parts = (actions: string[]) => actions.filter((action) => action.includes('part') || action === 'hand_over')
    expect(parts(await offers(lead.handler, id))).toEqual(['hand_over'])
    expect(parts(await offers(co.handler, id)).sort()).toEqual(['finish_part', 'hand_over', 'request_part_extension'])
    // For the unit nobody signs in for.
    expect(await offers(officer, id)).toEqual(expect.arrayContaining(['finish_part', 'waive', 'add_part']))
    expect(await offers(officer, id)).not.toContain('decide_part_extension')
  })

  it('are noted with photos by their own unit alone', async () => {
    const photos = [await uploadPhoto(co.handler)]
    await must(co.handler, id, 'progress', { unitId: co.id, progressText: '已到现场', photos })
    await must(lead.handler, id, 'progress', { progressText: '备料中' })
    expect(await refused(co.handler, id, 'progress', { unitId: third.id, progressText: '代记' })).toBe('own_part')
    expect(await refused(lead.handler, id, 'progress', { unitId: co.id, progressText: '代记' })).toBe(
      'note_of_own_order',
    )
    // A matter that everybody reads is still not every unit's to report on.
    const stranger = await staffed()
    expect(await sees(stranger.handler, id)).toBe(200)
    const note = { unitId: stranger.id, progressText: '我来说两句' }
    expect(await refused(stranger.handler, id, 'progress', note)).toBe('part_open')
    const { timeline } = (await officer.call(issueRoutes.readIssue, { params: { id } })).body
    const notes = timeline.filter(({ action }) => action === 'progress')
    expect(notes.map(({ fields, photos: shown }) => [fields.unitId, shown.length])).toEqual([
      [co.id, 1],
      [lead.id, 0],
    ])
  })

  it('are extended on their own: asked for, refused with another date in writing, granted', async () => {
    const asks = (requestedDueAt: string) =>
      act(co.handler, id, 'request_part_extension', { unitId: co.id, requestedDueAt, reason: '配件未到' })
    expect((await asks(ahead(-DAY))).problem.reason).toBe('part_later_than_due')
    expect((await asks(ahead(2 * DAY))).problem.reason).toBe('part_later_than_due')
    expect((await asks(ahead(12 * DAY))).problem.reason).toBe('part_extension_within_lead')
    expect((await asks(ahead(8 * DAY))).status).toBe(200)
    expect((await asks(ahead(9 * DAY))).problem.reason).toBe('no_part_extension_pending')
    expect(await orderOf(officer, id, co.id)).toMatchObject({ extensionAskedFor: ahead(8 * DAY) })
    const decides = (body: Record<string, unknown>) =>
      act(officer, id, 'decide_part_extension', { unitId: co.id, ...body })
    expect((await decides({ approved: false })).status).toBe(400)
    const beyond = { approved: false, dueAt: ahead(9 * DAY), reason: '尽快' }
    expect((await decides(beyond)).problem.reason).toBe('part_refused_before_asked')
    const until = ahead(5 * DAY)
    expect((await decides({ approved: false, dueAt: until, reason: '配件周五到货，请于周五前办结' })).status).toBe(200)
    expect(await orderOf(co.handler, id, co.id)).toMatchObject({ dueAt: until, extensionAskedFor: null })
    const { timeline } = (await resident.call(issueRoutes.readIssue, { params: { id } })).body
    expect(timeline.at(-1)?.fields).toMatchObject({
      approved: false,
      reason: '配件周五到货，请于周五前办结',
      dueAt: until,
    })
    expect((await asks(ahead(7 * DAY))).status).toBe(200)
    expect((await decides({ approved: true, reason: '情况属实' })).status).toBe(200)
    expect(await orderOf(co.handler, id, co.id)).toMatchObject({ dueAt: ahead(7 * DAY) })
    expect(await verified()).toBeNull()
  })

  it('go from one handler to a colleague of the same unit, on record', async () => {
    const colleague = await t.as(await t.aPerson({ role: 'unit_handler', unitId: co.id }))
    const order = (await orderOf(co.handler, id, co.id))!
    expect([order.inMyHands, (await orderOf(colleague, id, co.id))?.inMyHands]).toEqual([true, false])
    const found = await co.handler.call(officeRoutes.listColleagues, { params: { id: order.id } })
    expect(found.body.items.map(({ personId }) => personId).sort()).toEqual(
      [co.handler.personId, colleague.personId].sort(),
    )
    expect((await lead.handler.call(officeRoutes.listColleagues, { params: { id: order.id } })).status).toBe(404)
    const to = (handlerId: unknown) => ({ unitId: co.id, handlerId: String(handlerId) })
    expect(await refused(co.handler, id, 'hand_over', to(co.handler.personId))).toBe('colleague_takes_over')
    expect(await refused(co.handler, id, 'hand_over', to(third.handler.personId))).toBe('colleague_takes_over')
    expect(await refused(lead.handler, id, 'hand_over', to(colleague.personId))).toBe('own_order')
    await must(co.handler, id, 'hand_over', to(colleague.personId))
    expect((await orderOf(colleague, id, co.id))?.inMyHands).toBe(true)
    const nameFor = async (by: Caller) => (await orderOf(by, id, co.id))?.handlerName
    expect([await nameFor(officer), await nameFor(colleague)]).toEqual([expect.any(String), expect.any(String)])
    expect(await nameFor(lead.handler)).toBeNull()
    expect(await verified()).toBeNull()
  })

  it('are all done or waived before the lead submits', async () => {
    await must(lead.handler, id, 'sign')
    const result = { result: '已更换灯具，当场试亮。' }
    expect(await refused(lead.handler, id, 'submit', result)).toBe('parts_done')
    await must(co.handler, id, 'finish_part', { unitId: co.id, ...result })
    await must(officer, id, 'finish_part', { unitId: silent.id, ...result })
    expect(await refused(officer, id, 'finish_part', { unitId: third.id, ...result })).toBe('part_without_accounts')
    expect(await refused(lead.handler, id, 'submit', result)).toBe('parts_done')
    await must(officer, id, 'waive', { unitId: third.id, reason: '不再需要' })
    await must(lead.handler, id, 'submit', result)
    expect(await verified()).toBeNull()
  })
})

describe('a disputed dispatch', () => {
  it('keeps who received it first answerable, and goes to the secretary, whose word is not returned', async () => {
    const id = await accepted()
    const dispatch = (by: Caller, leadUnitId: string) => act(by, id, 'dispatch', { leadUnitId })
    await dispatch(officer, lead.id)
    await must(lead.handler, id, 'return', { reason: '不属本单位职责' })
    expect((await read(officer, id)).answerable).toMatchObject({ unitId: lead.id, signed: false })
    // Sent back where it came from, without another word: that is a dispute.
    expect((await dispatch(officer, lead.id)).problem.reason).toBe('settled_by_secretary')
    t.clock.advance(60_000)
    expect((await dispatch(officer, third.id)).status).toBe(200)
    expect((await read(officer, id)).answerable).toMatchObject({ unitId: lead.id, signed: false })
    await must(third.handler, id, 'return', { reason: '不属本单位职责' })
    expect((await dispatch(officer, co.id)).problem.reason).toBe('settled_by_secretary')
    expect([await offers(officer, id), (await read(officer, id)).disputed]).toEqual([
      expect.not.arrayContaining(['dispatch']),
      true,
    ])
    t.clock.advance(60_000)
    expect((await dispatch(secretary, third.id)).status).toBe(200)
    expect(await orderOf(officer, id, third.id)).toMatchObject({ designated: true })
    expect(await refused(third.handler, id, 'return', { reason: '不属本单位职责' })).toBe('not_designated')
    expect(await refused(officer, id, 'reassign', { leadUnitId: co.id, reason: '改派' })).toBe('secretary_reassigns')
    await must(third.handler, id, 'sign')
    expect((await read(officer, id)).answerable).toMatchObject({ unitId: third.id, signed: true })
    expect(await verified()).toBeNull()
  })
})

describe('a unit with open orders', () => {
  it('is not dissolved before they are done or given to others', async () => {
    const unit = await staffed()
    const id = await accepted()
    await must(officer, id, 'dispatch', { leadUnitId: lead.id, coUnits: [{ unitId: unit.id }] })
    const dissolve = () =>
      officer.call(unitRoutes.changeUnit, { params: { id: unit.id }, ifMatch: 1, body: { active: false } })
    const reply = await dissolve()
    const { number } = (await officer.call(issueRoutes.readIssue, { params: { id } })).body
    expect([reply.status, reply.problem.code]).toEqual([409, 'unit_has_open_orders'])
    expect(reply.problem.errors).toEqual([{ path: 'body.active', message: `${number} 协办` }])
    await must(officer, id, 'waive', { unitId: unit.id, reason: '单位撤销' })
    expect((await dissolve()).status).toBe(200)
    expect(await refused(officer, id, 'add_part', { unitId: unit.id })).toBe('co_unit_addable')
  })

  it('is given none while it is being dissolved', async () => {
    const unit = await staffed()
    const id = await accepted()
    const dissolving = await t.deps.pool.connect()
    await dissolving.query('begin')
    await dissolving.query('select from units where id = $1 for update', [unit.id])
    await dissolving.query('update units set active = false where id = $1', [unit.id])
    const dispatched = act(officer, id, 'dispatch', { leadUnitId: unit.id })
    const isWaiting = async () =>
      (
        await dissolving.query(
          `select 1 from pg_stat_activity where wait_event_type = 'Lock' and datname = current_database()`,
        )
      ).rowCount
    await expect.poll(isWaiting).toBe(1)
    await dissolving.query('commit')
    dissolving.release()
    expect((await dispatched).problem.reason).toBe('lead_unit_unfit')
  })
})

it('an order that ends takes with it what its handlers could do and see', async () => {
  const id = await raiseAs(resident, { kind: 'request' })
  await must(officer, id, 'accept', ACCEPTED)
  await must(officer, id, 'dispatch', { leadUnitId: lead.id, coUnits: [{ unitId: co.id }] })
  const photos = [await uploadPhoto(co.handler)]
  await must(co.handler, id, 'progress', { unitId: co.id, progressText: '已到现场', photos })
  const shown = (by: Caller) => by.call(attachmentRoutes.read, { params: { id: photos[0] as string } } as never)
  expect([await sees(co.handler, id), (await shown(lead.handler)).status]).toEqual([200, 200])
  await must(officer, id, 'reassign', { leadUnitId: third.id, reason: '换人', coUnits: [] })
  for (const gone of [lead, co]) {
    expect([await sees(gone.handler, id), (await shown(gone.handler)).status]).toEqual([404, 404])
    expect(await refused(gone.handler, id, 'progress', { unitId: gone.id, progressText: '还在' })).toBeUndefined()
    const orders = await gone.handler.call(officeRoutes.listWorkOrders, { query: { community: COMMUNITY } } as never)
    expect((orders.body as { items: { issueId: string }[] }).items.some(({ issueId }) => issueId === id)).toBe(false)
  }
})

it('the paper of an order holds what its unit’s handler reads, whoever prints it', async () => {
  const id = await raiseAs(resident, {
    kind: 'request',
    title: '2单元501室门口的灯',
    body: '我是王小明，住2单元501室，电话13812345678，请来修灯。',
  })
  await must(officer, id, 'accept', ACCEPTED)
  await must(officer, id, 'dispatch', { leadUnitId: lead.id, coUnits: [{ unitId: co.id }, { unitId: third.id }] })
  const { id: orderId } = (await orderOf(officer, id, lead.id))!
  const print = (by: Caller) => by.call(officeRoutes.readOrderSheet, { params: { id: orderId } })
  const [paper, own] = [await print(officer), await print(lead.handler)]
  expect(paper.text).not.toMatch(/王小明|501室|13812345678/)
  expect(paper.body).toMatchObject({ text: own.body.text, title: own.body.title })
  expect(paper.body.others.map(({ unitId }) => unitId).sort()).toEqual([co.id, third.id].sort())
  await must(third.handler, id, 'return_part', { unitId: third.id, reason: '不属本单位职责' })
  const stranger = await t.as(await t.aPerson({ role: 'officer', region: NEIGHBOUR }))
  const statuses = [third.handler, stranger, resident].map(async (by) => (await print(by)).status)
  expect(await Promise.all(statuses)).toEqual([404, 404, 403])
})

describe('an extension', () => {
  it('of an overdue matter lies ahead whatever was asked, and is refused with a date in writing', async () => {
    const id = await accepted()
    await must(officer, id, 'dispatch', { leadUnitId: lead.id, dueAt: ahead(2 * DAY), coUnits: [{ unitId: co.id }] })
    await must(lead.handler, id, 'sign')
    await must(lead.handler, id, 'request_extension', { requestedDueAt: ahead(4 * DAY), reason: '配件未到' })
    t.clock.advance(5 * DAY)
    ;[officer, lead.handler, co.handler] = [await again(officer), await again(lead.handler), await again(co.handler)]
    const decide = (body: Record<string, unknown>) =>
      act(officer, id, 'decide_extension', { reason: '已核实', ...body })
    // What was asked for has gone by.
    expect((await decide({ approved: true })).problem.reason).toBe('later_than_due')
    expect((await decide({ approved: true, dueAt: ahead(-HOUR) })).problem.reason).toBe('later_than_due')
    // A part ends with the lead at the latest: first the lead's date is set anew.
    const part = { unitId: co.id, requestedDueAt: ahead(2 * DAY), reason: '等主办' }
    expect(await refused(co.handler, id, 'request_part_extension', part)).toBe('part_extension_within_lead')
    expect(await refused(officer, id, 'add_part', { unitId: third.id })).toBe('lead_not_late')
    expect((await decide({ approved: false, reason: '' })).status).toBe(400)
    expect((await decide({ approved: true, dueAt: ahead(3 * DAY) })).status).toBe(200)
    expect(await orderOf(officer, id, lead.id)).toMatchObject({ dueAt: ahead(3 * DAY), overdue: false })
    await must(co.handler, id, 'request_part_extension', part)
    await must(lead.handler, id, 'request_extension', { requestedDueAt: ahead(9 * DAY), reason: '仍缺' })
    const early = ahead(5 * DAY)
    expect((await decide({ approved: false, dueAt: ahead(9 * DAY) })).problem.reason).toBe('refused_before_asked')
    expect((await decide({ approved: false, dueAt: early })).status).toBe(200)
    expect(await orderOf(officer, id, lead.id)).toMatchObject({ dueAt: early, extensionAskedFor: null })
    expect(await verified()).toBeNull()
  })
})
