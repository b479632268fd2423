import { issueRoutes, statisticsRoutes, streetRoutes } from '@tongxin/contract'
import { afterAll, beforeAll, expect, it } from 'vitest'
import {
  aUnit,
  type Caller,
  COMMUNITY,
  DAY,
  DISTRICT,
  GRID,
  HOUR,
  NEIGHBOUR,
  STREET,
  startTestApp,
  type TestApp,
} from '../../../test/support/index.ts'
import { ACCEPTED, act, must, raiseAs } from '../../../test/support/issues.ts'
import { inTransaction } from '../../db/connect.ts'
import { loadReferenceCategories } from '../../reference/load-reference.ts'
import { countMatters } from '../statistics/index.ts'
import { verifyRecord } from '../verification/index.ts'

const WORDS = { title: '三栋漏水，电话13912345678', body: '我是三栋二单元301的王建国，家里漏水，电话13912345678。' }

let t: TestApp
let resident: Caller
let officer: Caller
let secretary: Caller
let supervisor: Caller
let district: Caller
/** Handlers of two units of the street, and of one of the community's own. */
let office: Caller
let police: Caller
let property: Caller
let officeId: string
let policeId: string
let propertyId: string
let people: { id: string }[]

/** Everybody signs in: a session does not outlast the days that pass here. */
const enter = async () => {
  ;[resident, officer, secretary, supervisor, district, office, police, property] = (await Promise.all(
    people.map((person) => t.as(person)),
  )) as unknown as [Caller, Caller, Caller, Caller, Caller, Caller, Caller, Caller]
}

const pass = async (milliseconds: number) => {
  t.clock.advance(milliseconds)
  await enter()
}

beforeAll(async () => {
  t = await startTestApp()
  await inTransaction(t.deps.pool, loadReferenceCategories)
  officeId = (await aUnit(t.deps, { regionCode: STREET, name: '街道办事处' })).id
  policeId = (await aUnit(t.deps, { regionCode: STREET, name: '街道派出所' })).id
  propertyId = (await aUnit(t.deps)).id
  people = await Promise.all([
    t.aPerson({ role: 'resident' }),
    t.aPerson({ role: 'officer' }),
    t.aPerson({ role: 'secretary' }),
    t.aPerson({ role: 'supervisor', region: STREET }),
    t.aPerson({ role: 'supervisor', region: DISTRICT }),
    t.aPerson({ role: 'unit_handler', region: STREET, unitId: officeId }),
    t.aPerson({ role: 'unit_handler', region: STREET, unitId: policeId }),
    t.aPerson({ role: 'unit_handler', unitId: propertyId }),
  ])
  await enter()
})
afterAll(() => t.close())

const read = (caller: Caller, id: string) => caller.call(issueRoutes.readIssue, { params: { id } })
const listed = async (caller: Caller, community = COMMUNITY) => {
  const { body } = await caller.call(issueRoutes.listIssues, { query: { community, limit: 100 } } as never)
  return body.items.map(({ id }) => id)
}
const whistles = async (caller: Caller, query: { state?: 'open' | 'reported'; region?: string } = {}) => {
  const reply = await caller.call(streetRoutes.listWhistles, { query: { region: STREET, ...query } })
  expect(reply.status, reply.text).toBe(200)
  return reply.body.items
}
const supervisions = async (caller: Caller, list: 'open' | 'overdue' | 'answered', region = COMMUNITY) => {
  const reply = await caller.call(streetRoutes.listSupervisions, { query: { region, list } })
  expect(reply.status, reply.text).toBe(200)
  return reply.body.items
}
const accepted = async (fields = {}) => {
  const id = await raiseAs(resident, fields)
  await must(officer, id, 'accept', {
    ...ACCEPTED,
    ...('visibility' in fields ? { publicTitle: undefined, publicText: undefined } : {}),
  })
  return id
}

it('brings a whistle to the handlers of the unit it calls, without personal data, and to nobody else', async () => {
  const untouched = await accepted({ kind: 'request', visibility: 'private' })
  const id = await accepted({ ...WORDS, kind: 'request', visibility: 'private' })
  expect((await read(office, id)).status).toBe(404)
  expect(
    (await act(officer, id, 'escalate', { reason: '需要街道出面', streetUnitId: propertyId })).problem,
  ).toMatchObject({
    reason: 'street_unit_called',
  })
  await must(officer, id, 'escalate', { reason: '两个单元都漏，需要街道协调', streetUnitId: officeId })

  const { body } = await read(office, id)
  expect(body.view).toBe('handler')
  expect(JSON.stringify(body)).not.toMatch(/王建国|13912345678|二单元301/)
  expect(body.allowedActions.map(({ action, as }) => `${action} as ${as}`).sort()).toEqual(
    ['comment', 'note', 'report_in'].map((action) => `${action} as street_handler`),
  )
  expect(await listed(office)).toEqual([id])
  for (const other of [police, property]) {
    expect((await read(other, id)).status).toBe(404)
    expect((await act(other, id, 'report_in', { progressText: '已到' })).status).toBe(404)
  }
  expect(await whistles(police)).toEqual([])
  expect((await read(office, untouched)).status).toBe(404)

  const [line] = await whistles(office)
  expect(line).toMatchObject({
    issueId: id,
    community: COMMUNITY,
    communityName: '滨江苑社区',
    unitName: '街道办事处',
    // Called on Monday: by the end of Tuesday's work.
    dueAt: '2026-03-03T10:00:00.000Z',
    overdue: false,
  })
  expect(line?.issueTitle).not.toContain('13912345678')
  expect((await whistles(officer, { region: COMMUNITY }))[0]?.issueTitle).toContain('13912345678')

  await pass(3 * HOUR)
  await must(office, id, 'report_in', { progressText: '城建办已到现场，下午会同物业查漏。' })
  await must(office, id, 'note', { text: '已约物业。' })
  expect(await whistles(office)).toEqual([])
  for (const reader of [office, supervisor, district])
    expect(await whistles(reader, { state: 'reported' })).toMatchObject([
      { issueId: id, reportingUnitName: '街道办事处', report: '城建办已到现场，下午会同物业查漏。', overdue: false },
    ])
  expect((await act(office, id, 'report_in', { progressText: '再报' })).problem.reason).toBe('escalated')
  expect(await listed(office)).toEqual([id])
})

it('lets any unit of the street answer what the whole street was called to, late ones shown as late', async () => {
  const id = await accepted({ visibility: 'private', kind: 'complaint', complainedUnitId: policeId })
  await must(secretary, id, 'escalate', { reason: '涉及派出所' })
  // Not the one that is complained about.
  expect((await read(police, id)).status).toBe(404)
  expect((await act(secretary, id, 'escalate', { reason: '再吹', streetUnitId: policeId })).status).toBe(409)
  const other = await accepted()
  await must(officer, other, 'escalate', { reason: '占道' })
  expect((await whistles(police)).map(({ issueId }) => issueId)).toEqual([other])
  await pass(2 * DAY)
  // Due at one moment, they come in whatever order.
  const late = (await whistles(office)).map(({ issueId, overdue }) => `${issueId} ${overdue}`)
  expect(late.sort()).toEqual([`${id} true`, `${other} true`].sort())
  await must(police, other, 'report_in', { progressText: '已清理。' })
  // Whoever came first has it; to the rest it is what it is to the public.
  expect((await read(police, other)).body.view).toBe('handler')
  expect((await read(office, other)).body.view).toBe('public')
  // Progress where there is work to tell of.
  await must(officer, other, 'dispatch', { leadUnitId: (await aUnit(t.deps)).id })
  await must(police, other, 'progress', { progressText: '每日巡查。' })
  // Not in the name of another unit.
  const named = await act(police, other, 'progress', { progressText: '已修好。', unitId: propertyId })
  expect(named.status).toBe(409)
  await must(supervisor, id, 'report_in', { progressText: '街道已介入。' })
})

it('lists what was supervised at both ends: open, overdue, answered with its reply', async () => {
  const id = await accepted(WORDS)
  const inTwoDays = new Date(t.clock.now().getTime() + 2 * DAY).toISOString()
  await must(supervisor, id, 'supervise', { order: '本周内查明原因', dueAt: inTwoDays })
  for (const [reader, region] of [
    [officer, COMMUNITY],
    [supervisor, STREET],
    [district, DISTRICT],
  ] as const)
    expect(await supervisions(reader, 'open', region)).toMatchObject([
      { issueId: id, order: '本周内查明原因', dueAt: inTwoDays },
    ])
  await pass(3 * DAY)
  expect(await supervisions(officer, 'open')).toEqual([])
  expect(await supervisions(officer, 'overdue')).toMatchObject([{ issueId: id, overdue: true }])
  await must(secretary, id, 'reply_supervision', { answer: '管道老化，已报修。' })
  expect(await supervisions(supervisor, 'answered', STREET)).toMatchObject([
    { issueId: id, answer: '管道老化，已报修。', overdue: true, issueTitle: ACCEPTED.publicTitle },
  ])
  const foreign = await t.as(await t.aPerson({ role: 'officer', region: NEIGHBOUR }))
  for (const [reader, status] of [
    [foreign, 403],
    [office, 403],
    [resident, 403],
    [t.nobody, 401],
  ] as const)
    expect((await reader.call(streetRoutes.listSupervisions, { query: { region: COMMUNITY } })).status).toBe(status)
  expect((await district.call(streetRoutes.listWhistles, { query: { region: '999999' } })).status).toBe(404)
})

it('assesses both levels, from the district down to the grid, and each unit of the street', async () => {
  await countMatters(t.deps)
  const groups = async (region: string, by: 'region' | 'unit') => {
    const { body, text } = await district.call(statisticsRoutes.readStatistics, {
      query: { region, by, from: '2026-03', to: '2026-03' },
    })
    expect(body.groups, text).toBeDefined()
    return Object.fromEntries(body.groups.map(({ key, figures }) => [key, figures]))
  }
  const asked = {
    escalated: 3,
    reportedIn: { stopped: 3, onTime: 1 },
    supervised: 1,
    supervisionsAnswered: { stopped: 1, onTime: 0 },
  }
  for (const [region, below] of [
    [DISTRICT, STREET],
    [STREET, COMMUNITY],
    [COMMUNITY, GRID],
  ] as const)
    expect((await groups(region, 'region'))[below]).toMatchObject(asked)
  const units = await groups(STREET, 'unit')
  expect(units[officeId]).toMatchObject({ escalated: 1, reportedIn: { stopped: 1, onTime: 1 } })
  expect(units[policeId]).toMatchObject({ escalated: 1, reportedIn: { stopped: 1, onTime: 0 } })
  const { body } = await officer.call(statisticsRoutes.listMeasuredMatters, {
    query: { community: COMMUNITY, measure: 'escalated', from: '2026-03', to: '2026-03' },
  })
  expect(body.items).toHaveLength(3)
})

it('closes to the street what came to rest unanswered, and waits anew when it comes back', async () => {
  const id = await accepted({ kind: 'request', visibility: 'private' })
  await must(officer, id, 'escalate', { reason: '需要街道出面' })
  expect((await read(police, id)).body.view).toBe('handler')
  await must(resident, id, 'withdraw')
  expect((await read(police, id)).status).toBe(404)
  expect(await listed(police)).not.toContain(id)
  const dueAt = async () =>
    (await whistles(officer, { region: COMMUNITY })).find(({ issueId }) => issueId === id)?.dueAt
  expect(await dueAt()).toBeUndefined()
  await pass(4 * DAY)
  await must(resident, id, 'resubmit')
  expect((await read(police, id)).body.view).toBe('handler')
  expect(Date.parse((await dueAt()) ?? '')).toBeGreaterThan(t.clock.now().getTime())
})

it('is all told by the record alone', async () => {
  expect(await verifyRecord(t.deps)).toMatchObject({ mismatch: null })
})
