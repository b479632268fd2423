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

it('goes everywhere by keys: the palette, the letters, the lines of a list, and none of it while somebody types', async () => {
  const officer = await loop.console('officer')
  desks.push(officer)
  const { page } = officer
  const keys = (text: string) => page.keyboard.press(text)
  const palette = page.getByRole('dialog', { name: '搜索与前往' })
  const field = palette.getByRole('combobox')
  const option = (name: string | RegExp) => palette.getByRole('option', { name })

  // A matter by its words and by its number; where the focus was gets it back.
  await page.goto('/admin/issues')
  const row = page.getByRole('link', { name: '五栋门前路灯太亮' })
  await row.waitFor()
  const opener = page.getByRole('button', { name: '搜索与前往' })
  await opener.focus()
  await keys('Control+k')
  await field.and(page.locator(':focus')).waitFor()
  await keys('Escape')
  await palette.waitFor({ state: 'hidden' })
  await opener.and(page.locator(':focus')).waitFor()
  await keys('Control+k')
  await page.keyboard.type('路灯太亮')
  await option(/五栋门前路灯太亮/).waitFor()
  await officer.picture('console-palette-found')
  const number = String(
    await option(/五栋门前路灯太亮/)
      .locator('.number')
      .textContent(),
  ).split(' ')[0] as string
  await field.fill(number)
  await expect.poll(() => palette.getByRole('option').count()).toBe(1)
  await option(/五栋门前路灯太亮/).waitFor()
  await keys('Enter')
  await page.getByRole('heading', { name: '五栋门前路灯太亮' }).waitFor()

  // What was opened last is first; arrows choose, and a page opens where they point.
  await keys('Control+k')
  expect(await palette.getByRole('option', { selected: true }).textContent()).toContain('五栋门前路灯太亮')
  await officer.picture('console-palette')
  await field.fill('没有这样的东西')
  await palette.getByText('没有找到').waitFor()
  await field.fill('工单')
  await expect.poll(() => palette.getByRole('option', { selected: true }).textContent()).toContain('工单')
  await keys('Enter')
  await page.waitForURL('**/admin/orders')

  // A search that fails says so, and finds when it is asked again.
  await page.route('**/v1/issues?*', (route) => route.abort())
  await keys('Control+k')
  await field.fill('太亮')
  await palette.getByRole('alert').waitFor()
  await page.unroute('**/v1/issues?*')
  await palette.getByRole('button', { name: '再试一次' }).click()
  await option(/五栋门前路灯太亮/).waitFor()
  await keys('Escape')

  // Letters go to sections, j and k along the lines, Enter into one.
  await keys('g')
  await keys('m')
  await page.waitForURL('**/admin/issues')
  await row.waitFor()
  await keys('j')
  await keys('j')
  await keys('k')
  const first = page.locator('main [data-row]').first()
  await first.and(page.locator(':focus')).waitFor()
  const title = String(await first.textContent())
  await keys('Enter')
  await page.getByRole('heading', { name: title }).waitFor()
  await page.goBack()
  await row.waitFor()

  // In a field letters are letters; an input method's keys are its own.
  await page.getByRole('searchbox').focus()
  await page.keyboard.type('go?')
  expect(await page.getByRole('searchbox').inputValue()).toBe('go?')
  await page.getByRole('searchbox').fill('')
  await row.waitFor()
  const composing = (key: string) =>
    page.locator('body').dispatchEvent('keydown', { key, isComposing: true, bubbles: true, cancelable: true })
  await page.locator('main').focus()
  await composing('?')

  // The sheet lists what is bound; within it nothing fires, and turned off only what is held with Ctrl is left.
  const sheet = page.getByRole('dialog', { name: '键盘快捷键' })
  expect(await sheet.count()).toBe(0)
  await keys('?')
  await sheet.getByText('列表下一行').waitFor()
  await officer.picture('console-shortcuts')
  await keys('Control+k')
  await keys('g')
  await keys('c')
  expect(await palette.count()).toBe(0)
  await sheet.getByText('启用单键快捷键').click()
  await keys('Escape')
  await sheet.waitFor({ state: 'hidden' })
  await page.reload()
  await row.waitFor()
  await keys('?')
  await keys('Control+k')
  await palette.waitFor()
  expect(await sheet.count()).toBe(0)
  expect(new URL(page.url()).pathname).toBe('/admin/issues')

  // What a person sets is kept on their device.
  const height = async () => (await page.locator('main li', { has: row }).boundingBox())?.height ?? 0
  const before = await height()
  await field.fill('紧凑')
  await keys('Enter')
  await expect.poll(height).toBeLessThan(before)
  const compact = await height()
  await page.reload()
  await row.waitFor()
  expect(await height()).toBe(compact)
  await officer.picture('console-compact')
  await page.getByRole('button', { name: /的菜单$/ }).click()
  await page.getByRole('group', { name: '疏密' }).getByRole('button', { name: '紧凑', pressed: true }).waitFor()
  await officer.picture('console-user-menu')

  // The theme is right before any of our modules has come: nothing flashes.
  const html = page.locator('html')
  await page.getByRole('group', { name: '外观' }).getByRole('button', { name: '深色' }).click()
  await expect.poll(() => html.getAttribute('class')).toContain('dark')
  await officer.picture('console-dark')
  await page.route('**/admin/assets/*.js', (route) => route.abort())
  await page.reload()
  expect(await html.getAttribute('class')).toContain('dark')
  await page.unroute('**/admin/assets/*.js')
})
