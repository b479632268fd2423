import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { PASSWORD } from './open-browser.ts'
import { type Loop, openLoop } from './open-loop.ts'

let loop: Loop
beforeAll(async () => {
  loop = await openLoop()
})
afterAll(() => loop.close())

const isSignedOut = (url: URL) => url.pathname.endsWith('/sign-in')

async function signIn(page: Page): Promise<void> {
  await page.getByLabel('账号').fill('teacher')
  await page.getByLabel('密码', { exact: true }).fill(PASSWORD)
  await page.getByRole('button', { name: '登录', exact: true }).click()
}

it('locks an account with a reason, opens it again, ends its sign-ins and takes its password off', async () => {
  const teacher = await loop.console('teacher')
  const administrator = await loop.console('administrator')
  const { page } = administrator
  await page.goto('/admin/settings/accounts')
  await page.getByRole('searchbox', { name: '姓名、账号或手机号后四位' }).fill('teacher')
  await page.keyboard.press('Enter')
  const lines = page.locator('.settings-lines > li')
  await expect.poll(() => lines.count()).toBe(1)
  const line = lines.filter({ hasText: '账号 teacher' })
  const name = (await line.locator('.who').textContent()) ?? ''
  const take = async (way: string, reason: string) => {
    await line.getByRole('button', { name: new RegExp(`^${way}：`) }).click()
    const dialog = page.getByRole('dialog', { name: way })
    const button = dialog.getByRole('button', { name: way, exact: true })
    // Nothing is sent without a reason.
    await button.click()
    await dialog.getByText('请填写', { exact: true }).waitFor()
    await dialog.getByLabel('理由').fill(reason)
    await button.click()
    await dialog.waitFor({ state: 'hidden' })
  }
  const isOut = async () => {
    await teacher.page.reload()
    await teacher.page.waitForURL(isSignedOut)
  }
  const isIn = () => teacher.page.waitForURL((url) => !isSignedOut(url))

  // Locked, it is out on every device, and its password opens nothing.
  await take('锁定', '手机遗失，本人来电要求')
  await line.getByText('已锁定', { exact: true }).waitFor()
  await line.getByText(/理由：手机遗失，本人来电要求/).waitFor()
  await administrator.picture('console-account-locked')
  await isOut()
  await signIn(teacher.page)
  await teacher.page.getByRole('alert').first().waitFor()
  expect(isSignedOut(new URL(teacher.page.url()))).toBe(true)

  await take('解除锁定', '手机已找回')
  await line.getByText('已锁定', { exact: true }).waitFor({ state: 'detached' })
  await signIn(teacher.page)
  await isIn()
  await page.reload()
  await take('结束所有登录', '在别人的电脑上忘了退出')
  await isOut()

  await take('撤下密码', '密码可能被别人看到')
  await line.waitFor({ state: 'detached' })
  await lines.filter({ hasText: name }).getByText('没有设密码，用短信验证码登录').waitFor()
  await signIn(teacher.page)
  await teacher.page.getByRole('alert').first().waitFor()
  expect(isSignedOut(new URL(teacher.page.url()))).toBe(true)
  expect([...teacher.faults, ...administrator.faults]).toEqual([])
})

it('says under each field what a new password lacks, and takes one that is whole', async () => {
  const { page, faults, picture } = await loop.console('mediator')
  await page.goto('/admin/account')
  const field = (label: string) => page.locator('.el-form-item', { has: page.getByLabel(label, { exact: true }) })
  const fill = (label: string, text: string) => page.getByLabel(label, { exact: true }).fill(text)
  const save = page.getByRole('button', { name: '保存', exact: true })
  const sent: string[] = []
  page.on('request', (request) => {
    if (request.method() === 'PUT') sent.push(request.url())
  })
  await save.click()
  for (const label of ['当前密码', '新密码', '再输一遍新密码'])
    await field(label).getByText('请填写', { exact: true }).waitFor()
  expect(await page.getByLabel('当前密码').evaluate((input) => input.matches(':focus'))).toBe(true)
  await fill('当前密码', PASSWORD)
  await fill('新密码', 'aaa')
  await fill('再输一遍新密码', 'aab')
  await field('新密码').getByText('至少 10 个字', { exact: true }).waitFor()
  await field('再输一遍新密码').getByText('两遍输入的新密码不一样').waitFor()
  await save.click()
  expect(sent).toEqual([])

  // What only the server knows is said there too.
  await fill('新密码', 'aaaaaaaaaaaa')
  await fill('再输一遍新密码', 'aaaaaaaaaaaa')
  await save.click()
  await field('新密码').getByText('密码太简单，请多用几个不同的字符').waitFor()
  await picture('console-password-faults')
  await fill('新密码', PASSWORD)
  await fill('再输一遍新密码', PASSWORD)
  await save.click()
  await page.getByText('密码已保存，其他设备上的登录已结束').first().waitFor()
  expect(await page.getByLabel('新密码', { exact: true }).inputValue()).toBe('')
  expect(await page.getByText('请填写', { exact: true }).count()).toBe(0)
  expect(faults).toEqual([])
})
