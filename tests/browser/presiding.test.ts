import { afterAll, beforeAll, expect, it } from 'vitest'
import { act, openEarly, picked, surely } from './hands.ts'
import { type Desk, openStage, PASSWORD, type Stage } from './open-browser.ts'
import { atWork, signInToConsole, signInToHall } from './open-loop.ts'

/** A member of the council who is no staff presides over one meeting: that lets them into its page, and into no other. */
let stage: Stage
let secretary: Desk
let id: string
beforeAll(async () => {
  stage = await openStage()
  secretary = await stage.desk()
  await signInToConsole(secretary.page, 'secretary')
})
afterAll(() => stage.close())

const choose = async ({ page }: Desk, what: string, name: string, button: string) => {
  await page.getByRole('combobox', { name: what }).click()
  await page.locator('.el-select-dropdown__item:visible', { hasText: name }).first().click()
  await page.getByRole('button', { name: button, exact: true }).click()
}
const staffOnly = (desk: Desk) => desk.page.getByRole('heading', { name: '这里是工作人员的工作台' })

it('lets in whom the secretary hands over to', async () => {
  const { page } = secretary
  await page.goto('/admin/meetings')
  await page.getByRole('link', { name: '居民议事会（公共空间）' }).first().click()
  await openEarly(page)
  for (const name of ['江玉珍', '宋兰英', '钱有为']) {
    await choose(secretary, '成员', name, '代为签到')
    await page.locator('.part li', { hasText: name }).first().waitFor()
  }
  // Where the signal goes, who comes in waits on the device, and is checked in as it is back.
  await atWork(page)
  await page.context().setOffline(true)
  await page.getByText('没有信号').first().waitFor()
  for (const name of ['石满仓', '彭国庆']) {
    await choose(secretary, '成员', name, '代为签到')
    await page.getByText(new RegExp(`${name}.*有信号后自动发送`)).waitFor()
  }
  expect(await page.getByText('达到法定人数', { exact: true }).count()).toBe(0)
  await page.context().setOffline(false)
  await page.getByText('达到法定人数', { exact: true }).waitFor()
  id = new URL(page.url()).pathname.split('/').at(-1) ?? ''
  const early = await stage.desk()
  await signInToConsole(early.page, 'representative')
  await early.page.goto(`/admin/meetings/${id}`)
  await staffOnly(early).waitFor()
  await choose(secretary, '移交给', '江玉珍', '移交主持')
  await page.locator('.head', { hasText: '江玉珍' }).waitFor()

  await early.page.goto(`/meetings/${id}`)
  await early.page.getByRole('link', { name: '您主持这次会议' }).click()
  await early.page.locator('.head .state', { hasText: '开会中' }).waitFor()
  expect(early.faults).toEqual([])
  await early.page.context().close()
})

/** Whoever moved something reads on their phone that it is being amended; the chair reads that it is to be put on record. */
const amendedOnPhones = async ({ page }: Desk) => {
  const phoneOf = async (username: string) => {
    const phone = await stage.desk()
    await signInToHall(phone.page, username)
    await phone.page.goto('/ballots')
    await phone.page.locator('.meeting', { hasText: '居民议事会（公共空间）' }).waitFor()
    return phone
  }
  const mover = await phoneOf('representative2')
  const chair = await phoneOf('representative')
  await page.getByLabel('表决内容').fill('健身场地夜间不开放')
  await page.getByText('先提出，修正之后再交付表决').click()
  await picked('宋兰英')(page.locator('.propose .el-form-item', { hasText: '动议人' }))
  await page.getByRole('button', { name: '提出表决' }).click()
  await page.getByRole('button', { name: '提出修正案' }).click()
  await page.getByLabel('修正后的全文').fill('健身场地夜间九点后不开放')
  await picked('钱有为')(page.locator('.moved .el-form-item', { hasText: '动议人' }))
  await page.getByRole('button', { name: '登记修正案' }).click()
  await mover.page.getByText('有人对您提出的表决内容提出修正').waitFor()
  await mover.picture('hall-amendment-mover')
  await chair.page.getByText('动议人接受的，由您登记').waitFor()
  await chair.picture('hall-amendment-chair')
  expect(await chair.page.getByRole('button', { name: '我接受这一修正' }).count()).toBe(0)
  await mover.page.getByRole('button', { name: '我接受这一修正' }).click()
  await chair.page.locator('.amendment').waitFor({ state: 'detached' })
  await page.getByText('原文：').waitFor()
  for (const { page: phone, faults } of [mover, chair]) {
    expect(faults).toEqual([])
    await phone.context().close()
  }
}

it('presides from the meeting’s page and its screen, and gets nowhere else', async () => {
  const chair = await stage.desk()
  const { page, picture } = chair
  await page.goto(`/admin/meetings/${id}`)
  await page.getByLabel('账号').fill('representative')
  await page.getByLabel('密码', { exact: true }).fill(PASSWORD)
  await page.getByRole('button', { name: '登录' }).click()
  await page.locator('.head .state', { hasText: '开会中' }).waitFor()
  expect(await page.getByRole('navigation').locator('li a').allTextContents()).toEqual([
    expect.stringContaining('会议'),
  ])
  await act(page, 'deliberate')
  await page.getByLabel('表决内容').fill('空地改为健身场地')
  await page.getByRole('button', { name: '提出表决' }).click()
  await page.getByRole('spinbutton', { name: '赞成' }).fill('4')
  await surely(page, '计票')
  await page.locator('.motion .state', { hasText: '通过' }).waitFor()
  await picture('console-presider')
  await amendedOnPhones(chair)
  // What else there is of the matter stands in the hall.
  const matter = page.locator('.agenda .item a').first()
  expect(await matter.getAttribute('href')).toMatch(/^\/matters\//)

  await page.goto(`/admin/meetings/${id}/screen`)
  await page.locator('figure .number').waitFor()
  for (const elsewhere of ['issues', 'meetings', 'council-members', 'orders', `meetings/${id}/minutes`, 'nowhere']) {
    await page.goto(`/admin/${elsewhere}`)
    await staffOnly(chair).waitFor()
  }

  await page.goto(`/admin/meetings/${id}`)
  await choose(chair, '移交给', '宋兰英', '移交主持')
  await staffOnly(chair).waitFor()
  await page.goto(`/admin/meetings/${id}`)
  await staffOnly(chair).waitFor()
  expect([...chair.faults, ...secretary.faults]).toEqual([])
})
