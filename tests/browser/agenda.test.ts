import type { Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest'
import { surely } from './hands.ts'
import { type Desk, PASSWORD } from './open-browser.ts'
import { type Loop, openLoop } from './open-loop.ts'

const PDF = Buffer.from('%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n')

let loop: Loop
const desks: Desk[] = []
beforeAll(async () => {
  loop = await openLoop()
})
afterAll(() => loop.close())
afterEach(async () => {
  const open = desks.splice(0)
  for (const { page } of open) await page.context().close()
  expect(open.flatMap(({ faults }) => faults)).toEqual([])
})
const at = async (where: 'console' | 'hall', username: string): Promise<Desk> => {
  const desk = await loop[where](username)
  desks.push(desk)
  return desk
}

async function openInPreparation(page: Page): Promise<void> {
  await page.goto('/admin/meetings')
  await page
    .locator('a', { hasText: '筹备中' })
    .or(page.locator('li, tr', { hasText: '筹备中' }).locator('a'))
    .first()
    .click()
}

/** Whoever is at work here signs out on another tab, and somebody else signs in on this one. */
async function changeShift(page: Page, to: string): Promise<void> {
  const other = await page.context().newPage()
  await other.goto('/admin/')
  await other.locator('.who').click()
  await other.getByRole('button', { name: '退出登录' }).click()
  await page.getByLabel('账号').fill(to)
  await page.getByLabel('密码', { exact: true }).fill(PASSWORD)
  await page.getByRole('button', { name: '登录' }).click()
  await page.waitForURL((url) => !url.pathname.endsWith('/sign-in'))
  await page.getByRole('heading', { level: 1 }).waitFor()
}

it('asks nobody else about a text whose author has gone', async () => {
  const { page } = await at('console', 'secretary')
  await openInPreparation(page)
  await page.getByRole('button', { name: '通报', exact: true }).click()
  await page.getByLabel(/^标题/).last().fill('联系张师傅 13812345678')
  const sent: string[] = []
  page.on('request', (request) => request.url().endsWith('/agenda') && sent.push(request.method()))
  await page.getByRole('button', { name: '保存议程', exact: true }).click()
  const doubt = page.getByRole('dialog', { name: '这些文字会公开' })
  await doubt.waitFor()
  const before = sent.length

  await changeShift(page, 'officer')
  expect(await doubt.count()).toBe(0)
  expect(sent.slice(before)).not.toContain('PUT')
})

it('says why a text was refused where the script does not come that would ask its author', async () => {
  const { page } = await at('console', 'secretary')
  await page.route('**/assets/ReviewDialog-*.js', (route) => route.abort())
  await openInPreparation(page)
  await page.getByRole('button', { name: '通报', exact: true }).click()
  await page.getByLabel(/^标题/).last().fill('联系张师傅 13812345678')
  await page.getByRole('button', { name: '保存议程', exact: true }).click()
  await page.getByRole('alert').getByText('个人信息').waitFor()
  // The form does not wait for an answer that nobody can give.
  const again = page.waitForRequest((request) => request.url().endsWith('/agenda') && request.method() === 'PUT')
  await page.getByRole('button', { name: '保存议程', exact: true }).click()
  await again
})

it('counts for nobody else what was unread by whoever was here before', async () => {
  const { page } = await at('console', 'officer')
  const count = page.locator('.bell .count')
  await count.waitFor()
  await page.route('**/v1/news/**', (route) => route.abort())
  await changeShift(page, 'secretary')
  await page.locator('.bell').waitFor()
  expect(await count.count()).toBe(0)
})

it('shows nobody else a photo that was open before they came', async () => {
  const { page } = await at('console', 'secretary')
  await page.goto('/admin/issues')
  await page.locator('[data-row]', { hasText: '中心花园步道地砖破损' }).click()
  await page
    .getByRole('button', { name: /照片 1/ })
    .first()
    .click()
  const viewer = page.getByRole('dialog', { name: '照片' })
  await viewer.getByRole('img').waitFor()
  // Also for a moment: the page that they come to would take it away again.
  await page.evaluate(`new MutationObserver((changes) => {
    const added = changes.flatMap((change) => [...change.addedNodes])
    if (added.some((node) => node.nodeName === 'DIALOG')) window.photoShown = true
  }).observe(document.body, { childList: true, subtree: true })`)
  await changeShift(page, 'officer')
  expect(await viewer.count()).toBe(0)
  expect(await page.evaluate('window.photoShown')).toBeUndefined()
})

it('puts a report with its paper before a meeting, for everybody to read beforehand', async () => {
  const { page, picture } = await at('console', 'secretary')
  await openInPreparation(page)
  await page.getByRole('button', { name: '报告', exact: true }).click()
  await page.getByLabel('标题 1').fill('电梯年度检验报告')
  await page.getByLabel('说明（可不填，公开） 1').fill('联系电梯公司 13812345678')
  await page.getByLabel('预定分钟 1').fill('15')
  await page.getByLabel('预定分钟 1').press('Tab')
  await page.getByRole('combobox', { name: '报告人 1' }).press('Enter')
  await page.locator('.el-select-dropdown__item:visible', { hasText: '其他人' }).click()
  await page.getByLabel('单位或身份（公开） 1').fill('电梯维保公司')
  await page.getByRole('button', { name: '通报', exact: true }).click()
  await page.getByLabel('标题 2').fill('汛期值班安排')
  await page.getByRole('button', { name: '第 2 项上移' }).click()
  await page.getByRole('button', { name: '保存议程' }).click()
  await page.getByRole('dialog', { name: '这些文字会公开' }).waitFor()
  await picture('console-agenda-doubtful')
  await page.getByRole('button', { name: '返回改写' }).click()
  await page.getByLabel('说明（可不填，公开） 2').fill('二十部电梯的检验结论和整改。')
  await page.getByRole('button', { name: '保存议程', exact: true }).click()
  const file = { name: '电梯检验报告.pdf', mimeType: 'application/pdf', buffer: PDF }
  await page.getByLabel('附材料 电梯年度检验报告').setInputFiles({ ...file, name: '业主 13812345678.pdf' })
  await page.getByRole('dialog', { name: '这些文字会公开' }).waitFor()
  await picture('console-paper-doubtful')
  await page.getByRole('button', { name: '返回改写' }).click()
  await page.getByLabel('附材料 电梯年度检验报告').setInputFiles(file)
  await page.getByRole('button', { name: '电梯检验报告', exact: true }).waitFor()
  await page
    .getByLabel('附材料 汛期值班安排')
    .setInputFiles({ ...file, name: 'page.pdf', buffer: Buffer.from('<html>') })
  await page.getByText('材料只支持 PDF').waitFor()
  await picture('console-agenda-draft')
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: '电梯检验报告', exact: true }).click(),
  ])
  expect(download.suggestedFilename()).toBe('电梯检验报告.pdf')

  // A colleague adds an item while something unsaved stands here: theirs is shown, and not saved over.
  const colleague = await at('console', 'officer')
  await colleague.page.goto(page.url())
  await colleague.page.getByRole('button', { name: '通报', exact: true }).click()
  await colleague.page.getByLabel('标题 3').fill('停水通知')
  await colleague.page.getByRole('button', { name: '保存议程', exact: true }).click()
  await colleague.page.getByLabel('附材料 停水通知').waitFor({ state: 'attached' })
  expect(await colleague.page.getByText('同事在此期间改过议程').count()).toBe(0)
  await page.getByLabel('标题 1').fill('汛期值班')
  await page.getByRole('button', { name: '保存议程', exact: true }).click()
  await page.getByText('同事在此期间改过议程').waitFor()
  expect(await page.getByLabel('标题 3').inputValue()).toBe('停水通知')
  await picture('console-agenda-replaced')
  await page.getByRole('button', { name: '保存议程', exact: true }).click()
  await page.getByText('同事在此期间改过议程').waitFor({ state: 'hidden' })

  const member = await at('hall', 'representative')
  await member.page.goto(page.url().replace('/admin', ''))
  const [own] = await Promise.all([
    member.page.waitForEvent('download'),
    member.page.getByRole('link', { name: /电梯检验报告/ }).click(),
  ])
  expect(own.suggestedFilename()).toBe('电梯检验报告.pdf')

  const id = /meetings\/([^/?#]+)/.exec(page.url())?.[1] as string
  await surely(page, '公告')
  await page.locator('.head .state', { hasText: '已公告' }).waitFor()
  const phone = await at('hall', 'resident')
  await phone.page.goto(`/meetings/${id}`)
  await phone.page.getByText('电梯维保公司').waitFor()
  await phone.picture('hall-agenda')
  const link = phone.page.getByRole('link', { name: /电梯检验报告/ })
  const answer = await phone.page.request.get(String(await link.getAttribute('href')))
  expect([answer.status(), answer.headers()['content-type']]).toEqual([200, 'application/pdf'])
})
