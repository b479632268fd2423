import { issueRoutes, officeRoutes } from '@tongxin/contract'
import { describe, expect, it } from 'vitest'
import { aUnit, type Caller, COMMUNITY, DAY, NEIGHBOUR, type TestApp, testApp } from '../../../test/support/index.ts'
import { ACCEPTED, act, must, raiseAs } from '../../../test/support/issues.ts'
import { uploadPhoto } from '../../../test/support/photos.ts'
import { inTransaction } from '../../db/connect.ts'
import { loadReferenceCategories } from '../../reference/load-reference.ts'

interface Cast {
  t: TestApp
  resident: Caller
  officer: Caller
  secretary: Caller
  gridWorker: Caller
  /** Handlers of two units with accounts. */
  lead: Caller
  co: Caller
  leadUnitId: string
  coUnitId: string
  /** A unit nobody signs in for. */
  silentUnitId: string
}

const cast = async (): Promise<Cast> => {
  const t = await testApp()
  await inTransaction(t.deps.pool, loadReferenceCategories)
  const [leadUnit, coUnit, silent] = [
    await aUnit(t.deps, { hasAccounts: true }),
    await aUnit(t.deps, { hasAccounts: true }),
    await aUnit(t.deps, { hasAccounts: false }),
  ]
  return {
    t,
    resident: await t.as('resident'),
    officer: await t.as('officer'),
    secretary: await t.as('secretary'),
    gridWorker: await t.as('grid_worker'),
    lead: await t.as(await t.aPerson({ role: 'unit_handler', unitId: leadUnit.id })),
    co: await t.as(await t.aPerson({ role: 'unit_handler', unitId: coUnit.id })),
    leadUnitId: leadUnit.id,
    coUnitId: coUnit.id,
    silentUnitId: silent.id,
  }
}

const accepted = async ({ resident, officer }: Cast): Promise<string> => {
  const id = await raiseAs(resident)
  await must(officer, id, 'accept', ACCEPTED)
  return id
}

/** Dispatched to the lead unit, with whatever else the order says. */
const dispatched = async (
  all: Cast,
  order: Record<string, unknown> = {},
  by: Caller = all.officer,
): Promise<string> => {
  const id = await accepted(all)
  await must(by, id, 'dispatch', { leadUnitId: all.leadUnitId, ...order })
  return id
}

const ordersOf = async (caller: Caller, id: string) =>
  (await caller.call(officeRoutes.listIssueWorkOrders, { params: { id } })).body.items
const mine = async (caller: Caller, query: Record<string, unknown> = {}) =>
  (await caller.call(officeRoutes.listWorkOrders, { query: { community: COMMUNITY, ...query } } as never)).body as {
    items: { issueId: string; role: string; unitId: string }[]
  }
const RESULT = { result: '已更换灯具，当场试亮。' }

describe('a dispatch', () => {
  it('gives the lead and each co-unit an order, and waits for every part before the work is submitted', async () => {
    const all = await cast()
    const { lead, co, officer, coUnitId, silentUnitId } = all
    const coUnits = [{ unitId: coUnitId, task: '停电配合' }, { unitId: silentUnitId }]
    const id = await dispatched(all, { coUnits, instructions: '三日内办理' })
    expect(await ordersOf(officer, id)).toMatchObject([
      { role: 'lead', state: 'open', task: '三日内办理' },
      { role: 'co', state: 'open' },
      { role: 'co', state: 'open' },
    ])
    await must(lead, id, 'sign')
    expect((await act(lead, id, 'submit', RESULT)).problem.reason).toBe('parts_done')
    expect((await act(co, id, 'submit', RESULT)).status).toBe(403)
    expect((await act(co, id, 'finish_part', { unitId: silentUnitId, result: '好了' })).status).toBe(403)
    await must(co, id, 'finish_part', { unitId: coUnitId, result: '已配合停电' })
    expect((await act(lead, id, 'submit', RESULT)).problem.reason).toBe('parts_done')
    await must(officer, id, 'waive', { unitId: silentUnitId, reason: '不再需要' })
    await must(lead, id, 'submit', RESULT)
    const states = (await ordersOf(officer, id)).map(({ role, state }) => `${role} ${state}`).sort()
    expect(states).toEqual(['co finished', 'co waived', 'lead finished'])
  })

  it('names a lead unit and co-units that serve here, each once, and none complained about', async () => {
    const all = await cast()
    const { t, officer, leadUnitId, coUnitId } = all
    const id = await accepted(all)
    const foreign = await aUnit(t.deps, { regionCode: NEIGHBOUR })
    const wrong = async (body: Record<string, unknown>) => (await act(officer, id, 'dispatch', body)).problem.reason
    expect(await wrong({ leadUnitId: foreign.id })).toBe('lead_unit_fit')
    expect(await wrong({ leadUnitId, coUnits: [{ unitId: leadUnitId }] })).toMatch(/co_unit/)
    expect(await wrong({ leadUnitId, coUnits: [{ unitId: coUnitId }, { unitId: coUnitId }] })).toMatch(/co_unit/)
    expect(await wrong({ leadUnitId, coUnits: [{ unitId: foreign.id }] })).toMatch(/co_unit/)
    const past = { leadUnitId, dueAt: '2020-01-01T00:00:00.000Z' }
    expect((await act(officer, id, 'dispatch', past)).status).toBe(409)
    // Nothing of the refused ones remains.
    expect(await ordersOf(officer, id)).toEqual([])
  })

  it('is returned by the unit in time, and goes to another', async () => {
    const all = await cast()
    const { lead, officer, secretary, coUnitId } = all
    const id = await dispatched(all)
    await must(lead, id, 'return', { reason: '不属本单位职责' })
    const { body } = await officer.call(issueRoutes.readIssue, { params: { id } })
    expect(body.state).toBe('accepted')
    expect(await ordersOf(officer, id)).toMatchObject([{ state: 'returned', result: '不属本单位职责' }])
    await must(officer, id, 'dispatch', { leadUnitId: coUnitId })
    await must(secretary, id, 'reassign', { leadUnitId: all.leadUnitId, reason: '书记改派' })
    expect((await ordersOf(officer, id)).map(({ state }) => state).sort()).toEqual(['open', 'replaced', 'returned'])
  })

  it('designated by the secretary cannot be returned, and only the secretary moves it', async () => {
    const all = await cast()
    const { lead, officer, secretary, coUnitId, leadUnitId } = all
    const byOfficer = await accepted(all)
    const designated = { leadUnitId, designated: true }
    expect((await act(officer, byOfficer, 'dispatch', designated)).problem.reason).toBe('secretary_designates')
    const id = await dispatched(all, { designated: true }, secretary)
    expect((await act(lead, id, 'return', { reason: '不属本单位职责' })).problem.reason).toBe('not_designated')
    const other = { leadUnitId: coUnitId, reason: '改派' }
    expect((await act(officer, id, 'reassign', other)).problem.reason).toBe('secretary_reassigns')
    await must(secretary, id, 'reassign', other)
  })

  it('to a unit nobody signs in for is signed and answered by an officer, who then does not verify', async () => {
    const all = await cast()
    const { officer, gridWorker, lead } = all
    const own = await dispatched(all)
    expect((await act(officer, own, 'sign')).problem.reason).toBe('unit_without_accounts')
    await must(lead, own, 'sign')
    const id = await dispatched(all, { leadUnitId: all.silentUnitId })
    await must(officer, id, 'sign')
    await must(officer, id, 'submit', RESULT)
    const verify = { finding: '现场查看，灯已亮', photos: [await uploadPhoto(gridWorker)] }
    expect((await act(officer, id, 'verify', verify)).problem.reason).toBe('not_submitter')
    await must(gridWorker, id, 'verify', verify)
  })
})

describe('the work', () => {
  it('found wanting goes back to the lead, whose order is open again', async () => {
    const all = await cast()
    const { lead, gridWorker, officer } = all
    const id = await dispatched(all)
    await must(lead, id, 'sign')
    await must(lead, id, 'submit', RESULT)
    await must(gridWorker, id, 'reject', { reason: '灯仍不亮' })
    expect(await ordersOf(officer, id)).toMatchObject([{ role: 'lead', state: 'open', result: null }])
    await must(lead, id, 'submit', RESULT)
    expect((await act(officer, id, 'publicize', RESULT)).problem.reason).toBe('verified')
    await must(gridWorker, id, 'verify', { finding: '灯已亮', photos: [await uploadPhoto(gridWorker)] })
    await must(officer, id, 'publicize', RESULT)
  })

  it('rests until its review date, and its deadline moves as long', async () => {
    const all = await cast()
    const { t, lead, secretary, officer } = all
    const id = await dispatched(all)
    await must(lead, id, 'sign')
    const before = (await ordersOf(officer, id))[0]?.dueAt as string
    const reviewAt = new Date(t.clock.now().getTime() + 10 * DAY).toISOString()
    expect((await act(officer, id, 'suspend', { reason: '等待材料', reviewAt })).status).toBe(403)
    await must(secretary, id, 'suspend', { reason: '等待材料', reviewAt })
    t.clock.advance(10 * DAY - 60_000)
    const meanwhile = await t.as({ id: String(officer.personId) })
    expect((await ordersOf(meanwhile, id))[0]).toMatchObject({ state: 'open', held: true, overdue: false })
    t.clock.advance(120_000)
    await t.runDueJobs()
    const later = await t.as({ id: String(officer.personId) })
    const { body } = await later.call(issueRoutes.readIssue, { params: { id } })
    expect(body.state).toBe('handling')
    const after = (await ordersOf(later, id))[0]?.dueAt as string
    expect(Date.parse(after) - Date.parse(before)).toBeGreaterThanOrEqual(9 * DAY)
  })

  it('is extended by somebody other than who asked', async () => {
    const all = await cast()
    const { t, lead, officer } = all
    const id = await dispatched(all)
    await must(lead, id, 'sign')
    const until = new Date(t.clock.now().getTime() + 40 * DAY).toISOString()
    await must(lead, id, 'request_extension', { requestedDueAt: until, reason: '配件到货晚' })
    expect((await act(lead, id, 'decide_extension', { approved: true, reason: '同意' })).status).toBe(403)
    await must(officer, id, 'decide_extension', { approved: true, dueAt: until, reason: '情况属实' })
    expect((await ordersOf(officer, id))[0]?.dueAt).toBe(until)
  })
})

describe('the list of orders', () => {
  it('holds a handler’s own unit’s, by deadline, and nothing for neighbours', async () => {
    const all = await cast()
    const { t, lead, co, officer, resident, coUnitId } = all
    const first = await dispatched(all)
    t.clock.advance(60_000)
    const second = await dispatched(all, { coUnits: [{ unitId: coUnitId }] })
    expect((await mine(lead)).items.map(({ issueId }) => issueId)).toEqual([first, second])
    expect((await mine(co)).items).toMatchObject([{ issueId: second, role: 'co', unitId: coUnitId }])
    expect((await mine(officer)).items).toHaveLength(3)
    const elsewhere = await t.as(await t.aPerson({ role: 'officer', region: NEIGHBOUR }))
    expect((await mine(elsewhere)).items).toEqual([])
    expect((await co.call(officeRoutes.listIssueWorkOrders, { params: { id: first } })).status).toBe(403)
    expect((await resident.call(officeRoutes.listIssueWorkOrders, { params: { id: first } })).status).toBe(403)
  })

  it('pages without losing or repeating any', async () => {
    const all = await cast()
    const ids = [await dispatched(all), await dispatched(all), await dispatched(all)]
    const seen: string[] = []
    for (let cursor: string | null | undefined; cursor !== null; ) {
      const page = await all.lead.call(officeRoutes.listWorkOrders, {
        query: { community: COMMUNITY, limit: 2, ...(cursor ? { cursor } : {}) },
      } as never)
      const body = page.body as { items: { issueId: string }[]; nextCursor: string | null }
      seen.push(...body.items.map(({ issueId }) => issueId))
      cursor = body.nextCursor
    }
    expect(seen.sort()).toEqual(ids.sort())
  })
})
