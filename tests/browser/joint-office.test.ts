import { afterAll, beforeAll, expect, it } from 'vitest'
import { type Loop, openLoop } from './open-loop.ts'

let loop: Loop
beforeAll(async () => {
  loop = await openLoop()
})
afterAll(() => loop.close())

it('has several units see matters through together, and stuck ones decided in one sitting', async () => {
  const [secretary, handler] = [await loop.console('secretary'), await loop.console('street_handler')]
  const { page } = secretary

  await page.getByRole('link', { name: '专班' }).click()
  await page.getByText('2/3 件未办结').or(page.getByText('3/3 件未办结')).waitFor()
  await secretary.picture('task-forces')
  await page.getByRole('link', { name: '停车整治专班' }).click()
  await page.getByRole('heading', { name: '事项看板' }).waitFor()
  await secretary.picture('task-force')
  await page.getByRole('button', { name: '查看变更记录' }).click()
  await page.getByText('加入 陶立新').waitFor()
  await page.setViewportSize({ width: 390, height: 844 })
  await secretary.picture('task-force-phone')
  await page.setViewportSize({ width: 1440, height: 900 })

  await page.getByRole('button', { name: '调整专班' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByText('胡大庆').waitFor()
  await secretary.picture('task-force-form')
  await dialog.getByRole('button', { name: '取消' }).click()

  // A member reads the matters as a handler does, and does what the task force asks of them.
  await handler.page.getByRole('link', { name: '专班' }).click()
  await handler.page.getByRole('link', { name: '停车整治专班' }).click()
  await handler.page.getByRole('button', { name: '完成', exact: true }).first().click()
  const reach = handler.page.getByRole('dialog')
  await reach.getByText('陶立新').waitFor()
  await reach.getByRole('textbox').fill('隔离桩已装好')
  await reach.getByRole('button', { name: '完成', exact: true }).click()
  await handler.page.getByText('隔离桩已装好').waitFor()
  await handler.page.getByRole('link', { name: '僵尸车占着车位' }).click()
  await handler.page.getByRole('heading', { name: '僵尸车占着车位' }).waitFor()
  expect(await handler.page.locator('[data-action]').count()).toBe(0)
  await handler.picture('task-force-matter')
  for (const { faults } of [secretary, handler]) expect(faults).toEqual([])
})
