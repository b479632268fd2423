import { afterAll, afterEach, beforeAll, expect, it } from 'vitest'
import { actInHall, ticked, typed } from './hands.ts'
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

const at = async (where: 'console' | 'hall', username: string): Promise<Desk> => {
  const desk = await loop[where](username)
  desks.push(desk)
  return desk
}

it('calls back from the desk: the dissatisfied first, with the words to say, the number on request, and a register', async () => {
  const secretary = await at('console', 'secretary')
  const { page } = secretary
  await page.getByRole('link', { name: '群众评事' }).click()
  const lines = page.locator('main ol > li')
  await lines.first().getByText('差评', { exact: true }).waitFor()
  await secretary.picture('console-call-desk')
  const matter = lines.first().getByRole('link')
  const title = await matter.textContent()
  await lines.first().getByRole('button', { name: '查看号码' }).click()
  await lines.first().locator('a[href^="tel:1990000"]').waitFor()
  await lines.first().getByRole('button', { name: '回访', exact: true }).click()
  const drawer = page.getByRole('dialog', { name: '回访' })
  await drawer.getByText('您对办理结果是非常满意').waitFor()
  const field = (label: string) =>
    drawer.locator('.el-form-item').filter({ has: page.locator('.el-form-item__label', { hasText: label }) })
  await ticked('是')(field('已联系上'))
  await ticked('是')(field('是否联系过您'))
  await ticked('已解决')(field('问题是否解决'))
  await ticked('基本满意')(field('满意度'))
  await ticked('已解释并获理解')(field('回访结论'))
  await typed('地垫已重新铺过，居民认可。')(field('内容'))
  await secretary.picture('console-call-back')
  await drawer.locator('.el-drawer__footer .el-button--primary').click()
  await drawer.waitFor({ state: 'hidden' })
  await expect.poll(() => lines.first().getByText('差评', { exact: true }).count()).toBe(0)
  await page.getByText('已了结', { exact: true }).click()
  await page.getByRole('link', { name: String(title) }).waitFor()
  await secretary.picture('console-call-register')
})

it('answers an objection that was made in the notice period', async () => {
  const secretary = await at('console', 'secretary')
  const { page } = secretary
  await page.goto('/admin/issues')
  const link = page.getByRole('link', { name: '五栋门前路灯太亮' })
  await link.waitFor()
  const id = String(await link.getAttribute('href'))
    .split('/')
    .at(-1)
  const resident = await at('hall', 'resident7')
  await resident.page.goto(`/matters/${id}`)
  await resident.page.getByText('议事会成员').first().waitFor()
  await resident.picture('hall-ratings-by-group')
  await actInHall(resident, 'object', { 理由: typed('灯罩又歪了，还是照到卧室。') })
  await page.goto('/admin/judging/objections')
  await page.getByText('灯罩又歪了').waitFor()
  await secretary.picture('console-objections')
  await page.getByRole('button', { name: '答复', exact: true }).first().click()
  const drawer = page.getByRole('dialog', { name: '答复异议' })
  await drawer.locator('textarea').fill('已重新固定灯罩，当晚复看合格。')
  await drawer.getByText('否', { exact: true }).click()
  await drawer.locator('.el-drawer__footer .el-button--primary').click()
  await page.getByText('没有待答复的异议。').waitFor()
  await resident.page.reload()
  await resident.page.getByText('已重新固定灯罩').first().waitFor()
  await page.goto(`/admin/issues/${id}`)
  await page.getByText('已重新固定灯罩').first().waitFor()
  await secretary.picture('console-evaluation-panel')
})
