import type { Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type Loop, openLoop } from './open-loop.ts'

let loop: Loop
beforeAll(async () => {
  loop = await openLoop()
})
afterAll(() => loop.close())

const GROUP = `张阿姨 昨天 18:32
大家好，二栋旁边的垃圾桶满溢有异味，没人清
<script>😀李工 昨天 18:33
+1
王书记 昨天 18:34
收到
<script>😀李工 昨天 20:05
1、三栋二单元楼道灯不亮三天了；2、西门口地砖翘起来容易绊倒`

const field = (page: Page, label: string): Locator =>
  page
    .locator('.el-form-item')
    .filter({ has: page.locator('.el-form-item__label', { hasText: new RegExp(`^\\s*${label}\\s*$`) }) })
    .locator('input:not([type=radio]), textarea')
    .first()
const receipt = (page: Page) => page.getByRole('status', { name: /已登记，编号 \d{4}-\d+/ })

it('turns pasted messages into matters one after the other, by keys, beside what is alike and what the raiser raised', async () => {
  const { page, picture } = await loop.console('officer')
  await page.goto('/admin/raise')
  // What lacks is said under its field, all at once, and the first is gone to.
  await field(page, '提出人手机').fill('1350000')
  await field(page, '提出人手机').press('Control+Enter')
  const faults = page.locator('.el-form-item__error')
  await expect.poll(() => faults.allTextContents()).toEqual(['请填写 11 位手机号码', '请填写', '请填写'])
  expect(await page.locator('input:focus').getAttribute('type')).toBe('tel')
  await page.reload()
  await page.getByRole('button', { name: '粘贴群消息' }).click()
  const box = page.getByRole('textbox', { name: '粘贴群消息' })
  await box.fill(GROUP)
  await picture('console-intake-paste')
  await box.press('Control+Enter')

  // The first is in the form already, with who said it, when and where.
  await expect.poll(() => field(page, '标题').inputValue()).toBe('二栋旁边的垃圾桶满溢有异味')
  expect(await field(page, '提出人姓名').inputValue()).toBe('张阿姨')
  expect(await field(page, '什么时候说的').inputValue()).toMatch(/18:32$/)
  // It has waited since then, and that is said before it is entered.
  await page.getByText(/时限从那时算起：首次联系已超期 \d+ (小时|天)/).waitFor()
  await page.locator('label:has(:checked)', { hasText: '微信群' }).waitFor()
  const drafts = page.getByRole('region', { name: '待登记的草稿（3）' })
  await drafts.getByText(/<script>😀李工 也有同样的情况/).waitFor()
  await drafts.getByText('不作为事项的（2）').waitFor()

  await field(page, '提出人手机').fill('13500007777')
  await page.getByText('这个号码以前没有登记过').waitFor()
  const alike = page.getByRole('region', { name: '可能是同一件事' })
  await alike.locator('li', { hasText: '垃圾桶满溢' }).getByRole('button', { name: '就是这件，登记后并入' }).click()
  await picture('console-intake')
  await field(page, '反映内容').press('Control+Enter')
  await receipt(page)
    .getByText(/^已并入 \d{4}-\d+。$/)
    .waitFor()
  await picture('console-intake-receipt')

  // The way on has the focus; twice is once.
  await page.keyboard.press('Enter')
  await expect.poll(() => field(page, '标题').inputValue()).toBe('三栋二单元楼道灯不亮三天了')
  expect(await field(page, '提出人姓名').inputValue()).toBe('<script>😀李工')
  await field(page, '提出人手机').fill('13500007777')
  await page.getByRole('region', { name: '提出人近一年的事' }).getByText('提过 1 件').waitFor()
  await picture('console-intake-known')
  await page.getByRole('button', { name: '登记', exact: true }).dblclick()
  await receipt(page).waitFor()
  await page.getByRole('button', { name: '登记下一份（还有 1 份）' }).click()
  await field(page, '提出人手机').fill('13500007777')
  await page.getByRole('region', { name: '提出人近一年的事' }).getByText('提过 2 件').waitFor()

  // What is too long is said before it is sent, and stays.
  const long = `西门口${'地砖翘起来。'.repeat(3_400)}`
  await field(page, '反映内容').fill(long)
  await field(page, '反映内容').press('Control+Enter')
  await page.getByText('已有 20403 字，最多 20000 字，请删去 403 字后再提交。').waitFor()
  expect(await field(page, '反映内容').inputValue()).toBe(long)
  await field(page, '反映内容').fill(long.slice(0, 20_000))
  await field(page, '反映内容').press('Control+Enter')
  await receipt(page).waitFor()
})
