import { afterAll, afterEach, beforeAll, expect, it } from 'vitest'
import { barHeights } from './every-page.ts'
import { typed } from './hands.ts'
import type { Desk } from './open-browser.ts'
import { type Loop, openLoop } from './open-loop.ts'

let loop: Loop
const desks: Desk[] = []
beforeAll(async () => {
  loop = await openLoop()
})
afterAll(() => loop.close())
afterEach(async () => {
  const open = desks.splice(0)
  for (const { page } of open) await page.context().close()
  expect(open.flatMap(({ faults }) => faults)).toEqual([])
})

const desk = async (username: string): Promise<Desk> => {
  const opened = await loop.console(username)
  desks.push(opened)
  return opened
}

/** Fills in the one text of the form that is open, and sends it. */
const answer = async ({ page }: Desk, title: string, label: string, text: string) => {
  const drawer = page.getByRole('dialog', { name: title })
  const named = page.locator('.el-form-item__label', { hasText: label })
  await typed(text)(drawer.locator('.el-form-item').filter({ has: named }))
  await drawer.locator('.el-drawer__footer .el-button--primary').click()
  await drawer.waitFor({ state: 'hidden' })
}

it('brings a whistle to the street and its report back behind the bell, a supervision to its reply, a month to a file', async () => {
  const officer = await desk('officer')
  const bell = officer.page.getByRole('button', { name: /^工作提醒，/ })
  await bell.waitFor()

  const street = await desk('street_handler')
  await street.page.getByRole('link', { name: '吹哨与督办' }).click()
  // The workbench, which is left, has the same matter with the same button.
  await street.page.getByRole('heading', { name: '吹哨与督办' }).waitFor()
  const called = street.page.locator('main ol > li').filter({ hasText: '六栋后污水管道外溢' })
  await called.waitFor()
  await street.picture('console-whistles')
  expect(new Set(await barHeights(street.page, 1024, 1440)).size).toBe(1)
  await called.getByRole('button', { name: '报到' }).click()
  await answer(street, '报到', '进展', '已联系排水公司，下午到场。')
  await called.waitFor({ state: 'detached' })
  await street.page.getByText('已报到', { exact: true }).click()
  await street.page.getByText('已联系排水公司，下午到场。').waitFor()

  // The count comes by itself; what it counts is read behind it.
  await bell.locator('.count').waitFor()
  await bell.click()
  const news = officer.page.getByRole('region', { name: '工作提醒' }).locator('li').filter({ hasText: '街道已报到' })
  await news.getByRole('link', { name: '六栋后污水管道外溢' }).waitFor()
  await officer.picture('console-bell')
  await news.getByRole('link').click()
  await officer.page.getByText('已联系排水公司，下午到场。').first().waitFor()

  await officer.page.goto('/admin/street/supervisions')
  const ordered = officer.page.locator('main ol > li').filter({ hasText: '请报送清理前后对照' })
  await ordered.waitFor()
  await officer.picture('console-supervisions')
  await ordered.getByRole('button', { name: '回复' }).click()
  await answer(officer, '督办回复', '答复', '对照照片已报送。')
  await ordered.waitFor({ state: 'detached' })

  await officer.page.getByRole('link', { name: '报表', exact: true }).click()
  await officer.page.getByText('每月自动生成', { exact: true }).waitFor()
  const file = officer.page.waitForEvent('download')
  await officer.page.locator('section.card').first().getByRole('button', { name: '下载' }).click()
  expect((await file).suggestedFilename()).toMatch(/^月度台账-\d{4}-\d\d\.xlsx$/)
  await officer.picture('console-reports')
})
