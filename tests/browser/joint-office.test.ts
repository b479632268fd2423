import { afterAll, beforeAll, expect, it } from 'vitest'
import { act, picked } from './hands.ts'
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

  await page.getByRole('link', { name: '联席会议' }).click()
  await page.getByRole('link', { name: '第 1 次联席会议' }).click()
  await page.getByText('决定：派单').waitFor()
  await page.getByText('先止漏，再分清责任。').first().waitFor()
  await secretary.picture('sitting-closed')
  await page.goBack()
  await page.getByRole('link', { name: /\d 联席会议$/ }).click()
  await page.getByText('开会后逐件议定。').waitFor()
  await page.getByRole('button', { name: '调整会议' }).click()
  await page
    .getByRole('dialog')
    .getByText('申请延期待批')
    .or(page.getByRole('dialog').getByText('超期'))
    .first()
    .waitFor()
  await secretary.picture('sitting-form')
  // What lacks is said under its field, and nothing is sent.
  const sitting = page.getByRole('dialog')
  await sitting.getByRole('textbox', { name: '地点' }).fill('')
  await sitting.getByRole('button', { name: '保存' }).click()
  await expect.poll(() => sitting.locator('.el-form-item__error').allTextContents()).toEqual(['请填写'])
  await sitting.getByRole('button', { name: '取消' }).click()
  await page.getByRole('button', { name: '开会', exact: true }).click()
  await page.getByText('第 1 件，共 2 件').waitFor()
  await page.getByRole('button', { name: '记录，下次再议' }).waitFor()
  await secretary.picture('sitting')

  // Worked through by keyboard: on to the second matter, decided as ever, and back to what waits.
  await page.keyboard.press('ArrowRight')
  await page.getByRole('heading', { name: '后门路口太暗' }).waitFor()
  await act(page, 'dispatch', { 主办单位: picked('滨江物业服务中心') })
  await page.getByRole('heading', { name: '健身器材没人管' }).waitFor()
  await page.getByRole('textbox', { name: '议了什么，为什么下次再议' }).fill('合同还没有找到')
  await page.getByRole('button', { name: '记录，下次再议' }).click()
  await page.getByText('合同还没有找到').waitFor()
  await page.setViewportSize({ width: 390, height: 844 })
  await secretary.picture('sitting-phone')
  await page.setViewportSize({ width: 1440, height: 900 })
  await page.getByRole('button', { name: '结束会议' }).click()
  await page.locator('.el-popconfirm:visible').getByRole('button', { name: '结束会议' }).click()
  await page.getByRole('button', { name: '会议记录 PDF' }).waitFor()
  await page.keyboard.press('ArrowLeft')
  await page.getByRole('button', { name: /后门路口太暗/ }).click()
  await page.getByRole('link', { name: '打开事项' }).click()
  await page.getByText('第 2 次联席会议议定').waitFor()
  await secretary.picture('sitting-matter')
  for (const { faults } of [secretary, handler]) expect(faults).toEqual([])
})
