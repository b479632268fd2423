import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { type Browser, chromium, type Page } from 'playwright-core'
import { present } from '../../scripts/browser.mjs'
import { startServiceProcess } from '../faults/service-process.ts'
import { standingInstance } from './standing-instance.ts'

export const PASSWORD = standingInstance()?.password ?? 'a demo password of this test'

/** The product as a newcomer has it: its own process, the demo community, and a real browser before it. */
export interface Stage {
  base: string
  /** What the service has printed so far. */
  output(): string
  /** A browser profile of its own: somebody else at another desk. */
  desk(settings?: { width?: number; height?: number }): Promise<Desk>
  close(): Promise<void>
}

export interface Desk {
  page: Page
  /** Errors of the page's scripts, and requests that left the machine. */
  faults: string[]
  /** Keeps a picture where SCREENSHOTS names a folder. */
  picture(name: string): Promise<void>
}

const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

// A page of the tests goes before code made quick for it has paid for itself; what it does is the same without.
const SHORT_LIVED = ['--js-flags=--no-maglev,--no-opt']

// Without a locale that knows UTF-8 it gives files with Chinese names another one.
const env = { ...process.env, LANG: 'C.UTF-8' }

export const openBrowser = (more: readonly string[] = SHORT_LIVED): Promise<Browser> =>
  chromium.launch({ executablePath: present(), args: [...FLAGS, ...more], env })

export async function openStage(): Promise<Stage> {
  const { base, output, end } = standing() ?? (await ownProcess())
  const browser = await openBrowser()
  return {
    base,
    output,
    desk: (settings) => openDesk(browser, base, settings),
    close: async () => {
      await browser.close()
      await end()
    },
  }
}

const standing = () => {
  const instance = standingInstance()
  return instance && { ...instance, end: async () => {} }
}

async function ownProcess() {
  const dataDir = mkdtempSync(path.join(tmpdir(), 'tongxin-browser-'))
  const service = await startServiceProcess(dataDir, { DEMO_PASSWORD: PASSWORD, LOG_LEVEL: 'error' })
  return {
    ...service,
    end: async () => {
      service.process.kill('SIGTERM')
      await service.ended
      rmSync(dataDir, { recursive: true, force: true })
    },
  }
}

/**
 * A browser profile of its own before the address `base`. Only one that `keeps` the console for times without a signal fetches all of it:
 * for the others that would be the larger part of their work.
 */
export async function openDesk(
  browser: Browser,
  base: string,
  { width = 1440, height = 900, keeps = false } = {},
): Promise<Desk> {
  const context = await browser.newContext({
    viewport: { width, height },
    locale: 'zh-CN',
    baseURL: base,
    // What glides is waited for, and drawn without help: the tests ask of what comes to rest.
    reducedMotion: 'reduce',
    serviceWorkers: keeps ? 'allow' : 'block',
  })
  context.setDefaultTimeout(15_000)
  const page = await context.newPage()
  const faults: string[] = []
  page.on('pageerror', (error) => faults.push(error.message))
  page.on('request', (request) => {
    const url = request.url()
    if (!url.startsWith(base) && !/^(data|blob):/.test(url)) faults.push(`left the machine: ${url}`)
  })
  return { page, faults, picture: keepPictures(page) }
}

/** Pictures of a page are kept where SCREENSHOTS names a folder. */
export const keepPictures = (page: Page) => async (name: string) => {
  const folder = process.env.SCREENSHOTS
  if (folder) await page.screenshot({ path: path.join(folder, `${name}.png`), fullPage: true })
}
