import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { statisticsRoutes } from '@tongxin/contract'
import ExcelJS from 'exceljs'
import { expect, it } from 'vitest'
import { COMMUNITY, testApp } from '../../../test/support/index.ts'
import { importFile } from '../imports/index.ts'
import { countMatters } from './index.ts'

// Messages real residents wrote lie beside the repository on some machines; none of them is copied into it.
const file = fileURLToPath(new URL('../../../../../../shared/data/messages/answered.xlsx', import.meta.url))
const present = existsSync(file)
if (!present) console.log(`real answers: skipped, ${file} is not on this machine`)

const DAY = 86_400_000

/** As the sheet's cells hold it: a text, or a serial that the reader has made a date of (its clock taken as UTC). */
const momentOf = (cell: ExcelJS.CellValue): number => {
  if (cell instanceof Date) return Math.round(cell.getTime() / 1000) * 1000
  const [year, month, day, hour = 0, minute = 0, second = 0] = String(cell)
    .trim()
    .split(/[/ :]+/)
    .map(Number)
  return Date.UTC(year!, month! - 1, day, hour, minute, second)
}

/** How long each answer took, read from the sheet by another reader than the import's, upwards. */
const spansIn = async (path: string): Promise<number[]> => {
  const workbook = new ExcelJS.Workbook()
  await workbook.xlsx.readFile(path)
  const sheet = workbook.worksheets[0]!
  const heads = (sheet.getRow(1).values as string[]).map((head) => String(head ?? '').trim())
  const [asked, answered] = [heads.indexOf('留言时间'), heads.indexOf('答复时间')]
  const spans: number[] = []
  sheet.eachRow((row, n) => {
    if (n > 1) spans.push(momentOf(row.getCell(answered).value) - momentOf(row.getCell(asked).value))
  })
  return spans.sort((a, b) => a - b)
}

it('tells of the real answers at hand what the spreadsheet itself tells', async () => {
  if (!present) return
  const t = await testApp()
  const imported = await importFile(t.deps, { community: COMMUNITY, dryRun: false, path: file }, () => {})
  await countMatters(t.deps)
  const spans = await spansIn(file)
  expect(imported.created).toBe(spans.length)

  const officer = await t.as('officer')
  const { rows } = await t.deps.pool.query(
    `select left(min(day)::text, 7) as from, left(max(day)::text, 7) as to from stat_entries where measure = 'answered'`,
  )
  const read = async (query: object) =>
    (
      await officer.call(statisticsRoutes.readStatistics, {
        query: { region: COMMUNITY, ...rows[0], ...query } as never,
      })
    ).body.total.answered
  const half = spans.length / 2
  const median = (spans[Math.ceil(half) - 1]! + spans[Math.floor(half)]!) / 2
  const p90 = spans[Math.floor(0.9 * spans.length)]!
  const exact = await read({ exact: 'true' })
  expect(exact).toMatchObject({ count: spans.length, median, p90 })
  expect(exact.within.find(({ limit }) => limit === DAY)!.count).toBe(spans.filter((span) => span <= DAY).length)
  // From the roll-up alone: the same share, and lengths a twentieth too long at most.
  const rolledUp = await read({})
  expect(rolledUp.within).toEqual(exact.within)
  for (const [told, itself] of [
    [rolledUp.median!, median],
    [rolledUp.p90!, p90],
  ] as const) {
    expect(told).toBeGreaterThanOrEqual(itself)
    expect(told).toBeLessThanOrEqual(itself * 1.0501)
  }
})
