import { afterAll, beforeAll, expect, it } from 'vitest'
import { barHeights } from './every-page.ts'
import type { Desk } from './open-browser.ts'
import { type Loop, openLoop } from './open-loop.ts'

let loop: Loop
beforeAll(async () => {
  loop = await openLoop()
})
afterAll(() => loop.close())

const settled = async ({ page }: Desk) => {
  await page.getByRole('heading', { name: '分组对照' }).waitFor()
  await page.locator('svg text').first().waitFor()
}

it('leads a supervisor from the district down to a grid, and staff from a figure to the matters behind it', async () => {
  const desk = await loop.console('supervisor')
  const { page } = desk
  await page.getByRole('link', { name: '统计' }).click()
  await settled(desk)
  await desk.picture('statistics-street')
  await page.getByRole('rowheader', { name: '滨江苑社区' }).getByRole('link').click()
  await page.getByRole('heading', { name: '分组对照' }).waitFor()
  await page.getByRole('rowheader', { name: '第一网格' }).getByRole('link').click()
  await page.locator('[aria-current=page]', { hasText: '第一网格' }).waitFor()
  expect(new URL(page.url()).searchParams.get('region')).toBe('340803002001001')
  // The longest of the offices' names, beside the choice of a community.
  await page.getByRole('button', { name: 'English' }).click()
  await page.locator('header.bar', { hasText: 'Street or district supervisor' }).waitFor()
  expect(new Set(await barHeights(page, 1440, 1024)).size).toBe(1)
  expect(desk.faults).toEqual([])

  const office = await loop.console('officer')
  await office.page.goto('/admin/statistics')
  await settled(office)
  await office.picture('statistics')
  // What was achieved stands once as a sum, and once as the list it sums.
  const lamps = office.page.getByRole('row', { name: /更换路灯/ })
  expect(await lamps.getByRole('link').textContent()).toBe('34')
  await lamps.getByRole('link').click()
  await office.page.getByRole('heading', { name: /更换路灯/ }).waitFor()
  const rows = office.page.locator('main ol li')
  await rows.first().waitFor()
  expect(await rows.count()).toBe(5)
  await office.picture('statistics-behind')
  await office.page.goBack()
  await office.page.getByRole('radiogroup', { name: '分组对照' }).getByText('主办单位').click()
  await office.page.getByRole('rowheader', { name: '滨江物业服务中心' }).first().waitFor()
  // On a phone the columns that do not fit are come to by keyboard, and what a line is of stays in sight.
  await office.page.setViewportSize({ width: 390, height: 844 })
  const compared = office.page.getByRole('region', { name: '分组对照' })
  const unit = compared.getByRole('rowheader', { name: '滨江物业服务中心' })
  await compared.press('ArrowRight')
  await expect.poll(() => compared.evaluate((room) => room.scrollLeft)).toBeGreaterThan(0)
  const startOf = async (part: typeof unit) => (await part.boundingBox())?.x ?? Number.NaN
  await expect.poll(async () => (await startOf(unit)) - (await startOf(compared))).toBe(0)
  await office.picture('statistics-phone')
  await office.page.setViewportSize({ width: 1440, height: 900 })
  await office.page.goto('/admin/statistics?from=2024-02&to=2024-02')
  await office.page.getByText('这段时间没有有效的评价或回访。').waitFor()
  await office.picture('statistics-empty')
  expect(office.faults).toEqual([])
})

it('shows everybody the year’s report, and what can be listed of it', async () => {
  const desk = await loop.hall('resident')
  const { page } = desk
  await page.goto('/')
  await page.getByRole('link', { name: /年度成绩单/ }).click()
  await page.getByRole('heading', { name: '滨江苑社区年度成绩单' }).waitFor()
  for (const [name, amount] of [
    ['解决问题', '32'],
    ['新增车位', '24'],
    ['更换路灯', '34'],
    ['消除隐患', '44'],
    ['调解纠纷', '23'],
  ] as const)
    expect(await page.getByRole('link', { name: new RegExp(name) }).textContent()).toContain(amount)
  await desk.picture('report')
  const pdf = await page.getByRole('link', { name: '下载 PDF' }).getAttribute('href')
  expect((await page.request.get(pdf ?? '')).headers()['content-type']).toBe('application/pdf')
  await page.getByRole('link', { name: /新增车位/ }).click()
  await page
    .getByRole('link', { name: /划设车位/ })
    .first()
    .waitFor()
  await desk.picture('report-matters')
  expect(desk.faults).toEqual([])
})
