import type { Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { act, inState, openMatter, raise, searched, ticked } from './hands.ts'
import { keepPictures } from './open-browser.ts'
import { type Loop, openLoop } from './open-loop.ts'

let loop: Loop
beforeAll(async () => {
  loop = await openLoop()
})
afterAll(() => loop.close())

const titleIn = (form: Locator) => form.locator('.el-form-item', { hasText: '公开标题' }).locator('input')
const kept = (page: Page) => page.evaluate(() => Object.keys(localStorage).filter((key) => key.includes('.draft.')))
const ACCEPT = { 类别: searched('楼道照明'), 紧急程度: ticked('一般'), 办理路径: ticked('直接办理') }

it('keeps what was written when the tab is closed, and shows what another did meanwhile beside it', async () => {
  const [resident, officer, other] = [
    await loop.hall('resident'),
    await loop.console('officer'),
    await loop.console('officer'),
  ]
  const id = await raise(resident, { kind: '问题', title: '六栋楼道灯不亮', body: '六栋楼道灯坏了。' })

  await openMatter(officer, id, '已提交')
  await officer.page.locator('[data-action="accept"]').click()
  await titleIn(officer.page.getByRole('dialog', { name: '受理' })).fill('六栋一单元楼道灯不亮')
  await officer.page.getByRole('dialog', { name: '受理' }).getByText('紧急', { exact: true }).click()
  const context = officer.page.context()
  await officer.page.close()

  const page = await context.newPage()
  const picture = keepPictures(page)
  await openMatter({ ...officer, page }, id, '已提交')
  await page.locator('[data-action="accept"]').click()
  const form = page.getByRole('dialog', { name: '受理' })
  await form.getByText(/已恢复您 .* 没有提交的内容/).waitFor()
  expect(await titleIn(form).inputValue()).toBe('六栋一单元楼道灯不亮')
  await searched('楼道照明')(form.locator('.el-form-item').filter({ hasText: '类别' }))
  await ticked('直接办理')(form.locator('.el-form-item').filter({ hasText: '办理路径' }))
  await picture('console-draft')

  await openMatter(other, id, '已提交')
  await act(other.page, 'accept', ACCEPT)
  await inState(other.page, '已受理')

  // While it is on its way nobody writes in it, and nothing of it is kept to be offered again.
  const [asked, answered] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()]
  await page.route(/\/accept$/, async (route) => {
    asked.resolve()
    await answered.promise
    await route.continue()
  })
  const send = form.getByRole('button', { name: '受理' })
  await send.click()
  await asked.promise
  await form.locator('[aria-busy=true]', { hasText: '正在发送' }).waitFor()
  await titleIn(form).focus()
  await page.keyboard.type('还有')
  expect(await kept(page)).toEqual([])
  await picture('console-sending')
  answered.resolve()
  const meanwhile = form.getByRole('alert', { name: '您填写期间，这件事有了新的变化' })
  await meanwhile.getByText('已受理').waitFor()
  await form.getByText('没有提交：其他人先办了一步').waitFor()
  await meanwhile.getByText('这一步现在已经不能办了').waitFor()
  expect(await titleIn(form).inputValue()).toBe('六栋一单元楼道灯不亮')
  await expect.poll(() => send.evaluate((button) => button.matches(':focus'))).toBe(true)
  expect(await kept(page)).toHaveLength(1)
  await picture('console-conflict')

  await form.getByRole('button', { name: '清空重填' }).click()
  await expect.poll(() => titleIn(form).inputValue()).toBe('六栋楼道灯不亮')
  expect(await kept(page)).toEqual([])

  // Whoever sits down here next finds nothing.
  await page.goto('/admin/raise')
  await page.locator('.el-form-item', { hasText: '标题' }).locator('input').fill('电话里说的一件事')
  await expect.poll(() => kept(page).then((names) => names.length)).toBe(1)
  await page.getByRole('button', { name: /的菜单/ }).click()
  await page.getByText('退出登录').click()
  await page.waitForURL(/sign-in/)
  expect(await kept(page)).toEqual([])
})

it('loses nothing where the form for a matter is open on two pages', async () => {
  const { page, faults } = await loop.console('officer')
  const other = await page.context().newPage()
  const title = (of: Page) => of.locator('.el-form-item', { hasText: '标题' }).locator('input')
  await page.goto('/admin/raise')
  await title(page).fill('东门雨棚漏水')
  const written = () =>
    page.evaluate(() =>
      Object.entries(localStorage).filter(([key]) => key.includes('.draft.') && key.endsWith('.raise')),
    )
  await expect.poll(async () => (await written()).length).toBe(1)
  const before = await written()
  await other.goto('/admin/raise')
  await expect.poll(() => title(other).inputValue()).toBe('东门雨棚漏水')
  // Looked at there, it is still this page's, and as it was written.
  expect(await written()).toEqual(before)
  await title(other).fill('西门地砖翘起')
  await title(page).fill('东门雨棚漏水，进出打伞')
  // Its own draft, beside the other's.
  await expect.poll(async () => (await kept(page)).length).toBe(2)
  await other.close()
  await page.reload()
  const waiting = page.getByRole('region', { name: /待登记的草稿/ })
  await waiting.waitFor()
  const shown = `${await title(page).inputValue()} ${await waiting.textContent()}`
  expect([shown.includes('东门雨棚漏水，进出打伞'), shown.includes('西门地砖翘起')]).toEqual([true, true])
  expect(faults).toEqual([])
})
