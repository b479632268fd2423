import type { BrowserContext } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { act, aDotOfPaint, photographed, typed } from './hands.ts'
import { keepPictures, PASSWORD } from './open-browser.ts'
import { atWork, type Loop, openLoop } from './open-loop.ts'

let loop: Loop
beforeAll(async () => {
  loop = await openLoop()
})
afterAll(() => loop.close())

const ORDER = '垃圾桶满溢'

/** What is sent from now on: the last part of its address, and its key. */
function sentFrom(context: BrowserContext) {
  const sent: { what: string; key: string | undefined }[] = []
  context.on('request', (request) => {
    const what = new URL(request.url()).pathname.split('/').at(-1) ?? ''
    if (request.method() === 'POST' && /attachments|submit/.test(what))
      sent.push({ what, key: request.headers()['idempotency-key'] })
  })
  return sent
}

it('keeps what a handler reports in a cellar, and sends it in order and once, also where the first answer is lost', async () => {
  const { page, faults } = await loop.phone('unit_handler', { keeps: true })
  const context = page.context()
  await page.getByRole('link', { name: ORDER }).click()
  const own = page.locator('.actions')
  await act(own, 'sign')
  await own.locator('[data-action="submit"]').waitFor()
  // Installable: a manifest whose pictures are there, and a worker that holds the whole console.
  const manifest = await page.evaluate<{ scope: string; icons: string[] }>(`(async () => {
    const link = document.querySelector('link[rel=manifest]')
    const { scope, icons } = await (await fetch(link.href)).json()
    return { scope, icons: await Promise.all(icons.map(async ({ src }) => (await fetch(new URL(src, link.href))).headers.get('content-type'))) }
  })()`)
  expect(manifest).toEqual({ scope: '/admin/', icons: ['image/png', 'image/png', 'image/png'] })
  await page.evaluate('navigator.serviceWorker.ready.then(() => undefined)')

  await context.setOffline(true)
  await page.getByText('没有信号。').waitFor()
  await act(own, 'submit', { 办理结果: typed('已清运并冲洗。'), 照片: photographed(aDotOfPaint) })
  await page.getByText('已保存在本机，有信号后自动发送').first().waitFor()
  expect(await own.locator('[data-action="submit"]').count()).toBe(0)
  await page.close()

  // Opened again, still without a signal: from what is on the phone.
  const phone = await context.newPage()
  const picture = keepPictures(phone)
  await phone.goto('/admin/work')
  await phone.getByText(/显示的是 .* 读到的内容/).waitFor()
  await picture('phone-cellar-orders')
  await phone.getByRole('link', { name: ORDER }).click()
  await phone.getByRole('status').getByText('已保存在本机，有信号后自动发送').waitFor()
  await picture('phone-cellar-order')
  await phone.getByRole('button', { name: '待发送 1 件' }).click()
  await phone.getByText('照片 1 张').waitFor()
  await phone.locator('.el-drawer-fade-enter-active').waitFor({ state: 'detached' })
  await picture('phone-cellar-outbox')

  // The server acts, and its answer is lost on the way.
  const sent = sentFrom(context)
  await phone.evaluate(`(() => {
    const real = fetch
    window.fetch = async (request, init) => {
      const answer = await real(request, init)
      if (window.lost || !String(request.url).endsWith('/submit')) return answer
      window.lost = answer.status
      throw new TypeError('the line broke')
    }
  })()`)
  await context.setOffline(false)
  await phone.getByText('没有待发送的内容。').waitFor()
  await phone.getByRole('heading', { name: '刚刚发送' }).waitFor()
  await picture('phone-cellar-sent')
  expect(await phone.evaluate('lost')).toBe(200)
  expect(sent.map(({ what }) => what)).toEqual(['attachments', 'submit', 'submit'])
  expect(new Set(sent.slice(1).map(({ key }) => key)).size).toBe(1)
  await phone.getByRole('button', { name: /关闭|Close/ }).click()
  await phone.getByText('已全部发送（1 件）', { exact: true }).click()
  await phone.getByRole('heading', { name: '刚刚发送' }).waitFor()
  await phone.getByRole('button', { name: /关闭|Close/ }).click()
  await phone.getByText('没有您单位的待办工单').waitFor()
  await phone.getByRole('heading', { name: '刚刚发送' }).waitFor({ state: 'hidden' })
  await picture('phone-all-sent')
  expect(faults).toEqual([])
})

it('sends what was on its way as its page was closed once, and does not offer it to be written again', async () => {
  const { page, faults } = await loop.console('officer')
  const context = page.context()
  await page.goto('/admin/raise')
  await page.getByRole('button', { name: '粘贴群消息' }).click()
  const box = page.getByRole('textbox', { name: '粘贴群消息' })
  await box.fill('张阿姨 昨天 18:32\n东门雨棚漏水，进出都要打伞\n李工 昨天 18:33\n西门口地砖翘起来容易绊倒')
  await box.press('Control+Enter')
  await page.getByRole('region', { name: '待登记的草稿（2）' }).waitFor()
  const title = page.locator('.el-form-item', { hasText: '标题' }).locator('input')
  await expect.poll(() => title.inputValue()).toMatch(/^东门雨棚漏水/)

  // The server has done it as the page is closed, and nobody has heard of it.
  const heard = Promise.withResolvers<string | undefined>()
  const isEntry = (url: URL) => url.pathname === '/v1/issues'
  await context.route(isEntry, async (route) => {
    if (route.request().method() !== 'POST') return route.fallback()
    expect((await route.fetch()).status()).toBe(201)
    heard.resolve(route.request().headers()['idempotency-key'])
  })
  await page.getByRole('button', { name: '登记', exact: true }).click()
  const key = await heard.promise
  await page.close()
  await context.unroute(isEntry)

  const next = await context.newPage()
  const again = next.waitForResponse((answer) => isEntry(new URL(answer.url())) && answer.request().method() === 'POST')
  await next.goto('/admin/raise')
  await next.getByRole('region', { name: '待登记的草稿（1）' }).waitFor()
  expect(await next.locator('.el-form-item', { hasText: '标题' }).locator('input').inputValue()).toBe('')
  const answer = await again
  expect([answer.status(), answer.request().headers()['idempotency-key']]).toEqual([201, key])
  await next
    .getByText(/已发送.*东门雨棚漏水/)
    .first()
    .waitFor()

  // One that is refused later is taken back beside what is being written by then.
  const field = (label: string) =>
    next.locator('.el-form-item', { hasText: label }).locator('input:not([type=radio]), textarea').first()
  await field('提出人手机').fill('13500007777')
  await field('标题').fill('北门路灯不亮')
  await field('反映内容').fill('北门路灯三天不亮了')
  await context.setOffline(true)
  await next.getByText('没有信号。').waitFor()
  await next.getByRole('button', { name: '登记', exact: true }).click()
  await next.getByRole('button', { name: '待发送 1 件' }).waitFor()
  expect(await next.locator('.el-form-item__error').count(), 'in the next form').toBe(0)
  await field('标题').fill('正在写的另一件')
  const refusal = {
    type: 'about:blank',
    status: 422,
    code: 'invalid_input',
    title: 'No',
    detail: '请改一改',
    errors: [],
  }
  await context.route(isEntry, (route) =>
    route.request().method() === 'POST' ? route.fulfill({ status: 422, json: refusal }) : route.fallback(),
  )
  await context.setOffline(false)
  await next.getByRole('button', { name: '待发送 1 件' }).click()
  await next.getByText('没有被接受：请改一改').first().waitFor()
  await next.getByRole('button', { name: '重新填写' }).click()
  const drafts = next.getByRole('region', { name: '待登记的草稿（2）' })
  await drafts.locator('li', { hasText: '北门路灯不亮' }).getByRole('button', { name: '登记这份' }).click()
  await expect.poll(() => field('标题').inputValue()).toBe('北门路灯不亮')
  expect(await field('提出人手机').inputValue()).toBe('13500007777')
  await next.getByRole('region', { name: '待登记的草稿（3）' }).getByText('正在写的另一件').waitFor()

  await next.goto('/admin/issues?text=东门雨棚漏水')
  await next.locator('main [data-row]').first().waitFor()
  expect(await next.locator('main [data-row]').count()).toBe(1)
  expect(faults).toEqual([])
})

it.each(['a page that stays open', 'a page opened meanwhile'])(
  'sends from %s what another was sending as it was closed',
  async (which) => {
    const isMeanwhile = which === 'a page opened meanwhile'
    const title = isMeanwhile ? '北门岗亭玻璃裂了' : '南门岗亭玻璃裂了'
    const { page, faults } = await loop.console('officer')
    const context = page.context()
    const stays = await context.newPage()
    const open = () => stays.goto('/admin/').then(() => atWork(stays))
    if (!isMeanwhile) await open()
    await page.goto('/admin/raise')
    const field = (label: string) =>
      page.locator('.el-form-item', { hasText: label }).locator('input, textarea').first()
    await field('标题').fill(title)
    await field('反映内容').fill(`${title}一道，怕掉下来伤人`)

    // Nobody has answered as the page is closed. Its route stays: taken away, the browser would let the request go on.
    const heard = Promise.withResolvers<string | undefined>()
    const isEntry = (url: URL) => url.pathname === '/v1/issues'
    let isHeard = false
    await context.route(isEntry, (route) => {
      if (isHeard || route.request().method() !== 'POST') return route.fallback()
      isHeard = true
      heard.resolve(route.request().headers()['idempotency-key'])
    })
    await page.getByRole('button', { name: '登记', exact: true }).click()
    const key = await heard.promise
    if (isMeanwhile) await open()
    const sent = stays.waitForResponse(
      (answer) => isEntry(new URL(answer.url())) && answer.request().method() === 'POST',
    )
    await page.close()
    const answer = await sent
    expect([answer.status(), answer.request().headers()['idempotency-key']]).toEqual([201, key])
    await stays
      .getByText(new RegExp(`已发送.*${title}`))
      .first()
      .waitFor()
    expect(faults).toEqual([])
  },
)

it('signed out on one page, shows and keeps nothing on another page of the browser either', async () => {
  const { page } = await loop.phone('unit_handler', { keeps: true })
  await page.locator('.phone main').waitFor()
  const other = await page.context().newPage()
  await other.goto('/admin/work')
  await other.waitForLoadState('networkidle')
  await page.getByRole('button', { name: '退出登录' }).click()
  await page.getByLabel('账号').waitFor()
  await other.getByText('登录已失效').waitFor()
  const kept = `new Promise((done) => {
    const opening = indexedDB.open('tongxin')
    opening.onsuccess = () => {
      const reading = opening.result.transaction('seen').objectStore('seen').getAllKeys()
      reading.onsuccess = () => done(reading.result.map(String))
    }
  })`
  expect(await other.evaluate<string[]>(kept)).toEqual([])

  // The next shift signs in on the page as it stands: names are read and kept for them too.
  await page.getByLabel('账号').fill('officer')
  await page.getByLabel('密码', { exact: true }).fill(PASSWORD)
  await page.getByRole('button', { name: '登录' }).click()
  await expect.poll(() => page.evaluate<string[]>(kept)).toContainEqual(expect.stringContaining('directory'))
})
