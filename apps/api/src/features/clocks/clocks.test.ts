import { clockRoutes, issueRoutes, officeRoutes, policyRoutes } from '@tongxin/contract'
import { describe, expect, it } from 'vitest'
import { aUnit, type Caller, COMMUNITY, HOUR, STREET, type TestApp, testApp } from '../../../test/support/index.ts'
import { ACCEPTED, must, raiseAs } from '../../../test/support/issues.ts'
import { inTransaction } from '../../db/connect.ts'
import { loop } from '../../loop.ts'
import { loadReferenceCategories } from '../../reference/load-reference.ts'
import { wakeIssues } from '../issues/index.ts'
import { verifyRecord } from '../verification/index.ts'

const at = (text: string) => new Date(`${text}+08:00`)

/** People whose sessions are renewed whenever the clock is put forward. */
const cast = async (start: string) => {
  const t = await testApp({ start: at(start).toISOString() })
  await inTransaction(t.deps.pool, loadReferenceCategories)
  const [unit, co] = [await aUnit(t.deps, { hasAccounts: true }), await aUnit(t.deps, { hasAccounts: true })]
  const people = {
    resident: await t.aPerson({ role: 'resident' }),
    officer: await t.aPerson({ role: 'officer' }),
    secretary: await t.aPerson({ role: 'secretary' }),
    gridWorker: await t.aPerson({ role: 'grid_worker' }),
    lead: await t.aPerson({ role: 'unit_handler', unitId: unit.id }),
  }
  const as = (who: keyof typeof people): Promise<Caller> => t.as(people[who])
  return { t, as, unit, co, go: (to: string) => t.clock.set(at(to)) }
}
type Cast = Awaited<ReturnType<typeof cast>>

const clocksOf = async (caller: Caller, id: string) =>
  (await caller.call(clockRoutes.listClocks, { params: { id } })).body.items
const clockOf = async (caller: Caller, id: string, code: string) => {
  const found = (await clocksOf(caller, id)).find(({ clock }) => clock === code)
  if (!found) throw new Error(`no clock ${code}`)
  return found
}
const local = (instant: string | null) =>
  instant && new Date(Date.parse(instant) + 8 * HOUR).toISOString().slice(0, 16).replace('T', ' ')
const verified = async ({ t }: Cast) => (await verifyRecord(t.deps)).mismatch

/** Accepted at once, and given to a unit and a co-unit. */
const dispatched = async ({ as, unit, co }: Cast, categoryCode = '209021'): Promise<string> => {
  const id = await raiseAs(await as('resident'))
  const officer = await as('officer')
  await must(officer, id, 'accept', { ...ACCEPTED, categoryCode })
  const coUnits = [{ unitId: co.id, task: '断电配合' }]
  await must(officer, id, 'dispatch', { leadUnitId: unit.id, coUnits })
  return id
}

describe('the dates of a matter', () => {
  it('are explained: from when, by which rule, which days do not count, what stood still, what was changed', async () => {
    const all = await cast('2026-09-25T09:00')
    const { t, as, go } = all
    const id = await dispatched(all)
    go('2026-09-25T11:00')
    await must(await as('lead'), id, 'sign')
    go('2026-09-28T10:00')
    const reviewAt = at('2026-11-20T10:00').toISOString()
    await must(await as('secretary'), id, 'suspend', { reason: '等待管线迁改', reviewAt })
    go('2026-10-09T10:00')
    await must(await as('officer'), id, 'resume')
    go('2026-10-12T09:00')
    const requestedDueAt = at('2026-11-06T18:00').toISOString()
    await must(await as('lead'), id, 'request_extension', { requestedDueAt, reason: '等配件' })
    go('2026-10-12T15:00')
    await must(await as('officer'), id, 'decide_extension', { approved: true, reason: '配件确需订制' })
    go('2026-10-20T10:00')
    await t.runDueJobs()

    const handle = await clockOf(await as('officer'), id, 'handle')
    expect(handle.changes.map(({ what, at: when, dueAt }) => [what, local(when), local(dueAt)])).toEqual([
      // Ten working days from 25 September: 1 to 7 October are free, Saturday the 10th is worked.
      ['begun', '2026-09-25 09:00', '2026-10-15 18:00'],
      ['paused', '2026-09-28 10:00', '2026-10-15 18:00'],
      // From ten on the 28th to 30 September, the 8th, and the 9th until ten: 28 hours, which are four days.
      ['resumed', '2026-10-09 10:00', '2026-10-21 18:00'],
      ['date_set', '2026-10-12 15:00', '2026-11-06 18:00'],
    ])
    expect(handle).toMatchObject({ state: 'running', late: false, term: { by: 'given' }, inWorkingTime: true })
    expect(handle.days).toContainEqual({ day: '2026-10-01', works: false, kind: 'holiday', name: '国庆节' })
    expect(handle.days).toContainEqual(expect.objectContaining({ day: '2026-10-10', works: true, kind: 'swapped' }))
    const part = await clockOf(await as('officer'), id, 'part')
    expect([part.about, part.state]).toEqual([all.co.name, 'running'])
    const respond = await clockOf(await as('officer'), id, 'respond')
    expect(respond).toMatchObject({
      state: 'stopped',
      late: false,
      term: { by: 'policy', key: 'respond_hours', amount: 24, unit: 'calendar_hours', setFor: null },
    })
    expect(await verified(all)).toBeNull()
    // Its orders are due when its clocks are.
    const orders = (await (await as('officer')).call(officeRoutes.listIssueWorkOrders, { params: { id } })).body.items
    expect(orders.map(({ role, dueAt }) => [role, local(dueAt)]).toSorted()).toEqual([
      ['co', local(part.dueAt)],
      ['lead', '2026-11-06 18:00'],
    ])
  })

  it('tell the public of no single person, and nobody of what they may not see', async () => {
    const all = await cast('2026-03-02T09:00')
    const id = await dispatched(all)
    const seen = async (caller: Caller) => (await clocksOf(caller, id)).map(({ clock }) => clock)
    expect(await seen(await all.as('officer'))).toContain('contact')
    expect(await seen(all.t.nobody)).not.toContain('contact')
    expect(await seen(all.t.nobody)).toContain('handle')
    const hidden = await raiseAs(await all.as('resident'), { visibility: 'private' })
    expect((await all.t.nobody.call(clockRoutes.listClocks, { params: { id: hidden } })).status).toBe(404)
  })

  it('are those of its orders, also of one handed on in a pause and one sent back', async () => {
    const all = await cast('2026-03-02T09:00')
    const { as, unit, go } = all
    const id = await dispatched(all)
    await must(await as('lead'), id, 'sign')
    const reviewAt = at('2026-05-20T10:00').toISOString()
    await must(await as('secretary'), id, 'suspend', { reason: '等待审批', reviewAt })
    go('2026-03-09T09:00')
    await must(await as('officer'), id, 'reassign', { leadUnitId: unit.id, reason: '换人' })
    await must(await as('lead'), id, 'sign')
    const dues = async () =>
      (await (await as('officer')).call(officeRoutes.listIssueWorkOrders, { params: { id } })).body.items
        .filter(({ state }) => state === 'open')
        .map(({ role, dueAt }) => [role, local(dueAt)])
        .toSorted()
    const later = [
      ['co', '2026-03-23 18:00'],
      ['lead', '2026-03-23 18:00'],
    ]
    expect(await dues()).toEqual(later)
    await must(await as('officer'), id, 'finish_part', { unitId: all.co.id, result: '已断电' })
    await must(await as('lead'), id, 'submit', { result: '已更换' })
    await must(await as('officer'), id, 'reclassify', { urgency: 'urgent', reason: '有危险' })
    await must(await as('gridWorker'), id, 'reject', { reason: '仍不亮' })
    // The class that cannot wait brought the date forward while the result was being checked.
    const handle = await clockOf(await as('officer'), id, 'handle')
    expect(await dues()).toEqual([['lead', local(handle.dueAt)]])
    expect(handle.dueAt < at('2026-03-23T18:00').toISOString()).toBe(true)
    await must(await as('officer'), id, 'reclassify', { categoryCode: '209021', reason: '改类' })
    expect(await verified(all)).toBeNull()
  })

  it('follow the category’s own limit', async () => {
    const all = await cast('2026-03-02T09:00')
    const handle = await clockOf(await all.as('officer'), await dispatched(all, '209022'), 'handle')
    expect(handle).toMatchObject({
      term: { by: 'category', code: '209022', name: '楼道照明', amount: 3, unit: 'working_days' },
      dueAt: at('2026-03-05T18:00').toISOString(),
    })
  })
})

describe('a change of the rules', () => {
  const setDay = (caller: Caller, day: string, works: string, ifMatch: number, regionCode = STREET) =>
    caller.call(clockRoutes.setCalendarDay, {
      params: { regionCode, day },
      body: { works: works as 'works', reason: '台风停工' },
      ifMatch,
    })

  it('of the calendar moves what is running, on the record of each matter', async () => {
    const all = await cast('2026-03-02T09:00')
    const { t, as } = all
    const id = await dispatched(all)
    const before = await clockOf(await as('officer'), id, 'handle')
    expect(local(before.dueAt)).toBe('2026-03-16 18:00')
    const supervisor = await t.as(await t.aPerson({ role: 'supervisor', region: STREET }))
    expect((await setDay(await as('secretary'), '2026-03-04', 'rests', 0)).status).toBe(403)
    expect((await setDay(supervisor, '2026-03-04', 'rests', 0)).body).toMatchObject({
      works: false,
      kind: 'own',
      version: 1,
    })
    expect((await setDay(supervisor, '2026-03-04', 'works', 0)).status).toBe(412)
    await t.runDueJobs()
    const after = await clockOf(await as('officer'), id, 'handle')
    expect(local(after.dueAt)).toBe('2026-03-17 18:00')
    expect(after.changes.at(-1)).toMatchObject({ what: 'recomputed' })
    expect(after.days).toContainEqual({ day: '2026-03-04', works: false, kind: 'own', name: '台风停工' })
    const { body } = await t.nobody.call(clockRoutes.readCalendar, {
      params: { regionCode: COMMUNITY },
      query: { year: 2026 },
    } as never)
    expect(body).toMatchObject({ arranged: true })
    expect(body.items).toContainEqual(
      expect.objectContaining({ day: '2026-03-04', setFor: STREET, name: '台风停工', version: 0 }),
    )
    expect(body.items.find(({ day }) => day === '2026-10-10')).toMatchObject({ works: true, kind: 'swapped' })
    // Taken back, everything is as it was; done again, nothing changes.
    expect((await setDay(supervisor, '2026-03-04', 'as_arranged', 1)).body).toMatchObject({
      works: true,
      kind: 'weekday',
      version: 2,
    })
    await t.runDueJobs()
    expect((await clockOf(await as('officer'), id, 'handle')).dueAt).toBe(before.dueAt)
    const entries = (await (await as('officer')).call(issueRoutes.readIssue, { params: { id } })).body.timeline
    expect(entries.filter(({ action }) => action === 'recompute')).toHaveLength(2)
    expect(await verified(all)).toBeNull()
  })

  it('of a time limit leaves what is running alone, unless it is to hold for it', async () => {
    const all = await cast('2026-03-02T09:00')
    const { t, as } = all
    const id = await dispatched(all)
    const set = async (value: number, ifMatch: number, applyToRunning: boolean) =>
      (await as('secretary')).call(policyRoutes.setPolicy, {
        params: { regionCode: COMMUNITY, key: 'handle_ordinary_working_days' },
        ifMatch,
        body: { value, reason: '居民议事会建议', applyToRunning },
      })
    expect((await set(5, 0, false)).status).toBe(200)
    await t.runDueJobs()
    expect(local((await clockOf(await as('officer'), id, 'handle')).dueAt)).toBe('2026-03-16 18:00')
    expect((await set(4, 1, true)).status).toBe(200)
    await t.runDueJobs()
    const { dueAt, term } = await clockOf(await as('officer'), id, 'handle')
    expect(local(dueAt)).toBe('2026-03-06 18:00')
    expect(term).toMatchObject({ key: 'handle_ordinary_working_days', amount: 4, setFor: COMMUNITY })
    expect(await verified(all)).toBeNull()
  })
})

describe('as time goes by', () => {
  const reminders = async (t: TestApp) =>
    (
      await t.deps.pool.query<{
        step: string
        n: number
      }>(`select subject_id::text || (record ->> 'clock') || coalesce(record ->> 'about', '') || (record ->> 'level') as step,
      count(*)::int as n from events where action = 'remind' group by 1`)
    ).rows

  it('each step of each clock is told once, whoever looks, and however many at once', async () => {
    const all = await cast('2026-03-02T09:00')
    const { t, as, go } = all
    const ids: string[] = []
    for (let i = 0; i < 8; i++) ids.push(await dispatched(all))
    await must(await as('lead'), ids[0] as string, 'sign')
    go('2026-05-20T09:00')
    await Promise.all([wakeIssues(loop(t.deps)), wakeIssues(loop(t.deps)), wakeIssues(loop(t.deps))])
    const told = await reminders(t)
    expect(told.every(({ n }) => n === 1)).toBe(true)
    // Handle, the part and a signature of each, four steps each; the lead having signed, one clock less.
    expect(told).toHaveLength(7 * 16 + 12)
    expect(await wakeIssues(loop(t.deps))).toBe(0)
    expect(await verified(all)).toBeNull()
  })

  it('one matter that cannot be woken does not hold up the others', async () => {
    const all = await cast('2026-03-02T09:00')
    const { t, go } = all
    const [broken, sound] = [await dispatched(all), await dispatched(all)]
    // Its record is torn: nothing can be added to it.
    await t.deps.pool.query(`update issues set last_seq = last_seq - 1 where id = $1`, [broken.slice(13)])
    go('2026-03-03T18:00')
    await wakeIssues(loop(t.deps))
    const { rows } = await t.deps.pool.query(`select subject_id as id from events where action = 'remind' group by 1`)
    expect(rows).toEqual([{ id: sound.slice(13) }])
    expect(await wakeIssues(loop(t.deps))).toBe(0)
  })

  it('a wall clock set back an hour neither tells twice nor takes a matter back in time', async () => {
    const all = await cast('2026-03-02T09:00')
    const { t, as, go } = all
    const id = await dispatched(all)
    go('2026-03-02T16:00')
    await t.runDueJobs()
    const before = await reminders(t)
    await must(await as('lead'), id, 'sign')
    const due = (await clockOf(await as('officer'), id, 'handle')).dueAt
    const reviewAt = at('2026-04-20T10:00').toISOString()
    await must(await as('secretary'), id, 'suspend', { reason: '等待审批', reviewAt })
    go('2026-03-02T15:00')
    await t.runDueJobs()
    await must(await as('officer'), id, 'resume')
    expect(await reminders(t)).toEqual(before)
    const officer = await as('officer')
    expect((await clockOf(officer, id, 'handle')).dueAt).toBe(due)
    const { timeline } = (await officer.call(issueRoutes.readIssue, { params: { id } })).body
    const times = timeline.map(({ occurredAt }) => occurredAt)
    expect(times).toEqual(times.toSorted())
    expect(await verified(all)).toBeNull()
  })
})
