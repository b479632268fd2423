import { ACTIONS, type Action } from '@tongxin/lifecycle'
import type { Locator, Page } from 'playwright-core'
import { expect, vi } from 'vitest'
import type { Desk } from './open-browser.ts'

export const aDotOfPaint = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
)

/** How one field of a form is filled in by hand. */
type Fill = (item: Locator) => Promise<void>

export const typed =
  (text: string): Fill =>
  (item) =>
    item.locator('input, textarea').first().fill(text)
export const ticked =
  (option: string): Fill =>
  async (item) => {
    await item.getByText(option, { exact: true }).click()
    await item.locator('label:has(:checked), [aria-checked=true]', { hasText: option }).waitFor({ timeout: 3_000 })
  }
const entries = (item: Locator) => item.page().locator('.el-select-dropdown__item:visible')
/** What a list says is chosen: what was only typed into its search stands elsewhere. */
const isChosen = (item: Locator, option: string) =>
  item
    .locator('.el-select__selected-item:not(.el-select__input-wrapper)', { hasText: option })
    .waitFor({ timeout: 3_000 })
/** A list that moved under the pointer as the page came to rest is opened once more. */
const untilChosen = (choosing: () => Promise<void>) => vi.waitFor(choosing, { timeout: 20_000, interval: 100 })

/** Chooses the first entry that holds the text. */
export const choose = (select: Locator, option: string): Promise<void> =>
  untilChosen(async () => {
    await select.click()
    await entries(select).filter({ hasText: option }).first().click({ timeout: 3_000 })
    await isChosen(select, option)
  })
/** From a list that opens. */
export const picked =
  (option: string): Fill =>
  (item) =>
    choose(item.locator('.el-select'), option)
/** From a list that is searched by what is typed, which opens it, once what does not fit has gone. */
export const searched =
  (text: string): Fill =>
  (item) =>
    untilChosen(async () => {
      const search = item.locator('.el-select input')
      await search.fill('')
      await search.fill(text)
      await entries(item).filter({ hasText: text }).first().waitFor({ timeout: 3_000 })
      await expect.poll(() => entries(item).filter({ hasNotText: text }).count()).toBe(0)
      await entries(item).filter({ hasText: text }).first().click({ timeout: 3_000 })
      await isChosen(item, text)
    })

/** A date so many days ahead, as the picker shows it: Beijing time. */
export const inDays =
  (days: number): Fill =>
  async (item) => {
    const wall = new Date(Date.now() + 8 * 3_600_000 + days * 86_400_000).toISOString()
    const input = item.locator('.el-date-editor input').first()
    await input.fill(wall.slice(0, 16).replace('T', ' '))
    await input.press('Enter')
  }

/** A photo, once it has arrived. */
export const photographed =
  (picture: Buffer): Fill =>
  async (item) => {
    const file = { name: 'photo.png', mimeType: 'image/png', buffer: picture }
    await item.locator('input[type=file]').setInputFiles(file)
    await item.getByRole('img', { name: '照片 1' }).waitFor()
  }

const exactly = (label: string) => new RegExp(`^\\s*${label}\\s*(（可不填）)?$`)

/** Presses a button of a step that cannot be taken back, and goes on when asked. */
export const surely = async (page: Page, step: string, within: Page | Locator = page): Promise<void> => {
  await within.getByRole('button', { name: step, exact: true }).click()
  await page.getByRole('dialog', { name: step }).getByRole('button', { name: step, exact: true }).click()
}

/** Opens a meeting that was called for later: it is brought forward first, saying why. */
export const openEarly = async (page: Page): Promise<void> => {
  await page.getByRole('button', { name: '修改会议' }).click()
  const change = page.getByRole('dialog', { name: '修改会议' })
  await inDays(0)(change)
  await change.getByRole('button', { name: '保存' }).click()
  await change.getByLabel('理由').fill('事情紧急')
  await change.getByRole('button', { name: '保存' }).click()
  await change.waitFor({ state: 'hidden' })
  await page.getByRole('button', { name: '开会', exact: true }).click()
}

/** Takes an action in the console, as its form asks; of several buttons for it the one within `at`. */
export async function act(at: Page | Locator, action: Action, fields: Record<string, Fill> = {}): Promise<void> {
  await at.locator(`[data-action="${action}"]`).click()
  const page = 'page' in at ? at.page() : at
  const drawer = page.getByRole('dialog', { name: ACTIONS[action].zh })
  for (const [label, fill] of Object.entries(fields)) {
    const named = page.locator('.el-form-item__label', { hasText: exactly(label) })
    await fill(drawer.locator('.el-form-item').filter({ has: named }))
  }
  await drawer.locator('.el-drawer__footer .el-button--primary').click()
  await gone(drawer)
}

/** A form that was sent; one that stays open says in the test's report what it asks for. */
async function gone(form: Locator): Promise<void> {
  try {
    await form.waitFor({ state: 'hidden' })
  } catch (cause) {
    throw new Error(`the form stayed open: ${await form.textContent()}`, { cause })
  }
}

/** The matter's page in the console, once it says this state. */
export async function inState(page: Page, state: string): Promise<void> {
  await page.locator('.head .stage-mark .state', { hasText: state }).waitFor()
}

export async function openMatter({ page }: Desk, id: string, state: string): Promise<void> {
  await page.goto(`/admin/issues/${id}`)
  await inState(page, state)
}

/** Opens the matter until it says this state: what comes by itself comes by a job. */
export async function comesTo({ page }: Desk, id: string, state: string): Promise<void> {
  const mark = page.locator('.head .stage-mark .state')
  const look = async () => {
    await page.goto(`/admin/issues/${id}`)
    return mark.textContent()
  }
  await expect.poll(look, { timeout: 60_000, interval: 500 }).toContain(state)
}

/** Takes an action in the hall, as its sheet asks. */
export async function actInHall({ page }: Desk, action: Action, fields: Record<string, Fill> = {}): Promise<void> {
  await page.locator(`[data-action="${action}"]`).click()
  const sheet = page.getByRole('dialog', { name: ACTIONS[action].zh })
  for (const [label, fill] of Object.entries(fields)) {
    await fill(sheet.locator('fieldset').filter({ has: page.locator('legend', { hasText: exactly(label) }) }))
  }
  await sheet.getByRole('button', { name: '提交' }).click()
  await gone(sheet)
}

/** Raises a matter in the hall and returns its id. */
export async function raise(
  { page }: Desk,
  matter: { kind: string; title: string; body: string; photo?: Buffer },
): Promise<string> {
  await page.goto('/raise')
  await page.getByRole('radio', { name: new RegExp(matter.kind) }).click()
  await page.locator('input[name=title]').fill(matter.title)
  await page.locator('textarea[name=body]').fill(matter.body)
  if (matter.photo) {
    await page
      .locator('input[type=file]')
      .setInputFiles({ name: 'photo.png', mimeType: 'image/png', buffer: matter.photo })
    await page.getByRole('img', { name: '照片 1' }).waitFor()
  }
  await page.getByRole('button', { name: '提交' }).click()
  const follow = page.getByRole('link', { name: '查看这件事的进度' })
  const address = await follow.getAttribute('href')
  await follow.click()
  await page.getByRole('heading', { name: matter.title }).waitFor()
  return (address ?? '').split('/').at(-1) ?? ''
}
