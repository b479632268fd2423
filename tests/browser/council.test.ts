import { afterAll, afterEach, beforeAll, expect, it } from 'vitest'
import { act, inState, openEarly, picked, surely } from './hands.ts'
import type { Desk } from './open-browser.ts'
import { type Loop, openLoop } from './open-loop.ts'

const MEMBERS = [
  'representative',
  ...[2, 3, 4, 5, 6].map((number) => `representative${number}`),
  'party_member',
  ...[2, 3, 4].map((number) => `party_member${number}`),
]

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

/** Draws a paper on the phone and casts it at once. */
async function castUnseen({ page }: Desk): Promise<void> {
  await page.goto('/ballots')
  await page.getByRole('link', { name: /充电棚由物业服务中心管理/ }).click()
  await page.getByRole('button', { name: '领取选票' }).click()
  await page.getByRole('button', { name: '赞成' }).click()
  await page.getByText('马上投出').click()
  await page.getByRole('button', { name: '投出', exact: true }).click()
  await page.locator('.token').waitFor()
}

it('holds a meeting whose members check in by the code on the screen', async () => {
  const { page, picture } = await at('console', 'secretary')
  await page.goto('/admin/meetings')
  await page.getByRole('link', { name: '议事会成员' }).click()
  await page.getByText('梁美华 的替补').waitFor()
  await picture('console-members')
  await page.getByRole('main').getByRole('link', { name: '议事会' }).click()
  await page
    .locator('a', { hasText: '已公告' })
    .or(page.locator('li, tr', { hasText: '已公告' }).locator('a'))
    .first()
    .click()
  await page.locator('.head .state', { hasText: '已公告' }).waitFor()
  await openEarly(page)
  await page.locator('.head .state', { hasText: '开会中' }).waitFor()

  // Its own window, as in the hall: of two tabs of one window a browser draws the hidden one once a second.
  const { page: screen } = await at('console', 'secretary')
  await screen.goto(await page.getByRole('link', { name: '会场大屏' }).getAttribute('href').then(String))
  const code = screen.locator('figure .number')
  await screen.getByText('未达到法定人数').waitFor()
  const id = /meetings\/([^/]+)\/screen/.exec(screen.url())?.[1] as string

  const [first, ...others] = MEMBERS as [string, ...string[]]
  const phone = await at('hall', first)
  await phone.page.goto(`/meetings/${id}/check-in#NOTTHECODE`)
  await phone.page.getByText('请重新扫描会场屏幕上的二维码').waitFor()
  await phone.picture('hall-check-in-refused')
  // Who cannot scan types the code, as it stands on the screen, on that page or beside their ballots.
  const type = async ({ page: hand }: Desk) => {
    await hand.getByLabel('会场屏幕上的签到码').fill(String(await code.textContent()).toLowerCase())
    await hand.getByRole('button', { name: '签到', exact: true }).click()
  }
  await type(phone)
  await phone.page.getByRole('heading', { name: '签到成功' }).waitFor()
  await phone.picture('hall-checked-in')
  const [second, ...rest] = others as [string, ...string[]]
  const other = await at('hall', second)
  await other.page.goto('/ballots')
  await other.page.getByLabel('会场屏幕上的签到码').waitFor()
  await other.picture('hall-check-in-by-code')
  await type(other)
  await other.page.getByLabel('会场屏幕上的签到码').waitFor({ state: 'detached' })
  const scan = async (desk: Desk) => {
    const shown = String(await code.textContent()).replaceAll(' ', '')
    await desk.page.goto(`/meetings/${id}/check-in#${shown}`)
    await desk.page.getByRole('heading', { name: '签到成功' }).waitFor()
  }
  const voters = [phone, other]
  for (const username of rest) {
    const desk = await at('hall', username)
    await scan(desk)
    if (voters.length < 6) voters.push(desk)
  }
  await screen.getByText('达到法定人数', { exact: true }).waitFor()
  await screen.locator('.class .number', { hasText: '6 / 6' }).waitFor()
  await picture('console-in-session')

  // A report first: heard within its time, noted, and not voted on.
  await page.getByRole('button', { name: '进行此项 第一季度物业服务情况报告' }).click()
  await screen.locator('.box').getByRole('timer').waitFor()
  await screen.getByRole('heading', { name: '第一季度物业服务情况报告' }).waitFor()
  await page.getByLabel('会中记录，起草纪要时写入 第一季度物业服务情况报告').fill('代表询问公共收益的使用。')
  await page.getByRole('button', { name: '保存记录' }).click()
  await page.getByRole('button', { name: '保存记录' }).waitFor({ state: 'detached' })
  await picture('console-report')
  if (process.env.SCREENSHOTS) await screen.screenshot({ path: `${process.env.SCREENSHOTS}/screen-report.png` })
  await page.getByRole('button', { name: '结束听取 第一季度物业服务情况报告' }).click()
  await page.getByText('已听取').waitFor()

  await act(page, 'deliberate')
  await page.locator('.given .el-select').last().click()
  await page.locator('.el-select-dropdown__item:visible').first().click()
  await page.getByRole('button', { name: '登记发言' }).click()
  await page.getByRole('button', { name: '请发言' }).click()
  await screen.locator('.floor').getByRole('timer').waitFor()
  // Moved first, amended by a vote, and then put.
  // What it says goes public: a telephone number is asked about first.
  await page.getByLabel('表决内容').fill('在六栋旁的空地增设电动车充电棚，找万师傅 13812345678')
  await page.getByRole('button', { name: '提出表决' }).click()
  await page.getByRole('dialog', { name: '这些文字会公开' }).getByText('〔电话〕').waitFor()
  await picture('console-motion-doubtful')
  await page.getByRole('button', { name: '返回改写' }).click()
  await page.getByLabel('表决内容').fill('在六栋旁的空地增设电动车充电棚')
  await page.getByText('先提出，修正之后再交付表决').click()
  await page.getByRole('button', { name: '提出表决' }).click()
  await screen.locator('.motion.moved').waitFor()
  await page.getByRole('button', { name: '提出修正案' }).click()
  const amendment = page.locator('.moved')
  await amendment.getByRole('button', { name: '登记修正案' }).click()
  await expect.poll(() => amendment.locator('.el-form-item__error').allTextContents()).toEqual(['与原文相同', '请选择'])
  await page.getByLabel('修正后的全文').fill('在六栋与七栋之间的空地增设电动车充电棚')
  await picked('钱有为')(page.locator('.moved .el-form-item', { hasText: '动议人' }))
  await page.getByRole('button', { name: '登记修正案' }).click()
  await page.getByText('修正案有定论之后，再交付表决。').waitFor()
  await page.getByRole('button', { name: '交付表决' }).click()
  await page.getByRole('button', { name: '开始表决' }).click()
  await screen.locator('.motion.open', { hasText: '修正案' }).waitFor()
  await picture('console-amendment')
  if (process.env.SCREENSHOTS) await screen.screenshot({ path: `${process.env.SCREENSHOTS}/screen-amendment.png` })
  await page.getByRole('spinbutton', { name: '赞成' }).fill('7')
  await surely(page, '计票')
  await page.getByText('原文：').waitFor()
  await page.getByRole('button', { name: '交付表决' }).click()
  await page.getByRole('button', { name: '开始表决' }).click()
  await screen.locator('.motion.open', { hasText: '六栋与七栋' }).waitFor()
  await screen.setViewportSize({ width: 1920, height: 1080 })
  if (process.env.SCREENSHOTS) await screen.screenshot({ path: `${process.env.SCREENSHOTS}/screen-voting.png` })
  await picture('console-voting')
  await page.getByRole('spinbutton', { name: '赞成' }).fill('8')
  await page.getByRole('spinbutton', { name: '反对' }).fill('1')
  await surely(page, '计票')
  await screen.locator('.motion.passed').waitFor()
  await page.getByRole('button', { name: 'English' }).click()
  await page.locator('.head .state', { hasText: 'In session' }).waitFor()
  await page.locator('.motion .state', { hasText: 'Passed' }).first().waitFor()
  expect(await page.locator('.head, .aside .class, .motion .quiet').allTextContents()).not.toContainEqual(
    expect.stringMatching(/开会中|居民代表|党员骨干|通过/),
  )
  await picture('console-in-english')
  await page.getByRole('button', { name: '中文' }).click()

  // A second motion, voted on unseen by six of the ten.
  await page.getByLabel('表决内容').fill('充电棚由物业服务中心管理，收费标准每年公布')
  await page.getByText('无记名投票', { exact: true }).click()
  await page.getByRole('button', { name: '提出表决' }).click()
  await screen.locator('.motion.open').waitFor()
  for (const desk of voters) await castUnseen(desk)
  await screen.getByText('6 / 10').waitFor()
  if (process.env.SCREENSHOTS) await screen.screenshot({ path: `${process.env.SCREENSHOTS}/screen-turnout.png` })
  await surely(page, '结束投票并计票')
  await expect.poll(() => page.locator('.motion .state', { hasText: '通过' }).count()).toBe(3)

  // A third, for which too few are left.
  await page.getByText('举手', { exact: true }).click()
  await page.getByLabel('表决内容').fill('另建一处摩托车充电棚')
  await page.getByRole('button', { name: '提出表决' }).click()
  await page.getByRole('spinbutton', { name: '赞成' }).waitFor()
  for (const name of ['彭国庆', '邓秋生', '万红霞']) await page.getByRole('button', { name: `${name} 离会` }).click()
  await screen.getByText('未达到法定人数').waitFor()
  await page.getByRole('spinbutton', { name: '赞成' }).fill('5')
  await surely(page, '计票')
  await page.locator('.motion .failure', { hasText: '法定人数' }).waitFor()
  await picture('console-no-quorum')
  await page.getByRole('button', { name: '撤回表决' }).click()
  const withdrawal = page.getByRole('dialog', { name: '撤回表决' })
  await withdrawal.getByLabel('撤回的理由').fill('到会人数不足')
  await withdrawal.getByRole('button', { name: '撤回表决' }).click()
  await page.locator('.motion .state', { hasText: '已撤回' }).waitFor()

  await act(page, 'adopt')
  await page.getByText('已议决').waitFor()
  await surely(page, '散会')
  await page.locator('.head .state', { hasText: '已散会' }).waitFor()

  // Its minutes: drafted, amended, confirmed, printed; and the matter goes to a unit.
  await page.getByRole('link', { name: '会议纪要' }).click()
  await page.getByRole('button', { name: '起草纪要' }).click()
  await page.getByRole('button', { name: '征求意见' }).click()
  await page.getByText('前核对纪要').waitFor()
  await page.getByText('代表询问公共收益的使用。').waitFor()
  await phone.page.goto(`/meetings/${id}/minutes`)
  await phone.page.getByRole('textbox', { name: '修改意见' }).fill('请写明充电棚的消防要求。')
  await phone.page.locator('form').getByRole('button').click()
  await phone.page.getByText('待答复').waitFor()
  await page.reload()
  await page.getByRole('button', { name: '答复', exact: true }).click()
  await page.getByLabel('改后的记录文字').fill('充电棚须符合消防要求，与住宅保持安全距离。')
  await page.getByLabel('答复内容').fill('已写明。')
  await page.getByRole('button', { name: '提交答复' }).click()
  await page.getByText('已采纳').waitFor()
  await loop.pass(4)
  const minutes = new URL(page.url()).pathname
  const confirm = async ({ page: at_ }: Desk, where: string) => {
    await at_.goto(where)
    await at_.getByRole('button', { name: '确认纪要' }).click()
    await at_.getByRole('button', { name: '确认纪要' }).waitFor({ state: 'detached' })
  }
  const chair = await at('console', 'secretary')
  await confirm(chair, minutes)
  for (const username of [first, second]) await confirm(await at('hall', username), minutes.replace('/admin', ''))
  await chair.page.reload()
  await chair.page.getByText('不再改动').waitFor()
  await chair.picture('console-minutes-locked')
  const [file] = await Promise.all([
    chair.page.waitForEvent('download'),
    chair.page.getByRole('button', { name: '下载 PDF' }).click(),
  ])
  if (process.env.SCREENSHOTS) await file.saveAs(`${process.env.SCREENSHOTS}/minutes.pdf`)
  expect(file.suggestedFilename()).toMatch(/^会议纪要-\d{4}-\d\d\.pdf$/)

  await chair.page
    .getByRole('link', { name: /^\d{4}-\d{6}$/ })
    .first()
    .click()
  await inState(chair.page, '已形成决议')
  const officer = await at('console', 'officer')
  await officer.page.goto(new URL(chair.page.url()).pathname)
  await act(officer.page, 'dispatch', { 主办单位: picked('滨江物业服务中心') })
  await inState(officer.page, '已派单')
})
