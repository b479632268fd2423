import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { buffer } from 'node:stream/consumers'
import { importRoutes } from '@tongxin/contract'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { COMMUNITY, NEIGHBOUR } from '../../../test/support/foundations.ts'
import { startTestApp, type TestApp } from '../../../test/support/index.ts'
import { importFile, purgeImportFiles, writeReport } from './index.ts'

let test: TestApp
let folder: string
beforeAll(async () => {
  test = await startTestApp()
  folder = await mkdtemp(join(tmpdir(), 'imports-'))
})
afterAll(async () => {
  await test.close()
  await rm(folder, { recursive: true })
})

const RAISED = '留言编号,留言用户,留言主题,留言时间,留言详情,反对数,点赞数'
const ANSWERED = '留言编号,留言用户,留言主题,留言时间,留言详情,答复意见,答复时间'

let files = 0
const fileOf = async (...lines: string[]) => {
  const path = join(folder, `${++files}.csv`)
  await writeFile(path, lines.join('\n'))
  return path
}

const run = async (path: string, settings: { dryRun?: boolean; community?: string; source?: string } = {}) => {
  const record = await importFile(test.deps, { community: COMMUNITY, dryRun: false, path, ...settings }, () => {})
  const { state, totalRows, created, updated, unchanged, rejected } = record
  return { record, counts: { state, totalRows, created, updated, unchanged, rejected } }
}

const query = async (text: string, ...values: unknown[]) => (await test.deps.pool.query(text, values)).rows
const issueOf = async (externalId: string, source = 'message_board') =>
  (await query('select * from issues where import_source = $1 and external_id = $2', source, externalId))[0]
const countIssues = async () => (await query('select count(*)::int as n from issues'))[0].n

describe('importing messages', () => {
  it('makes a raised matter of a message, at its real time, without any clock', async () => {
    const path = await fileOf(RAISED, '1001,A01,路灯不亮,2019/1/12 9:07:54,"\t\n  已经一周 \n",2,15')
    expect((await run(path)).counts).toMatchObject({ state: 'finished', totalRows: 1, created: 1 })
    const issue = await issueOf('1001')
    expect(issue).toMatchObject({
      number: '2019-000001',
      state: 'raised',
      stage: 'raise',
      version: 1,
      title: '路灯不亮',
      body: '已经一周',
      raised_at: new Date('2019-01-12T01:07:54Z'),
      state_since: new Date('2019-01-12T01:07:54Z'),
      channel: 'import',
      anonymous: true,
      public_title: null,
      external_support: 15,
      endorsing_households: 0,
      raiser_count: 1,
      due_at: null,
      clocks: [],
      wake_at: null,
    })
    const [event, ...more] = await query('select * from events where subject_id = $1', issue.id)
    expect(more).toEqual([])
    expect(event).toMatchObject({
      action: 'import',
      from_state: null,
      to_state: 'raised',
      occurred_at: new Date('2019-01-12T01:07:54Z'),
      recorded_at: test.clock.now(),
      record: { as: 'import_job', source: 'message_board', externalId: '1001', externalOpposition: 2 },
      personal: { raiserName: 'A01', original: { body: '\t\n  已经一周 \n' } },
      hash: issue.head_hash,
    })
    expect(JSON.stringify(event.record)).not.toMatch(/路灯|一周|A01/)
    expect(await query('select person_id from raisers where issue_id = $1', issue.id)).toEqual([{ person_id: null }])
    expect(await query('select jobs from job_requests')).toEqual([])
    expect(await query('select task_identifier from graphile_worker.jobs')).toEqual([])
  })

  it('makes a closed matter of an answered message, from raising to answer', async () => {
    const path = await fileOf(ANSWERED, '2001,U1,路灯不亮,2018/4/20 8:00:00,已经一周,已修好,2018/4/24')
    await run(path)
    expect(await issueOf('2001')).toMatchObject({
      number: '2018-000001',
      state: 'closed',
      raised_at: new Date('2018-04-20T00:00:00Z'),
      closed_at: new Date('2018-04-23T16:00:00Z'),
      state_since: new Date('2018-04-23T16:00:00Z'),
      result: '已修好',
      due_at: null,
      notice_ends_at: null,
    })
  })

  it('changes nothing when run again', async () => {
    const path = await fileOf(RAISED, '1101,A01,甲,2019/1/1 9:00,甲事,0,1', '1102,A02,乙,2019/1/2 9:00,乙事,0,2')
    expect((await run(path)).counts).toMatchObject({ created: 2, unchanged: 0 })
    const before = await query('select * from issues order by id')
    expect((await run(path)).counts).toMatchObject({ created: 0, updated: 0, unchanged: 2, rejected: 0 })
    expect(await query('select * from issues order by id')).toEqual(before)
  })

  it('accounts for every row, with number and reason of those it refuses', async () => {
    const path = await fileOf(
      RAISED,
      '1201,A01,好,2019/1/1 9:00,好事,0,1',
      '1202,A01,坏日期,2019/2/30,事,0,1',
      '1203,A01,"没有闭合,2019/1/1,事,0,1',
      '1204,A01,少列,2019/1/1',
      ',A01,无编号,2019/1/1,事,0,1',
      '1206,A01,好,2019/1/1 9:00,另一件好事,0,1',
    )
    const { record, counts } = await run(path)
    expect(counts).toEqual({ state: 'finished', totalRows: 6, created: 2, updated: 0, unchanged: 0, rejected: 4 })
    const report = join(folder, 'report.csv')
    await writeReport(test.deps.db, record, report)
    const lines = (await readFile(report, 'utf8')).slice(1).trimEnd().split('\r\n')
    expect(lines).toHaveLength(7)
    expect(lines[2]).toBe('3,拒绝,1202,,日期有误,“留言时间”：不存在的日期“2019/2/30”')
    expect(lines[3]).toBe('4,拒绝,,,无法读取,引号没有闭合')
    expect(lines[4]).toMatch(/^5,拒绝,,,无法读取,"?有 4 列，应为 7 列/)
    expect(lines[5]).toBe('6,拒绝,,,缺少必要内容,“留言编号”为空')
    expect(lines[6]).toMatch(/^7,新增,1206,340803002001-[0-9a-f-]{36},,$/)
  })

  it('keeps two different messages of one number apart, and one message that stands twice together', async () => {
    const path = await fileOf(
      RAISED,
      '1301,A01,甲,2019/1/1 9:00,甲事,0,1',
      '1301,A02,乙,2019/1/2 9:00,乙事,0,1',
      '1301,A01,甲,2019/1/1 9:00,甲事,0,1',
    )
    expect((await run(path, { dryRun: true })).counts).toMatchObject({ created: 2, unchanged: 1 })
    expect((await run(path)).counts).toMatchObject({ created: 2, unchanged: 1 })
    expect((await run(path)).counts).toMatchObject({ created: 0, unchanged: 3 })
  })

  it('refuses another text under a number that is taken, and leaves the record as it was', async () => {
    await run(await fileOf(RAISED, '1401,A01,甲,2019/1/1 9:00,甲事,0,1'))
    const before = await issueOf('1401')
    const { record, counts } = await run(await fileOf(RAISED, '1401,A01,甲,2019/1/1 9:00,改过的甲事,0,1'))
    expect(counts).toMatchObject({ created: 0, rejected: 1 })
    expect(await query('select code from import_rows where import_id = $1', record.id)).toEqual([
      { code: 'other_text' },
    ])
    expect(await issueOf('1401')).toEqual(before)
    // Elsewhere, and in another source, the number is free.
    const path = await fileOf(RAISED, '1401,A01,甲,2019/1/1 9:00,改过的甲事,0,1')
    expect((await run(path, { source: 'hotline' })).counts).toMatchObject({ created: 1 })
    expect((await run(path, { community: NEIGHBOUR })).counts).toMatchObject({ created: 1 })
  })

  it('records what the source added since: more approvals, and the answer', async () => {
    await run(await fileOf(RAISED, '1501,A01,甲,2019/1/1 9:00,甲事,0,1'))
    expect((await run(await fileOf(RAISED, '1501,A01,甲,2019/1/1 9:00,甲事,0,7'))).counts).toMatchObject({ updated: 1 })
    expect(await issueOf('1501')).toMatchObject({ external_support: 7, version: 1, last_seq: 2 })

    const answered = await fileOf(ANSWERED, '1501,A01,甲,2019/1/1 9:00,甲事,已办,2019/2/1 9:00')
    expect((await run(answered, { dryRun: true })).counts).toMatchObject({ updated: 1 })
    expect((await run(answered)).counts).toMatchObject({ updated: 1 })
    expect(await issueOf('1501')).toMatchObject({
      state: 'closed',
      version: 2,
      last_seq: 3,
      external_support: 7,
      result: '已办',
      closed_at: new Date('2019-02-01T01:00:00Z'),
    })
    expect((await run(answered)).counts).toMatchObject({ unchanged: 1 })
    const other = await fileOf(ANSWERED, '1501,A01,甲,2019/1/1 9:00,甲事,另一答复,2019/2/1 9:00')
    expect((await run(other)).counts).toMatchObject({ rejected: 1 })
  })

  it('writes no matter in a dry run, and says what would become of each', async () => {
    const before = await countIssues()
    const path = await fileOf(
      RAISED,
      '1601,A01,甲,2019/1/1 9:00,甲事,0,1',
      '1001,A01,路灯不亮,2019/1/12 9:07:54,已经一周,2,15',
    )
    expect((await run(path, { dryRun: true })).counts).toMatchObject({ created: 1, unchanged: 1 })
    expect(await countIssues()).toBe(before)
  })

  it('gives numbers by the year of raising in Beijing time, without gaps', async () => {
    const rows = Array.from({ length: 1_200 }, (_, i) => `${5000 + i},A,题${i},${2001 + (i % 2)}/1/1 0:30,事 ${i},0,0`)
    expect((await run(await fileOf(RAISED, ...rows))).counts).toMatchObject({ created: 1_200 })
    const numbers = await query(
      `select left(number, 4) as year, count(*)::int, min(number), max(number) from issues
       where raised_at < '2003-01-01' group by 1 order by 1`,
    )
    expect(numbers).toEqual([
      { year: '2001', count: 600, min: '2001-000001', max: '2001-000600' },
      { year: '2002', count: 600, min: '2002-000001', max: '2002-000600' },
    ])
  })

  it('says in the record why a file cannot be read, and writes nothing of it', async () => {
    const before = await countIssues()
    const { record } = await run(await fileOf('甲,乙', '1,2'))
    expect(record).toMatchObject({ state: 'failed', errorCode: 'columns_not_found' })
    expect(await countIssues()).toBe(before)
  })
})

describe('importing through the API', () => {
  const upload = (bytes: Buffer, body: Record<string, string> = {}) => ({
    body: { community: COMMUNITY, ...body } as never,
    file: { name: '留言.csv', type: 'text/csv', bytes },
  })
  const table = Buffer.from(`${RAISED}\n9001,A01,甲,2019/1/1 9:00,甲事,0,1\n9002,A01,乙,昨天,乙事,0,1\n`)

  it('takes the file at once and the rows in a job, and forgets the file', async () => {
    const officer = await test.as('officer')
    // Ids sort by time, down to the millisecond.
    test.clock.advance(1)
    const started = await officer.call(importRoutes.startImport, upload(table))
    expect(started.status).toBe(202)
    expect(started.body).toMatchObject({ state: 'waiting', fileName: '留言.csv', preset: 'message_board_raised' })
    const [{ stored_as: hash }] = await query('select stored_as from imports where stored_as is not null')
    const kept = await test.deps.storage.open(hash)
    expect((await buffer(kept!.stream)).includes('甲事')).toBe(false)

    expect(await test.runDueJobs()).toContain('run_import')
    const params = { id: started.body.id }
    const { body } = await officer.call(importRoutes.readImport, { params })
    expect(body).toMatchObject({ state: 'finished', totalRows: 2, doneRows: 2, created: 1, rejected: 1, error: null })
    expect(await test.deps.storage.has(hash)).toBe(false)

    const rows = await officer.call(importRoutes.listImportRows, { params, query: { outcome: 'rejected' } as never })
    expect(rows.body.items).toEqual([
      {
        rowNumber: 3,
        outcome: 'rejected',
        externalId: '9002',
        issueId: null,
        code: 'bad_date',
        reason: '“留言时间”：看不懂的日期“昨天”',
      },
    ])
    const list = await officer.call(importRoutes.listImports, { query: { community: COMMUNITY, limit: 1 } as never })
    expect(list.body.items.map((item) => item.id)).toEqual([started.body.id])
    expect(list.body.nextCursor).not.toBeNull()
  })

  it('pages through the rows', async () => {
    const officer = await test.as('officer')
    const started = await officer.call(importRoutes.startImport, upload(table, { dryRun: 'true' }))
    await test.runDueJobs()
    const params = { id: started.body.id }
    const first = await officer.call(importRoutes.listImportRows, { params, query: { limit: 1 } as never })
    expect(first.body.items.map((row) => [row.rowNumber, row.outcome])).toEqual([[2, 'unchanged']])
    const cursor = first.body.nextCursor
    const second = await officer.call(importRoutes.listImportRows, { params, query: { limit: 1, cursor } as never })
    expect(second.body.items.map((row) => [row.rowNumber, row.outcome])).toEqual([[3, 'rejected']])
    expect(second.body.nextCursor).toBeNull()
  })

  describe('a file that was checked', () => {
    const HOUR = 3_600_000
    const storedAs = async ({ id }: { id: string }) =>
      (await query('select stored_as from imports where id = $1', id.slice(13)))[0].stored_as
    let numbers = 95_000
    /** One row to be written, one with a fault. */
    const checked = async (who: Awaited<ReturnType<typeof test.as>>) => {
      const [one, other] = [++numbers, ++numbers]
      const bytes = Buffer.from(`${RAISED}\n${one},A01,丙,2019/1/1 9:00,丙事,0,1\n${other},A01,丁,昨天,丁事,0,1\n`)
      const { body } = await who.call(importRoutes.startImport, upload(bytes, { dryRun: 'true' }))
      await test.runDueJobs()
      return { params: { id: body.id }, number: String(one) }
    }

    it('is written a night later by whoever checked it, and once however often that is asked for', async () => {
      const person = await test.aPerson({ role: 'officer', region: COMMUNITY })
      const officer = await test.as(person)
      const { params, number } = await checked(officer)
      const found = (await officer.call(importRoutes.readImport, { params })).body
      const until = new Date(test.clock.now().getTime() + 24 * HOUR).toISOString()
      expect(found).toMatchObject({ dryRun: true, created: 1, rejected: 1, keptUntil: until, mayWrite: true })
      expect(await issueOf(number)).toBeUndefined()

      test.clock.advance(23 * HOUR)
      const nextDay = await test.as(person)
      const written = await nextDay.call(importRoutes.writeImport, { params })
      expect(written.status).toBe(202)
      expect(written.body).toMatchObject({
        id: params.id,
        dryRun: false,
        state: 'waiting',
        doneRows: 0,
        keptUntil: null,
      })
      expect((await nextDay.call(importRoutes.writeImport, { params })).status).toBe(202)
      await test.runDueJobs()
      const again = await nextDay.call(importRoutes.writeImport, { params })
      expect(again.body).toMatchObject({ state: 'finished', created: 1, rejected: 1, mayWrite: false })
      await test.runDueJobs()
      expect(await query('select count(*)::int as n from issues where external_id = $1', number)).toEqual([{ n: 1 }])
      const rows = await nextDay.call(importRoutes.listImportRows, { params })
      expect(rows.body.items.map((row) => [row.outcome, row.issueId !== null])).toEqual([
        ['created', true],
        ['rejected', false],
      ])
      expect(await storedAs(params)).toBeNull()
    })

    it('is gone once its time is over, and says so', async () => {
      const person = await test.aPerson({ role: 'officer', region: COMMUNITY })
      const officer = await test.as(person)
      const { params } = await checked(officer)
      const hash = await storedAs(params)
      test.clock.advance(24 * HOUR)
      const nextDay = await test.as(person)
      const late = await nextDay.call(importRoutes.writeImport, { params })
      expect([late.status, late.problem.code]).toEqual([410, 'import_not_kept'])
      expect((await nextDay.call(importRoutes.readImport, { params })).body).toMatchObject({
        keptUntil: null,
        mayWrite: false,
      })
      expect(await test.deps.storage.has(hash)).toBe(true)
      await purgeImportFiles(test.deps, {})
      expect(await test.deps.storage.has(hash)).toBe(false)
      expect((await nextDay.call(importRoutes.writeImport, { params })).status).toBe(410)
    })

    it('is gone at once when it is discarded; what was found stays', async () => {
      const officer = await test.as('officer')
      const { params } = await checked(officer)
      const hash = await storedAs(params)
      const discarded = await officer.call(importRoutes.discardImportFile, { params })
      expect(discarded.body).toMatchObject({ dryRun: true, state: 'finished', created: 1, keptUntil: null })
      expect(await test.deps.storage.has(hash)).toBe(false)
      expect((await officer.call(importRoutes.writeImport, { params })).status).toBe(410)
      expect((await officer.call(importRoutes.discardImportFile, { params })).status).toBe(410)
      const rows = await officer.call(importRoutes.listImportRows, { params })
      expect(rows.body.items).toHaveLength(2)
    })

    it('that can be opened no more ends the import, and is not kept', async () => {
      const officer = await test.as('officer')
      const { params } = await checked(officer)
      const torn = await test.deps.storage.put(Buffer.from('no longer what it was'))
      await query('update imports set stored_as = $2 where id = $1', params.id.slice(13), torn.hash)
      await officer.call(importRoutes.writeImport, { params })
      await test.runDueJobs()
      const ended = (await officer.call(importRoutes.readImport, { params })).body
      expect(ended).toMatchObject({ state: 'failed', mayWrite: false })
      expect(await test.deps.storage.has(torn.hash)).toBe(false)
    })

    it('leaves the store a week on, where no job came to an end with it', async () => {
      const officer = await test.as('officer')
      const { params } = await checked(officer)
      const hash = await storedAs(params)
      await query(`update imports set state = 'running', kept_until = null where id = $1`, params.id.slice(13))
      test.clock.advance(6 * 24 * HOUR)
      await purgeImportFiles(test.deps, {})
      expect(await test.deps.storage.has(hash)).toBe(true)
      test.clock.advance(24 * HOUR)
      await purgeImportFiles(test.deps, {})
      expect(await test.deps.storage.has(hash)).toBe(false)
      expect(await query('select state, error_code from imports where id = $1', params.id.slice(13))).toEqual([
        { state: 'failed', error_code: 'file_lost' },
      ])
    })

    it('is nobody else’s to write or discard', async () => {
      const officer = await test.as('officer')
      const { params } = await checked(officer)
      const colleague = await test.as('secretary')
      const neighbour = await test.as(await test.aPerson({ role: 'officer', region: NEIGHBOUR }))
      for (const route of [importRoutes.writeImport, importRoutes.discardImportFile]) {
        expect((await colleague.call(route, { params })).status).toBe(403)
        expect((await neighbour.call(route, { params })).status).toBe(404)
      }
      expect((await colleague.call(importRoutes.readImport, { params })).body).toMatchObject({ mayWrite: false })
      expect((await officer.call(importRoutes.discardImportFile, { params })).status).toBe(200)
    })

    it('is not kept where nothing would come of it', async () => {
      const officer = await test.as('officer')
      const bytes = Buffer.from(`${RAISED}\n96001,A01,戊,昨天,戊事,0,1\n`)
      const { body } = await officer.call(importRoutes.startImport, upload(bytes, { dryRun: 'true' }))
      const early = await officer.call(importRoutes.writeImport, { params: { id: body.id } })
      expect([early.status, early.problem.code]).toEqual([409, 'conflict'])
      await test.runDueJobs()
      expect(await storedAs(body)).toBeNull()
    })
  })

  it('takes an explicit mapping', async () => {
    const officer = await test.as('secretary')
    const file = Buffer.from('甲,乙\n一件事,2019-01-01\n')
    const map = JSON.stringify({ title: '甲', raisedAt: '乙' })
    const refused = await officer.call(importRoutes.startImport, upload(file))
    expect([refused.status, refused.problem.reason]).toEqual([422, 'columns_not_found'])
    const started = await officer.call(importRoutes.startImport, upload(file, { map, source: 'paper' }))
    expect(started.body).toMatchObject({ state: 'waiting', source: 'paper', preset: null })
    await test.runDueJobs()
    const { body } = await officer.call(importRoutes.readImport, { params: { id: started.body.id } })
    expect(body).toMatchObject({ created: 1 })
    const wrong = await officer.call(importRoutes.startImport, upload(file, { map: 'title=甲' }))
    expect([wrong.status, wrong.problem.code]).toEqual([400, 'invalid_input'])
  })

  it('refuses what is no table, with its reason', async () => {
    const officer = await test.as('officer')
    const { status, problem } = await officer.call(
      importRoutes.startImport,
      upload(Buffer.from([0x89, 0x50, 0x4e, 0x47, 0, 0])),
    )
    expect([status, problem.code, problem.reason]).toEqual([422, 'unprocessable', 'unknown_format'])
  })

  it('is for the officers and the secretary of that community alone', async () => {
    const officer = await test.as('officer')
    const started = await officer.call(importRoutes.startImport, upload(table, { dryRun: 'true' }))
    await test.runDueJobs()
    const params = { id: started.body.id }
    const neighbour = await test.as(await test.aPerson({ role: 'officer', region: NEIGHBOUR }))
    for (const other of [neighbour, await test.as('administrator'), await test.as('resident'), test.nobody]) {
      const expected = other === test.nobody ? 401 : 403
      expect((await other.call(importRoutes.startImport, upload(table))).status).toBe(expected)
      const seen = await other.call(importRoutes.readImport, { params })
      expect(seen.status).toBe(other === neighbour ? 404 : expected)
      const rows = await other.call(importRoutes.listImportRows, { params })
      expect(rows.status).toBe(other === neighbour ? 404 : expected)
    }
  })

  it('takes up after a crash where the last committed batch ended', async () => {
    const officer = await test.as('officer')
    const lines = Array.from({ length: 1_100 }, (_, i) => `${70_000 + i},A,题${i},2015/1/1 0:30,事 ${i},0,0`)
    const bytes = Buffer.from([RAISED, ...lines].join('\n'))
    const started = await officer.call(importRoutes.startImport, upload(bytes))
    const crash = new Error('crash')
    let puts = 0
    const pool = new Proxy(test.deps.pool, {
      get(target, name) {
        if (name === 'connect' && ++puts > 1) throw crash
        const value = Reflect.get(target, name)
        return typeof value === 'function' ? value.bind(target) : value
      },
    })
    const { runImportJob } = await import('./index.ts')
    const [communityCode, id] = [started.body.id.slice(0, 12), started.body.id.slice(13)]
    await expect(runImportJob({ ...test.deps, pool }, { communityCode, id })).rejects.toBe(crash)
    const params = { id: started.body.id }
    expect((await officer.call(importRoutes.readImport, { params })).body).toMatchObject({
      state: 'running',
      doneRows: 500,
    })
    await test.runDueJobs()
    expect((await officer.call(importRoutes.readImport, { params })).body).toMatchObject({
      state: 'finished',
      created: 1_100,
      unchanged: 0,
    })
  })
})
