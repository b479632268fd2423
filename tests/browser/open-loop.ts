import path from 'node:path'
import { type Browser, chromium, type Page } from 'playwright-core'
import { seedDemo } from '../../apps/api/src/demo/index.ts'
import { startTestApp, type TestApp } from '../../apps/api/test/support/index.ts'
import { type Desk, FLAGS, openDesk, PASSWORD } from './open-browser.ts'

/** The demo community under a clock that can be put forward, so that periods of days can end before the browser's eyes. */
export interface Loop {
  t: TestApp
  /** The console, signed in with this demo account. */
  console(username: string): Promise<Desk>
  /** The hall on a phone, signed in with this demo account. */
  hall(username: string): Promise<Desk>
  close(): Promise<void>
}

const dist = (name: string) => path.resolve(import.meta.dirname, `../../apps/${name}/dist`)

export async function openLoop(): Promise<Loop> {
  const t = await startTestApp({
    start: new Date().toISOString(),
    config: { demoPassword: PASSWORD, hallRoot: dist('hall'), adminRoot: dist('admin') },
  })
  await seedDemo(t.deps)
  const base = await t.app.listen({ host: '127.0.0.1', port: 0 })
  const browser: Browser = await chromium.launch({
    executablePath: process.env.CHROMIUM_PATH ?? '/usr/bin/chromium',
    args: FLAGS,
  })
  return {
    t,
    console: async (username) => {
      const desk = await openDesk(browser, base)
      await signInToConsole(desk.page, username)
      return desk
    },
    hall: async (username) => {
      const desk = await openDesk(browser, base, { width: 390, height: 844 })
      await signInToHall(desk.page, username)
      return desk
    },
    close: async () => {
      await browser.close()
      await t.close()
    },
  }
}

export async function signInToConsole(page: Page, username: string): Promise<void> {
  await page.goto('/admin/')
  await page.getByLabel('账号').fill(username)
  await page.getByLabel('密码', { exact: true }).fill(PASSWORD)
  await page.getByRole('button', { name: '登录' }).click()
  await page.waitForURL((url) => !url.pathname.endsWith('/sign-in'))
}

export async function signInToHall(page: Page, username: string): Promise<void> {
  await page.goto('/mine')
  await page.getByRole('button', { name: '用账号和密码登录' }).click()
  await page.locator('input[name=username]').fill(username)
  await page.locator('input[name=password]').fill(PASSWORD)
  await page.getByRole('button', { name: '登录', exact: true }).click()
  await page.waitForURL((url) => url.pathname === '/mine')
}
