/**
 * What the console weighs and how quickly it answers, in a real browser before a local server with 100,000 matters: scripts and styles to the
 * sign-in page and to the workbench, the workbench on a processor four times as slow, a matter opened from the list, and tasks that hold
 * the page while somebody types and scrolls. Prints figures beside what was set out for them; nothing of it is a test.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { gzipSync } from 'node:zlib'
import { findLocalPostgres } from '@tongxin/local-postgres'
import pg from 'pg'
import type { Page } from 'playwright-core'
import { settled } from '../browser/every-page.ts'
import { openBrowser, openDesk, PASSWORD } from '../browser/open-browser.ts'
import { signInToConsole } from '../browser/open-loop.ts'
import { startServiceProcess } from '../faults/service-process.ts'
import { median } from './drive.ts'
import { fill } from './fill.ts'

const MATTERS = 100_000
/** Pixels that one notch of a wheel scrolls. */
const NOTCH = 120
const folder = mkdtempSync(path.join(tmpdir(), 'tongxin-console-'))
const service = await startServiceProcess(folder, { DEMO_PASSWORD: PASSWORD, LOG_LEVEL: 'error' })
// With all that makes its pages quick.
const browser = await openBrowser([])
const kilobytes = (bytes: number) => Math.round(bytes / 1024)
const say = (what: string, value: number, limit: number, unit: string) =>
  console.log(`${value <= limit ? '✓' : '✗'} ${what}：${value} ${unit}（目标 ≤ ${limit}）`)

/** Counts what the page fetches of scripts and styles, each once, as gzip makes it. */
function weigh(page: Page): () => Promise<number> {
  const sizes = new Map<string, Promise<number>>()
  page.on('response', (response) => {
    const url = response.url()
    if (!/\.(js|css)$/.test(new URL(url).pathname) || sizes.has(url)) return
    sizes.set(
      url,
      response.body().then(
        (body) => gzipSync(body).length,
        () => 0,
      ),
    )
  })
  return async () => (await Promise.all(sizes.values())).reduce((sum, size) => sum + size, 0)
}

/** Milliseconds from a click on the link until the matter's own title heads the page. */
const openMatter = (page: Page, nth: number) =>
  page.evaluate<number>(`new Promise((done) => {
    const link = document.querySelectorAll('main [data-row]')[${nth}]
    const title = link.textContent
    const from = performance.now()
    link.click()
    const look = () => document.querySelector('main h1')?.textContent === title ? done(performance.now() - from) : requestAnimationFrame(look)
    look()
  })`)

const scales = await openDesk(browser, service.base)
// What is fetched ahead once nothing else is to be done is none of what the workbench waits for, and came at one time and not at another.
await scales.page.addInitScript('window.requestIdleCallback = () => 0')
const weight = weigh(scales.page)
await scales.page.goto('/admin/')
await scales.page.getByLabel('账号').waitFor()
say('到登录页的脚本和样式（gzip）', kilobytes(await weight()), 200, 'KB')
await signInToConsole(scales.page, 'officer')
await settled(scales.page)
say('到工作台的脚本和样式（gzip）', kilobytes(await weight()), 350, 'KB')
await scales.page.context().close()

const { page } = await openDesk(browser, service.base)
// Wheels glide, as they do for whoever did not ask otherwise.
await page.emulateMedia({ reducedMotion: 'no-preference' })
await signInToConsole(page, 'officer')
await settled(page)

const slow = await page.context().newCDPSession(page)
await slow.send('Emulation.setCPUThrottlingRate', { rate: 4 })
const usable: number[] = []
// Told by the page itself: whoever looks from outside would work on the slow processor too, and so would the end of the page before.
await page.addInitScript(`if (location.pathname === '/admin/') window.usable = new Promise((done, fail) => {
  const look = () => {
    if (document.querySelector('section[aria-label="等您办理"] button')?.checkVisibility()) done(performance.now())
    else if (performance.now() > 60_000) fail(new Error('no button waits on the workbench'))
    else requestAnimationFrame(look)
  }
  requestAnimationFrame(look)
})`)
for (let n = 0; n < 9; n++) {
  await page.goto('about:blank')
  await page.goto('/admin/')
  usable.push(await page.evaluate<number>('usable'))
  await settled(page)
}
say('处理器慢四倍时工作台可用（九次的中位数）', Math.round(median(usable)), 1500, 'ms')
await slow.send('Emulation.setCPUThrottlingRate', { rate: 1 })

const client = new pg.Client({ connectionString: findLocalPostgres(path.join(folder, 'postgres')) ?? '' })
await client.connect()
await fill(client, 1, MATTERS)
await client.end()

await page.goto('/admin/')
await settled(page)
await page.locator('nav a[href="/admin/issues"]').click()
// The workbench has such lines, too.
await page.locator('main h1', { hasText: '事项' }).waitFor()
await page.locator('main [data-row]').first().waitFor()
await settled(page)
const opened: number[] = []
for (let n = 0; n < 11; n++) {
  opened.push(await openMatter(page, n))
  await settled(page)
  await page.goBack()
  await page
    .locator('main [data-row]')
    .nth(n + 1)
    .waitFor()
}
say('从列表打开事项（第一次，连同页面的脚本）', Math.round(opened[0] ?? 0), 150, 'ms')
say('从列表打开事项（其后十次的中位数）', Math.round(median(opened.slice(1))), 150, 'ms')

await page.goto('/admin/issues')
await settled(page)
await page.evaluate(
  `window.held = []; new PerformanceObserver((list) => held.push(...list.getEntries().map(({ duration }) => duration))).observe({ type: 'longtask' })`,
)
const heldSince = async () => {
  const held = await page.evaluate<number[]>('held.splice(0)')
  return { count: held.length, most: Math.round(Math.max(0, ...held)) }
}
await page
  .getByRole('searchbox')
  .or(page.locator('input[type=search]'))
  .first()
  .pressSequentially('楼道灯坏了', { delay: 120 })
await settled(page)
const typing = await heldSince()
say('输入时最长的任务', typing.most, 50, 'ms')
await page.goto('/admin/issues')
await settled(page)
await page.evaluate(
  `window.held = []; new PerformanceObserver((list) => held.push(...list.getEntries().map(({ duration }) => duration))).observe({ type: 'longtask' })`,
)
await page.mouse.move(700, 600)
for (let n = 0; n < 600; n++) await page.mouse.wheel(0, NOTCH)
const scrolled = await heldSince()
const shown = await page.locator('main footer [role=status]').first().textContent()
say(`滚动时最长的任务（${shown?.trim()}）`, scrolled.most, 50, 'ms')
console.log(`▸ 超过 50 毫秒的任务：输入时 ${typing.count} 个，滚动时 ${scrolled.count} 个`)

await browser.close()
service.process.kill('SIGTERM')
await service.ended
rmSync(folder, { recursive: true, force: true })
