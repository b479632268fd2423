import path from 'node:path'
import type { Page } from 'playwright-core'
import { DAY, startDemoApp } from '../../apps/api/test/support/index.ts'
import { type Desk, openBrowser, openDesk, PASSWORD } from './open-browser.ts'
import { standingInstance } from './standing-instance.ts'

/** The demo community under a clock that can be put forward, so that periods of days can end before the browser's eyes. */
export interface Loop {
  /** The console, signed in with this demo account. */
  console(username: string): Promise<Desk>
  /** The console's pages for a handler's phone, signed in with this demo account; `keeps`: the console is kept for times without a signal. */
  phone(username: string, settings?: { keeps?: boolean }): Promise<Desk>
  /** The hall on a phone, signed in with this demo account. */
  hall(username: string): Promise<Desk>
  /** Puts the clock forward; what falls due meanwhile is done, here or soon. */
  pass(days: number): Promise<void>
  close(): Promise<void>
}

export async function openLoop(): Promise<Loop> {
  const { base, pass, end } = standing() ?? (await inProcess())
  const browser = await openBrowser()
  return {
    console: async (username) => {
      const desk = await openDesk(browser, base)
      await signInToConsole(desk.page, username)
      return desk
    },
    phone: async (username, settings) => {
      const desk = await openDesk(browser, base, { width: 390, height: 844, ...settings })
      await signInToConsole(desk.page, username, '/admin/work')
      return desk
    },
    hall: async (username) => {
      const desk = await openDesk(browser, base, { width: 390, height: 844 })
      await signInToHall(desk.page, username)
      return desk
    },
    pass,
    close: async () => {
      await browser.close()
      await end()
    },
  }
}

const standing = () => {
  const instance = standingInstance()
  return instance && { base: instance.base, pass: async (days: number) => instance.pass(days), end: async () => {} }
}

export const dist = (name: string) => path.resolve(import.meta.dirname, `../../apps/${name}/dist`)

async function inProcess() {
  const t = await startDemoApp({ config: { hallRoot: dist('hall'), adminRoot: dist('admin') } }, PASSWORD)
  return {
    base: t.base,
    pass: async (days: number) => {
      t.clock.advance(days * DAY)
      await t.runDueJobs()
    },
    end: t.close,
  }
}

export async function signInToConsole(page: Page, username: string, start = '/admin/'): Promise<void> {
  await page.goto(start)
  await page.getByLabel('账号').fill(username)
  await page.getByLabel('密码', { exact: true }).fill(PASSWORD)
  await page.getByRole('button', { name: '登录' }).click()
  await page.waitForURL((url) => !url.pathname.endsWith('/sign-in'))
}

/** What lets the console go on without a signal is there: it comes a while after the page. */
export async function atWork(page: Page): Promise<void> {
  const isThere = `performance.getEntriesByType('resource').some(({ name }) => /StatusStrip.*js/.test(name))`
  while (!(await page.evaluate<boolean>(isThere))) await page.waitForTimeout(100)
}

export async function signInToHall(page: Page, username: string): Promise<void> {
  await page.goto('/mine')
  await page.getByRole('button', { name: '用账号和密码登录' }).click()
  await page.locator('input[name=username]').fill(username)
  await page.locator('input[name=password]').fill(PASSWORD)
  await page.getByRole('button', { name: '登录', exact: true }).click()
  await page.waitForURL((url) => url.pathname === '/mine')
}
