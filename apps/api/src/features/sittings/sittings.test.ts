import { issueRoutes, type SittingView, sittingRoutes } from '@tongxin/contract'
import { describe, expect, it } from 'vitest'
import { aUnit, type Caller, COMMUNITY, DAY, NEIGHBOUR, type TestApp, testApp } from '../../../test/support/index.ts'
import { ACCEPTED, act, must, raiseAs } from '../../../test/support/issues.ts'
import { inTransaction } from '../../db/connect.ts'
import { loadReferenceCategories } from '../../reference/load-reference.ts'
import { verifyRecord } from '../verification/index.ts'

interface Office {
  t: TestApp
  secretary: Caller
  officer: Caller
  resident: Caller
  handler: Caller
  unit: { id: string; name: string }
}

const office = async (): Promise<Office> => {
  const t = await testApp()
  await inTransaction(t.deps.pool, loadReferenceCategories)
  const unit = await aUnit(t.deps, { name: '物业公司' })
  return {
    t,
    secretary: await t.as('secretary'),
    officer: await t.as('officer'),
    resident: await t.as('resident'),
    handler: await t.as(await t.aPerson({ role: 'unit_handler', unitId: unit.id })),
    unit,
  }
}
const accepted = async ({ officer, resident }: Office, title: string) => {
  const id = await raiseAs(resident, { title })
  await must(officer, id, 'accept', ACCEPTED)
  return id
}
const dispatched = async (here: Office, title: string) => {
  const id = await accepted(here, title)
  await must(here.officer, id, 'dispatch', { leadUnitId: here.unit.id })
  return id
}

const call = (here: Office, by: Caller, fields: Record<string, unknown>) =>
  by.call(sittingRoutes.createSitting, {
    body: {
      community: COMMUNITY,
      heldAt: '2026-03-05T01:00:00.000Z',
      place: '社区三楼会议室',
      presiderId: here.secretary.personId,
      units: [here.unit.id],
      issueIds: [],
      ...fields,
    } as never,
  })
const candidatesOf = async (by: Caller) =>
  (await by.call(sittingRoutes.listSittingCandidates, { query: { community: COMMUNITY } })).body
const at = ({ id, version }: SittingView) => ({ params: { id }, ifMatch: version })
const read = (by: Caller, { id }: { id: string }) => by.call(sittingRoutes.readSitting, { params: { id } })
const itemsOf = ({ items }: SittingView) =>
  items.map(({ itemState, decision }) => [itemState, decision?.action ?? null])

describe('a sitting of the joint office', () => {
  it('decides waiting and stuck matters one after another, each decision on the matter’s own record', async () => {
    const here = await office()
    const { t, secretary, officer, resident, handler, unit } = here
    const waiting = await accepted(here, '待派单的')
    const returned = await dispatched(here, '退回来的')
    await must(handler, returned, 'return', { reason: '不属物业范围' })
    const asked = await dispatched(here, '要延期的')
    await must(handler, asked, 'sign')
    await must(handler, asked, 'request_extension', { requestedDueAt: '2026-05-01T00:00:00.000Z', reason: '等配件' })
    const resting = await dispatched(here, '挂账的')
    await must(handler, resting, 'sign')
    await must(secretary, resting, 'suspend', { reason: '等经费', reviewAt: '2026-04-01T00:00:00.000Z' })
    const fresh = await raiseAs(resident, { title: '刚提的' })

    const { items, presiders } = await candidatesOf(officer)
    expect(Object.fromEntries(items.map(({ issueId, reason }) => [issueId, reason]))).toEqual({
      [waiting]: 'dispatch',
      [returned]: 'returned',
      [asked]: 'extension',
      [resting]: 'suspended',
    })
    expect(presiders.map(({ personId }) => personId).sort()).toEqual([secretary.personId, officer.personId].sort())

    const called = await call(here, officer, { issueIds: [waiting, asked, resting, returned] })
    expect(called.status).toBe(201)
    let sitting = called.body
    expect(sitting).toMatchObject({ number: null, presiding: false, operations: ['change', 'cancel'] })
    const decide = (by: Caller, id: string, action: 'dispatch' | 'decide_extension', body: object) =>
      act(by, id, action, { ...body, sitting: sitting.id })
    const order = { leadUnitId: unit.id }
    const early = await act(officer, waiting, 'dispatch', { ...order, sitting: sitting.id })
    expect(early.problem).toMatchObject({ reason: 'sitting_not_in_session' })
    expect((await officer.call(sittingRoutes.openSitting, at(sitting))).status).toBe(403)
    sitting = (
      await officer.call(sittingRoutes.changeSitting, {
        ...at(sitting),
        body: { presiderId: officer.personId as string },
      })
    ).body
    sitting = (await officer.call(sittingRoutes.openSitting, at(sitting))).body
    expect(sitting).toMatchObject({ number: 1, state: 'in_session', presiding: true })
    sitting = (await officer.call(sittingRoutes.attendSitting, { ...at(sitting), body: { present: [unit.id] } })).body
    expect(sitting.units).toEqual([{ unitId: unit.id, unitName: '物业公司', present: true }])

    // Nothing of what is refused stays: neither the action nor the decision.
    expect((await decide(officer, fresh, 'decide_extension', { approved: true, reason: '好' })).status).toBe(409)
    await must(officer, fresh, 'accept', ACCEPTED)
    expect((await decide(officer, fresh, 'dispatch', order)).problem).toMatchObject({ reason: 'not_on_agenda' })
    expect((await officer.call(issueRoutes.readIssue, { params: { id: fresh } })).body.state).toBe('accepted')

    expect((await decide(officer, waiting, 'dispatch', { ...order, instructions: '一周内修好' })).status).toBe(200)
    const entry = (await resident.call(issueRoutes.readIssue, { params: { id: waiting } })).body.timeline.at(-1)
    expect(entry).toMatchObject({ action: 'dispatch', fields: { sitting: { id: sitting.id, number: 1 } } })
    expect((await decide(officer, waiting, 'dispatch', order)).status).toBe(409)
    const granted = await decide(officer, asked, 'decide_extension', {
      approved: true,
      reason: '同意',
      dueAt: '2026-05-01T00:00:00.000Z',
    })
    expect(granted.status).toBe(200)
    // An officer does not give again what only the secretary may; the matter is noted.
    sitting = (await read(officer, sitting)).body
    const note = (issueId: string, text: string) =>
      officer.call(sittingRoutes.putOffMatter, {
        params: { id: sitting.id, issueId },
        ifMatch: sitting.version,
        body: { note: text },
      })
    expect((await note(waiting, '再看看')).problem).toMatchObject({ reason: 'matter_done' })
    sitting = (await note(resting, '等街道批经费')).body
    expect(itemsOf(sitting)).toEqual([
      ['decided', 'dispatch'],
      ['decided', 'decide_extension'],
      ['noted', null],
      ['waiting', null],
    ])
    expect(sitting.items[0]?.decision?.fields).toEqual({ ...order, instructions: '一周内修好' })
    expect(
      (await officer.call(sittingRoutes.cancelSitting, { ...at(sitting), body: { reason: '不开了' } })).problem,
    ).toMatchObject({
      reason: 'sitting_wrong_state',
    })
    expect((await officer.call(sittingRoutes.printSitting, { params: { id: sitting.id } })).status).toBe(404)
    sitting = (await officer.call(sittingRoutes.closeSitting, at(sitting))).body
    expect(sitting).toMatchObject({ state: 'closed', operations: [] })
    expect(itemsOf(sitting)[3]).toEqual(['noted', null])
    const late = await act(officer, returned, 'dispatch', { leadUnitId: (await aUnit(t.deps)).id, sitting: sitting.id })
    expect(late.problem).toMatchObject({ reason: 'sitting_not_in_session' })
    const paper = await officer.send({
      method: 'GET',
      url: `/v1/sittings/${sitting.id}/minutes.pdf`,
    })
    expect([paper.statusCode, paper.bytes.subarray(0, 5).toString()]).toEqual([200, '%PDF-'])

    // What was left comes back first.
    const next = (await candidatesOf(officer)).items
    expect(
      next
        .filter(({ comesBack }) => comesBack)
        .map(({ issueId }) => issueId)
        .sort(),
    ).toEqual([resting, returned].sort())
    expect(next.slice(0, 2).every(({ comesBack }) => comesBack)).toBe(true)
    expect((await verifyRecord(t.deps)).mismatch).toBeNull()
    await t.deps.pool.query(`update sitting_items set action = 'refer' where action = 'dispatch'`)
    expect((await verifyRecord(t.deps)).mismatch).toMatchObject({ reason: 'sitting_items.action' })
  })

  it('is called with what fits, changed until it is over, and known to its own office alone', async () => {
    const here = await office()
    const { t, secretary, officer, handler, unit } = here
    const [one, two] = [await accepted(here, '13812345678 打来的'), await accepted(here, '第二件')]
    const away = await t.as(await t.aPerson({ role: 'officer', region: NEIGHBOUR }))
    const strange = await aUnit(t.deps, { regionCode: NEIGHBOUR })
    const refused: [string, Record<string, unknown>][] = [
      ['presider_unfit', { presiderId: handler.personId }],
      ['presider_unfit', { presiderId: away.personId }],
      ['unit_unfit', { units: [strange.id] }],
      ['matter_unfit', { issueIds: [one.replace(COMMUNITY, NEIGHBOUR)] }],
    ]
    for (const [reason, fields] of refused)
      expect([reason, (await call(here, officer, fields)).problem.reason]).toEqual([reason, reason])
    expect((await call(here, away, {})).status).toBe(403)
    expect((await call(here, handler, {})).status).toBe(403)

    let sitting = (await call(here, officer, { issueIds: [one] })).body
    expect((await call(here, officer, { issueIds: [one] })).problem).toMatchObject({ reason: 'matter_elsewhere' })
    expect((await candidatesOf(officer)).items.map(({ issueId }) => issueId)).toEqual([two])
    sitting = (
      await officer.call(sittingRoutes.changeSitting, { ...at(sitting), body: { issueIds: [two], units: [] } })
    ).body
    expect(sitting.items.map(({ issueId }) => issueId)).toEqual([two])
    expect(sitting.units).toEqual([])
    sitting = (await officer.call(sittingRoutes.changeSitting, { ...at(sitting), body: { issueIds: [two, one] } })).body
    const stale = await officer.call(sittingRoutes.changeSitting, {
      params: { id: sitting.id },
      ifMatch: 1,
      body: { place: '别处' },
    })
    expect(stale.problem.code).toBe('stale_version')

    expect((await read(away, sitting)).status).toBe(404)
    const listed = async (by: Caller) =>
      (await by.call(sittingRoutes.listSittings, { query: { community: COMMUNITY } })).body.items
    expect(await listed(away)).toEqual([])
    const supervisor = await t.as(await t.aPerson({ role: 'supervisor' }))
    expect(await listed(supervisor)).toMatchObject([{ items: 2, decided: 0, state: 'announced' }])
    const masked = (await read(supervisor, sitting)).body
    expect(masked.items[1]?.issueTitle).toBe(ACCEPTED.publicTitle)
    expect(masked.operations).toEqual([])

    // A sitting of another community decides nothing here.
    await secretary.call(sittingRoutes.openSitting, at(sitting))
    const foreign = await act(officer, one, 'dispatch', {
      leadUnitId: unit.id,
      sitting: sitting.id.replace(COMMUNITY, NEIGHBOUR),
    })
    expect(foreign.problem).toMatchObject({ reason: 'sitting_unknown' })
    const other = await act(officer, one, 'dispatch', { leadUnitId: unit.id, sitting: sitting.id })
    expect(other.problem).toMatchObject({ reason: 'not_presiding' })
    await must(officer, one, 'dispatch', { leadUnitId: unit.id })

    t.clock.advance(DAY)
    const again = await t.as({ id: officer.personId as string })
    const dropped = (await call(here, again, { issueIds: [], place: '13812345678' })).body
    const cancelled = await again.call(sittingRoutes.cancelSitting, {
      ...at(dropped),
      body: { reason: '人没到齐，等13812345678' },
    })
    expect(cancelled.body).toMatchObject({ state: 'cancelled', number: null, cancelReason: '人没到齐，等13812345678' })
    const from = await t.as({ id: supervisor.personId as string })
    expect((await read(from, dropped)).body).toMatchObject({ place: '〔电话〕', cancelReason: '人没到齐，等〔电话〕' })
    expect((await listed(from)).find(({ id }) => id === dropped.id)?.place).toBe('〔电话〕')
    expect((await verifyRecord(t.deps)).mismatch).toBeNull()
  })
})
