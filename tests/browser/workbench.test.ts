import { afterAll, afterEach, beforeAll, expect, it } from 'vitest'
import { act, picked, raise, searched, ticked } from './hands.ts'
import type { Desk } from './open-browser.ts'
import { atWork, type Loop, openLoop } from './open-loop.ts'

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

const opened = async (desk: Promise<Desk>): Promise<Desk> => {
  desks.push(await desk)
  return desk
}

it('opens on what waits: what others do appears by itself, what was done leaves, and the unit finds it on its own', async () => {
  const officer = await opened(loop.console('officer'))
  const { page } = officer
  const mine = page.getByRole('region', { name: '等您办理' })
  const others = page.getByRole('region', { name: '在等别人' })
  await mine.getByRole('listitem').first().waitFor()
  await others.getByRole('listitem').first().waitFor()
  // Meetings of the council wait among matters, each in its place.
  await mine
    .getByRole('link', { name: /^公告会议/ })
    .first()
    .waitFor()
  await officer.picture('console-workbench')

  const resident = await opened(loop.hall('resident'))
  const title = '孩子的校服想请人改一改'
  await raise(resident, { kind: '求助', title, body: '校服袖子长了，家里没有缝纫机，想请人帮忙。' })
  const row = (of: typeof mine) => of.getByRole('listitem').filter({ hasText: title })
  await row(mine).waitFor()
  await act(row(mine), 'accept', { 类别: searched('楼道照明'), 紧急程度: ticked('一般'), 办理路径: ticked('直接办理') })
  await row(mine).getByRole('button', { name: /^派单/ }).waitFor()
  await act(row(mine), 'dispatch', { 主办单位: picked('滨江物业服务中心') })
  await row(others).waitFor()
  await row(mine).waitFor({ state: 'detached' })

  const unit = await opened(loop.console('unit_handler'))
  const theirs = unit.page.getByRole('region', { name: '等您办理' })
  await unit.page.setViewportSize({ width: 390, height: 844 })
  // A device whose clock is weeks ahead: it is said, and what is due stays as the server has it.
  // Of one list, which arrives whole: the other may come later.
  const dues = () => theirs.locator('.row .due').evaluateAll((all) => all.map((due) => due.className))
  await row(theirs).waitFor()
  const right = await dues()
  await unit.page.clock.setSystemTime(Date.now() + 40.5 * 86_400_000)
  await unit.page.reload()
  await unit.page.getByText('本机时间快了 40 天').waitFor()
  await row(theirs).waitFor()
  await expect.poll(dues, { timeout: 15_000 }).toEqual(right)
  await unit.picture('console-clock-wrong')
  // Shown round once, by keys: each step waits for its page, and the last brings back where it began.
  await unit.page.getByRole('button', { name: '看一看' }).click()
  const tour = unit.page.getByRole('dialog', { name: '认识工作台' })
  for (const step of ['等您办理的都在这里', '本单位的工单', '工作提醒', '按四个阶段排列', '字号、深色和帮助']) {
    await tour.getByRole('heading', { name: step }).waitFor()
    await tour.locator('.hole').waitFor()
    await unit.page.keyboard.press('Enter')
  }
  await tour.waitFor({ state: 'hidden' })
  await unit.page.waitForURL((url) => url.pathname === '/admin/')
  await act(row(theirs), 'sign')
  await row(theirs)
    .getByRole('button', { name: /^办结申报/ })
    .waitFor()
  await unit.picture('console-workbench-phone')
  // The officer sees what the unit did.
  await row(others).locator('.state', { hasText: '办理中' }).waitFor()
})

it('says in the line of a matter what was done and is not sent yet, and how it stands once it is', async () => {
  const { page, picture } = await opened(loop.console('unit_handler'))
  const mine = page.getByRole('region', { name: '等您办理' })
  const sign = mine.getByRole('button', { name: /^签收：/ }).first()
  const [number] = /\d{4}-\d+/.exec((await sign.getAttribute('aria-label')) ?? '') ?? []
  const row = mine.getByRole('listitem').filter({ hasText: String(number) })
  await sign.click()
  const form = page.getByRole('dialog', { name: '签收' })
  await form.waitFor()
  await atWork(page)
  await page.context().setOffline(true)
  await form.locator('.el-drawer__footer .el-button--primary').click()
  await row.getByRole('status').getByText('签收 待发送').waitFor()
  expect(await row.locator('[data-action]').count()).toBe(0)
  await picture('console-workbench-unsent')

  await page.context().setOffline(false)
  await page
    .locator('main li')
    .filter({ hasText: String(number) })
    .locator('.state', { hasText: '办理中' })
    .waitFor()
  expect(await page.getByText('签收 待发送').count()).toBe(0)
})

it('comes back in the language somebody works in', async () => {
  const { page } = await opened(loop.console('officer'))
  await page.getByRole('button', { name: 'English' }).click()
  await page.getByRole('heading', { level: 1, name: 'Workbench' }).waitFor()
  await page.reload()
  await page.getByRole('heading', { level: 1, name: 'Workbench' }).waitFor()
  await page.getByRole('button', { name: '中文' }).click()
  await page.getByRole('heading', { level: 1, name: '工作台' }).waitFor()
})
