import { afterAll, beforeAll, expect, it } from 'vitest'
import { type Desk, openStage, type Stage } from './open-browser.ts'
import { signInToConsole } from './open-loop.ts'

/** The council's calendar from the rule to the phone: staff in the console, a member and a passer-by in the hall. */
let stage: Stage
let staff: Desk
beforeAll(async () => {
  stage = await openStage()
  staff = await stage.desk()
  await signInToConsole(staff.page, 'officer')
})
afterAll(() => stage.close())

const PHONE = { width: 390, height: 844 }

it('sets up a monthly series whose dates are seen before it is saved', async () => {
  const { page, picture } = staff
  await page.goto('/admin/meetings')
  await page.getByRole('heading', { name: '例会', exact: true }).waitFor()
  await page.getByText('居民议事会（月度）').first().waitFor()
  await picture('console-meetings')
  await page.getByRole('button', { name: '设立例会' }).click()
  const dialog = page.getByRole('dialog', { name: '设立例会' })
  await dialog.getByLabel('会议名称').fill('楼栋长例会')
  await dialog.getByLabel('地点').fill('三号楼架空层')
  await dialog.getByText('每月第几个星期几', { exact: true }).click()
  await dialog.getByText('接下来的日期').waitFor()
  expect(await dialog.locator('.dates li').count()).toBeGreaterThanOrEqual(11)
  await picture('console-series-editor')
  await dialog.getByRole('button', { name: '保存' }).click()
  await dialog.waitFor({ state: 'hidden' })
  const made = page.locator('.series', { hasText: '楼栋长例会' })
  await made.getByText('每月第 1 个星期六 19:00').waitFor()
  // Its first meeting stands in the list at once, as a draft.
  await made.getByRole('link').first().click()
  await page.getByRole('heading', { name: '楼栋长例会' }).waitFor()
  await page.getByText('属于例会“楼栋长例会”').waitFor()
  await picture('console-draft')
})

it('shows who comes, and tells them of another place', async () => {
  const { page, picture } = staff
  await page.goto('/admin/meetings')
  await page.getByRole('link', { name: '居民议事会（公共空间）' }).first().click()
  await page.getByText('抢修值班，尽量赶到').waitFor()
  await page.getByText('特邀：太平寺社区、滨江物业服务中心').waitFor()
  await picture('console-invitations')
  await page.getByRole('button', { name: '特邀社区和单位' }).click()
  const guests = page.getByRole('dialog', { name: '特邀社区和单位' })
  await guests.getByText('太平寺社区').waitFor()
  await picture('console-guests')
  await guests.getByRole('button', { name: '取消' }).click()
  await page.getByRole('button', { name: '修改会议' }).click()
  const change = page.getByRole('dialog', { name: '修改会议' })
  await change.getByLabel('地点').fill('社区议事厅（二楼）')
  await change.getByRole('button', { name: '保存' }).click()
  await change.waitFor({ state: 'hidden' })
  await page.getByText('社区议事厅（二楼）').waitFor()
})

it('asks why where a notice would be late', async () => {
  const { page, picture } = staff
  await page.goto('/admin/meetings')
  await page.getByRole('button', { name: '筹备会议' }).click()
  const dialog = page.getByRole('dialog', { name: '筹备会议' })
  await dialog.getByRole('button', { name: '筹备会议' }).click()
  await expect
    .poll(() => dialog.locator('.el-form-item__error').allTextContents())
    .toEqual(['请填写', '请选择', '请填写'])
  await dialog.getByLabel('会议名称').fill('防汛临时会')
  await dialog.getByLabel('地点').fill('社区议事厅')
  const tomorrow = new Date(Date.now() + 32 * 3_600_000).toISOString().slice(0, 10)
  await dialog.getByLabel('时间').fill(`${tomorrow} 19:00`)
  await dialog.getByLabel('时间').press('Enter')
  await dialog.getByRole('button', { name: '筹备会议' }).click()
  await page.getByRole('heading', { name: '防汛临时会' }).waitFor()
  await page.getByRole('button', { name: '公告', exact: true }).click()
  const why = page.getByRole('dialog', { name: '公告不足规定天数' })
  await why.getByLabel('理由（公开）').fill('明晚有大到暴雨')
  await picture('console-late')
  await why.getByRole('button', { name: '公告' }).click()
  // Late with a reason it would be, but not with nothing to deliberate on.
  await why.getByText('请先编排议程，再公告').waitFor()
})

it('gives an address of one’s own once, and ends the one before', async () => {
  const { page, picture } = staff
  await page.goto('/admin/meetings')
  await page.getByRole('button', { name: '日历订阅' }).click()
  const dialog = page.getByRole('dialog', { name: '日历订阅' })
  await dialog.getByRole('button', { name: '生成地址' }).click()
  const address = dialog.getByLabel('我受邀的会议')
  const first = await address.inputValue()
  await picture('console-calendar')
  const feed = await page.request.get(first)
  expect([feed.status(), (await feed.text()).slice(0, 15)]).toEqual([200, 'BEGIN:VCALENDAR'])
  await dialog.getByRole('button', { name: '更换地址' }).click()
  await page.getByRole('tooltip').getByRole('button', { name: '更换地址' }).click()
  await expect.poll(() => address.inputValue()).not.toBe(first)
  expect((await page.request.get(first)).status()).toBe(404)
})

it('lets everybody read a meeting in the hall, and a member answer it', async () => {
  const passer = await stage.desk(PHONE)
  await passer.page.goto('/')
  await passer.page.getByRole('heading', { name: '议事会' }).waitFor()
  await passer.page.getByRole('link', { name: '居民议事会（公共空间）' }).waitFor()
  await passer.picture('hall-home')
  await passer.page.getByRole('link', { name: '全部会议' }).click()
  await passer.page.getByRole('heading', { name: '以往会议' }).waitFor()
  await passer.page.getByText('加入日历').click()
  await passer.picture('hall-meetings')
  await passer.page.getByRole('link', { name: '居民议事会（无障碍改造）' }).click()
  await passer.page.getByText('到会 7 人：赞成 6，反对 0，弃权 1').waitFor()
  await passer.page.getByText('居民代表 4/6 人，党员骨干 3/4 人').waitFor()
  await passer.picture('hall-meeting-past')

  const member = await stage.desk(PHONE)
  await signInToConsole(member.page, 'party_member')
  await member.page.goto('/')
  await member.page.getByRole('link', { name: /邀请您参加“居民议事会（公共空间）”/ }).click()
  await member.page.getByRole('textbox', { name: '说明' }).fill('晚到十分钟')
  await member.page.getByRole('button', { name: '参加', exact: true }).click()
  await member.page.getByText('已答复：参加').waitFor()
  await member.page.locator('[data-answer=accepted][aria-pressed=true]').waitFor()
  await member.picture('hall-answered')

  const { page } = staff
  await page.goto('/admin/meetings')
  await page.getByRole('link', { name: '居民议事会（公共空间）' }).first().click()
  await page.getByText('晚到十分钟').waitFor()
  expect([...staff.faults, ...member.faults, ...passer.faults]).toEqual([])
})
