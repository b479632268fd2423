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
    expect(await button.isDisabled()).toBe(true)
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
