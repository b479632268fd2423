import type { Locator } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type Desk, openStage, type Stage } from './open-browser.ts'
import { signInToConsole } from './open-loop.ts'

/** Seats of the council given and taken in the console, by the keyboard alone. */
let stage: Stage
let officer: Desk
let secretary: Desk
beforeAll(async () => {
  stage = await openStage()
  officer = await stage.desk()
  secretary = await stage.desk()
  await signInToConsole(officer.page, 'officer')
  await signInToConsole(secretary.page, 'secretary')
})
afterAll(() => stage.close())

/** As somebody does who has no mouse. */
async function tabTo(where: Locator) {
  const page = where.page()
  await where.waitFor()
  for (let step = 0; step < 120; step += 1) {
    if (await where.evaluate((element) => element.matches(':focus'))) return
    await page.keyboard.press('Tab')
  }
  throw new Error('no way there by the keyboard')
}
async function press(where: Locator) {
  await tabTo(where)
  await where.page().keyboard.press('Enter')
}
async function type(where: Locator, text: string) {
  await tabTo(where)
  await where.page().keyboard.type(text)
}
const button = (on: { getByRole: Desk['page']['getByRole'] }, name: string) =>
  on.getByRole('button', { name, exact: true })
const members = ({ page }: Desk) => page.locator('.classes')
const waiting = ({ page }: Desk) => page.locator('section', { hasText: '待批准的任命' })
const history = ({ page }: Desk) => page.locator('section', { hasText: '历任' })

async function approve(name: string) {
  await secretary.page.goto('/admin/council-members')
  await secretary.page.getByRole('navigation').locator('[aria-current]', { hasText: '议事会' }).waitFor()
  await waiting(secretary).getByText(name).first().waitFor()
  const before = await waiting(secretary).locator('li').count()
  await press(waiting(secretary).getByRole('button', { name: `批准${name}的任命` }))
  await expect.poll(() => waiting(secretary).locator('li').count()).toBe(before - 1)
}

it('appoints a member whom another person approves', async () => {
  const { page, picture } = officer
  await page.goto('/admin/meetings')
  await press(page.getByRole('link', { name: '议事会成员' }))
  await page.getByRole('heading', { name: '议事会成员' }).waitFor()
  await picture('console-seats')
  await press(button(page, '任命成员'))
  const dialog = page.getByRole('dialog', { name: '任命成员' })
  await type(dialog.getByLabel('电话号码'), '13855560001')
  await page.keyboard.press('Enter')
  await dialog.getByText('没有登记这个号码').waitFor()
  await type(dialog.getByLabel('姓名'), '纪秀珍')
  await press(button(dialog, '登记'))
  await dialog.getByText('纪*').waitFor()
  // From the checked class to the other one.
  await tabTo(dialog.getByRole('radio', { name: '居民代表' }))
  await page.keyboard.press('ArrowRight')
  expect(await dialog.getByRole('radio', { name: '党员骨干' }).isChecked()).toBe(true)
  await type(dialog.getByLabel('任期止（含当日）'), '2031-12-31')
  await page.keyboard.press('Enter')
  await type(dialog.getByLabel('任命的理由'), '支部大会推选')
  await picture('console-seat-appoint')
  await press(button(dialog, '提出任命'))
  await dialog.waitFor({ state: 'hidden' })
  const own = waiting(officer).locator('li', { hasText: '支部大会推选' })
  await own.getByText('您于').waitFor()
  // Nobody approves what they asked for.
  expect(await own.getByRole('button', { name: /批准/ }).count()).toBe(0)
  expect(await members(officer).getByText('纪秀珍').count()).toBe(0)

  await secretary.page.goto('/admin/council-members')
  await waiting(secretary).getByText('支部大会推选').waitFor()
  await secretary.picture('console-seats-waiting')
  await approve('纪*')
  const seat = members(secretary).locator('li', { hasText: '纪秀珍' })
  await seat.getByText('– 2031-12-31').waitFor()
})

it('appoints a deputy for a member, and refuses a proposal with the reason', async () => {
  const { page } = officer
  await page.goto('/admin/council-members')
  for (const [phone, name] of [
    ['13855560002', '汪替补'],
    ['13855560003', '黄替补'],
  ] as const) {
    await press(button(page, '为纪秀珍任命替补'))
    const dialog = page.getByRole('dialog', { name: '为纪秀珍任命替补' })
    await type(dialog.getByLabel('电话号码'), phone)
    await page.keyboard.press('Enter')
    await type(dialog.getByLabel('姓名'), name)
    await page.keyboard.press('Enter')
    await dialog.getByText(/^.\*+$/).waitFor()
    await type(dialog.getByLabel('任命的理由'), '本人推荐')
    await press(button(dialog, '提出任命'))
    await dialog.waitFor({ state: 'hidden' })
  }
  await approve('汪*')
  await members(secretary).locator('li', { hasText: '纪秀珍' }).getByText('替补：汪替补').waitFor()

  const other = waiting(secretary).locator('li', { hasText: '黄*' })
  await press(button(other, '不批准'))
  const dialog = secretary.page.getByRole('dialog', { name: '不批准' })
  await type(dialog.getByLabel('理由'), '已有替补')
  await press(button(dialog, '不批准'))
  await other.waitFor({ state: 'detached' })
})

it('ends a seat early, and still knows who was a member when', async () => {
  const { page, picture } = secretary
  await press(button(members(secretary), '提前终止纪秀珍的任期'))
  const dialog = page.getByRole('dialog', { name: '提前终止纪秀珍的任期' })
  await type(dialog.getByLabel('理由'), '迁出本社区')
  await press(button(dialog, '提前终止'))
  await dialog.waitFor({ state: 'hidden' })
  await members(secretary).getByText('纪秀珍').waitFor({ state: 'detached' })
  await history(secretary).getByText('提前终止：迁出本社区').waitFor()
  await picture('console-seats-ended')

  // Long before anybody had a seat.
  await type(page.getByRole('combobox', { name: '某日在任' }), '2020-01-01')
  await page.keyboard.press('Enter')
  await page.getByText('还没有成员').waitFor()
})

it('shows no list to staff who neither sit nor organize, and no buttons to a member', async () => {
  const supervisor = await stage.desk()
  await signInToConsole(supervisor.page, 'supervisor')
  await supervisor.page.goto('/admin/council-members')
  await supervisor.page.getByText('成员名单只给议事会成员和组织会议的工作人员看').waitFor()
  expect(await supervisor.page.getByRole('button', { name: '任命成员' }).count()).toBe(0)
  // Whatever such an address names: not to be tried again.
  for (const address of ['meetings/nonsense', 'issues/340803002001-nonsense']) {
    await supervisor.page.goto(`/admin/${address}`)
    await supervisor.page.getByText('没有找到，或者您不能查看').waitFor()
    expect(await supervisor.page.getByRole('button', { name: '再试一次' }).count()).toBe(0)
  }
  expect([...officer.faults, ...secretary.faults, ...supervisor.faults]).toEqual([])
})
