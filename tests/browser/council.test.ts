import { afterAll, afterEach, beforeAll, expect, it } from 'vitest'
import { act } from './hands.ts'
import type { Desk } from './open-browser.ts'
import { type Loop, openLoop } from './open-loop.ts'

const MEMBERS = [
  'representative',
  ...[2, 3, 4, 5, 6].map((number) => `representative${number}`),
  'party_member',
  ...[2, 3, 4].map((number) => `party_member${number}`),
]

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

const at = async (where: 'console' | 'hall', username: string): Promise<Desk> => {
  const desk = await loop[where](username)
  desks.push(desk)
  return desk
}

it('holds a meeting whose members check in by the code on the screen', async () => {
  const { page, picture } = await at('console', 'secretary')
  await page.goto('/admin/meetings')
  await page.getByRole('link', { name: '议事会成员' }).click()
  await page.getByText('梁美华 的替补').waitFor()
  await picture('console-members')
  await page.getByRole('main').getByRole('link', { name: '议事会' }).click()
  await page
    .locator('a', { hasText: '已公告' })
    .or(page.locator('li, tr', { hasText: '已公告' }).locator('a'))
    .first()
    .click()
  await page.locator('.head .state', { hasText: '已公告' }).waitFor()
  await page.getByRole('button', { name: '开会', exact: true }).click()
  await page.locator('.head .state', { hasText: '开会中' }).waitFor()

  const screen = await page.context().newPage()
  await screen.goto(await page.getByRole('link', { name: '会场大屏' }).getAttribute('href').then(String))
  const code = screen.locator('figure .number')
  await screen.getByText('未达到法定人数').waitFor()
  const id = /meetings\/([^/]+)\/screen/.exec(screen.url())?.[1] as string

  const [first, ...others] = MEMBERS as [string, ...string[]]
  const phone = await at('hall', first)
  await phone.page.goto(`/meetings/${id}/check-in#NOTTHECODE`)
  await phone.page.getByText('请重新扫描会场屏幕上的二维码').waitFor()
  await phone.picture('hall-check-in-refused')
  // Who cannot scan types the code, as it stands on the screen, on that page or beside their ballots.
  const type = async ({ page: hand }: Desk) => {
    await hand.getByLabel('会场屏幕上的签到码').fill(String(await code.textContent()).toLowerCase())
    await hand.getByRole('button', { name: '签到', exact: true }).click()
  }
  await type(phone)
  await phone.page.getByRole('heading', { name: '签到成功' }).waitFor()
  await phone.picture('hall-checked-in')
  const [second, ...rest] = others as [string, ...string[]]
  const other = await at('hall', second)
  await other.page.goto('/ballots')
  await other.page.getByLabel('会场屏幕上的签到码').waitFor()
  await other.picture('hall-check-in-by-code')
  await type(other)
  await other.page.getByLabel('会场屏幕上的签到码').waitFor({ state: 'detached' })
  const scan = async (desk: Desk) => {
    const shown = String(await code.textContent()).replaceAll(' ', '')
    await desk.page.goto(`/meetings/${id}/check-in#${shown}`)
    await desk.page.getByRole('heading', { name: '签到成功' }).waitFor()
  }
  for (const username of rest) {
    const desk = await loop.hall(username)
    await scan(desk)
    expect(desk.faults).toEqual([])
    await desk.page.context().close()
  }
  await screen.getByText('达到法定人数', { exact: true }).waitFor()
  await screen.locator('.class .number', { hasText: '6 / 6' }).waitFor()
  await picture('console-in-session')

  await act(page, 'deliberate')
  await page.locator('.given .el-select').last().click()
  await page.locator('.el-select-dropdown__item:visible').first().click()
  await page.getByRole('button', { name: '登记发言' }).click()
  await page.getByRole('button', { name: '请发言' }).click()
  await screen.getByRole('timer').waitFor()
  await page.getByLabel('表决内容').fill('在六栋与七栋之间的空地增设电动车充电棚')
  await page.getByRole('button', { name: '提出表决' }).click()
  await screen.locator('.motion.open').waitFor()
  await screen.setViewportSize({ width: 1920, height: 1080 })
  if (process.env.SCREENSHOTS) await screen.screenshot({ path: `${process.env.SCREENSHOTS}/screen-voting.png` })
  await picture('console-voting')
  await page.getByRole('spinbutton', { name: '赞成' }).fill('8')
  await page.getByRole('spinbutton', { name: '反对' }).fill('1')
  await page.getByRole('button', { name: '计票' }).click()
  await screen.locator('.motion.passed').waitFor()
  await page.getByRole('button', { name: 'English' }).click()
  await page.locator('.head .state', { hasText: 'In session' }).waitFor()
  await page.locator('.motion .state', { hasText: 'Passed' }).waitFor()
  expect(await page.locator('.head, .aside .class, .motion .quiet').allTextContents()).not.toContainEqual(
    expect.stringMatching(/开会中|居民代表|党员骨干|通过/),
  )
  await picture('console-in-english')
  await page.getByRole('button', { name: '中文' }).click()
  if (process.env.SCREENSHOTS) await screen.screenshot({ path: `${process.env.SCREENSHOTS}/screen-passed.png` })
})
