import type { Locator } from 'playwright-core'
import { afterAll, afterEach, beforeAll, expect, it, vi } from 'vitest'
import { type Desk, PASSWORD } from './open-browser.ts'
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

  // A term is explained where it stands, by Enter, until Esc; all of them are on one page.
  const mark = page.getByRole('button', { name: '“阶段”是什么意思' })
  await mark.focus()
  await keys('Enter')
  await page.getByRole('status').filter({ hasText: '每件事依次走四步' }).waitFor()
  await keys('Escape')
  await expect.poll(() => mark.getAttribute('aria-expanded')).toBe('false')
  await keys('Enter')
  await page.getByRole('link', { name: '全部词语' }).click()
  await page.getByRole('textbox', { name: '找一个词' }).fill('督办')
  await page.getByText('社区要按时回复').waitFor()
  await officer.picture('console-help')
  await page.goto('/admin/issues')
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

/** A day at the desk without a mouse: signing in, taking a call down, accepting it, handing it to a unit, looking after another, leaving. */
it('lets an officer work a whole day by keys alone', async () => {
  const officer = await loop.console('officer')
  desks.push(officer)
  const { page } = officer
  const keys = (text: string) => page.keyboard.press(text)
  const write = (text: string) => page.keyboard.insertText(text)
  const focused = async (target: Locator) => (await target.and(page.locator(':focus, :focus-within')).count()) > 0
  /** Along the page as Tab goes, until it is where it is meant to be. */
  const tabTo = async (target: Locator, most = 60) => {
    await target.waitFor()
    for (let n = 0; n < most && !(await focused(target)); n++) await keys('Tab')
    if (!(await focused(target))) throw new Error(`Tab does not lead to ${target}`)
  }
  /** From a list that is searched by what is typed. */
  const choose = async (field: Locator, words: string) => {
    await tabTo(field)
    await write(words)
    await page.locator('.el-select-dropdown__item:visible').filter({ hasText: words }).first().waitFor()
    await expect
      .poll(() => page.locator('.el-select-dropdown__item:visible').filter({ hasNotText: words }).count())
      .toBe(0)
    await keys('ArrowDown')
    await keys('Enter')
    await field.page().locator('.el-select__selected-item', { hasText: words }).waitFor()
  }
  const field = (at: Locator, label: string) =>
    at.locator('.el-form-item').filter({ has: page.locator('.el-form-item__label', { hasText: label }) })

  /** By the two letters of its section; once more where they came while a form was closing. */
  const go = (letter: string, heading: string) =>
    vi.waitFor(
      async () => {
        await keys('g')
        await keys(letter)
        await page.getByRole('heading', { level: 1, name: heading }).waitFor({ timeout: 2_000 })
      },
      { timeout: 15_000 },
    )

  // Out, and in again.
  await tabTo(page.getByRole('button', { name: /的菜单$/ }))
  await keys('Enter')
  await tabTo(page.getByRole('button', { name: '退出登录' }))
  await keys('Enter')
  await tabTo(page.getByLabel('账号'))
  await write('officer')
  await tabTo(page.getByLabel('密码', { exact: true }))
  await write(PASSWORD)
  await keys('Enter')
  await page.getByRole('heading', { name: '工作台', exact: true }).waitFor()

  // A call is taken down.
  const title = '六栋二单元楼道灯整夜不亮'
  await go('r', '代为提事')
  const form = page.locator('form')
  await tabTo(form.getByLabel('标题'))
  await write(title)
  await keys('Tab')
  await write('六栋二单元三楼到五楼的灯坏了三天，晚上老人上下楼看不见。')
  await keys('Control+Enter')
  await page.getByRole('status', { name: /已登记，编号/ }).waitFor()

  // It waits at the top of the day's list or further down; it is accepted and given to a unit.
  await go('b', '工作台')
  const row = page.getByRole('region', { name: '等您办理' }).getByRole('listitem').filter({ hasText: title })
  await row.waitFor()
  await tabTo(row.getByRole('button', { name: /^受理/ }), 200)
  await keys('Enter')
  const drawer = (name: string) => page.getByRole('dialog', { name })
  await choose(field(drawer('受理'), '类别').locator('input'), '楼道照明')
  const radio = (label: string, option: string) => field(drawer('受理'), label).getByRole('radio', { name: option })
  // The category brought how such matters are taken up; what it brought can be chosen otherwise.
  await tabTo(radio('紧急程度', '一般'))
  await keys('ArrowLeft')
  await expect.poll(() => radio('紧急程度', '紧急').isChecked()).toBe(true)
  await keys('ArrowRight')
  await expect.poll(() => radio('紧急程度', '一般').isChecked()).toBe(true)
  expect(await radio('办理路径', '直接办理').isChecked()).toBe(true)
  await officer.picture('keys-accept')
  await keys('Control+Enter')
  await drawer('受理').waitFor({ state: 'hidden' })

  await tabTo(row.getByRole('button', { name: /^派单/ }), 200)
  await keys('Enter')
  await choose(field(drawer('派单'), '主办单位').locator('input'), '滨江物业服务中心')
  await keys('Control+Enter')
  await drawer('派单').waitFor({ state: 'hidden' })
  await page.getByRole('region', { name: '在等别人' }).getByRole('listitem').filter({ hasText: title }).waitFor()

  // Two of the list at once, and a word on one of them.
  await go('m', '事项')
  for (const at of [0, 1]) {
    await tabTo(page.getByRole('checkbox', { name: /^选择 \d/ }).nth(at), 200)
    await keys('Space')
  }
  await page.getByText('已选 2 件').waitFor()
  await tabTo(page.getByRole('button', { name: '一并办理' }), 400)
  await keys('Enter')
  const together = page.getByRole('dialog', { name: '一并办理 2 件' })
  await tabTo(together.getByRole('button', { name: /^内部批注/ }))
  await keys('Enter')
  await tabTo(together.getByRole('textbox').first())
  await write('周五例会一并过一遍。')
  await tabTo(together.getByRole('button', { name: '内部批注 2 件' }))
  await keys('Enter')
  await together.getByText('已办成 2 件').waitFor()
  await keys('Escape')
  await together.waitFor({ state: 'hidden' })
  await officer.picture('keys-together')
})
