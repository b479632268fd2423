import { householdRoutes, peopleRoutes, residentRoutes, sessionRoutes } from '@tongxin/contract'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { ok } from '../../../test/support/council.ts'
import { BUILDING, type Caller, COMMUNITY, NEIGHBOUR, startTestApp, type TestApp } from '../../../test/support/index.ts'

const HEADER = '楼栋,门牌,姓名,电话,身份,份额'
const FILE = [
  '1栋,1单元101,王建国,13800000101,产权人,1/2',
  '1栋,１单元101,李梅,138-0000-0102,业主,1/2',
  '1栋,1单元101,王小明,,,',
  '1 栋,1单元102,陈秀英,13800000103,租户,',
]

describe('a list of residents', () => {
  let t: TestApp
  let officer: Caller
  beforeEach(async () => {
    t = await startTestApp()
    officer = await t.as('officer')
    const body = { buildingCode: BUILDING, door: '1单元101', areaHundredths: 8950 }
    ok(await officer.call(householdRoutes.addHousehold, { body }))
  })
  afterEach(() => t.close())

  const send = (by: Caller, lines: readonly string[], { dryRun = false, header = HEADER } = {}) =>
    by.call(residentRoutes.importResidents, {
      body: { community: COMMUNITY, dryRun: String(dryRun) } as never,
      file: { name: '住户.csv', type: 'text/csv', bytes: Buffer.from([header, ...lines].join('\n')) },
    })
  const errorsOf = async (lines: readonly string[]) => {
    const report = ok(await send(officer, lines))
    expect(report.applied).toBe(false)
    return report.errors.map(({ line, column, message }) => [line, column, message] as const)
  }
  const counts = async () =>
    (
      await t.deps.pool.query(
        `select (select count(*)::int from people) as people, (select count(*)::int from households) as homes,
         (select count(*)::int from household_members) as members`,
      )
    ).rows[0]

  it('is checked first, then written as a whole, and changes nothing the second time', async () => {
    const before = await counts()
    const sums = { lines: 4, newHouseholds: 1, newPeople: 4, bound: 4, unchanged: 0, errorCount: 0 }
    expect(ok(await send(officer, FILE, { dryRun: true }))).toMatchObject({ applied: false, ...sums })
    expect(await counts()).toEqual(before)
    expect(ok(await send(officer, FILE))).toMatchObject({ applied: true, ...sums })
    const after = await counts()
    expect(after).toEqual({ people: before.people + 4, homes: before.homes + 1, members: before.members + 4 })
    expect(ok(await send(officer, FILE))).toMatchObject({ applied: true, newPeople: 0, bound: 0, unchanged: 4 })
    expect(await counts()).toEqual(after)
    const { items } = ok(await officer.call(peopleRoutes.findPersonByPhone, { body: { phone: '13800000101' } }))
    expect(items[0]).toMatchObject({ name: '王*', level: 'owner', regionCode: COMMUNITY })
    const bindings = ok(await (await t.as('secretary')).call(householdRoutes.listBindings, { query: { limit: 100 } }))
    expect(bindings.items.filter(({ boundByPerson }) => boundByPerson.id === officer.personId)).toHaveLength(4)
  })

  it('makes residents of people who were on record, at once, and binds them where the file says', async () => {
    const person = await t.aPerson({ level: 'phone', phone: '13800000109', name: '赵六' })
    const caller = await t.as(person)
    const lines = ['1栋,1单元103,赵六,13800000109,,', '1栋,1单元104,赵六,13800000109,承租人,']
    expect(ok(await send(officer, lines))).toMatchObject({ applied: true, newHouseholds: 2, newPeople: 0, bound: 2 })
    expect(ok(await caller.call(sessionRoutes.me)).level).toBe('resident')
  })

  it('is not written when one cell is wrong: each is named by its line and column', async () => {
    const before = await counts()
    const errors = await errorsOf([
      '99栋,,王建国,12345,邻居,',
      '1栋,1单元101,王建国,13800000101,产权人,3/4',
      '1栋,1单元101,李梅,13800000102,产权人,1/2',
      '1栋,1单元102,周海,13800000104,产权人,1',
      '1栋,1单元105,孙丽,13800000101,,',
      '1栋,1单元106,孙丽,,承租人,1/2',
      '1栋,1单元107,孙丽,,,',
      '1栋,1单元107,孙丽,,,',
    ])
    expect(errors.map(([line, column]) => `${line} ${column}`)).toEqual([
      '2 楼栋',
      '2 门牌',
      '2 电话',
      '2 身份',
      '4 份额',
      '5 身份',
      '6 姓名',
      '7 份额',
      '9 姓名',
    ])
    expect(errors.find(([line]) => line === 4)?.[2]).toContain('5/4')
    expect(await counts()).toEqual(before)
  })

  it('does not mistake people: another name, another kind, somebody elsewhere, oneself', async () => {
    ok(await send(officer, FILE))
    const elsewhere = ok(
      await (await t.as(await t.aPerson({ role: 'officer', region: NEIGHBOUR }))).call(peopleRoutes.registerPerson, {
        body: { name: '吴邻', phone: '13800000199', regionCode: NEIGHBOUR },
      }),
    )
    expect(elsewhere.level).toBe('guest')
    const errors = await errorsOf([
      '1栋,1单元110,王国建,13800000101,,',
      '1栋,1单元102,陈秀英,13800000103,家庭成员,',
      '1栋,1单元111,吴邻,13800000199,,',
      '1栋,1单元101,王小明,13800000188,,',
    ])
    expect(errors.map(([line, column]) => `${line} ${column}`)).toEqual(['2 姓名', '3 身份', '4 电话', '5 电话'])
    expect(errors[0]?.[2]).toContain('王*')
  })

  it('takes a file of this kind only, and only from who manages homes here', async () => {
    const headless = await send(officer, ['1栋,101'], { header: '楼栋,门牌' })
    expect([headless.status, headless.problem.reason]).toEqual([422, 'columns_not_found'])
    expect(ok(await send(officer, [])).errorCount).toBe(1)
    for (const by of [await t.as('grid_worker'), await t.as(await t.aPerson({ role: 'officer', region: NEIGHBOUR }))])
      expect((await send(by, FILE)).status).toBe(403)
  })

  it('sent twice at once is written once', async () => {
    const replies = await Promise.all([send(officer, FILE), send(officer, FILE)])
    expect(replies.map((reply) => [reply.status, reply.body.bound]).sort()).toEqual([
      [200, 0],
      [200, 4],
    ])
  })
})
