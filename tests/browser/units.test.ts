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
