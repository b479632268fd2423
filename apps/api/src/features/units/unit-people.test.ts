import { clockRoutes, grantRoutes, unitRoutes } from '@tongxin/contract'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  aUnit,
  type Caller,
  COMMUNITY,
  grant,
  NEIGHBOUR,
  startTestApp,
  type TestApp,
  type TestPerson,
} from '../../../test/support/index.ts'
import { ACCEPTED, act, must, raiseAs } from '../../../test/support/issues.ts'
import { inTransaction } from '../../db/connect.ts'
import { loadReferenceCategories } from '../../reference/load-reference.ts'
import { verifyRecord } from '../verification/index.ts'

let t: TestApp
let officer: Caller
let secretary: Caller
let resident: Caller
let unit: { id: string; name: string }
let handler: Caller
let handlerPerson: TestPerson

beforeAll(async () => {
  // Time goes on, so that what came later stands later.
  t = await startTestApp({ tick: 1 })
  await inTransaction(t.deps.pool, loadReferenceCategories)
  officer = await t.as('officer')
  secretary = await t.as('secretary')
  resident = await t.as('resident')
  unit = await aUnit(t.deps, { hasAccounts: true })
  handlerPerson = await t.aPerson({ role: 'unit_handler', unitId: unit.id, name: '何师傅' })
  handler = await t.as(handlerPerson)
})
afterAll(() => t.close())

const params = () => ({ id: unit.id })
const versionOf = async () => (await officer.call(unitRoutes.readUnit, { params: params() })).body.version
const change = async (by: Caller, body: object) =>
  by.call(unitRoutes.changeUnit, { params: params(), ifMatch: await versionOf(), body })
const changes = async () =>
  (await officer.call(unitRoutes.listUnitChanges, { params: params(), query: { limit: 100 } } as never)).body as {
    items: { what: string; by: string; details: Record<string, unknown> }[]
  }

describe('the people of a unit', () => {
  it('to be rung are kept by it and by its community, masked until shown on record', async () => {
    const add = (by: Caller) =>
      by.call(unitRoutes.addUnitContact, {
        params: params(),
        body: { name: '周经理', phone: '138 1234 0001', post: '工程主管' },
      })
    // A seat at the council speaks for the unit there and nowhere else.
    const seated = await t.aPerson({ role: 'unit_handler' })
    await grant(t.deps, { personId: seated.id, role: 'representative', unitId: unit.id })
    const strangers = [
      await t.as('unit_handler'),
      await t.as(seated),
      await t.as(await t.aPerson({ role: 'officer', region: NEIGHBOUR })),
      resident,
    ]
    for (const stranger of strangers) {
      expect((await add(stranger)).status).toBe(403)
      expect((await stranger.call(unitRoutes.listUnitContacts, { params: params() })).status).toBe(403)
    }
    const added = (await add(handler)).body
    expect(added).toMatchObject({ name: '周*', phone: '138****0001', post: '工程主管', version: 1 })
    expect(
      (await (await t.as('grid_worker')).call(unitRoutes.listUnitContacts, { params: params() })).body.items,
    ).toEqual([added])
    const contact = { ...params(), contactId: added.id }
    const reveal = { params: contact, body: { purpose: '约定停电时间' } }
    expect((await officer.call(unitRoutes.revealUnitContact, reveal)).body).toMatchObject({
      name: '周经理',
      phone: '13812340001',
    })
    const { rows } = await t.deps.pool.query(
      `select action, purpose, details from audit_records where subject_id = $1`,
      [unit.id],
    )
    expect(rows).toEqual([{ action: 'reveal_unit_contact', purpose: '约定停电时间', details: { contactId: added.id } }])
    const renamed = { params: contact, ifMatch: 1, body: { name: '孙经理' } }
    expect((await officer.call(unitRoutes.changeUnitContact, renamed)).body.name).toBe('孙*')
    expect((await officer.call(unitRoutes.changeUnitContact, renamed)).status).toBe(412)
    // Of another unit there is no such contact.
    const other = { id: (await aUnit(t.deps)).id, contactId: added.id }
    expect((await officer.call(unitRoutes.removeUnitContact, { params: other, ifMatch: 2 })).status).toBe(404)
    expect((await officer.call(unitRoutes.removeUnitContact, { params: contact, ifMatch: 2 })).status).toBe(204)
    expect((await officer.call(unitRoutes.revealUnitContact, reveal)).status).toBe(404)
    const told = await changes()
    expect(told.items.map(({ what }) => what)).toEqual(['contact_removed', 'contact_changed', 'contact_added'])
    expect(JSON.stringify(told)).not.toMatch(/周经理|孙经理|1381234/)
    const stored = await t.deps.pool.query(`select u::text as row from unit_changes u where unit_id = $1`, [unit.id])
    expect(JSON.stringify(stored.rows)).not.toMatch(/经理|1381234/)
  })

  it('who handle its work are those whose grants hold', async () => {
    const handlers = async () =>
      (await officer.call(unitRoutes.listUnitHandlers, { params: params() })).body.items.map(({ name }) => name)
    expect(await handlers()).toEqual(['何*'])
    const leaving = await t.aPerson({ role: 'unit_handler', unitId: unit.id, name: '齐师傅' })
    expect(await handlers()).toEqual(['何*', '齐*'])
    const { rows } = await t.deps.pool.query('select id from grants where person_id = $1', [leaving.id])
    await secretary.call(grantRoutes.revokeGrant, { params: { id: rows[0].id }, body: { reason: '调离' } } as never)
    expect(await handlers()).toEqual(['何*'])
  })
})

describe('a duty list', () => {
  const accepted = async () => {
    const id = await raiseAs(resident)
    await must(officer, id, 'accept', ACCEPTED)
    return id
  }

  it('names what the unit leads, takes and expressly does not, each category once', async () => {
    expect((await change(handler, { duties: ['209021'] })).status).toBe(403)
    const set = await change(officer, { leads: ['209021'], duties: ['209015'], notDuties: ['209022'] })
    expect(set.body).toMatchObject({ duties: ['209015', '209021'], leads: ['209021'], notDuties: ['209022'] })
    const both = await change(officer, { notDuties: ['209015'] })
    expect([both.status, both.problem.reason]).toEqual([422, 'duty_both'])
    const find = async (category: string) =>
      (await officer.call(unitRoutes.listUnits, { query: { region: COMMUNITY, category } })).body.items.map(
        ({ id }) => id,
      )
    expect([await find('209021'), await find('209022')]).toEqual([[unit.id], []])
    expect((await change(officer, { duties: ['209021'], leads: [] })).body).toMatchObject({
      duties: ['209021'],
      leads: [],
    })
    expect((await changes()).items.slice(0, 2)).toMatchObject([
      { what: 'duties', details: { dropped: ['209015'] } },
      { what: 'duties', details: { leads: ['209021'], duties: ['209015', '209021'], notDuties: ['209022'] } },
    ])
  })

  it('keeps from a unit what is not its duty, unless the secretary designates it', async () => {
    const lead = { leadUnitId: unit.id }
    const id = await accepted()
    expect((await act(officer, id, 'dispatch', lead)).problem.reason).toBe('within_duty')
    expect((await act(officer, id, 'dispatch', { ...lead, designated: true })).problem.reason).toBe(
      'secretary_designates',
    )
    await must(secretary, id, 'dispatch', { ...lead, designated: true })
    const elsewhere = await accepted()
    await must(officer, elsewhere, 'dispatch', { leadUnitId: (await aUnit(t.deps)).id })
    const again = await act(officer, elsewhere, 'reassign', { ...lead, reason: '改派' })
    expect(again.problem.reason).toBe('within_duty')
    // As a co-unit it does a part that it was asked for.
    await must(officer, await accepted(), 'dispatch', {
      leadUnitId: (await aUnit(t.deps)).id,
      coUnits: [{ unitId: unit.id, task: '断电配合' }],
    })
  })
})

describe('service hours', () => {
  const nine = [{ from: '09:00', to: '17:00' }]
  const hours = { week: [nine, nine, nine, nine, nine, [{ from: '09:00', to: '12:00' }], []], onHolidays: false }
  const set = async (by: Caller, value: object | null) =>
    by.call(unitRoutes.setUnitHours, { params: params(), ifMatch: await versionOf(), body: { hours: value } } as never)
  const signDue = async (id: string) => {
    const { items } = (await officer.call(clockRoutes.listClocks, { params: { id } })).body
    return items.find(({ clock }) => clock === 'sign')
  }

  it('are checked, and set by who manages the unit, not by whom they measure', async () => {
    for (const week of [
      hours.week.slice(1),
      hours.week.map(() => []),
      [[{ from: '17:00', to: '09:00' }], ...hours.week.slice(1)],
      [
        [
          { from: '09:00', to: '12:00' },
          { from: '11:00', to: '17:00' },
        ],
        ...hours.week.slice(1),
      ],
      [[{ from: '9:00', to: '12:00' }], ...hours.week.slice(1)],
    ])
      expect((await set(officer, { ...hours, week })).status).toBe(400)
    expect((await set(handler, hours)).status).toBe(403)
    expect((await handler.call(unitRoutes.readUnit, { params: params() })).body).toMatchObject({
      mayManage: false,
      mayKeep: true,
    })
    expect((await set(officer, hours)).body).toMatchObject({ hours })
    expect((await officer.call(unitRoutes.readUnit, { params: params() })).body.hours).toEqual(hours)
  })

  it('are what an order is signed for in, from when they are set on', async () => {
    await change(officer, { notDuties: [] })
    t.clock.set('2026-03-06T07:59:00Z')
    ;[officer, resident, handler] = [
      await t.as({ id: officer.personId! }),
      await t.as({ id: resident.personId! }),
      await t.as(handlerPerson),
    ]
    const id = await raiseAs(resident)
    await must(officer, id, 'accept', ACCEPTED)
    await must(officer, id, 'dispatch', { leadUnitId: unit.id })
    // Friday, about four in the afternoon: an hour then, three on Saturday morning.
    const before = await signDue(id)
    expect(before?.dueAt.slice(0, 16)).toBe('2026-03-07T03:59')
    expect(before?.hoursOf).toBe(unit.name)
    await set(officer, null)
    expect((await signDue(id))?.dueAt).toBe(before?.dueAt)
    const next = await raiseAs(resident)
    await must(officer, next, 'accept', ACCEPTED)
    await must(officer, next, 'dispatch', { leadUnitId: unit.id })
    const then = await signDue(next)
    expect([then?.dueAt.slice(0, 16), then?.hoursOf]).toEqual(['2026-03-09T02:29', null])
    expect((await verifyRecord(t.deps)).mismatch).toBeNull()
  })
})

it('a unit given up with work in its hands is acted for by an officer', async () => {
  const gone = await aUnit(t.deps, { hasAccounts: true })
  await t.aPerson({ role: 'unit_handler', unitId: gone.id })
  const id = await raiseAs(resident)
  await must(officer, id, 'accept', ACCEPTED)
  await must(officer, id, 'dispatch', { leadUnitId: gone.id })
  expect((await act(officer, id, 'sign')).problem.reason).toBe('unit_without_accounts')
  await t.deps.pool.query('update units set active = false where id = $1', [gone.id])
  await must(officer, id, 'sign')
})
