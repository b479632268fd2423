import { afterAll, beforeAll, expect, it } from 'vitest'
import { openStage, type Stage } from './open-browser.ts'

let stage: Stage
beforeAll(async () => {
  stage = await openStage()
})
afterAll(() => stage.close())

it('shows the API reference, complete, from this machine alone', async () => {
  const { page, faults, picture } = await stage.desk()
  await page.goto('/docs')
  const heading = page.getByRole('link', { name: '事项动作', exact: true })
  await heading.waitFor()
  await heading.click()
  await page.locator('[data-path$="/actions/accept"]').waitFor()
  expect(faults).toEqual([])
  await picture('reference')
})
