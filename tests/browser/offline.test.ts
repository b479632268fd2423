import { afterAll, beforeAll, expect, it } from 'vitest'
import { keepPictures } from './open-browser.ts'
import { type Loop, openLoop } from './open-loop.ts'

let loop: Loop
beforeAll(async () => {
  loop = await openLoop()
})
afterAll(() => loop.close())

it('opens again in a cellar, with the orders as they were seen last', async () => {
  const { page } = await loop.phone('unit_handler', { keeps: true })
  const context = page.context()
  const order = page.getByRole('link', { name: '垃圾桶满溢' })
  await order.click()
  await page.locator('.actions').waitFor()
  // Installable: a manifest whose pictures are there, and a worker that holds the whole console.
  const manifest = await page.evaluate<{ scope: string; icons: string[] }>(`(async () => {
    const link = document.querySelector('link[rel=manifest]')
    const { scope, icons } = await (await fetch(link.href)).json()
    return { scope, icons: await Promise.all(icons.map(async ({ src }) => (await fetch(new URL(src, link.href))).headers.get('content-type'))) }
  })()`)
  expect(manifest).toEqual({ scope: '/admin/', icons: ['image/png', 'image/png', 'image/png'] })
  await page.evaluate('navigator.serviceWorker.ready.then(() => undefined)')

  await context.setOffline(true)
  await page.close()
  const cellar = await context.newPage()
  const picture = keepPictures(cellar)
  await cellar.goto('/admin/work')
  await cellar.getByText('没有信号。').waitFor()
  await cellar.getByText(/显示的是 .* 读到的内容/).waitFor()
  await picture('phone-cellar-orders')
  await cellar.getByRole('link', { name: '垃圾桶满溢' }).click()
  await cellar.locator('.actions').waitFor()
  await picture('phone-cellar-order')
})
