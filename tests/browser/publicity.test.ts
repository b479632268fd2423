import { afterAll, beforeAll, expect, it } from 'vitest'
import {
  act,
  actInHall,
  aDotOfPaint,
  inState,
  openMatter,
  photographed,
  picked,
  raise,
  searched,
  ticked,
  typed,
} from './hands.ts'
import type { Desk } from './open-browser.ts'
import { type Loop, openLoop } from './open-loop.ts'

let loop: Loop
beforeAll(async () => {
  loop = await openLoop()
})
afterAll(() => loop.close())

const review = ({ page }: Desk) => page.getByRole('region', { name: '个人信息核对' })
const publicText = ({ page }: Desk) => page.locator('.el-form-item', { hasText: '公开内容' }).locator('textarea')

it('takes personal data out before anybody’s eyes, checks on site from a phone, and shows it on the board', async () => {
  const [resident, officer, unit] = [
    await loop.hall('resident'),
    await loop.console('officer'),
    await loop.console('unit_handler'),
  ]
  const id = await raise(resident, {
    kind: '问题',
    title: '五栋楼道灯不亮',
    body: '我是王小明，家住5栋2单元501室，电话13812345678，楼道灯坏了。',
    photo: aDotOfPaint,
  })

  await openMatter(officer, id, '已提交')
  await act(officer.page, 'accept', {
    类别: searched('楼道照明'),
    紧急程度: ticked('一般'),
    办理路径: ticked('直接办理'),
    公开内容: async () => {
      const marked = review(officer).getByRole('button', { pressed: true })
      expect(await marked.allInnerTexts()).toEqual(['王小明姓名', '2单元501室门牌', '13812345678电话'])
      await marked.nth(1).click()
      await expect.poll(() => publicText(officer).inputValue()).toContain('5栋2单元501室，电话〔电话〕')
      await officer.picture('console-review')
      await review(officer)
        .getByRole('button', { name: /保留公开/ })
        .click()
      await expect
        .poll(() => publicText(officer).inputValue())
        .toBe('我是某某，家住5栋〔门牌〕，电话〔电话〕，楼道灯坏了。')
    },
  })
  await inState(officer.page, '已受理')
  await officer.picture('console-accepted')
  await officer.page.getByText('公开内容 · 隐去 姓名 1 · 电话 1 · 门牌 1').waitFor()
  await act(officer.page, 'dispatch', { 主办单位: picked('滨江物业服务中心') })
  await inState(officer.page, '已派单')

  await openMatter(unit, id, '已派单')
  await act(unit.page, 'sign')
  await inState(unit.page, '办理中')
  await unit.page.locator('[data-action="submit"]').click()
  const drawer = unit.page.getByRole('dialog', { name: '办结申报' })
  const send = drawer.getByRole('button', { name: '办结申报' })
  await drawer.locator('textarea').first().fill('已更换灯泡，有事请找钱师傅13812345678。')
  await drawer.locator('input[type=file]').setInputFiles({ name: 'a.png', mimeType: 'image/png', buffer: aDotOfPaint })
  await drawer.getByRole('img', { name: '照片 1' }).waitFor()
  await send.click()
  await review(unit).waitFor()
  await unit.picture('console-refused')
  expect(await drawer.locator('textarea').first().inputValue()).toBe('已更换灯泡，有事请找某师傅〔电话〕。')
  await send.click()
  await inState(unit.page, '待核查')

  const grid = await loop.hall('grid_worker')
  await grid.page.context().grantPermissions(['geolocation'])
  await grid.page.context().setGeolocation({ latitude: 30.51, longitude: 117.04 })
  await grid.page.goto(`/matters/${id}`)
  await actInHall(grid, 'verify', {
    核查情况: typed('到现场看过，灯已亮。'),
    照片: photographed(aDotOfPaint),
    核查地点: typed('五栋二单元门口'),
    手机定位: async (item) => {
      await item.getByRole('button', { name: '用手机定位' }).click()
      await item.getByText('已定位：30.51，117.04').waitFor()
      await grid.picture('hall-verify')
    },
  })
  await grid.page.getByRole('heading', { name: '办理前后' }).waitFor()
  await grid.page.getByRole('img', { name: '办理后照片 2' }).waitFor()
  await grid.picture('hall-before-after')

  await openMatter(officer, id, '待核查')
  await act(officer.page, 'publicize')
  await inState(officer.page, '公示评价中')
  await officer.page.getByLabel('查看用途').fill('核实核查是否在现场')
  await officer.page.getByRole('button', { name: '查看', exact: true }).click()
  await officer.page.getByText('30.51, 117.04').waitFor()
  await officer.picture('console-before-after')

  const { page } = resident
  await page.goto('/')
  await page.getByRole('link', { name: '公示栏' }).click()
  await page.getByRole('heading', { name: '四栋西侧路灯不亮' }).waitFor()
  await resident.picture('hall-notices')
  // Whoever wants no motion is not shown one after the other.
  await page.emulateMedia({ reducedMotion: 'no-preference' })
  await page.getByRole('link', { name: '大屏轮播' }).click()
  await page.setViewportSize({ width: 1440, height: 900 })
  await page.getByText('第 1 件').waitFor()
  await page.getByRole('button', { name: '停住' }).click()
  const title = await page.getByRole('heading', { level: 1 }).textContent()
  await page.getByRole('button', { name: '下一件' }).click()
  await expect.poll(() => page.getByRole('heading', { level: 1 }).textContent()).not.toBe(title)
  await page.getByRole('img', { name: '办理后照片 1' }).waitFor()
  await resident.picture('hall-screen')
  await page.goto('/suspended')
  await page.getByRole('link', { name: '加装单元门禁' }).waitFor()
  await resident.picture('hall-suspended')
  for (const { page: open, faults } of [resident, officer, unit, grid]) {
    expect(await open.locator('body').textContent()).not.toContain('undefined')
    expect(faults).toEqual([])
  }
})
