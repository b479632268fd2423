import { afterAll, afterEach, beforeAll, expect, it } from 'vitest'
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

it('keeps a unit: whom to ring, when it is there, what it leads and what is not its duty', async () => {
  const officer = await at('console', 'officer')
  const { page } = officer
  await page.getByRole('link', { name: '联办单位' }).click()
  await page.getByRole('link', { name: '滨江物业服务中心' }).waitFor()
  await officer.picture('console-units')
  await page.getByRole('link', { name: '滨江物业服务中心' }).click()
  await page.getByRole('heading', { name: '滨江物业服务中心' }).waitFor()
  await page.getByRole('button', { name: '新增联系人' }).click()
  const contact = page.getByRole('dialog', { name: '新增联系人' })
  const field = (label: string) => contact.locator('.el-form-item').filter({ hasText: label }).locator('input')
  await field('姓名').fill('吴师傅')
  await field('电话').fill('0556-0000031')
  await field('职务').fill('夜间值守')
  await contact.getByRole('button', { name: '保存' }).click()
  const line = page.locator('li', { hasText: '夜间值守' }).first()
  await line.getByText('吴* ****031').waitFor()
  await line.getByRole('button', { name: '查看' }).click()
  const reveal = page.getByRole('dialog', { name: '查看' })
  await reveal.locator('input').fill('约定上门时间')
  await reveal.getByRole('button', { name: '查看' }).click()
  await line.locator('a[href="tel:05560000031"]').waitFor()
  const hours = page.locator('section', { has: page.getByRole('heading', { name: '服务时间' }) })
  await hours.getByText('08:00–20:00').first().waitFor()
  const changes = page.locator('section', { has: page.getByRole('heading', { name: '修改记录' }) })
  await changes.getByText('新增联系人').first().waitFor()
  await officer.picture('console-unit')
  await hours.getByRole('button', { name: '修改' }).click()
  const dialog = page.getByRole('dialog', { name: '服务时间' })
  await dialog.getByText('另定服务时间').waitFor()
  await officer.picture('console-unit-hours')
  await dialog.getByText('按区域的工作时间').click()
  await dialog.getByRole('button', { name: '保存' }).click()
  await hours.getByText('按区域的工作时间（').waitFor()
  await changes.getByText('恢复按区域的工作时间').waitFor()
  await page.setViewportSize({ width: 390, height: 844 })
  await officer.picture('console-unit-phone')
})

it('keeps the roster: somebody stands in, hands over what is open, and the next takes it on', async () => {
  const secretary = await at('console', 'secretary')
  const { page } = secretary
  await page.getByRole('link', { name: '值班', exact: true }).click()
  await page.getByRole('row', { name: /今天/ }).waitFor()
  await page.getByText('值班电话 0556-0000002').waitFor()
  await page.getByText('其余按清单跟进').waitFor()
  await secretary.picture('console-duty')
  // The shift that runs, and the one after it.
  const stand = async (nth: number, who: string) => {
    await page.getByRole('button', { name: /替班$/ }).nth(nth).click()
    const dialog = page.getByRole('dialog', { name: '替班' })
    await dialog.locator('.el-select').click()
    await page.locator('.el-select-dropdown__item:visible', { hasText: who }).click()
    await dialog.getByLabel('理由').fill('临时调班')
    await dialog.getByRole('button', { name: '保存' }).click()
    await dialog.waitFor({ state: 'hidden' })
    await page.locator('td', { hasText: who }).filter({ hasText: '临时调班' }).first().waitFor()
  }
  await stand(0, '吴晓雯')
  await stand(1, '周桂兰')
  const officer = await at('console', 'officer')
  await officer.page.goto('/admin/duty')
  await officer.page.getByLabel('交代').fill('十栋门禁已报修，明早复看。')
  await officer.page.getByRole('button', { name: '交班', exact: true }).click()
  await officer.page.getByText('待接班').waitFor()
  await officer.page.setViewportSize({ width: 390, height: 844 })
  await officer.picture('console-duty-phone')
  await page.reload()
  const line = page.locator('li', { hasText: '十栋门禁已报修' })
  await line.getByRole('button', { name: '接班' }).click()
  await line.getByText('待接班').waitFor({ state: 'hidden' })
  await line.getByText(/接班$/).waitFor()
  await page.getByRole('button', { name: '排班', exact: true }).click()
  await page.getByRole('dialog', { name: '排班' }).getByText('节假日另排', { exact: true }).waitFor()
  await secretary.picture('console-duty-pattern')
  const resident = await at('hall', 'resident')
  await resident.page.goto('/raise')
  await resident.page.getByRole('radio', { name: /问题/ }).click()
  await resident.page.locator('input[name=title]').fill('楼道灯忽明忽暗')
  await resident.page.locator('textarea[name=body]').fill('二单元三楼的楼道灯忽明忽暗，晚上看不清台阶。')
  await resident.page.getByRole('button', { name: '提交' }).click()
  // Whoever stands in has not agreed to be named.
  await resident.page.getByText('值班电话').waitFor()
  await resident.picture('hall-receipt')
})
