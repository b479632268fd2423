import { dutyRoutes, splitPublicId } from '@tongxin/contract'
import { describe, expect, it, vi } from 'vitest'
import {
  type Caller,
  COMMUNITY,
  DAY,
  GRID,
  HOUR,
  NEIGHBOUR,
  OTHER_GRID,
  type TestApp,
  type TestPerson,
  testApp,
} from '../../../test/support/index.ts'
import { must, raiseAs } from '../../../test/support/issues.ts'
import { extendRosters, onDutyNow } from './index.ts'

const at = (text: string) => new Date(`${text}+08:00`)
const code = { code: COMMUNITY }

interface Cast {
  t: TestApp
  people: Record<'secretary' | 'officer' | 'grid' | 'other', TestPerson>
  as(who: keyof Cast['people']): Promise<Caller>
}

/** Monday 2 March 2026, nine in the morning, unless said otherwise. */
const cast = async (start = '2026-03-02T09:00'): Promise<Cast> => {
  const t = await testApp({ start: at(start).toISOString() })
  const people = {
    secretary: await t.aPerson({ role: 'secretary', name: '周书记' }),
    officer: await t.aPerson({ role: 'officer', name: '吴专干' }),
    grid: await t.aPerson({ role: 'grid_worker', region: GRID, name: '程网格' }),
    other: await t.aPerson({ role: 'grid_worker', region: OTHER_GRID, name: '汪网格' }),
  }
  return { t, people, as: (who) => t.as(people[who]) }
}

const ids = ({ people }: Cast, ...who: (keyof Cast['people'])[]) => who.map((name) => people[name].id)
/** Days the officer, nights the grid workers week by week; holidays the secretary and the officer in turn. */
const patternOf = (all: Cast, more: object = {}) => ({
  dayFrom: '08:00',
  nightFrom: '20:00',
  week: Array.from({ length: 7 }, () => ({ day: ids(all, 'officer'), night: ids(all, 'grid', 'other') })),
  holiday: { day: ids(all, 'secretary', 'officer'), night: ids(all, 'secretary', 'officer') },
  ...more,
})
const setPlan = async (all: Cast, pattern: object, ifMatch = 0, by: keyof Cast['people'] = 'secretary') =>
  (await all.as(by)).call(dutyRoutes.setDutyPlan, {
    params: code,
    ifMatch,
    body: { phone: '0556-0000002', pattern },
  } as never)
const roster = async (all: Cast, from: string, to = from) => {
  const reply = await (await all.as('secretary')).call(dutyRoutes.listDutyShifts, { params: code, query: { from, to } })
  if (reply.status !== 200) throw new Error(reply.text)
  return reply.body
}
const local = (instant: string) => new Date(Date.parse(instant) + 8 * HOUR).toISOString().slice(5, 16).replace('T', ' ')
const lines = async (all: Cast, from: string, to = from) =>
  (await roster(all, from, to)).items.map(({ kind, from: begin, person }) => `${local(begin)} ${kind} ${person.name}`)
const now = async (caller: Caller) => (await caller.call(dutyRoutes.readOnDuty, { params: code })).body

describe('a roster', () => {
  it('shares out days and nights by turns, and holidays apart, four weeks ahead and on', async () => {
    const all = await cast('2026-09-21T09:00')
    expect((await setPlan(all, patternOf(all))).status).toBe(200)
    // Monday: the day that is running, the night; the night before is over.
    expect(await lines(all, '2026-09-21')).toEqual(['09-21 08:00 day 吴专干', '09-21 20:00 night 汪网格'])
    // The next week it is the other's turn.
    expect(await lines(all, '2026-09-29')).toEqual([
      '09-28 20:00 night 程网格',
      '09-29 08:00 day 吴专干',
      '09-29 20:00 night 程网格',
    ])
    // Two days of the holiday, then the Saturday that is worked instead.
    const [first, second] = [await lines(all, '2026-10-02'), await lines(all, '2026-10-03')]
    expect([first[1], second[1]].map((line) => line?.slice(-3)).toSorted()).toEqual(['吴专干', '周书记'].toSorted())
    expect((await lines(all, '2026-10-10'))[1]).toBe('10-10 08:00 day 吴专干')
    expect((await roster(all, '2026-09-21', '2026-10-18')).gaps).toEqual([
      { from: at('2026-09-21T00:00').toISOString(), to: at('2026-09-21T08:00').toISOString() },
    ])
    expect((await roster(all, '2026-10-20')).items).toEqual([])
    all.t.clock.advance(3 * DAY)
    await extendRosters(all.t.deps)
    await extendRosters(all.t.deps)
    expect(await lines(all, '2026-10-20')).toHaveLength(3)
  })

  it('is set by who organizes the community, for people who work there', async () => {
    const all = await cast()
    expect((await setPlan(all, patternOf(all), 0, 'grid')).status).toBe(403)
    const elsewhere = await all.t.aPerson({ role: 'officer', region: NEIGHBOUR })
    const stranger = await setPlan(all, patternOf(all, { holiday: { day: [elsewhere.id], night: [] } }))
    expect([stranger.status, stranger.problem.reason]).toEqual([422, 'not_on_roster'])
    expect((await setPlan(all, patternOf(all, { nightFrom: '07:00' }))).status).toBe(400)
    expect((await setPlan(all, patternOf(all), 3)).status).toBe(412)
    // Of two that have both seen no plan, one is the first; the other is told, also where neither could wait for the other's.
    const writing = await all.t.deps.pool.connect()
    await writing.query('begin')
    await writing.query('lock table duty_plans in share mode')
    const both = Promise.all([setPlan(all, patternOf(all)), setPlan(all, patternOf(all), 0, 'officer')])
    await vi.waitFor(async () => {
      const waiting = await all.t.deps.pool.query(
        `select 1 from pg_stat_activity where wait_event_type = 'Lock' and datname = current_database()`,
      )
      expect(waiting.rows).toHaveLength(2)
    }, 20_000)
    await writing.query('commit')
    writing.release()
    expect((await both).map(({ status }) => status).toSorted()).toEqual([200, 412])
    expect((await (await all.t.as(elsewhere)).call(dutyRoutes.readDutyPlan, { params: code })).status).toBe(403)
    expect((await (await all.t.as('unit_handler')).call(dutyRoutes.readDutyPlan, { params: code })).status).toBe(403)
    expect((await all.t.nobody.call(dutyRoutes.readDutyPlan, { params: code })).status).toBe(401)
    expect((await all.t.nobody.call(dutyRoutes.readOnDuty, { params: { code: '340803002999' } })).status).toBe(404)
    const range = await (await all.as('grid')).call(dutyRoutes.listDutyShifts, {
      params: code,
      query: { from: '2026-03-01', to: '2026-06-01' },
    })
    expect(range.status).toBe(422)
  })

  it('shows a gap where nobody is named, where somebody left, and until it is filled', async () => {
    const all = await cast()
    const week = patternOf(all).week.map((day, i) => (i === 2 ? { ...day, night: [] } : day))
    await setPlan(all, patternOf(all, { week }))
    const wednesday = {
      from: at('2026-03-04T20:00').toISOString(),
      to: at('2026-03-05T08:00').toISOString(),
    }
    expect((await roster(all, '2026-03-03', '2026-03-05')).gaps).toEqual([wednesday])
    const add = async (from: string, to: string) =>
      (await all.as('officer')).call(dutyRoutes.addDutyShift, {
        params: code,
        body: { kind: 'night', from, to, personId: all.people.secretary.id },
      })
    expect((await add(at('2026-03-04T19:00').toISOString(), wednesday.to)).problem.reason).toBe('shift_overlaps')
    expect((await add(wednesday.to, wednesday.from)).problem.reason).toBe('shift_length')
    expect((await add(wednesday.from, wednesday.to)).status).toBe(201)
    expect((await roster(all, '2026-03-03', '2026-03-05')).gaps).toEqual([])
    // What was added by hand stays when the pattern changes.
    await setPlan(all, patternOf(all), 1)
    expect((await lines(all, '2026-03-04')).at(-1)).toBe('03-04 20:00 night 周书记')
    all.t.clock.set(at('2026-03-03T09:00'))
    const { rows } = await all.t.deps.pool.query('select id from grants where person_id = $1', [all.people.grid.id])
    await all.t.deps.pool.query('update grants set revoked_at = $2, revoked_by = $3 where id = $1', [
      rows[0].id,
      all.t.clock.now(),
      all.people.secretary.id,
    ])
    const { items, gaps } = await roster(all, '2026-03-03')
    expect(items.at(-1)).toMatchObject({ person: { name: '程网格' }, stands: false })
    expect(gaps.map(({ from }) => local(from))).toContain('03-03 20:00')
    expect(await onDutyNow(all.t.deps.db, all.t.deps, COMMUNITY, at('2026-03-03T22:00'))).toBeNull()
    expect(await onDutyNow(all.t.deps.db, all.t.deps, COMMUNITY, at('2026-03-04T22:00'))).toMatchObject({
      personId: all.people.secretary.id,
      kind: 'night',
    })
  })
})

describe('whoever is on duty', () => {
  it('is named to colleagues, to residents only by their own consent; the number is told at all times', async () => {
    const all = await cast()
    expect(await now(all.t.nobody)).toEqual({ phone: null, onDuty: false, kind: null, until: null, name: null })
    await setPlan(all, patternOf(all))
    const told = { phone: '0556-0000002', onDuty: true, kind: 'day', until: at('2026-03-02T20:00').toISOString() }
    expect(await now(await all.as('grid'))).toEqual({ ...told, name: '吴专干' })
    expect(await now(await all.t.as('resident'))).toEqual({ ...told, name: null })
    const agree = async (named: boolean) =>
      (await all.as('officer')).call(dutyRoutes.setDutyName, { params: code, body: { named } })
    await agree(true)
    expect((await now(all.t.nobody)).name).toBe('吴专干')
    await agree(false)
    expect((await now(all.t.nobody)).name).toBeNull()
  })

  it('may have somebody stand in, on record', async () => {
    const all = await cast()
    await setPlan(all, patternOf(all))
    const [shift] = (await roster(all, '2026-03-06')).items
    const stand = async (by: keyof Cast['people'], to: keyof Cast['people'], ifMatch = 1, reason = '家中有事') =>
      (await all.as(by)).call(dutyRoutes.standIn, {
        params: { id: shift!.id },
        ifMatch,
        body: { personId: all.people[to].id, reason },
      })
    expect(shift).toMatchObject({ kind: 'night', person: { name: '程网格' } })
    expect((await stand('other', 'other')).status).toBe(403)
    expect((await stand('grid', 'grid')).problem.reason).toBe('same_person')
    expect((await stand('grid', 'other')).body).toMatchObject({
      person: { name: '汪网格' },
      insteadOf: { name: '程网格' },
      standInReason: '家中有事',
      version: 2,
    })
    expect((await stand('secretary', 'officer')).status).toBe(412)
    // Another pattern does not undo what was agreed.
    await setPlan(
      all,
      patternOf(all, { week: patternOf(all).week.map((day) => ({ ...day, night: ids(all, 'secretary') })) }),
      1,
    )
    const names = (await roster(all, '2026-03-06')).items.map(({ person }) => person.name)
    expect(names).toEqual(['汪网格', '吴专干', '周书记'])
    all.t.clock.set(at('2026-03-06T09:00'))
    expect((await stand('secretary', 'officer', 2)).problem.reason).toBe('shift_over')
  })

  it('hands over what is to be watched, and whoever follows takes it on', async () => {
    const all = await cast()
    await setPlan(all, patternOf(all))
    const { t } = all
    const resident = await t.as('resident')
    const waiting = await raiseAs(resident, { regionCode: GRID })
    const elsewhere = await raiseAs(resident, { regionCode: OTHER_GRID })
    const heard = await raiseAs(resident)
    await must(await all.as('officer'), heard, 'contact', { method: 'phone', reached: true })
    const shifts = (await roster(all, '2026-03-02')).items
    const [day, night] = [shifts[0]!, shifts[1]!]
    const hand = async (by: keyof Cast['people'], id: string) =>
      (await all.as(by)).call(dutyRoutes.handOverDuty, {
        params: { id },
        body: { note: '一号楼水泵待修，已通知物业。' },
      })
    const confirm = async (by: keyof Cast['people']) =>
      (await all.as(by)).call(dutyRoutes.confirmHandOver, { params: { id: day.id }, body: {} })
    t.clock.set(at('2026-03-02T19:50'))
    expect((await hand('secretary', day.id)).status).toBe(403)
    expect((await hand('grid', night.id)).problem.reason).toBe('shift_ahead')
    expect((await confirm('grid')).status).toBe(404)
    const made = await hand('officer', day.id)
    expect(made.status).toBe(201)
    expect(made.body).toMatchObject({ madeBy: { name: '吴专干' }, receiver: { name: '程网格' }, confirmedAt: null })
    // Two that nobody has spoken to; the third is not due before tomorrow morning.
    expect(made.body.matters.map(({ id, why }) => [id, why]).toSorted()).toEqual(
      [waiting, elsewhere].map((id) => [id, 'not_contacted']).toSorted(),
    )
    expect((await hand('officer', day.id)).problem.reason).toBe('handed_over')
    const list = async (by: keyof Cast['people']) =>
      (await (await all.as(by)).call(dutyRoutes.listHandOvers, { params: code, query: {} } as never)).body.items
    const [seen] = await list('grid')
    // The grid worker reads what belongs to their own grid; of the rest they know that it is there.
    expect(seen!.matters.map(({ id, title }) => [id === waiting, title !== null]).toSorted()).toEqual([
      [false, false],
      [true, true],
    ])
    expect(seen!.mayConfirm).toBe(true)
    expect((await confirm('officer')).status).toBe(403)
    t.clock.advance(15 * 60_000)
    expect((await confirm('grid')).body.confirmedAt).toBe(at('2026-03-02T20:05').toISOString())
    expect((await confirm('grid')).body.confirmedAt).toBe(at('2026-03-02T20:05').toISOString())
    expect((await roster(all, '2026-03-02')).items[0]).toMatchObject({ handedOver: 'confirmed' })
    const watched = await (await all.as('secretary')).call(dutyRoutes.listDutyMatters, { params: code })
    expect(watched.body.items.map(({ why }) => why)).toEqual(['not_contacted', 'not_contacted'])
    // What is long overdue, however much there is of it, keeps nobody who waits to be contacted off the list.
    const { rows: columns } = await t.deps.pool.query(
      `select column_name as name from information_schema.columns where table_name = 'issues' and is_generated = 'NEVER'`,
    )
    const names = columns.map(({ name }) => name)
    const own: Record<string, string> = { id: 'gen_random_uuid()', number: `number || '-' || n`, due_at: 'raised_at' }
    await t.deps.pool.query(
      `insert into issues (${names}) select ${names.map((name) => own[name] ?? name)} from issues, generate_series(1, 100) n
        where id = $1`,
      [splitPublicId(heard).id],
    )
    const crowded = await (await all.as('secretary')).call(dutyRoutes.listDutyMatters, { params: code })
    expect(crowded.body.items.slice(0, 3).map(({ why }) => why)).toEqual(['not_contacted', 'not_contacted', 'overdue'])
  })

  it('who has left takes nothing on: it is not handed to them, or whoever makes the roster takes it on', async () => {
    const all = await cast()
    await setPlan(all, patternOf(all))
    const { t, people } = all
    const [day] = (await roster(all, '2026-03-02')).items
    const params = { id: day!.id }
    const leave = (revokedAt: Date | null) =>
      t.deps.pool.query('update grants set revoked_at = $2, revoked_by = $3 where person_id = $1', [
        people.grid.id,
        revokedAt,
        revokedAt && people.secretary.id,
      ])
    const hand = async () =>
      (await all.as('officer')).call(dutyRoutes.handOverDuty, { params, body: { note: '水泵待修。' } })
    const confirm = async (by: keyof Cast['people']) =>
      (await all.as(by)).call(dutyRoutes.confirmHandOver, { params, body: {} })
    const mayConfirm = async (by: keyof Cast['people']) =>
      (await (await all.as(by)).call(dutyRoutes.listHandOvers, { params: code, query: {} } as never)).body.items[0]
        ?.mayConfirm
    t.clock.set(at('2026-03-02T19:50'))
    await leave(t.clock.now())
    expect((await hand()).problem.reason).toBe('receiver_left')
    await leave(null)
    expect((await hand()).status).toBe(201)
    expect([(await confirm('secretary')).status, await mayConfirm('secretary')]).toEqual([403, false])
    await leave(t.clock.now())
    t.clock.advance(13 * HOUR)
    expect([(await confirm('other')).status, await mayConfirm('other')]).toEqual([403, false])
    expect(await mayConfirm('secretary')).toBe(true)
    expect((await confirm('secretary')).body).toMatchObject({ receiver: { name: '周书记' }, mayConfirm: false })
  })
})

it('whoever is on duty is warned of what nobody has contacted', async () => {
  const all = await cast()
  const { t, people } = all
  const warned = async () =>
    (await t.deps.pool.query(`select distinct person_id as id from inbox_items where clock = 'contact'`)).rows.map(
      ({ id }) => id,
    )
  await setPlan(all, patternOf(all, { week: patternOf(all).week.map(() => ({ day: ids(all, 'grid'), night: [] })) }))
  await raiseAs(await t.as('resident'), { regionCode: GRID })
  t.clock.advance(1.7 * HOUR)
  await t.runDueJobs()
  expect(await warned()).toEqual([people.grid.id])
})
