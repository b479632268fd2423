import { type OwnersOverlap, ownersRoutes, regionRoutes } from '@tongxin/contract'
import ExcelJS from 'exceljs'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { ok } from '../../../test/support/council.ts'
import {
  BUILDING,
  type Caller,
  COMMUNITY,
  NEIGHBOUR,
  OTHER_GRID,
  startTestApp,
  type TestApp,
} from '../../../test/support/index.ts'
import { aRoll, ROLL_HEADER, rollFile, sendRoll } from '../../../test/support/roll.ts'
import { verifyRecord } from '../verification/index.ts'

const UNKNOWN = '0190b8a0-5c1e-7c3a-9d2e-1f2a3b4c5d6e'

let t: TestApp
let officer: Caller
beforeEach(async () => {
  t = await startTestApp()
  officer = await t.as('officer')
})
afterEach(() => t.close())

const summary = async () => ok(await officer.call(ownersRoutes.readRoll, { query: { community: COMMUNITY } }))
const overlaps = async () =>
  ok(await officer.call(ownersRoutes.listOverlaps, { query: { community: COMMUNITY } })).items
const flats = async () =>
  ok(await officer.call(ownersRoutes.listRollFlats, { query: { community: COMMUNITY, limit: 100 } })).items
const rule = ({ fingerprint }: Pick<OwnersOverlap, 'fingerprint'>, heads: string[][], by = officer) =>
  by.call(ownersRoutes.ruleOverlap, { body: { community: COMMUNITY, fingerprint, heads, reason: '按产权登记核对' } })
/** The overlap there is, with its flats by their doors. */
const theOverlap = async () => {
  const [overlap] = await overlaps()
  if (!overlap) throw new Error('No overlap')
  const doors = overlap.groups.flatMap(({ flats: its }) => its.map(({ door, householdId }) => [door, householdId]))
  return { overlap, at: Object.fromEntries(doors) as Record<string, string> }
}

const FILE = [
  '1栋,1单元101,,89.5,王建国,340803196001010011,',
  '1 栋,1单元102,住宅,89.50,王建国,340803196001010011,1',
  '1栋,1单元201,住宅,76.25,李梅,340803197002020022,1/2',
  '1栋,1单元201,,,张强,340803197003030033,50%',
  '1栋,1单元202,未售,120,滨江置业,,',
  '1栋,1单元203,未售,80,,,',
  '1栋,B1-001,车位,12.5,王建国,340803196001010011,',
]

describe('the roll of flats', () => {
  it('is taken from a spreadsheet: one owner of two flats, joint owners and the developer are one head each', async () => {
    const tried = ok(await sendRoll(officer, FILE, true))
    expect(tried).toMatchObject({ applied: false, lines: 7, added: 5, uncounted: 1, errorCount: 0 })
    expect((await summary()).flats).toBe(0)
    await aRoll(officer, FILE)
    expect(await summary()).toMatchObject({ flats: 5, areaHundredths: 45_525, heads: 3, undecided: 0, withoutArea: 0 })
    const shown = await flats()
    expect(shown.map(({ door, owners }) => [door, owners.map(({ name }) => name).sort()])).toEqual([
      ['1单元101', ['王*']],
      ['1单元102', ['王*']],
      ['1单元201', ['张*', '李*']],
      ['1单元202', ['滨江置业']],
      ['1单元203', ['滨江置业']],
    ])
    const { rows } = await t.deps.pool.query(`select string_agg(o::text, '') as all from title_owners o`)
    expect(rows[0].all).not.toMatch(/王建国|340803196001010011/)
    expect((await verifyRecord(t.deps)).mismatch).toBeNull()
  })

  it('comes page after page, building after building and door after door', async () => {
    const administrator = await t.as('administrator')
    for (const nth of ['11', '100']) {
      const body = { code: `${OTHER_GRID}B${nth}`, name: `${nth} 栋`, parentCode: OTHER_GRID }
      await administrator.call(regionRoutes.addRegion, { body })
    }
    const line = (building: string, door: string) => `${building}栋,${door},住宅,60,王建国,340803196001010011,`
    await aRoll(
      officer,
      ['11', '100', '1'].flatMap((building) => ['1001', '202', '201'].map((door) => line(building, door))),
    )
    const found: string[] = []
    let cursor: string | undefined
    do {
      const query = { community: COMMUNITY, limit: 2, cursor }
      const page = ok(await officer.call(ownersRoutes.listRollFlats, { query }))
      found.push(...page.items.map(({ building, door }) => `${building} ${door}`))
      cursor = page.nextCursor ?? undefined
    } while (cursor)
    expect(found).toEqual(
      ['1 栋', '100 栋', '11 栋'].flatMap((name) => ['201', '202', '1001'].map((d) => `${name} ${d}`)),
    )
  })

  it('is read from a workbook as from CSV, and refuses numbers that the program has cut', async () => {
    const workbook = new ExcelJS.Workbook()
    const sheet = workbook.addWorksheet('名册')
    sheet.addRow(ROLL_HEADER.split(','))
    sheet.addRow(['1栋', 301, '住宅', 89.55, '赵一', '340803196001010014', 0.5])
    sheet.addRow(['1栋', 301, '住宅', 89.55, '赵二', 340803196001010000, 0.5])
    const file = { ...rollFile([]), name: '名册.xlsx', bytes: Buffer.from(await workbook.xlsx.writeBuffer()) }
    const send = () =>
      officer.call(ownersRoutes.importRoll, { body: { community: COMMUNITY, dryRun: 'false' } as never, file })
    const refused = ok(await send())
    expect(refused).toMatchObject({ applied: false })
    expect(refused.errors[0]).toMatchObject({
      line: 3,
      column: '证件号码',
      message: expect.stringContaining('文本格式'),
    })
    sheet.getCell('F3').value = '340803196001010022'
    file.bytes = Buffer.from(await workbook.xlsx.writeBuffer())
    expect(ok(await send())).toMatchObject({ applied: true, added: 1 })
    expect(await summary()).toMatchObject({ areaHundredths: 8955, heads: 1 })
  })

  it('changes nothing when the file comes again, and only what is different when it was changed', async () => {
    await aRoll(officer, FILE)
    const events = () => t.deps.pool.query(`select count(*)::int as n from events where subject_type = 'owners_roll'`)
    expect(ok(await sendRoll(officer, FILE))).toMatchObject({ applied: true, added: 0, changed: 0, unchanged: 5 })
    expect((await events()).rows[0].n).toBe(1)
    const sold = [FILE[1], FILE[4]?.replace('未售,120,滨江置业,,', '住宅,120,周洋,340803199001010099,')] as string[]
    expect(ok(await sendRoll(officer, sold))).toMatchObject({ added: 0, changed: 1, unchanged: 1 })
    expect((await events()).rows[0].n).toBe(2)
    expect(await summary()).toMatchObject({ flats: 5, heads: 4 })
    expect((await verifyRecord(t.deps)).mismatch).toBeNull()
  })

  it('lets go of a flat that was entered by mistake, and of no other', async () => {
    await aRoll(officer, FILE)
    const gone = ['1栋,1单元101,移除,,,,', '1栋,9单元999,移除,,,,']
    expect(ok(await sendRoll(officer, gone))).toMatchObject({ applied: true, removed: 1, unchanged: 1, added: 0 })
    expect(await summary()).toMatchObject({ flats: 4, heads: 3 })
    expect(ok(await sendRoll(officer, gone))).toMatchObject({ applied: true, removed: 0, unchanged: 2 })
    expect((await verifyRecord(t.deps)).mismatch).toBeNull()
  })

  it('tells the flats of two buildings of one name apart by the building’s code', async () => {
    const administrator = await t.as('administrator')
    const twin = { code: `${OTHER_GRID}B01`, name: '1 栋', parentCode: OTHER_GRID }
    ok(await administrator.call(regionRoutes.addRegion, { body: twin }))
    const line = (building: string, owner: string) => `${building},101,,50,${owner},`
    const same = [line('1栋', '王建国,340803196001010011')]
    expect(ok(await sendRoll(officer, same)).errors[0]?.message).toContain('楼栋代码')
    await aRoll(officer, [line(BUILDING, '王建国,340803196001010011'), line(twin.code, '陈晨,340803196001010013')])
    expect((await flats()).map(({ building, buildingCode }) => [building, buildingCode])).toEqual([
      ['1 栋', BUILDING],
      ['1 栋', twin.code],
    ])
  })

  it('imported by two at once is the same as one after the other', async () => {
    const other = await t.as('secretary')
    const [mine, theirs] = [
      FILE,
      ['1栋,1单元101,,89.5,王建国,340803196001010011,', '1栋,1单元501,,66,赵一,340803196001010014,'],
    ]
    const replies = await Promise.all([sendRoll(officer, mine), sendRoll(other, theirs)])
    expect(replies.map(({ body }) => body.applied)).toEqual([true, true])
    expect(await summary()).toMatchObject({ flats: 6, heads: 4 })
    expect((await verifyRecord(t.deps)).mismatch).toBeNull()
  })

  it('takes nothing when a single line is wrong, and says of each what to do', async () => {
    const reply = ok(
      await sendRoll(officer, [
        ...FILE,
        '9栋,101,,50,甲,340803196001010101,',
        '1栋,,,50,甲,340803196001010101,',
        '1栋,401,,0,甲,340803196001010101,',
        '1栋,402,,50.123,甲,340803196001010101,',
        '1栋,403,,50,甲,,',
        '1栋,404,,50,甲,340803196001010101,1/2',
        '1栋,404,,50,乙,340803196001010102,1/3',
        '1栋,405,,50,甲,340803196001010101,1/2',
        '1栋,405,,51,甲,340803196001010101,1/2',
        '1栋,406,,50,丙,340803196001010101,',
        '1栋,407,会所,50,丙,340803196001010103,',
        '1栋,408,,50,丁,340803196001010104,',
        '1栋,408,,50,戊,340803196001010105,',
        '1栋,409,未售,50,,,',
        '1栋,409,,50,戊,340803196001010105,',
        '1栋,410,,50',
      ]),
    )
    expect(reply.applied).toBe(false)
    expect(reply.errors.map(({ line, column }) => [line, column])).toEqual([
      [9, '楼栋'],
      [10, '门牌'],
      [11, '专有部分面积'],
      [12, '专有部分面积'],
      [13, '证件号码'],
      [15, '份额'],
      [17, '专有部分面积'],
      [17, '证件号码'],
      [18, '业主'],
      [19, '用途'],
      [20, '份额'],
      [21, '份额'],
      [23, '用途'],
      [24, null],
    ])
    expect(reply.errors.find(({ line }) => line === 15)?.message).toContain('5/6')
    expect(reply.errors.find(({ line }) => line === 11)?.message).toContain('不能为零')
    expect(await summary()).toMatchObject({ flats: 0, importedAt: null })
  })

  it('refuses what is no table, lacks a column, or comes from somebody with no say here', async () => {
    const send = (file: ReturnType<typeof rollFile>, by = officer) =>
      by.call(ownersRoutes.importRoll, { body: { community: COMMUNITY } as never, file })
    const headless = await send(rollFile(['1栋,101'], '楼栋,门牌'))
    expect([headless.status, headless.problem.reason]).toEqual([422, 'columns_not_found'])
    expect(headless.problem.detail).toContain('业主')
    const empty = await send(rollFile([]))
    expect([empty.status, empty.body.errorCount]).toEqual([200, 1])
    const foreign = await t.as(await t.aPerson({ role: 'officer', region: NEIGHBOUR }))
    expect((await send(rollFile(FILE), foreign)).status).toBe(403)
    expect((await send(rollFile(FILE), await t.as('grid_worker'))).status).toBe(403)
  })
})

describe('the same people in another composition', () => {
  const OVERLAP = [
    '1栋,101,,50,王建国,340803196001010011,',
    '1栋,102,,60,王建国,340803196001010011,1/2',
    '1栋,102,,60,刘芳,340803196001010012,1/2',
    '1栋,103,,70,陈晨,340803196001010013,',
  ]

  it('are asked about, and counted as staff rule, on record', async () => {
    await aRoll(officer, OVERLAP)
    expect(await summary()).toMatchObject({ heads: null, undecided: 1 })
    const [overlap] = await overlaps()
    expect(overlap?.groups.map(({ owners, flats: its }) => [owners.length, its.map(({ door }) => door)])).toEqual(
      expect.arrayContaining([
        [1, ['101']],
        [2, ['102']],
      ]),
    )
    const { at } = await theOverlap()
    const [one, two] = [at['101'], at['102']] as [string, string]
    expect((await rule(overlap as OwnersOverlap, [[one, two]])).status).toBe(200)
    expect(await summary()).toMatchObject({ heads: 2, undecided: 0 })
    expect(ok(await rule(overlap as OwnersOverlap, [[one], [two]])).ruling?.heads).toEqual([[one], [two]])
    expect(await summary()).toMatchObject({ heads: 3, undecided: 0 })
    expect((await verifyRecord(t.deps)).mismatch).toBeNull()
  })

  it('are asked about again when one of their flats changes hands; the old ruling meets nothing', async () => {
    await aRoll(officer, OVERLAP)
    const { overlap, at } = await theOverlap()
    const together = [Object.values(at)]
    ok(await rule(overlap, together))
    await aRoll(officer, ['1栋,103,,70,刘芳,340803196001010012,'])
    expect(await summary()).toMatchObject({ heads: null, undecided: 1 })
    const stale = await rule(overlap, together)
    expect([stale.status, stale.problem.reason]).toEqual([409, 'overlap_changed'])
  })

  it('are put under heads in any way staff see fit, every flat under exactly one', async () => {
    // A alone, A with B, B with C, and C twice: four compositions that hang together.
    await aRoll(officer, [
      '1栋,101,,50,王建国,340803196001010011,',
      '1栋,102,,60,王建国,340803196001010011,1/2',
      '1栋,102,,60,刘芳,340803196001010012,1/2',
      '1栋,103,,70,刘芳,340803196001010012,1/2',
      '1栋,103,,70,陈晨,340803196001010013,1/2',
      '1栋,104,,40,陈晨,340803196001010013,',
      '1栋,105,,30,陈晨,340803196001010013,',
    ])
    const { overlap, at } = await theOverlap()
    const [a, ab, bc, c, d] = ['101', '102', '103', '104', '105'].map((door) => at[door] ?? '') as [
      string,
      string,
      string,
      string,
      string,
    ]
    const refused = async (...heads: string[][]) => (await rule(overlap, heads)).problem.reason
    expect(await refused([a, ab], [bc, c, d, UNKNOWN])).toBe('flat_unknown')
    expect(await refused([a, ab], [ab, bc, c, d])).toBe('flat_twice')
    expect(await refused([a, ab, a], [bc, c, d])).toBe('flat_twice')
    expect(await refused([a, ab], [c, d])).toBe('flat_missing')
    expect(await refused([a, ab, c], [bc, d])).toBe('owner_split')
    expect((await rule(overlap, [[a, ab, bc, c, d], []])).status).toBe(400)
    expect(await summary()).toMatchObject({ undecided: 1 })
    const ruled = ok(
      await rule(overlap, [
        [a, ab],
        [bc, c, d],
      ]),
    )
    expect(ruled.ruling?.heads.map((own) => own.toSorted())).toEqual([[a, ab].toSorted(), [bc, c, d].toSorted()])
    expect(await summary()).toMatchObject({ heads: 2, undecided: 0 })
    // The public record counts, and names neither homes nor people.
    const { rows } = await t.deps.pool.query(`select record from events where action = 'rule'`)
    expect(rows).toEqual([{ record: { fingerprint: overlap.fingerprint, heads: 2, flats: 5 } }])
    expect((await verifyRecord(t.deps)).mismatch).toBeNull()
    await t.deps.pool.query('update ruled_flats set head_no = 1')
    expect((await verifyRecord(t.deps)).mismatch).toMatchObject({ reason: 'ruled_flats.headNo' })
  })

  it('are ruled on by staff of the community alone', async () => {
    await aRoll(officer, OVERLAP)
    const { overlap, at } = await theOverlap()
    const foreign = await t.as(await t.aPerson({ role: 'officer', region: NEIGHBOUR }))
    expect((await rule(overlap, [Object.values(at)], foreign)).status).toBe(403)
  })
})

it('shows a title changed by hand', async () => {
  await aRoll(officer, FILE)
  await t.deps.pool.query(
    `update flat_titles set share_numerator = 1, share_denominator = 3 where share_denominator = 2`,
  )
  expect((await verifyRecord(t.deps)).mismatch).toMatchObject({ reason: 'owner_rolls.digest' })
})
