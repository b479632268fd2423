import { readFileSync } from 'node:fs'
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest'
import { inState } from './hands.ts'
import type { Desk } from './open-browser.ts'
import { type Loop, openLoop } from './open-loop.ts'

const MEETING = '居民议事会（无障碍改造）'

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

it('brings the minutes of a meeting from an amendment to their final text, and its resolution to the unit', async () => {
  const officer = await at('console', 'officer')
  const { page } = officer
  await page.goto('/admin/meetings')
  await page.getByRole('link', { name: MEETING }).click()
  await page.getByRole('heading', { name: '前次决议落实情况' }).waitFor()
  await page.getByText('中心花园增设庭院灯').waitFor()
  await officer.picture('console-meeting-ended')
  await page.getByRole('link', { name: '会议纪要' }).click()
  await page.getByText('有 1 条修改意见等您答复').waitFor()
  await page.getByRole('button', { name: '去答复' }).click()
  const note = page.getByLabel('改后的记录文字')
  await note.fill('现场勘查：门前台阶四级。联系人电话 13912345678。')
  await page.getByLabel('答复内容').fill('已写明坡度。')
  await page.getByRole('button', { name: '提交答复' }).click()
  await page.getByText('建议改为：现场勘查：门前台阶四级。联系人电话 〔电话〕。').waitFor()
  await officer.picture('console-minutes-doubted')
  await page.getByRole('button', { name: '返回改写' }).click()
  await note.fill('现场勘查：门前台阶四级，坡道坡度不大于 1:12。')
  await page.getByRole('button', { name: '提交答复' }).click()
  await page.getByText('已采纳').waitFor()
  await officer.picture('console-minutes-amending')
  const place = new URL(page.url()).pathname.replace('/admin', '')
  await page.getByRole('button', { name: '退回修改' }).click()
  const back = page.getByRole('dialog', { name: '退回修改' })
  await back.getByLabel('退回的理由').fill('漏记下次会议的时间')
  await back.getByRole('button', { name: '退回修改' }).click()
  await page.getByLabel('其他事项').fill('下次会议四月上旬召开。')
  expect(await page.getByRole('button', { name: '征求意见' }).isDisabled()).toBe(true)
  await officer.picture('console-minutes-draft')
  await page.getByRole('button', { name: '保存文字' }).click()
  await page.locator('.el-message', { hasText: '文字已保存' }).waitFor()
  await page.getByRole('button', { name: '征求意见' }).click()
  await page.getByText('前核对纪要').waitFor()

  const representative = await at('hall', 'representative')
  await representative.page.goto(place.replace('/minutes', ''))
  await representative.page.getByRole('link', { name: '会议纪要' }).waitFor()
  await representative.picture('hall-meeting-ended')
  await representative.page.getByRole('link', { name: '会议纪要' }).click()
  await representative.page.getByText('坡道坡度不大于 1:12').waitFor()
  await representative.picture('hall-minutes-amending')

  await loop.pass(4)
  const secretary = await at('console', 'secretary')
  await secretary.page.goto(`/admin${place}`)
  await secretary.page.getByText('征求意见已结束，请确认纪要').waitFor()
  await secretary.picture('console-minutes-confirm')
  await secretary.page.getByRole('button', { name: '确认纪要' }).click()
  await secretary.page.getByText('主持人已确认；到会成员还差 2 名').waitFor()
  for (const member of [representative, await at('hall', 'party_member')]) {
    await member.page.goto(place)
    await member.page.getByRole('button', { name: '确认纪要' }).click()
    // The button loses its words while it is sent; this goes once it was.
    await member.page.getByText('请您确认纪要').waitFor({ state: 'detached' })
  }
  await representative.page.reload()
  await representative.page.getByText('不再改动').waitFor()
  await representative.picture('hall-minutes-final')

  await page.goto(`/admin${place}`)
  await page.getByText('不再改动').waitFor()
  await officer.picture('console-minutes-final')
  const [file] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: '下载 PDF' }).click(),
  ])
  expect(file.suggestedFilename()).toMatch(/^会议纪要-\d{4}-\d\d\.pdf$/)
  expect(
    readFileSync(await file.path())
      .subarray(0, 5)
      .toString(),
  ).toBe('%PDF-')

  await page
    .getByRole('link', { name: /^\d{4}-\d{6}$/ })
    .first()
    .click()
  await inState(page, '已形成决议')
  await page.getByRole('heading', { name: '议事会决议' }).waitFor()
  await representative.page.goto(`/matters/${page.url().split('/').at(-1)}`)
  await representative.page.getByRole('link', { name: /^纪要/ }).waitFor()
  await representative.picture('hall-resolution')
  await representative.page.getByRole('link', { name: /^纪要/ }).click()
  await representative.page.getByText('不再改动').waitFor()
  await officer.picture('console-resolution')
  await page.locator('[data-action="dispatch"]').click()
  const drawer = page.getByRole('dialog', { name: '派单' })
  await drawer.getByText('滨江苑社区居委会').waitFor()
  expect(await drawer.getByLabel('办理要求').inputValue()).toContain('按议事会决议（纪要')
  await officer.picture('console-dispatch-prefilled')
  await drawer.locator('.el-drawer__footer .el-button--primary').click()
  await inState(page, '已派单')
})
