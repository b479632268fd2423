import { cobuildingRoutes, splitPublicId } from '@tongxin/contract'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import {
  aUnit,
  type Caller,
  COMMUNITY,
  DAY,
  NEIGHBOUR,
  startTestApp,
  type TestApp,
} from '../../../test/support/index.ts'
import { civilDate } from '../regions/index.ts'

let t: TestApp
let officer: Caller
let school: { id: string; name: string }
let teacher: Caller
let stranger: Caller

beforeAll(async () => {
  t = await startTestApp({ tick: 1 })
  officer = await t.as('officer')
  school = await aUnit(t.deps, { kind: 'partner', name: '临江小学' })
  teacher = await t.as(await t.aPerson({ role: 'unit_handler', unitId: school.id }))
  stranger = await t.as('unit_handler')
})
afterAll(() => t.close())

const item = (by: Caller, fields: object = {}) =>
  by.call(cobuildingRoutes.addCobuildingItem, {
    body: {
      community: COMMUNITY,
      kind: 'offer',
      unitId: school.id,
      resource: 'venue',
      title: '周末开放多功能厅',
      detail: '周六日上午可用，可坐八十人，能放电影。',
      ...fields,
    },
  } as never)
const need = (fields: object = {}) => item(officer, { kind: 'need', unitId: null, ...fields })
const titles = async (by: Caller, query: object) =>
  (await by.call(cobuildingRoutes.listCobuildingItems, { query: { community: COMMUNITY, ...query } } as never)) as {
    status: number
    body: { items: { title: string; mayChange: boolean }[] }
  }
const matches = async (by: Caller, id: string) =>
  (await by.call(cobuildingRoutes.listCobuildingMatches, { params: { id } })).body.items.map(
    ({ item: { title }, sameResource, shared }) => [title, sameResource, shared],
  )

describe('the lists', () => {
  it('are kept by a unit for itself and by the community, and read by everybody as far as they are offers', async () => {
    const offered = await item(teacher)
    expect([offered.status, offered.body]).toMatchObject([
      201,
      { unit: school, state: 'open', projects: 0, mayChange: true },
    ])
    expect((await item(stranger)).status).toBe(403)
    expect((await item(teacher, { unitId: null })).status).toBe(403)
    const elsewhere = await aUnit(t.deps, { regionCode: NEIGHBOUR })
    expect((await item(officer, { unitId: elsewhere.id })).problem.reason).toBe('unit_unfit')
    expect((await item(teacher, { from: '2026-05-02', until: '2026-05-01' })).status).toBe(400)
    expect((await item(teacher, { until: '2026-02-28' })).problem.reason).toBe('until_past')
    const telling = await item(teacher, { detail: '请找王建国，电话 13812345678。' })
    expect([telling.status, telling.problem.reason]).toEqual([422, 'personal_data'])
    expect(
      (await need({ title: '给老人放电影的地方', detail: '想找能坐六十人的多功能厅，每月放电影一次。' })).status,
    ).toBe(201)
    const open = await titles(t.nobody, { kind: 'offer' })
    expect(open.body.items).toMatchObject([{ title: '周末开放多功能厅', mayChange: false }])
    expect((await titles(t.nobody, { kind: 'need' })).status).toBe(403)
    expect((await titles(t.nobody, { kind: 'offer', state: 'closed' })).status).toBe(403)
    expect((await titles(stranger, { kind: 'need' })).body.items).toHaveLength(1)
    // A unit of another community serves nobody here: neither the needs nor what fits an offer are for its people.
    const foreigner = await t.as(await t.aPerson({ role: 'unit_handler', unitId: elsewhere.id, region: NEIGHBOUR }))
    expect((await titles(foreigner, { kind: 'need' })).status).toBe(403)
    const asked = { params: { id: offered.body.id } }
    expect((await foreigner.call(cobuildingRoutes.listCobuildingMatches, asked)).status).toBe(404)
  })

  it('match by the kind of what is offered, by its time, and by the words in common, and say why', async () => {
    const offer = (
      await item(teacher, { title: '书法老师', detail: '每周三下午教书法。', resource: 'skill', until: '2026-06-30' })
    ).body
    const wanted = async (title: string, detail: string, more: object = {}) =>
      void (await need({ title, detail, resource: 'skill', ...more }))
    await wanted('暑期书法班', '七月请老师教书法。', { from: '2026-07-01' })
    await wanted('量血压', '为老人量血压。')
    await wanted('春季书法班', '请老师教书法，三到六月。')
    await wanted('笔会场地', '书法老师与居民的笔会，书法老师到场。', { resource: 'venue' })
    expect(await matches(officer, offer.id)).toEqual([
      ['春季书法班', true, ['老师', '教书法']],
      ['量血压', true, []],
      ['笔会场地', false, ['书法老师']],
    ])
    expect((await t.nobody.call(cobuildingRoutes.listCobuildingMatches, { params: { id: offer.id } })).status).toBe(401)
    expect(
      (await (await t.as('resident')).call(cobuildingRoutes.listCobuildingMatches, { params: { id: offer.id } }))
        .status,
    ).toBe(403)
  })
})

describe('a project', () => {
  it('comes of an offer and a need that meet, and says what came of it', async () => {
    const offer = (await item(teacher, { title: '合唱排练厅', detail: '晚上可排练。' })).body
    const wanted = (await need({ title: '合唱队没地方排练', detail: '三十人。' })).body
    const body = {
      community: COMMUNITY,
      title: '社区合唱队驻校排练',
      plan: '每周二晚上排练，学校提供场地。',
      startsOn: '2026-03-10',
      offerId: offer.id,
      needId: wanted.id,
      unitIds: [school.id],
    }
    const start = (by: Caller, more: object = {}) =>
      by.call(cobuildingRoutes.startCobuildingProject, { body: { ...body, ...more } } as never)
    expect((await start(teacher)).status).toBe(403)
    expect((await start(officer, { offerId: wanted.id })).problem.reason).toBe('offer_unfit')
    expect((await start(officer, { needId: wanted.id.replace(COMMUNITY, NEIGHBOUR) })).status).toBe(400)
    const started = (await start(officer)).body
    expect(started).toMatchObject({
      state: 'running',
      offer: { title: '合唱排练厅' },
      need: { id: wanted.id },
      units: [school],
    })
    const close = (by: Caller, ifMatch = 1, more: object = {}) =>
      by.call(cobuildingRoutes.closeCobuildingProject, {
        params: { id: started.id },
        ifMatch,
        body: {
          state: 'done',
          result: '排练十二次，重阳节演出一场。',
          figures: [{ name: '排练', amount: 12, unit: '次' }],
          ...more,
        },
      } as never)
    expect((await close(teacher)).status).toBe(403)
    expect((await close(officer, 2)).status).toBe(412)
    expect((await close(officer, 1, { result: '演出', figures: [{ name: '', amount: 1, unit: '' }] })).status).toBe(400)
    const tells = await close(officer, 1, { figures: [{ name: '王建国13812345678', amount: 1, unit: '' }] })
    expect([tells.problem.reason, tells.problem.errors?.[0]?.path]).toEqual(['personal_data', 'body.figures.0.name'])
    const closed = (await close(officer)).body
    expect(closed).toMatchObject({
      state: 'done',
      figures: [{ name: '排练', amount: 12 }],
      mayChange: false,
      version: 2,
    })
    expect((await close(officer, 2)).problem.reason).toBe('project_closed')
    // The need is met; what was offered may serve again.
    expect((await titles(officer, { kind: 'need', state: 'closed' })).body.items.map(({ title }) => title)).toEqual([
      wanted.title,
    ])
    expect((await titles(t.nobody, { kind: 'offer' })).body.items.map(({ title }) => title)).toContain(offer.title)
    expect((await start(officer)).problem.reason).toBe('need_unfit')
    const projects = async (by: Caller) =>
      (await by.call(cobuildingRoutes.listCobuildingProjects, { query: { community: COMMUNITY } } as never)).body.items
    expect(await projects(t.nobody)).toMatchObject([
      { title: body.title, result: closed.result, need: null, mayChange: false },
    ])
    expect(await projects(teacher)).toMatchObject([{ need: { title: wanted.title }, mayChange: false }])
    const elsewhere = await aUnit(t.deps, { regionCode: NEIGHBOUR })
    const foreigner = await t.as(await t.aPerson({ role: 'unit_handler', unitId: elsewhere.id, region: NEIGHBOUR }))
    expect(await projects(foreigner)).toMatchObject([{ need: null }])
  })

  it('is not started on what is taken back at that moment', async () => {
    const { id } = (await item(teacher, { title: '体育馆', detail: '晚上可打球。' })).body
    const takingBack = await t.deps.pool.connect()
    await takingBack.query('begin')
    await takingBack.query(`update cobuilding_items set state = 'closed' where id = $1`, [splitPublicId(id).id])
    const plan = { title: '居民球赛', plan: '周五晚上比赛。', startsOn: '2026-03-13', unitIds: [school.id] }
    const started = officer.call(cobuildingRoutes.startCobuildingProject, {
      body: { community: COMMUNITY, ...plan, offerId: id },
    } as never)
    await vi.waitFor(async () => {
      const { rows } = await t.deps.pool.query(
        `select 1 from pg_stat_activity where wait_event_type = 'Lock' and datname = current_database()`,
      )
      expect(rows).toHaveLength(1)
    }, 20_000)
    await takingBack.query('commit')
    takingBack.release()
    expect((await started).problem.reason).toBe('offer_unfit')
  })

  it('leaves an item to whoever keeps it: changed with what was seen, taken back, listed again', async () => {
    const { id } = (await item(teacher, { title: '操场', detail: '清晨可锻炼。' })).body
    const change = (by: Caller, ifMatch: number, body: object) =>
      by.call(cobuildingRoutes.changeCobuildingItem, { params: { id }, ifMatch, body } as never)
    expect((await change(stranger, 1, { state: 'closed' })).status).toBe(403)
    expect((await change(teacher, 1, { from: '2026-09-01', until: '2026-08-01' })).problem.reason).toBe('out_of_order')
    expect((await change(teacher, 1, { state: 'closed' })).body).toMatchObject({ state: 'closed', version: 2 })
    expect((await change(teacher, 1, { state: 'open' })).status).toBe(412)
    expect((await change(officer, 2, { state: 'open', detail: '清晨六点到七点可锻炼。' })).body.state).toBe('open')
  })
})

it('what is over is listed no longer, matches nothing and begins nothing, until it is prolonged', async () => {
  const until = civilDate(t.clock.now())
  const { id } = (await item(teacher, { title: '旧课桌椅', detail: '二十套，自取。', resource: 'goods', until })).body
  const wanted = (await need({ title: '活动室缺课桌椅', detail: '要二十套。', resource: 'goods' })).body
  const listed = async (state: string) =>
    (await titles(officer, { kind: 'offer', state })).body.items.some(({ title }) => title === '旧课桌椅')
  expect([await listed('open'), await listed('closed')]).toEqual([true, false])
  t.clock.advance(DAY)
  officer = await t.as({ id: officer.personId! })
  expect([await listed('open'), await listed('closed')]).toEqual([false, true])
  expect(await matches(officer, wanted.id)).toEqual([])
  const plan = { title: '添置课桌椅', plan: '学校送二十套。', startsOn: '2026-03-13', unitIds: [school.id] }
  const start = () =>
    officer.call(cobuildingRoutes.startCobuildingProject, {
      body: { community: COMMUNITY, ...plan, offerId: id },
    } as never)
  expect((await start()).problem.reason).toBe('offer_unfit')
  const change = (body: object) =>
    officer.call(cobuildingRoutes.changeCobuildingItem, { params: { id }, ifMatch: 1, body } as never)
  expect((await change({ state: 'open' })).problem.reason).toBe('until_past')
  expect((await change({ until: '2099-12-31' })).body).toMatchObject({ state: 'open', version: 2 })
  expect((await start()).status).toBe(201)
})
