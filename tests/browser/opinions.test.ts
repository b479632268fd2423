import { afterAll, afterEach, beforeAll, expect, it } from 'vitest'
import type { Desk } from './open-browser.ts'
import { type Loop, openLoop } from './open-loop.ts'

const MATTER = '中心广场加装遮阳棚'
const PENDING = '棚下装几个插座，夏天可以放风扇'

let loop: Loop
const desks: Desk[] = []
beforeAll(async () => {
  loop = await openLoop()
  await loop.pass(0)
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

it('lets an officer moderate, and read in words and picture who thinks what', async () => {
  const { page, picture } = await at('console', 'officer')
  await page.goto('/admin/meetings')
  await page.getByRole('link', { name: '居民议事会（公共空间）' }).click()
  await page.getByRole('link', { name: `居民对“${MATTER}”的意见` }).click()
  await page.getByRole('heading', { name: '各组的共识' }).waitFor()
  await page.getByRole('img', { name: '2 组：A 组 8 人、B 组 6 人' }).waitFor()
  await page.getByText(PENDING).waitFor()
  await picture('console-opinions')

  await page.getByRole('button', { name: `不采用“${PENDING}”` }).click()
  const reason = page.getByRole('textbox', { name: `不采用“${PENDING}”的理由` })
  await reason.fill('请在会上说')
  await picture('console-opinions-reject')
  await page.getByRole('button', { name: '取消' }).click()
  await page.getByRole('button', { name: `采用“${PENDING}”`, exact: true }).click()
  await page.getByText('这里没有意见').waitFor()
  await page.getByText('未采用', { exact: true }).click()
  await page.getByText('点了邻居的名，也与遮阳棚无关').waitFor()
  await page.getByText('全部意见的数字').click()
  await page.getByRole('columnheader', { name: /A 组/ }).waitFor()
  await picture('console-opinions-table')
})

it('lets a resident answer card by card, change an answer, raise a statement and see where people stand', async () => {
  const { page, picture } = await at('hall', 'resident')
  await page.goto('/')
  await page.getByRole('heading', { name: '开会之前，听听您的意见' }).waitFor()
  await picture('hall-home-opinions')
  await page.getByRole('link', { name: MATTER }).first().click()
  await page.getByText('已表态 0 条，还有 8 条').waitFor()
  await picture('hall-opinions-card')
  const first = await page.locator('article .text').textContent()
  await page.getByRole('button', { name: '同意', exact: true }).click()
  await page.getByText('已表态 1 条，还有 7 条').waitFor()
  await page.getByRole('button', { name: '上一条' }).click()
  await page.getByText('您先前的表态：同意').waitFor()
  expect(await page.locator('article .text').textContent()).toBe(first)
  await picture('hall-opinions-before')
  await page.getByRole('button', { name: '不同意', exact: true }).click()
  for (let done = 2; done <= 8; done++) {
    await page.getByText(`已表态 ${done - 1} 条`).waitFor()
    await page.getByRole('button', { name: done % 2 === 0 ? '同意' : '略过', exact: true }).click()
  }
  await page.getByText('您对现有的意见都表过态了').waitFor()
  await picture('hall-opinions-done')

  await page.getByRole('button', { name: '提意见', exact: true }).click()
  await page.locator('textarea[name=statement]').fill('路灯和遮阳棚一起做')
  await page.getByRole('button', { name: '提交' }).click()
  await page.getByText('待审核').waitFor()
  await picture('hall-opinions-write')
  // Taken back, name and words.
  await page.getByRole('button', { name: '删除我的信息' }).click()
  const sure = page.getByRole('group', { name: '删除我的信息' })
  await sure.getByText('从记录中删去，不能恢复').waitFor()
  await picture('hall-opinions-erase')
  await sure.getByRole('button', { name: '删除我的信息' }).click()
  await page.getByText('路灯和遮阳棚一起做').first().waitFor({ state: 'detached' })

  await loop.pass(0.001)
  await page.getByRole('button', { name: '大家怎么看', exact: true }).click()
  await page.getByText('共 15 人表态').waitFor()
  await picture('hall-opinions-map')
  await page.getByRole('button', { name: '表态', exact: true }).click()
  await page.getByRole('button', { name: '改一改我的表态' }).click()
  await page.getByText('您先前的表态').waitFor()
  // One of the cards in hand is taken away meanwhile.
  const text = page.locator('article .text')
  const gone = await text.textContent()
  await page.route('**/v1/statements/*/answer', (route) => route.fulfill({ status: 404 }), { times: 1 })
  await page.getByRole('button', { name: '同意', exact: true }).click()
  await page.getByText('这条意见已经撤下').waitFor()
  await picture('hall-opinions-gone')
  expect(await text.textContent()).not.toBe(gone)
  await page.getByRole('button', { name: '同意', exact: true }).click()
  await page.getByText('这条意见已经撤下').waitFor({ state: 'detached' })
})

it('shows anybody where people stand, and asks them to sign in to answer', async () => {
  const { page, picture } = await at('hall', 'resident2')
  await page.goto('/mine')
  await page.getByRole('button', { name: '退出登录' }).click()
  // Not the same matter among their own, while they are still being signed out.
  await page.waitForURL((url) => url.pathname === '/')
  // The list below it leads to the matter, not to what people think of it.
  await page.getByRole('heading', { name: '开会之前，听听您的意见' }).waitFor()
  await page.getByRole('link', { name: MATTER }).first().click()
  await page.getByText('登录后就可以表态、提意见。').waitFor()
  await picture('hall-opinions-guest')
  await page.getByRole('button', { name: '大家怎么看', exact: true }).click()
  await page.getByRole('heading', { name: '大家都这么看' }).waitFor()
})
