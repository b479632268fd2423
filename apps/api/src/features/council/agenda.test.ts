import { councilRoutes } from '@tongxin/contract'
import { describe, expect, it } from 'vitest'
import { aDraftOf, attach, REPORT } from '../../../test/support/agenda.ts'
import {
  agendaOf,
  announced,
  checkIn,
  councilCast,
  decided,
  ok,
  openEarly,
  propose,
  read,
  scheduled,
  step,
} from '../../../test/support/council.ts'
import { aUnit, type Caller, NEIGHBOUR } from '../../../test/support/index.ts'
import { must } from '../../../test/support/issues.ts'
import { verifyRecord } from '../verification/index.ts'

const DUE = { kind: 'resolutions_due' as const, title: '上月决议落实情况' }

const put = async (caller: Caller, id: string, items: unknown[], more = {}) =>
  caller.call(councilRoutes.setAgenda, {
    params: { id },
    ifMatch: (await read(caller, id)).version,
    body: { items, ...more } as never,
  })
const begin = (caller: Caller, id: string, itemId: string) =>
  caller.call(councilRoutes.takeUpItem, { params: { id, itemId } })
const end = (caller: Caller, id: string, itemId: string) =>
  caller.call(councilRoutes.finishItem, { params: { id, itemId } })
const note = async (caller: Caller, id: string, itemId: string, text: string) =>
  caller.call(councilRoutes.noteItem, {
    params: { id, itemId },
    ifMatch: (await read(caller, id)).version,
    body: { text },
  })

describe('an agenda', () => {
  it('keeps matters and what is heard in one order, each with its time and presenter', async () => {
    const all = await councilCast()
    const { t, officer, members } = all
    const issueId = await scheduled(all)
    const unit = await aUnit(t.deps)
    const draft = await aDraftOf(officer, [
      { ...REPORT, presenter: { unitId: unit.id } },
      { issueId, minutes: 20, presenter: { personId: members[0].personId as string } },
      { ...DUE, presenter: { affiliation: '街道物业科', name: '邓玉兰' } },
    ])
    expect(draft.agenda).toMatchObject([
      { kind: 'report', title: REPORT.title, minutes: 10, issueId: null, presenter: { kind: 'unit', id: unit.id } },
      { kind: 'issue', id: issueId, issueId, minutes: 20, presenter: { kind: 'person', id: members[0].personId } },
      {
        kind: 'resolutions_due',
        text: null,
        minutes: null,
        presenter: { kind: 'other', name: '邓玉兰', affiliation: '街道物业科' },
      },
    ])
    const [report, , due] = draft.agenda
    const again = [{ ...DUE, id: due?.id }, { issueId }, { ...REPORT, id: report?.id, title: '物业报告' }]
    const moved = ok(await put(officer, draft.id, again))
    expect(moved.agenda.map(({ id, title }) => [id, title])).toEqual([
      [due?.id, DUE.title],
      [issueId, moved.agenda[1]?.title],
      [report?.id, '物业报告'],
    ])
    const fewer = ok(await put(officer, draft.id, [{ issueId }]))
    expect(fewer.agenda.map(({ id, state }) => (state === 'dropped' ? state : id)).sort()).toEqual([
      issueId,
      'dropped',
      'dropped',
    ])
    expect(fewer.agendaCount).toBe(1)
    expect((await verifyRecord(t.deps)).mismatch).toBeNull()
  })

  it('takes no item twice, of nowhere, of another kind, or presented by a stranger', async () => {
    const all = await councilCast()
    const { t, officer, resident } = all
    const { id, agenda } = await aDraftOf(officer, [REPORT])
    const own = agenda[0]?.id as string
    const stranger = await aUnit(t.deps, { regionCode: NEIGHBOUR })
    const reasonOf = async (...items: unknown[]) => (await put(officer, id, items)).problem.reason
    expect(await reasonOf(DUE, { ...DUE, title: '再列一次' })).toBe('item_twice')
    expect(await reasonOf({ ...REPORT, id: own }, { ...REPORT, id: own })).toBe('item_twice')
    expect(await reasonOf({ ...REPORT, kind: 'information', id: own })).toBe('item_unknown')
    expect(await reasonOf({ ...REPORT, id: `${NEIGHBOUR}${own.slice(12)}` })).toBe('item_unknown')
    expect(await reasonOf({ ...REPORT, presenter: { personId: resident.personId } })).toBe('presenter_unfit')
    expect(await reasonOf({ ...REPORT, presenter: { unitId: stranger.id } })).toBe('presenter_unfit')
    const named = await put(officer, id, [{ ...REPORT, text: '联系人电话 13812345678' }])
    expect([named.status, named.problem.reason, named.problem.errors?.[0]?.path]).toEqual([
      422,
      'personal_data',
      'body.items.0.text',
    ])
    ok(await put(officer, id, [{ ...REPORT, text: '联系人电话 13812345678' }], { reviewed: true }))
    for (const bad of [
      { minutes: 0 },
      { minutes: 241 },
      { title: '一' },
      { title: '长'.repeat(101) },
      { text: '长'.repeat(2001) },
    ])
      expect((await put(officer, id, [{ ...REPORT, ...bad }])).status).toBe(400)
  })

  it('may hold nothing but reports, and stays as it was posted', async () => {
    const all = await councilCast()
    const { officer, t } = all
    const { id } = await aDraftOf(officer, [REPORT])
    ok(await step(officer, councilRoutes.announceMeeting, id))
    const late = await put(officer, id, [])
    expect([late.status, late.problem.code]).toEqual([409, 'meeting_wrong_state'])
    const open = await read(t.nobody, id)
    expect(open.agenda).toMatchObject([{ title: REPORT.title, text: REPORT.text, minutes: 10 }])
    const feed = await t.nobody.send({ method: 'GET', url: `/v1/meetings/${id}/calendar.ics` })
    expect(feed.body.replaceAll(/\r\n /g, '')).toContain(REPORT.title)
  })
})

describe('in session', () => {
  it('goes through the items with a clock on the current one, and hears what is no matter', async () => {
    const all = await councilCast({ tick: 1 })
    const { t, officer, members } = all
    const issueId = await scheduled(all)
    const draft = await aDraftOf(officer, [
      REPORT,
      { issueId, minutes: 5 },
      DUE,
      { kind: 'information', title: '停水通知' },
    ])
    const [report, , due, news] = draft.agenda.map((item) => item.id) as [string, string, string, string]
    const { id } = draft
    expect((await begin(officer, id, report)).status).toBe(403)
    ok(await step(officer, councilRoutes.announceMeeting, id))
    ok(await openEarly(all, id))
    for (const member of members) ok(await checkIn(all, id, member))

    const at = async () =>
      (await read(t.nobody, id)).agenda.map(({ state, current }) => (current ? `${state}*` : state))
    expect((await begin(members[0], id, report)).status).toBe(403)
    const first = ok(await begin(officer, id, report)).agenda[0]
    expect(first).toMatchObject({ state: 'discussing', current: true, minutes: 10, begunAt: expect.any(String) })
    expect((await begin(officer, id, issueId)).problem.reason).toBe('item_not_discussed')
    expect((await propose(officer, id, report)).problem.reason).toBe('item_not_discussed')
    await must(officer, issueId, 'deliberate')
    expect(await at()).toEqual(['discussing', 'discussing*', 'pending', 'pending'])
    ok(await end(officer, id, report))
    expect((await end(officer, id, report)).problem.reason).toBe('item_not_discussed')
    expect((await begin(officer, id, report)).problem.reason).toBe('item_over')
    expect((await end(officer, id, issueId)).problem.reason).toBe('ends_by_decision')
    // Two at once: one is heard, the other is current.
    await Promise.all([begin(officer, id, due), begin(officer, id, news)])
    expect((await at()).slice(2).sort()).toEqual(['discussing*', 'heard'])
    ok(await begin(officer, id, issueId))
    expect(await at()).toEqual(['heard', 'discussing*', 'heard', 'heard'])

    expect((await note(members[0], id, report, '记')).status).toBe(403)
    ok(await note(officer, id, report, '物业汇报了保洁情况。'))
    ok(await note(officer, id, report, '物业汇报了保洁情况，电话 13812345678。'))
    expect((await read(members[0], id)).agenda[0]?.note).toContain('13812345678')
    expect((await read(t.nobody, id)).agenda[0]?.note).toBeNull()
    const stale = { params: { id, itemId: report }, ifMatch: 1, body: { text: '旧' } }
    expect((await officer.call(councilRoutes.noteItem, stale)).status).toBe(412)

    const motionId = await decided(officer, id, issueId)
    await must(officer, issueId, 'adopt', { motionId })
    ok(await step(officer, councilRoutes.closeMeeting, id))
    const { content } = ok(await officer.call(councilRoutes.draftMinutes, { params: { id } }))
    expect(content.items.map(({ kind, outcome }) => [kind, outcome])).toEqual([
      ['report', 'heard'],
      ['issue', 'adopted'],
      ['resolutions_due', 'heard'],
      ['information', 'heard'],
    ])
    // The recorder finds what was noted, as it may be read in public.
    expect(content.items[0]?.note).toMatch(/^物业汇报了保洁情况，电话 (?!13812345678)/)
    const revise = { notes: [{ issueId: report, text: '物业汇报了保洁情况。' }] }
    ok(await officer.call(councilRoutes.reviseMinutes, { params: { id }, ifMatch: 1, body: revise }))
    expect((await verifyRecord(t.deps)).mismatch).toBeNull()
  })

  it('leaves what was not taken up for another meeting, and shows an edit by hand', async () => {
    const all = await councilCast()
    const { t, officer } = all
    const { id, agenda } = await aDraftOf(officer, [REPORT, DUE])
    ok(await step(officer, councilRoutes.announceMeeting, id))
    ok(await openEarly(all, id))
    ok(await begin(officer, id, agenda[0]?.id as string))
    ok(await step(officer, councilRoutes.closeMeeting, id))
    expect((await read(t.nobody, id)).agenda.map(({ state }) => state)).toEqual(['heard', 'deferred'])
    expect((await verifyRecord(t.deps)).mismatch).toBeNull()
    await t.deps.pool.query(`update agenda_items set title = '改过的标题' where kind = 'report'`)
    expect((await verifyRecord(t.deps)).mismatch).toMatchObject({ reason: 'agenda_items.title' })
  })
})

it('hides who presents in person from the public', async () => {
  const all = await councilCast()
  const { officer, members, t } = all
  const { id } = await aDraftOf(officer, [{ ...REPORT, presenter: { personId: members[0].personId as string } }])
  ok(await step(officer, councilRoutes.announceMeeting, id))
  expect((await read(t.nobody, id)).agenda[0]?.presenter).toEqual({
    kind: 'person',
    id: null,
    name: null,
    affiliation: null,
  })
  expect((await read(members[1], id)).agenda[0]?.presenter?.id).toBe(members[0].personId)
})

it('tells the public where somebody else comes from who presents, and their name to those inside alone', async () => {
  const all = await councilCast()
  const { officer, members, t } = all
  const presenter = { affiliation: '市设计院', name: '邓玉兰' }
  const { id } = await aDraftOf(officer, [
    { ...REPORT, presenter },
    { ...DUE, presenter: { affiliation: '街道物业科' } },
  ])
  const doubted = await put(officer, id, [{ ...REPORT, presenter: { affiliation: '张建国，13812345678' } }])
  expect([doubted.problem.reason, doubted.problem.errors?.[0]?.path]).toEqual([
    'personal_data',
    'body.items.0.presenter.affiliation',
  ])
  expect((await put(officer, id, [{ ...REPORT, presenter: { name: '邓玉兰' } }])).status).toBe(400)
  ok(await step(officer, councilRoutes.announceMeeting, id))
  const open = await read(t.nobody, id)
  expect(open.agenda.map((item) => item.presenter)).toEqual([
    { kind: 'other', id: null, name: null, affiliation: '市设计院' },
    { kind: 'other', id: null, name: null, affiliation: '街道物业科' },
  ])
  expect((await read(members[0], id)).agenda[0]?.presenter).toEqual({ kind: 'other', id: null, ...presenter })

  // Nowhere in the clear, and in no public part of the record.
  const { rows } = await t.deps.pool.query(
    `select (select json_agg(a) from agenda_items a)::text || (select json_agg(e) from events e)::text as text,
      (select json_agg(e.record) from events e)::text as record`,
  )
  expect(rows[0].text).not.toContain(presenter.name)
  expect([rows[0].record.includes('市设计院'), rows[0].record.includes('presenterName')]).toEqual([true, false])
  expect((await verifyRecord(t.deps)).mismatch).toBeNull()
  const tampered = async (change: string) => {
    await t.deps.pool.query(`update agenda_items set ${change} where presenter_name_cipher is not null`)
    return (await verifyRecord(t.deps)).mismatch?.reason ?? null
  }
  expect(await tampered(`presenter_affiliation = '别处'`)).toBe('agenda_items.presenterAffiliation')
  expect(await tampered(`presenter_affiliation = '市设计院'`)).toBeNull()
  expect(await tampered('presenter_name_cipher = null')).toBe('agenda_items.presenterNameCipher')
})

it('stays unknown to the public when its draft is cancelled, and its papers with it', async () => {
  const all = await councilCast()
  const { t, officer, members } = all
  const { id, agenda } = await aDraftOf(officer, [REPORT])
  const { papers, version } = await attach(officer, id, agenda[0]?.id as string).then((reply) => ({
    papers: ok(reply).agenda[0]?.papers ?? [],
    version: ok(reply).version,
  }))
  const posted = await announced(all, [await scheduled(all)])
  const cancel = (meetingId: string, ifMatch: number) =>
    officer.call(councilRoutes.cancelMeeting, { params: { id: meetingId }, ifMatch, body: { reason: '不开了' } })
  ok(await cancel(id, version))
  ok(await cancel(posted, (await read(officer, posted)).version))
  const statuses = async (caller: Caller) => [
    (await caller.call(councilRoutes.readMeeting, { params: { id } })).status,
    (await caller.send({ method: 'GET', url: `/v1/meetings/${id}/papers/${papers[0]?.id}` })).statusCode,
    (await caller.call(councilRoutes.readMeeting, { params: { id: posted } })).status,
  ]
  expect(await statuses(t.nobody)).toEqual([404, 404, 200])
  expect(await statuses(all.resident)).toEqual([404, 404, 200])
  expect(await statuses(members[0])).toEqual([200, 200, 200])
})

it('is unknown to another community while it is a draft', async () => {
  const all = await councilCast()
  const { t, officer } = all
  const { id, agenda, version } = await aDraftOf(officer, [REPORT])
  const foreign = await t.as(await t.aPerson({ role: 'officer', region: NEIGHBOUR }))
  const itemId = agenda[0]?.id as string
  const body = agendaOf([])
  expect((await foreign.call(councilRoutes.setAgenda, { params: { id }, ifMatch: version, body })).status).toBe(404)
  expect((await begin(foreign, id, itemId)).status).toBe(404)
  expect(
    (await foreign.call(councilRoutes.noteItem, { params: { id, itemId }, ifMatch: version, body: { text: '记' } }))
      .status,
  ).toBe(404)
  expect(
    (await foreign.call(councilRoutes.removePaper, { params: { id, itemId, paperId: itemId }, ifMatch: version }))
      .status,
  ).toBe(404)
})
