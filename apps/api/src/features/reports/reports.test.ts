import { issueRoutes, REPORTS, type Report, reportRoutes } from '@tongxin/contract'
import { parse } from 'csv-parse/sync'
import ExcelJS from 'exceljs'
import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import {
  type Caller,
  COMMUNITY,
  DAY,
  NEIGHBOUR,
  STREET,
  startTestApp,
  type TestApp,
} from '../../../test/support/index.ts'
import { must, raiseAs } from '../../../test/support/issues.ts'
import { seedDemo } from '../../demo/index.ts'
import { countMatters } from '../statistics/index.ts'
import { makeReports, purgeReports } from './index.ts'
import { xlsxFile } from './xlsx-file.ts'

// A year of the demo's records: every report has something to tell.
let t: TestApp
let officer: Caller
let secretary: Caller
let supervisor: Caller
const MONTH = '2026-10'
const EMPTY = '2019-01'

beforeAll(async () => {
  t = await startTestApp({ config: { demoPassword: 'tongxin-demo-test' }, start: '2026-11-20T02:00:00.000Z' })
  await seedDemo(t.deps)
  await enter()
}, 60_000)
afterAll(() => t.close())

const enter = async () => {
  ;[officer, secretary] = [await t.as('officer'), await t.as('secretary')]
  supervisor = await t.as(await t.aPerson({ role: 'supervisor', region: STREET }))
}

const download = async (caller: Caller, kind: Report, query: Record<string, string> = {}) => {
  const asked = new URLSearchParams({ community: COMMUNITY, month: MONTH, format: 'csv', ...query })
  const reply = await caller.send({
    method: 'GET',
    url: `/v1/reports/${kind}?${asked}`,
    headers: { authorization: `Bearer ${caller.token}` },
  })
  return { status: reply.statusCode, headers: reply.headers, bytes: reply.bytes, body: reply.body }
}
const csvOf = (text: string): string[][] => parse(text, { bom: true, relax_column_count: true })
const xlsxOf = async (bytes: Buffer): Promise<string[][]> => {
  const book = new ExcelJS.Workbook()
  await book.xlsx.load(bytes as never)
  const rows: string[][] = []
  book.worksheets[0]?.eachRow({ includeEmpty: true }, (row) => {
    rows.push(Array.from(row.values as unknown[], (value) => String(value ?? '')).slice(1))
  })
  return rows
}

it.each(Object.keys(REPORTS) as Report[])(
  '%s is the same in both formats, and an empty month says so',
  async (kind) => {
    const csv = await download(officer, kind)
    expect(csv.status, csv.body).toBe(200)
    expect(csv.headers['content-type']).toBe('text/csv; charset=utf-8')
    const [head, ...rows] = csvOf(csv.body)
    expect(head).toEqual(REPORTS[kind].columns)
    expect(rows.length).toBeGreaterThan(0)
    const xlsx = await xlsxOf((await download(officer, kind, { format: 'xlsx' })).bytes)
    const filled = (row: string[]) => [...row, ...Array<string>(head!.length - row.length).fill('')]
    // A dash before a number would run as a formula in a CSV alone.
    expect(xlsx.map(filled)).toEqual([head, ...rows].map((row) => row!.map((cell) => cell.replace(/^'(?=[=+@-])/, ''))))
    for (const format of ['csv', 'xlsx']) {
      const empty = await download(officer, kind, { month: EMPTY, format })
      const lines = format === 'csv' ? csvOf(empty.body) : await xlsxOf(empty.bytes)
      expect(lines.map((line) => line.filter(Boolean))).toEqual([[...REPORTS[kind].columns], ['本月没有记录']])
    }
  },
)

it('tells what the tables say', async () => {
  const { rows } = await t.deps.pool.query(
    `select count(*) filter (where raised_at >= '2026-09-30T16:00Z' and raised_at < '2026-10-31T16:00Z')::int as raised,
      (select count(*)::int from call_back_attempts where at >= '2026-09-30T16:00Z' and at < '2026-10-31T16:00Z') as calls,
      count(*) filter (where due_at < $1)::int as overdue from issues`,
    [t.clock.now()],
  )
  const { raised, calls, overdue } = rows[0]
  const linesOf = async (kind: Report, month = MONTH) => csvOf((await download(officer, kind, { month })).body).slice(1)
  expect(await linesOf('ledger')).toHaveLength(raised)
  expect(await linesOf('calls')).toHaveLength(calls)
  const late = await linesOf('overdue', '2026-11')
  expect(late.filter((line) => line[4] === '至今仍未完成')).toHaveLength(overdue)
  const league = await linesOf('units')
  expect(league.map(([place]) => Number(place))).toEqual(league.map((_, i) => i + 1))
})

it('names people only for who may export them, with a purpose, and never for supervisors; each download on record', async () => {
  expect((await download(officer, 'ledger', { personal: 'true' })).status).toBe(400)
  expect((await download(supervisor, 'ledger', { personal: 'true', purpose: '督办检查' })).status).toBe(403)
  const named = await download(secretary, 'ledger', { personal: 'true', purpose: '年度归档' })
  const [head, ...rows] = csvOf(named.body)
  expect(head).toEqual([...REPORTS.ledger.columns, ...REPORTS.ledger.personal])
  expect(rows.filter((row) => /^1\d{10}$/.test(row.at(-1) ?? '')).length).toBeGreaterThan(0)
  const calls = csvOf((await download(secretary, 'calls', { personal: 'true', purpose: '年度归档' })).body)
  expect(calls[0]).toEqual([...REPORTS.calls.columns, ...REPORTS.calls.personal])
  expect((await download(supervisor, 'ledger')).body).not.toMatch(/1[3-9]\d{9}/)
  const foreign = await t.as(await t.aPerson({ role: 'officer', region: NEIGHBOUR }))
  expect((await download(foreign, 'ledger')).status).toBe(403)
  const { rows: audits } = await t.deps.pool.query(
    `select purpose, details from audit_records where person_id = $1 and action = 'download_report' order by at, id`,
    [secretary.personId],
  )
  const details = { month: MONTH, format: 'csv', personal: true }
  expect(audits).toEqual(
    expect.arrayContaining(['ledger', 'calls'].map((kind) => ({ purpose: '年度归档', details: { kind, ...details } }))),
  )
})

it('is made each month where it was asked for, once, without names, kept for a year and downloaded on record', async () => {
  const schedule = (caller: Caller, kind: Report, on: boolean) =>
    caller.call(reportRoutes.setReportSchedule, {
      params: { kind },
      body: { community: COMMUNITY, on, format: 'xlsx' },
    })
  expect((await schedule(supervisor, 'ledger', true)).status).toBe(403)
  for (const kind of ['ledger', 'units', 'calls'] as const)
    expect((await schedule(officer, kind, true)).status).toBe(200)
  await schedule(officer, 'calls', false)
  const query = { community: COMMUNITY }
  const { items: schedules } = (await supervisor.call(reportRoutes.listReportSchedules, { query })).body
  expect(schedules.map(({ kind, on }) => `${kind} ${on}`)).toEqual([
    'ledger true',
    'overdue false',
    'units true',
    'calls false',
  ])
  await Promise.all([makeReports(t.deps), makeReports(t.deps)])
  await makeReports(t.deps)
  const { items } = (await officer.call(reportRoutes.listKeptReports, { query })).body
  expect(items.map(({ kind, month, format }) => `${kind} ${month} ${format}`).sort()).toEqual([
    'ledger 2026-10 xlsx',
    'units 2026-10 xlsx',
  ])
  const ledger = items.find(({ kind }) => kind === 'ledger')!
  expect(ledger.askedByName).toMatch(/^测试/)
  const masked = (await supervisor.call(reportRoutes.listKeptReports, { query })).body.items
  expect(masked.map(({ askedByName }) => askedByName)).toEqual(masked.map(() => expect.stringMatching(/^.\*+$/)))
  const file = await officer.send({
    method: 'GET',
    url: `/v1/kept-reports/${ledger.id}`,
    headers: { authorization: `Bearer ${officer.token}` },
  })
  expect([file.statusCode, file.bytes.length]).toEqual([200, ledger.bytes])
  expect(await xlsxOf(file.bytes)).toHaveLength(ledger.rows + 1)
  const { rows } = await t.deps.pool.query(
    `select details from audit_records where person_id = $1 and details ? 'kept'`,
    [officer.personId],
  )
  expect(rows).toMatchObject([{ details: { kind: 'ledger', month: '2026-10' } }])

  t.clock.advance(366 * DAY)
  await enter()
  expect((await officer.call(reportRoutes.listKeptReports, { query })).body.items).toEqual([])
  expect((await officer.call(reportRoutes.downloadKeptReport, { params: { id: ledger.id } })).status).toBe(404)
  const { rows: before } = await t.deps.pool.query('select content_hash as hash from kept_reports')
  await purgeReports(t.deps)
  for (const { hash } of before) expect(await t.deps.storage.has(hash)).toBe(false)
})

it('lists of a past month what was overdue at its end, also what was done or dropped since', async () => {
  t.clock.advance(Date.parse('2028-02-25T02:00:00.000Z') - t.clock.now().getTime())
  await enter()
  const resident = await t.aPerson({ role: 'resident' })
  const raiser = await t.as(resident)
  const [waits, done, dropped] = [await raiseAs(raiser), await raiseAs(raiser), await raiseAs(raiser)]
  const numberOf = async (id: string) => (await officer.call(issueRoutes.readIssue, { params: { id } })).body.number
  const numbers = await Promise.all([waits, done, dropped].map(numberOf))
  const listed = async (month: string) =>
    csvOf((await download(officer, 'overdue', { month })).body)
      .filter(([number = '']) => numbers.includes(number))
      .map(([number = '', , clock, , how, day]) => [numbers.indexOf(number), clock, how, day])
      .sort()
  t.clock.advance(8 * DAY)
  await enter()
  const contact = (nth: number, how: string, day = '') => [nth, '首次联系', how, day]
  const NOT_DONE = [0, 1, 2].map((nth) => contact(nth, '至今仍未完成'))
  expect(await listed('2028-02')).toEqual(NOT_DONE)
  await must(officer, done, 'contact', { method: 'phone', reached: true })
  await must(await t.as(resident), dropped, 'withdraw')
  await countMatters(t.deps)
  expect(await listed('2028-02')).toEqual([
    contact(0, '至今仍未完成'),
    // And the next of its deadlines has passed, too.
    [1, '响应', '至今仍未完成', ''],
    contact(1, '月底未完成，后超期完成', '2028-03-04'),
    contact(2, '月底未完成，后终止或改期'),
  ])
  // Done late, it stands in the list of the month in which it was done as well.
  expect(await listed('2028-03')).toContainEqual(contact(1, '超期完成', '2028-03-04'))
})

it('writes a workbook no faster than it is read, and stops reading rows when nobody does', async () => {
  let read = 0
  let stopped = false
  async function* endless() {
    try {
      for (; ; read += 1)
        yield [read, `${Math.imul(read, 0x9e3779b1)} 滨江苑社区三号楼二单元门口的路灯坏了一个星期`, '=1+1', null]
    } finally {
      stopped = true
    }
  }
  let bytes = 0
  for await (const chunk of xlsxFile('测试', ['序号', '内容', '公式', '空'], endless())) {
    bytes += chunk.byteLength
    if (bytes > 500_000) break
  }
  await vi.waitFor(() => expect(stopped).toBe(true))
  // Some forty bytes of each row are left when packed: what was read beyond them fits into the buffers between.
  expect(read).toBeLessThan(50_000)
})
