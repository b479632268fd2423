import { randomBytes } from 'node:crypto'
import { crc32, deflateSync } from 'node:zlib'
import type { Locator, Page, Request } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { inState, openMatter, raise, searched, ticked } from './hands.ts'
import { PASSWORD } from './open-browser.ts'
import { type Loop, openLoop } from './open-loop.ts'

let loop: Loop
beforeAll(async () => {
  loop = await openLoop()
})
afterAll(() => loop.close())

const field = (form: Locator | Page, label: string) => form.locator('.el-form-item').filter({ hasText: label }).first()
const title = (form: Locator) => field(form, '公开标题').locator('input')

it('loses nothing to the way back, nor to a sign-in that ends while somebody writes, and does once what is pressed twice', async () => {
  const id = await raise(await loop.hall('resident'), {
    kind: '问题',
    title: '东门台阶松动',
    body: '东门台阶第二级松动，老人走过容易绊倒。',
  })
  const officer = await loop.console('officer')
  const { page } = officer
  await openMatter(officer, id, '已提交')
  const form = page.getByRole('dialog', { name: '受理' })
  const open = () => page.locator('[data-action="accept"]').click()
  await open()
  await title(form).fill('东门台阶第二级松动')
  await page.goBack()
  await form.waitFor({ state: 'hidden' })
  await openMatter(officer, id, '已提交')
  await open()
  await expect.poll(() => title(form).inputValue()).toBe('东门台阶第二级松动')

  await searched('楼道照明')(field(form, '类别'))
  await ticked('一般')(field(form, '紧急程度'))
  await ticked('直接办理')(field(form, '办理路径'))
  const other = await loop.console('officer')
  await other.page.goto('/admin/account')
  await other.page.getByRole('button', { name: '结束其他' }).click()
  await other.page.getByText('已结束').first().waitFor()
  await other.page.context().close()
  const send = form.getByRole('button', { name: '受理', exact: true })
  await send.click()
  await page.waitForURL(/sign-in/)
  await page.getByLabel('账号').fill('officer')
  await page.getByLabel('密码', { exact: true }).fill(PASSWORD)
  await page.getByRole('button', { name: '登录' }).click()
  await page.waitForURL((url) => url.pathname.endsWith(id))
  await inState(page, '已提交')
  await open()
  await expect.poll(() => title(form).inputValue()).toBe('东门台阶第二级松动')

  const sent: string[] = []
  page.on('request', (request) => request.url().endsWith('/accept') && sent.push(request.url()))
  await send.dblclick()
  await inState(page, '已受理')
  await form.waitFor({ state: 'hidden' })
  expect(sent).toHaveLength(1)
  expect(officer.faults).toEqual([])
})

/** Lets the page's next renewal reach the server, which answers it, and keeps the answer from the page. */
function unheardRenewal(page: Page): Promise<number> {
  return new Promise((renewed, failed) => {
    const withhold = async (request: Request) => {
      const [token] = await page.context().cookies(request.url())
      const headers = { cookie: `${token?.name}=${token?.value}` }
      renewed((await fetch(request.url(), { method: request.method(), headers })).status)
    }
    const renewal = '**/v1/sessions/refresh'
    page.route(renewal, (route) => withhold(route.request()).catch(failed), { times: 1 }).catch(failed)
  })
}

it('keeps somebody signed in, on their page, who reloads it twice while the sign-in is being renewed', async () => {
  const places = [
    { desk: await loop.console('officer'), address: '/admin/account', heading: '我的账号' },
    { desk: await loop.hall('resident'), address: '/mine', heading: '我的事项' },
  ]
  for (const { desk, address, heading } of places) {
    const { page } = desk
    const isShown = () => page.getByRole('heading', { name: heading, exact: true }).waitFor()
    await page.goto(address)
    await isShown()
    const answers: number[] = []
    for (let left = 0; left < 2; left++) {
      const unheard = unheardRenewal(page)
      await page.reload({ waitUntil: 'commit' })
      answers.push(await unheard)
    }
    await page.reload()
    await isShown()
    expect(new URL(page.url()).pathname).toBe(address)
    expect(answers).toEqual([201, 201])
    expect(desk.faults).toEqual([])
  }
})

/** A picture that cannot be packed, of 8-bit greys: about as many bytes as pixels. */
function noise(width: number, height: number): Buffer {
  const chunk = (type: string, data: Buffer) => {
    const body = Buffer.concat([Buffer.from(type), data])
    const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)]
    length.writeUInt32BE(data.length)
    sum.writeUInt32BE(crc32(body))
    return Buffer.concat([length, body, sum])
  }
  const head = Buffer.alloc(13)
  head.writeUInt32BE(width)
  head.writeUInt32BE(height, 4)
  head.set([8, 0, 0, 0, 0], 8)
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])
  // Each line begins with the number of its filter: none.
  const lines = randomBytes((width + 1) * height)
  for (let line = 0; line < height; line++) lines[line * (width + 1)] = 0
  return Buffer.concat([
    signature,
    chunk('IHDR', head),
    chunk('IDAT', deflateSync(lines, { level: 0 })),
    chunk('IEND', Buffer.alloc(0)),
  ])
}

it('makes a photo of 12,000 pixels small before it is sent', async () => {
  const { page, faults } = await loop.console('officer')
  await page.goto('/admin/raise')
  const buffer = noise(12_000, 1_500)
  const asked = page.waitForRequest(/\/v1\/attachments$/, { timeout: 60_000 })
  await page.locator('input[type=file]').first().setInputFiles({ name: 'stairs.png', mimeType: 'image/png', buffer })
  // As it was taken the server would refuse it.
  expect(buffer.length).toBeGreaterThan(10 * 1_048_576)
  expect((await (await asked).response())?.status()).toBe(201)
  await page.getByRole('img', { name: '照片 1' }).waitFor()
  expect(faults).toEqual([])
})

it('says so where the script of a page does not come, and brings it when asked again', async () => {
  const { page } = await loop.console('officer')
  await page.getByRole('heading', { name: '工作台' }).waitFor()
  await page.route('**/assets/shell-*.js', (route) => route.abort())
  await page.reload()
  await page.getByRole('alert').getByText('没有读取成功').waitFor()
  await page.unroute('**/assets/shell-*.js')
  await page.getByRole('link', { name: '再试一次' }).click()
  await page.getByRole('heading', { name: '工作台' }).waitFor()
})

it('says why somebody who was signed in is asked to sign in, and brings them back where they were', async () => {
  const { page, faults } = await loop.console('officer')
  await page.route('**/v1/sessions/refresh', (route) => route.fulfill({ status: 500, body: '' }))
  await page.goto('/admin/issues?overdue=1')
  await page.getByRole('alert').getByText('没有读取成功').waitFor()
  await page.getByRole('button', { name: '登录' }).waitFor()
  await page.unroute('**/v1/sessions/refresh')
  await page.getByRole('link', { name: '再试一次' }).click()
  await page.getByRole('heading', { name: '事项', level: 1 }).waitFor()
  expect(new URL(page.url()).search).toBe('?overdue=1')
  expect(await page.getByRole('alert').count()).toBe(0)
  expect(faults).toEqual([])
})

it('says so where something beside the main thing of a page could not be read, and reads it again', async () => {
  const { page, faults } = await loop.console('officer')
  const failing = ['**/v1/units?*', '**/v1/communities/*/duty/shifts?*']
  for (const read of failing) await page.route(read, (route) => route.fulfill({ status: 500, body: '' }))
  await page.goto('/admin/')
  const said = page.getByRole('alert').filter({ hasText: '有些内容没有读取成功' })
  await said.waitFor()
  const [today, unit] = [page.getByRole('list', { name: '今天' }), page.getByText('滨江物业服务中心')]
  expect(await today.getByRole('link', { name: /值班/ }).count()).toBe(0)
  expect(await unit.count()).toBe(0)
  for (const read of failing) await page.unroute(read)
  await said.getByRole('button', { name: '再试一次' }).click()
  await said.waitFor({ state: 'detached' })
  await today.getByRole('link', { name: /值班/ }).waitFor()
  await unit.first().waitFor()
  expect(faults).toEqual([])
})

const PARTS: [
  string,
  { script: string; at: string; press?: (page: Page) => Locator; part: (page: Page) => Locator },
][] = [
  [
    'the form of an action',
    {
      script: 'ActionDrawer',
      at: '/admin/',
      press: (page) => page.locator('main [data-action]').first(),
      part: (page) => page.getByRole('dialog').locator('form'),
    },
  ],
  [
    'the board',
    {
      script: 'IssueBoard',
      at: '/admin/issues',
      press: (page) => page.getByText('看板', { exact: true }),
      part: (page) => page.locator('.board'),
    },
  ],
  [
    'a chart',
    {
      script: 'charts/MonthChart',
      at: '/admin/statistics',
      part: (page) => page.locator('main [role=img] svg').first(),
    },
  ],
  [
    'what a term means',
    {
      script: 'help.zh',
      at: '/admin/statistics',
      press: (page) => page.getByRole('button', { name: /是什么意思$/ }).first(),
      part: (page) => page.locator('[popover] strong'),
    },
  ],
  [
    'the other language',
    {
      script: 'en',
      at: '/admin/',
      press: (page) => page.getByRole('button', { name: 'English' }),
      part: (page) => page.getByRole('heading', { name: 'Workbench' }),
    },
  ],
]
it.each(PARTS)(
  'says so where %s does not come, and brings it once the page is loaded anew',
  async (_, { script, at, press, part }) => {
    const { page } = await loop.console('officer')
    await page.route(`**/assets/${script}-*.js`, (route) => route.abort())
    await page.goto(at)
    await press?.(page).click()
    await page.getByRole('alert').getByText('没有读取成功').waitFor()
    expect(await part(page).count()).toBe(0)
    await page.unroute(`**/assets/${script}-*.js`)
    const loaded = page.waitForEvent('load')
    await page.getByRole('link', { name: '再试一次' }).click()
    await loaded
    if (script !== 'en') await press?.(page).click()
    await part(page).waitFor()
    await page.context().close()
  },
)

it('goes on saying so as long as the part is asked for, and not on other pages', async () => {
  const { page } = await loop.console('officer')
  await page.route('**/assets/BulkDrawer-*.js', (route) => route.abort())
  await page.goto('/admin/issues')
  await page
    .getByRole('checkbox', { name: /^选择 \d/ })
    .first()
    .click()
  await page.getByRole('button', { name: '一并办理' }).click()
  const said = page.getByRole('alert').getByText('没有读取成功')
  await said.waitFor()
  await page.getByText('只看超期').click()
  await page.waitForURL(/overdue=1/)
  expect(await said.count()).toBe(1)
  await page.getByRole('link', { name: '议事会', exact: true }).click()
  await page.getByRole('heading', { name: '议事会', level: 1 }).waitFor()
  expect(await said.count()).toBe(0)
  await page.goBack()
  await said.waitFor()
  await page.context().close()
})
