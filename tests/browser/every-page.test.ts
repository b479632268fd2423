import { afterAll, beforeAll, expect, it } from 'vitest'
import { accessFaults, everyPage, isTooWide, isTooWideInLargeType } from './every-page.ts'
import { type Loop, openLoop } from './open-loop.ts'

let loop: Loop
beforeAll(async () => {
  loop = await openLoop()
})
afterAll(() => loop.close())

/** Who is led to most of the pages. */
it('has no page of the secretary’s with a serious fault of access, nor one too wide for a phone', async () => {
  const { page, faults } = await loop.console('secretary')
  const found: Record<string, string[]> = {}
  let pages = 0
  for await (const address of everyPage(page)) {
    // What stands around every page is looked at once.
    const here = await accessFaults(page, pages++ === 0 ? 'html' : 'main')
    await page.setViewportSize({ width: 390, height: 844 })
    if (await isTooWide(page)) here.push('too wide for a phone')
    if (await isTooWideInLargeType(page)) here.push('too wide for a phone in large type')
    await page.setViewportSize({ width: 1440, height: 900 })
    if (here.length > 0) found[address] = here
  }
  expect(found).toEqual({})
  expect(faults).toEqual([])
  expect(pages).toBeGreaterThan(20)
})
