import { exportRoutes, issueRoutes } from '@tongxin/contract'
import { beforeAll, describe, expect, it, vi } from 'vitest'
import {
  aUnit,
  type Caller,
  COMMUNITY,
  GRID,
  NEIGHBOUR,
  STREET,
  startTestApp,
  type TestApp,
} from '../../../test/support/index.ts'
import { ACCEPTED, must, raiseAs } from '../../../test/support/issues.ts'
import { inTransaction } from '../../db/connect.ts'
import { loadReferenceCategories } from '../../reference/load-reference.ts'

describe('the matters as CSV', () => {
  let t: TestApp
  let resident: Caller
  let officer: Caller
  let accepted: string

  beforeAll(async () => {
    t = await startTestApp()
    await inTransaction(t.deps.pool, loadReferenceCategories)
    resident = await t.as(await t.aPerson({ name: '郑晓月', phone: '13911112222' }))
    officer = await t.as('officer')
    accepted = await raiseAs(resident)
    await must(officer, accepted, 'accept', ACCEPTED)
    await raiseAs(resident, { title: '=HYPERLINK("http://a","b")' })
    await raiseAs(resident, { title: '不愿具名的事', anonymous: true })
    return () => t.close()
  })

  const get = (caller: Caller, query: Record<string, unknown> = {}) =>
    caller.call(exportRoutes.exportIssues, { query: { community: COMMUNITY, ...query } } as never)
  const linesOf = ({ text }: { text: string }) => text.trimEnd().split('\r\n')

  it('holds what the list holds, under the same filters, in the same order', async () => {
    for (const filters of [{}, { state: 'accepted' }, { text: '路灯' }, { overdue: 'true' }]) {
      const list = await officer.call(issueRoutes.listIssues, { query: { community: COMMUNITY, ...filters } } as never)
      const listed = (list.body as { items: { number: string }[] }).items.map(({ number }) => number)
      const [, ...rows] = linesOf(await get(officer, filters))
      expect(rows.map((row) => row.split(',')[0])).toEqual(listed)
    }
  })

  it('says in words what stands for a code, and who leads', async () => {
    const unit = await aUnit(t.deps, { name: '滨江"物业",一部' })
    const id = await raiseAs(resident, { title: '三号楼门禁失灵' })
    await must(officer, id, 'accept', ACCEPTED)
    await must(officer, id, 'dispatch', { leadUnitId: unit.id })
    const [head, line] = linesOf(await get(officer, { state: 'dispatched' }))
    expect(head).toBe(
      '编号,标题,状态,类型,公开范围,紧急程度,渠道,主办单位,类别代码,网格代码,办理轮次,提出时间,进入现状态时间,当前期限,承诺办结时间,附议户数,外部支持数',
    )
    const times = String.raw`(2026-\d\d-\d\d \d\d:\d\d:\d\d,){4}`
    expect(line).toMatch(
      new RegExp(
        `^2026-\\d{6},三号楼门禁失灵,已派单,问题,公开,一般,网上议事厅,"滨江""物业"",一部",209022,${GRID},1,${times}0,0$`,
      ),
    )
  })

  it('begins with a BOM only on request, and runs nothing in a spreadsheet program', async () => {
    const plain = await get(officer)
    expect(plain.status).toBe(200)
    expect(plain.text.startsWith('编号,标题,状态')).toBe(true)
    expect((await get(officer, { bom: 'true' })).text.startsWith('\uFEFF编号')).toBe(true)
    expect(plain.text).toContain(`"'=HYPERLINK(""http://a"",""b"")"`)
  })

  it('names raisers only for a stated purpose, and never who asked not to be named', async () => {
    expect((await get(officer)).text).not.toContain('郑晓月')
    const unsaid = await get(officer, { personal: 'true' })
    expect([unsaid.status, unsaid.problem.errors?.[0]?.path]).toEqual([400, 'query.purpose'])
    const named = await get(officer, { personal: 'true', purpose: '季度回访' })
    expect(linesOf(named).filter((line) => line.endsWith('郑晓月,13911112222'))).toHaveLength(3)
    expect(
      linesOf(named)
        .find((line) => line.includes('不愿具名的事'))
        ?.endsWith(',,'),
    ).toBe(true)
  })

  it('is masked for supervisors, and nothing for residents and for other communities', async () => {
    const supervisor = await t.as(await t.aPerson({ role: 'supervisor', region: STREET }))
    expect((await get(supervisor)).status).toBe(200)
    expect((await get(supervisor, { personal: 'true', purpose: '督办检查' })).status).toBe(403)
    // Of a grid no more than the grid's, whoever raised it with them elsewhere.
    const ofGrid = await t.as(await t.aPerson({ role: 'grid_worker', region: GRID }))
    const asked = { personal: 'true', purpose: '核对' }
    expect([(await get(ofGrid, asked)).status, (await get(ofGrid, { ...asked, mine: 'true' })).status]).toEqual([
      200, 403,
    ])
    const foreign = await t.as(await t.aPerson({ role: 'officer', region: NEIGHBOUR }))
    for (const one of [resident, foreign]) expect((await get(one)).status).toBe(403)
    expect((await get(t.nobody)).status).toBe(401)
  })

  const auditsOf = async ({ personId }: Caller) => {
    const { rows } = await t.deps.pool.query(
      `select id, action, purpose, region_code, details from audit_records where person_id = $1`,
      [personId],
    )
    const of = (action: string) => rows.find((row) => row.action === action)
    return { begun: of('export_issues'), ended: of('export_issues_ended') }
  }

  it('leaves a record of who exported what, and of how much went out', async () => {
    const secretary = await t.as('secretary')
    await get(secretary, { personal: 'true', purpose: '年度归档', state: 'accepted' })
    const { begun, ended } = await auditsOf(secretary)
    expect(begun).toMatchObject({
      action: 'export_issues',
      purpose: '年度归档',
      region_code: COMMUNITY,
      details: { personal: true, filters: { state: ['accepted'] } },
    })
    expect(ended).toMatchObject({
      action: 'export_issues_ended',
      details: { export: begun.id, rows: 1, complete: true },
    })
  })

  const copyIssues = async (count: number, changes: string) => {
    const { rows } = await t.deps.pool.query(
      `select string_agg(column_name, ', ') as columns from information_schema.columns
       where table_name = 'issues' and is_generated = 'NEVER'`,
    )
    const { columns } = rows[0]
    await t.deps.pool.query(
      `insert into issues (${columns}) select ${columns} from (
         select (jsonb_populate_record(i, jsonb_build_object('id', gen_random_uuid(),
           'raised_at', i.raised_at - n % 7 * interval '1 minute', ${changes}))).*
         from issues i, generate_series(1, ${count}) n where i.number = '2026-000001') copies`,
    )
  }

  it('goes on past one batch, each matter once', async () => {
    await copyIssues(4500, `'number', 'N-' || n`)
    const [, ...lines] = linesOf(await get(officer, { personal: 'true', purpose: '核对' }))
    expect(lines).toHaveLength(4504)
    expect(new Set(lines.map((line) => line.split(',')[0])).size).toBe(4504)
  })

  it('follows the list that goes by what runs out first, to those for which nothing does', async () => {
    const declined = await raiseAs(resident, { title: '不归社区管的事' })
    await must(officer, declined, 'decline', { reasonCode: 'no_facts', explanation: '无法核实' })
    const query = { community: COMMUNITY, order: 'due', limit: 100 }
    const list = await officer.call(issueRoutes.listIssues, { query } as never)
    const listed = (list.body as { items: { number: string }[] }).items.map(({ number }) => number)
    const [, ...lines] = linesOf(await get(officer, { order: 'due' }))
    const numbers = lines.map((line) => line.split(',')[0])
    expect(numbers.slice(0, 100)).toEqual(listed)
    expect(lines.at(-1)).toContain('不归社区管的事')
    expect(new Set(numbers).size).toBe(4505)
    expect(numbers).toHaveLength(4505)
  })

  it('records how far it came when the reader hangs up in the middle', async () => {
    // More than the buffers between the two ends hold.
    await copyIssues(1500, `'number', 'L-' || n, 'title', repeat('长', 4000)`)
    const hasty = await t.as(await t.aPerson({ role: 'officer' }))
    const hangUp = new AbortController()
    const response = await fetch(`${t.base}/v1/issues.csv?community=${COMMUNITY}`, {
      headers: { authorization: `Bearer ${hasty.token}` },
      signal: hangUp.signal,
    })
    await response.body?.getReader().read()
    hangUp.abort()
    const ended = await vi.waitFor(
      async () => {
        const { ended: found } = await auditsOf(hasty)
        expect(found).toBeDefined()
        return found
      },
      { timeout: 20_000 },
    )
    expect(ended.details).toMatchObject({ complete: false })
    expect(ended.details.rows).toBeLessThan(6004)
    expect((await get(hasty, { state: 'accepted' })).status).toBe(200)
  })

  it('holds the columns of a list alone, in its order and its words, and of these no more than the reader raised', async () => {
    const own = await raiseAs(officer, { title: '楼道灯坏了', kind: 'problem' })
    await must(officer, own, 'accept', ACCEPTED)
    const [head, ...lines] = linesOf(await get(officer, { columns: 'number,due,category,stage,grid', mine: 'true' }))
    expect(head).toBe('编号,标题,当前期限,类别,状态,网格')
    expect(lines).toHaveLength(1)
    expect(lines[0]).toMatch(/^2026-\d{6},楼道灯坏了,2026-\d\d-\d\d \d\d:\d\d:\d\d,[^\d,]+,已受理,[^\d,]+$/)
    expect(linesOf(await get(officer, { columns: 'kind', mine: 'true' }))).toEqual(['标题,类型', '楼道灯坏了,问题'])
    const wrong = await get(officer, { columns: 'number,phone' })
    expect([wrong.status, wrong.problem.errors?.[0]?.path]).toEqual([400, 'query.columns'])
  })
})
