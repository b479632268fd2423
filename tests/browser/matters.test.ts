import { afterAll, afterEach, beforeAll, expect, it } from 'vitest'
import { choose } from './hands.ts'
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

const opened = async (desk: Promise<Desk>): Promise<Desk> => {
  desks.push(await desk)
  return desk
}

it('is narrowed, arranged and kept; what is open elsewhere is come back to; several are handled together', async () => {
  const officer = await opened(loop.console('officer'))
  const { page } = officer
  await page.goto('/admin/issues')
  const rows = page.getByRole('region', { name: '事项', exact: true }).getByRole('listitem')
  await rows.first().waitFor()

  // Narrowed by what stands in the address and above the list, each with a way out.
  await page.getByText('只看超期', { exact: true }).click()
  const chips = page.getByRole('list', { name: '当前筛选条件' })
  await chips.getByText('只看超期').waitFor()
  await choose(page.locator('.el-select', { has: page.getByRole('combobox', { name: '类型' }) }), '问题')
  await chips.getByText('问题').waitFor()
  expect(new URL(page.url()).searchParams.toString()).toBe('kind=problem&overdue=1')

  // Columns, and all of it kept as a view that is there for the next time.
  await page.getByRole('button', { name: '列', exact: true }).click()
  await page.getByRole('group', { name: '列表显示哪些列' }).getByText('主办单位').click()
  await page.keyboard.press('Escape')
  await page.getByRole('button', { name: '视图', exact: true }).click()
  await page.getByRole('button', { name: '保存现在的样子' }).click()
  const dialog = page.getByRole('dialog', { name: '保存现在的样子' })
  await dialog.getByRole('button', { name: '保存', exact: true }).click()
  await dialog.getByText('请填写').waitFor()
  await dialog.getByRole('textbox').fill('超期的问题')
  await dialog.getByText('共享给本社区的工作人员').click()
  await dialog.getByRole('button', { name: '保存', exact: true }).click()
  await page.getByRole('button', { name: '超期的问题' }).waitFor()
  await officer.picture('console-matters-view')
  await chips.getByRole('button', { name: /只看超期/ }).click()
  await page.getByRole('button', { name: '视图', exact: true }).waitFor()

  const secretary = await opened(loop.console('secretary'))
  await secretary.page.goto('/admin/issues')
  await secretary.page.getByRole('button', { name: '视图', exact: true }).click()
  await secretary.page.getByRole('button', { name: /^超期的问题/ }).click()
  await secretary.page.waitForURL(/kind=problem&overdue=1/)

  // What others raise meanwhile is told of, and comes in when it is asked for.
  await secretary.page.goto('/admin/raise')
  const field = (label: string) =>
    secretary.page.locator('.el-form-item', { hasText: label }).locator('input, textarea')
  await field('标题').first().fill('凉亭座椅松动')
  await field('反映内容').first().fill('凉亭座椅松动，坐上去晃。')
  await secretary.page.getByRole('button', { name: '登记', exact: true }).click()
  await page.getByRole('button', { name: '1 件新的，点此显示' }).waitFor()
  expect(await rows.filter({ hasText: '凉亭座椅松动' }).count()).toBe(0)
  await officer.picture('console-matters-news')
  await page.getByRole('button', { name: '1 件新的，点此显示' }).click()
  await rows.first().filter({ hasText: '凉亭座椅松动' }).waitFor()

  // Whoever opened a matter comes back to the list as it was left.
  const far = rows.nth(12)
  await far.scrollIntoViewIfNeeded()
  const title = (await far.getByRole('link').textContent()) ?? ''
  const scrolled = await page.evaluate<number>('scrollY')
  await far.getByRole('link').click()
  await page.getByRole('heading', { level: 1, name: title }).waitFor()
  await page.getByRole('link', { name: '事项' }).last().click()
  await rows.filter({ hasText: title }).waitFor()
  await expect.poll(() => page.evaluate<number>('scrollY')).toBe(scrolled)

  // Several at once, each with what came of it.
  await page.evaluate('scrollTo(0, 0)')
  await rows.nth(0).locator('.pick').click()
  await rows
    .nth(2)
    .locator('.pick')
    .click({ modifiers: ['Shift'] })
  await page.getByText('已选 3 件').waitFor()
  await page.getByRole('button', { name: '一并办理' }).click()
  const drawer = page.getByRole('dialog', { name: '一并办理 3 件' })
  await drawer.getByRole('button', { name: /^内部批注/ }).click()
  await drawer.getByRole('button', { name: '内部批注 3 件' }).click()
  await drawer.getByText('请填写').first().waitFor()
  await drawer.getByRole('textbox').first().fill('周五例会一并过一遍。')
  await drawer.getByRole('button', { name: '内部批注 3 件' }).click()
  await drawer.getByText('已办成 3 件').waitFor()
  await officer.picture('console-matters-together')
  await drawer.getByRole('button', { name: '完成' }).click()
  await page.getByText('已选 3 件').waitFor({ state: 'detached' })

  // By stage, and where they lie.
  await page.getByText('看板', { exact: true }).click()
  await page.getByRole('region', { name: '办事' }).getByRole('link').first().waitFor()
  await officer.picture('console-matters-board')
  await page.getByText('地图', { exact: true }).click()
  const map = page.getByRole('region', { name: '事项分布' })
  await map.getByRole('img').locator('path').first().waitFor()
  await map.getByText('楼栋', { exact: true }).first().click()
  await officer.picture('console-matters-map')
  await map.getByRole('button', { name: '2 栋', exact: true }).click()
  await chips.getByRole('button', { name: /2 栋/ }).waitFor()
})
