/**
 * Photographs every page that each office is led to, in both themes, three widths and both languages, and lists what axe calls serious or
 * critical on any of them, and which are wider than their window, also in large type: `node tests/browser/photograph-pages.ts FOLDER [account …]`, after `npm run build`. To be looked at; not a test.
 */
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { Page } from 'playwright-core'
import { startServiceProcess } from '../faults/service-process.ts'
import { accessFaults, everyPage, isTooWide, isTooWideInLargeType, settled, shapeOf } from './every-page.ts'
import { openBrowser, openDesk, PASSWORD } from './open-browser.ts'
import { signInToConsole } from './open-loop.ts'

const WIDTHS = [1440, 1024, 390]
const THEMES = ['light', 'dark']
const LANGUAGES = ['zh', 'en']
/** Most pages first; what one of them was led to is not photographed again. */
const ACCOUNTS = ['secretary', 'officer', 'unit_handler', 'grid_worker', 'supervisor', 'administrator']

const [folder, ...chosen] = process.argv.slice(2)
if (!folder) throw new Error('node tests/browser/photograph-pages.ts FOLDER [account …]')
mkdirSync(folder, { recursive: true })
const dataDir = mkdtempSync(path.join(tmpdir(), 'tongxin-photographs-'))
const service = await startServiceProcess(dataDir, { DEMO_PASSWORD: PASSWORD, LOG_LEVEL: 'error' })
const browser = await openBrowser()
const faults = new Map<string, string[]>()
let photographs = 0

const nameOf = (address: string) => shapeOf(address).replaceAll(/\W+/g, '-')

const wear = (page: Page, language: string, theme: string) =>
  page.evaluate(
    `localStorage.setItem('tongxin.language', '${language}'); localStorage.setItem('tongxin.theme', '${theme}')`,
  )

/** As the page stands, at each width. */
async function photograph(page: Page, account: string, address: string, way: string): Promise<void> {
  const tell = (fault: string, name: string) => faults.set(fault, [...(faults.get(fault) ?? []), name])
  const eachWidth = async (look: (name: string) => Promise<void>) => {
    for (const width of WIDTHS) {
      await page.setViewportSize({ width, height: width === 390 ? 844 : 900 })
      await settled(page)
      await look(`${nameOf(address)}.${account}.${way}.${width}`)
    }
  }
  await eachWidth(async (name) => {
    await page.screenshot({ path: path.join(folder as string, `${name}.png`), fullPage: true, animations: 'disabled' })
    photographs++
    for (const fault of await accessFaults(page)) tell(fault, name)
    if (await isTooWide(page)) tell('wider than its window', name)
  })
  // By itself: a photograph right after it would be as high as the page was in large type.
  await eachWidth(async (name) => {
    if (await isTooWideInLargeType(page)) tell('wider than its window in large type', name)
  })
}

try {
  const done = new Set<string>()
  for (const account of chosen.length > 0 ? chosen : ACCOUNTS) {
    const { page } = await openDesk(browser, service.base)
    await page.goto('/admin/')
    if (done.size === 0) {
      for (const language of LANGUAGES)
        for (const theme of THEMES) {
          await wear(page, language, theme)
          await page.reload()
          await photograph(page, 'nobody', '/admin/sign-in', `${language}.${theme}`)
        }
      await wear(page, 'zh', 'light')
      await page.reload()
    }
    await signInToConsole(page, account)
    const seen = new Set<string>()
    for (const language of LANGUAGES)
      for (const theme of THEMES) {
        await wear(page, language, theme)
        for await (const address of everyPage(page)) {
          const page_ = nameOf(address)
          if (done.has(page_) && page_ !== nameOf('/admin/')) continue
          seen.add(page_)
          await photograph(page, account, address, `${language}.${theme}`)
          await page.setViewportSize({ width: 1440, height: 900 })
        }
        if (account === 'unit_handler') {
          await page.setViewportSize({ width: 390, height: 844 })
          await page.goto('/admin/work')
          await photograph(page, account, '/admin/work', `${language}.${theme}`)
          await page.locator('main a[href*="/work/"]').first().click()
          await photograph(page, account, '/admin/work/order', `${language}.${theme}`)
        }
      }
    for (const page_ of seen) done.add(page_)
    console.log(`▸ ${account}：${seen.size} 个页面，共 ${photographs} 张照片`)
    await page.context().close()
  }
  for (const [fault, at] of faults) console.log(`✗ ${fault}\n  ${at.length} 处：${at.slice(0, 6).join('、')}`)
  console.log(`${photographs} 张照片，${faults.size} 种问题`)
} finally {
  await browser.close()
  service.process.kill('SIGTERM')
  await service.ended
  rmSync(dataDir, { recursive: true, force: true })
}
