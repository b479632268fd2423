import { councilRoutes, type MeetingSeriesView } from '@tongxin/contract'
import { describe, expect, it } from 'vitest'
import { type Cast, councilCast, ok, scheduled } from '../../../test/support/council.ts'
import { type Caller, COMMUNITY, DAY, NEIGHBOUR } from '../../../test/support/index.ts'
import { again, atNow } from '../../../test/support/meetings.ts'
import { loop } from '../../loop.ts'
import { verifyRecord } from '../verification/index.ts'
import { prepareMeetings } from './index.ts'

const MONTHLY = { rule: 'day_of_month', day: 15, time: '19:00', onHoliday: 'next_workday' } as const
const NEW = { community: COMMUNITY, title: '居民议事会', place: '社区议事厅', schedule: MONTHLY }

const aSeries = async ({ officer }: Cast, body: Record<string, unknown> = {}): Promise<MeetingSeriesView> =>
  ok(await officer.call(councilRoutes.createMeetingSeries, { body: { ...NEW, ...body } as never }))

const listed = async (caller: Caller) =>
  ok(await caller.call(councilRoutes.listMeetings, { query: { community: COMMUNITY, limit: '50' } as never }))
    .items.map(({ heldAt, state }) => `${heldAt.slice(0, 10)} ${state}`)
    .reverse()

const announce = async (cast: Cast, id: string) => {
  const issueIds = [await scheduled(cast)]
  ok(await atNow(cast.officer, councilRoutes.setAgenda, id, { items: issueIds.map((issueId) => ({ issueId })) }))
  ok(await atNow(cast.officer, councilRoutes.announceMeeting, id))
}
const agendaOf = async (caller: Caller, id: string) =>
  ok(await caller.call(councilRoutes.readMeeting, { params: { id } })).agenda.map(({ issueId }) => issueId)
const idOf = (series: MeetingSeriesView, month: string) =>
  series.coming.find((date) => date.month === month)?.meetingId as string

describe('a series of meetings', () => {
  it('prepares the drafts of two months, and says which dates are moved and why', async () => {
    const cast = await councilCast()
    const series = await aSeries(cast, { schedule: { ...MONTHLY, day: 1 } })
    expect(
      series.coming.map(({ month, heldAt, moved, holiday, meetingState }) => [
        month,
        heldAt.slice(0, 10),
        moved,
        holiday,
        meetingState,
      ]),
    ).toEqual([
      ['2026-04', '2026-04-01', null, null, 'draft'],
      ['2026-05', '2026-05-06', 'holiday', '劳动节', null],
      ['2026-06', '2026-06-01', null, null, null],
      ['2026-07', '2026-07-01', null, null, null],
      ['2026-08', '2026-08-01', null, null, null],
      ['2026-09', '2026-09-01', null, null, null],
    ])
    expect(await listed(cast.officer)).toEqual(['2026-04-01 draft'])
    expect(await listed(cast.t.nobody)).toEqual([])
    const seen = ok(await cast.t.nobody.call(councilRoutes.readMeetingSeries, { params: { id: series.id } }))
    expect(seen).toMatchObject({ presider: null, mayManage: false })
    expect(seen.coming[0]).toMatchObject({ month: '2026-04', meetingId: null, meetingState: null })
  })

  it('is prepared once, however many workers do it at the same time', async () => {
    const cast = await councilCast()
    await aSeries(cast)
    await aSeries(cast, {
      title: '楼栋长例会',
      schedule: { rule: 'nth_weekday', week: 1, weekday: 6, time: '09:00', onHoliday: 'keep' },
    })
    cast.t.clock.advance(45 * DAY)
    await Promise.all([1, 2, 3, 4].map(() => prepareMeetings(loop(cast.t.deps))))
    await prepareMeetings(loop(cast.t.deps))
    const { rows } = await cast.t.deps.pool.query(
      'select s.title, x.month from series_meetings x join meeting_series s on s.id = x.series_id order by 1, 2',
    )
    expect(rows.map(({ title, month }) => `${title} ${month}`)).toEqual([
      '居民议事会 2026-03',
      '居民议事会 2026-04',
      '居民议事会 2026-05',
      '楼栋长例会 2026-03',
      '楼栋长例会 2026-04',
      '楼栋长例会 2026-05',
      '楼栋长例会 2026-06',
    ])
    expect((await verifyRecord(cast.t.deps)).mismatch).toBeNull()
  })

  it('changed moves what is in draft, and leaves what was announced', async () => {
    const cast = await councilCast()
    const series = await aSeries(cast)
    await announce(cast, idOf(series, '2026-03'))
    const schedule = { ...MONTHLY, day: 20, time: '09:30' }
    const changed = ok(
      await atNow(cast.officer, councilRoutes.changeMeetingSeries, series.id, { schedule, place: '新议事厅' }),
    )
    expect(await listed(cast.officer)).toEqual(['2026-03-15 announced', '2026-04-20 draft'])
    const read = (id: string) => cast.officer.call(councilRoutes.readMeeting, { params: { id } })
    expect(ok(await read(idOf(changed, '2026-04')))).toMatchObject({
      heldAt: '2026-04-20T01:30:00.000Z',
      place: '新议事厅',
    })
    expect(ok(await read(idOf(changed, '2026-03')))).toMatchObject({
      heldAt: '2026-03-15T11:00:00.000Z',
      place: '社区议事厅',
    })
    // What was cancelled does not come back by itself.
    ok(await atNow(cast.officer, councilRoutes.cancelMeeting, idOf(changed, '2026-04'), { reason: '场地维修' }))
    cast.t.clock.advance(DAY)
    await prepareMeetings(loop(cast.t.deps))
    expect(await listed(await again(cast, cast.officer))).toEqual(['2026-03-15 announced', '2026-04-20 cancelled'])
    expect((await verifyRecord(cast.t.deps)).mismatch).toBeNull()
  })

  it('changed leaves a draft where somebody moved it by hand, and shows what is still to come', async () => {
    const cast = await councilCast()
    const { officer, t } = cast
    const series = await aSeries(cast)
    const [march, april] = [idOf(series, '2026-03'), idOf(series, '2026-04')]
    const moved = { heldAt: '2026-03-18T11:00:00.000Z', title: '扩大会议' }
    ok(await atNow(officer, councilRoutes.changeMeeting, march, moved))
    const whole = { title: '居民例会', place: '新议事厅', schedule: { ...MONTHLY, day: 20 }, presiderId: null }
    ok(await atNow(officer, councilRoutes.changeMeetingSeries, series.id, whole))
    const read = async (id: string) => ok(await officer.call(councilRoutes.readMeeting, { params: { id } }))
    expect(await read(march)).toMatchObject({ ...moved, place: '新议事厅' })
    expect(await read(april)).toMatchObject({ heldAt: '2026-04-20T11:00:00.000Z', title: '居民例会' })
    ok(await atNow(officer, councilRoutes.changeMeeting, march, { heldAt: '2026-03-03T11:00:00.000Z' }))
    ok(await atNow(officer, councilRoutes.cancelMeeting, april, { reason: '场地维修' }))
    t.clock.advance(2 * DAY)
    const months = async (caller: Caller) =>
      ok(await caller.call(councilRoutes.readMeetingSeries, { params: { id: series.id } })).coming.map(
        (one) => one.month,
      )
    expect((await months(t.nobody))[0]).toBe('2026-05')
    expect((await months(await again(cast, officer)))[0]).toBe('2026-04')
    expect((await verifyRecord(t.deps)).mismatch).toBeNull()
  })

  it('ended cancels the drafts after its last day, whose matters go on', async () => {
    const cast = await councilCast()
    const series = await aSeries(cast)
    await announce(cast, idOf(series, '2026-03'))
    const late = await scheduled(cast)
    const heldAt = '2026-05-20T11:00:00.000Z'
    const body = { community: COMMUNITY, title: '临时议事会', place: '社区议事厅', heldAt }
    const extra = ok(await cast.officer.call(councilRoutes.createMeeting, { body }))
    ok(await atNow(cast.officer, councilRoutes.setAgenda, idOf(series, '2026-04'), { items: [{ issueId: late }] }))
    const early = await atNow(cast.officer, councilRoutes.endMeetingSeries, series.id, { lastDay: '2026-03-01' })
    expect([early.status, early.problem.reason]).toEqual([422, 'series_ends_early'])
    const ended = ok(await atNow(cast.officer, councilRoutes.endMeetingSeries, series.id, { lastDay: '2026-03-31' }))
    expect(ended.coming.map(({ month }) => month)).toEqual(['2026-03'])
    expect(await listed(cast.officer)).toEqual(['2026-03-15 announced', '2026-04-15 cancelled', '2026-05-20 draft'])
    // Nobody outside had heard of it.
    expect(await listed(cast.t.nobody)).toEqual(['2026-03-15 announced'])
    // Not to the one in March, whose agenda is posted.
    expect(await agendaOf(cast.officer, idOf(series, '2026-03'))).not.toContain(late)
    expect(await agendaOf(cast.officer, extra.id)).toEqual([late])
    cast.t.clock.advance(30 * DAY)
    await prepareMeetings(loop(cast.t.deps))
    const officer = await again(cast, cast.officer)
    expect(await listed(officer)).toHaveLength(3)
    const over = await atNow(officer, councilRoutes.changeMeetingSeries, series.id, { title: '别的会' })
    expect([over.status, over.problem.reason]).toEqual([422, 'series_ended'])
    expect((await verifyRecord(cast.t.deps)).mismatch).toBeNull()
  })

  it('cancels a draft whose day went by without a notice, and carries its matters into none that is past', async () => {
    const cast = await councilCast()
    const series = await aSeries(cast)
    const waiting = await scheduled(cast)
    ok(await atNow(cast.officer, councilRoutes.setAgenda, idOf(series, '2026-03'), { items: [{ issueId: waiting }] }))
    const body = {
      community: COMMUNITY,
      title: '没有公告的会',
      place: '社区议事厅',
      heldAt: '2026-03-10T11:00:00.000Z',
    }
    const past = ok(await cast.officer.call(councilRoutes.createMeeting, { body }))
    cast.t.clock.set('2026-03-15T15:59:00.000Z')
    await prepareMeetings(loop(cast.t.deps))
    expect(await listed(await again(cast, cast.officer))).toContain('2026-03-15 draft')
    cast.t.clock.set('2026-03-15T16:20:00.000Z')
    await prepareMeetings(loop(cast.t.deps))
    const officer = await again(cast, cast.officer)
    expect(await listed(officer)).toEqual(['2026-03-10 draft', '2026-03-15 cancelled', '2026-04-15 draft'])
    expect(await agendaOf(officer, past.id)).toEqual([])
    expect(await agendaOf(officer, idOf(series, '2026-04'))).toEqual([waiting])
    expect((await verifyRecord(cast.t.deps)).mismatch).toBeNull()
  })

  it('belongs to its community’s staff, who change what they saw', async () => {
    const cast = await councilCast()
    const { t, officer, members } = cast
    const series = await aSeries(cast)
    const foreign = await t.as(await t.aPerson({ role: 'officer', region: NEIGHBOUR }))
    expect((await foreign.call(councilRoutes.createMeetingSeries, { body: NEW })).status).toBe(403)
    expect((await atNow(foreign, councilRoutes.changeMeetingSeries, series.id, { title: '别的会' })).status).toBe(403)
    expect((await members[0].call(councilRoutes.createMeetingSeries, { body: NEW })).status).toBe(403)
    const stale = { params: { id: series.id }, ifMatch: 9, body: { title: '别的会' } }
    expect((await officer.call(councilRoutes.changeMeetingSeries, stale)).status).toBe(412)
    const unfit = await officer.call(councilRoutes.createMeetingSeries, {
      body: { ...NEW, presiderId: cast.resident.personId as string },
    })
    expect([unfit.status, unfit.problem.reason]).toEqual([422, 'presider_unfit'])
  })

  it.each([
    [{ ...MONTHLY, day: 32 }, 'body.schedule.day'],
    [{ ...MONTHLY, weekday: 1 }, 'body.schedule.rule'],
    [{ ...MONTHLY, day: undefined }, 'body.schedule.rule'],
    [{ ...MONTHLY, time: '24:00' }, 'body.schedule.time'],
    [{ ...MONTHLY, rule: 'nth_weekday', day: undefined, week: 5, weekday: 1 }, 'body.schedule.week'],
    [
      { ...MONTHLY, rule: 'nth_weekday', day: undefined, week: 1, weekday: 6, moveFromWeekends: true },
      'body.schedule.moveFromWeekends',
    ],
  ])('refuses the rule %j', async (schedule, path) => {
    const { officer } = await councilCast()
    const reply = await officer.call(councilRoutes.createMeetingSeries, { body: { ...NEW, schedule } as never })
    expect([reply.status, reply.problem.errors?.[0]?.path]).toEqual([400, path])
  })

  it('can be looked at before it is made', async () => {
    const { officer } = await councilCast()
    const query = { rule: 'nth_weekday', week: '-1', weekday: '5', time: '19:00', onHoliday: 'previous_workday' }
    const { items } = ok(await officer.call(councilRoutes.previewSeriesDates, { query: query as never }))
    expect(items).toHaveLength(12)
    expect(items.find(({ month }) => month === '2026-09')).toMatchObject({
      plannedOn: '2026-09-25',
      heldAt: '2026-09-24T11:00:00.000Z',
      moved: 'holiday',
      holiday: '中秋',
    })
  })
})

it.each([
  ['meeting_series', 'time', `'08:00'`, 'meeting_series.time'],
  ['meeting_series', 'on_holiday', `'keep'`, 'meeting_series.onHoliday'],
  ['series_meetings', 'planned_on', `planned_on + 1`, 'series_meetings.plannedOn'],
])('%s.%s edited by hand is named', async (table, column, edited, reason) => {
  const cast = await councilCast()
  await aSeries(cast)
  expect((await verifyRecord(cast.t.deps)).mismatch).toBeNull()
  await cast.t.deps.pool.query(`update ${table} set ${column} = ${edited}`)
  expect((await verifyRecord(cast.t.deps)).mismatch).toMatchObject({ reason })
})
