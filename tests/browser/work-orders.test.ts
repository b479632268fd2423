import { afterAll, afterEach, beforeAll, expect, it } from 'vitest'
import {
  act,
  aDotOfPaint,
  inDays,
  inState,
  openMatter,
  photographed,
  picked,
  searched,
  ticked,
  typed,
} from './hands.ts'
import type { Desk } from './open-browser.ts'
import { type Loop, openLoop } from './open-loop.ts'

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

const at = async (where: 'console' | 'phone', username: string): Promise<Desk> => {
  const desk = await loop[where](username)
  desks.push(desk)
  return desk
}

const PROPERTY = '滨江物业服务中心'
const CITY = '玉琳路城管中队'
const STREET = '玉琳路街道办事处'

/** The lines of the form that name co-units, each with its own date. */
const shared =
  (...parts: [unit: string, days: number][]): ReturnType<typeof typed> =>
  async (item) => {
    for (const [unit, days] of parts) {
      await item.getByRole('button', { name: '添加协办单位' }).click()
      const line = item.locator('.line').last()
      await picked(unit)(line)
      await inDays(days)(line)
    }
  }

it('lets three units share a matter: one returns its part, one is given more time, the lead submits when all are done', async () => {
  const officer = await at('console', 'officer')
  const { page } = officer
  await page.getByRole('link', { name: '单元门关不上' }).click()
  await inState(page, '已提交')
  const id = page.url().split('/').at(-1) ?? ''
  await act(page, 'accept', { 类别: searched('楼道照明'), 紧急程度: ticked('一般'), 办理路径: ticked('直接办理') })
  await inState(page, '已受理')
  await act(page, 'dispatch', {
    主办单位: picked(PROPERTY),
    办理期限: inDays(9),
    协办单位: shared([CITY, 2], [STREET, 3]),
    办理要求: typed('先装临时插销，再换闭门器。'),
  })
  await inState(page, '已派单')
  const order = (unit: string) => page.locator(`[data-panel="orders"] [data-order="${unit}"]`)
  await order(STREET).waitFor()

  /** A handler's own page on a phone, from the list of what is theirs. */
  const phone = async (username: string) => {
    const desk = await at('phone', username)
    const link = desk.page.getByRole('link', { name: '单元门关不上' })
    await link.waitFor()
    await desk.picture(`phone-orders-${username}`)
    await link.click()
    const own = desk.page.locator('.actions')
    await own.waitFor()
    return { desk, own }
  }
  const city = await phone('unit_handler2')
  await city.desk.picture('phone-order-to-sign')
  await act(city.own, 'return_part', { 理由: typed('小区单元门不属城管职责。') })
  await city.desk.page.waitForURL('**/admin/work')

  const street = await phone('street_handler')
  await act(street.own, 'sign_part')
  await street.own.locator('[data-action="sign_part"]').waitFor({ state: 'detached' })
  await act(street.own, 'progress', { 进展: typed('已联系厂家。'), 照片: photographed(aDotOfPaint) })
  await street.desk.page.getByText('已联系厂家。').waitFor()
  await act(street.own, 'request_part_extension', { 申请延至: inDays(6), 理由: typed('配件六天后到货。') })
  await street.desk.page.getByText('配件六天后到货。').waitFor()
  await street.desk.picture('phone-order')

  await openMatter(officer, id, '已派单')
  await order(CITY).getByText('已退单').waitFor()
  await act(order(STREET), 'decide_part_extension', { 同意: ticked('是'), 理由: typed('情况属实，同意。') })
  await order(STREET).getByText('情况属实，同意。').waitFor()
  await officer.picture('console-orders-of-three')

  const property = await phone('unit_handler')
  await act(property.own, 'sign')
  await property.desk.page.getByText('还有 1 个协办单位没有办结').waitFor()
  expect(await property.own.locator('[data-action="submit"]').count()).toBe(0)
  await property.desk.picture('phone-lead-waits')
  await act(street.own, 'finish_part', { 办理结果: typed('闭门器已到位安装。') })
  await street.desk.page.getByText('没有您单位的待办工单').waitFor()
  await property.desk.page.reload()
  await act(property.own, 'submit', { 办理结果: typed('闭门器已更换，大门可自动关闭。') })
  await openMatter(officer, id, '待核查')
})

it('prints an order on one page with the code that opens it on a phone', async () => {
  const officer = await at('console', 'officer')
  const { page } = officer
  await page.getByRole('link', { name: '五栋消防通道破损又无灯' }).click()
  const order = page.locator(`[data-order="${PROPERTY}"]`).first()
  await order.waitFor()
  await officer.picture('console-orders')
  const sheet = await order.getByRole('link', { name: '打印工作单' }).getAttribute('href')
  await page.goto(String(sheet))
  await page.getByRole('img', { name: /扫码/ }).waitFor()
  await page.getByText('先行围挡').waitFor()
  await officer.picture('console-order-sheet')
  const paper = await page.pdf({ preferCSSPageSize: true })
  // One leaf of A4.
  expect(paper.toString('latin1').match(/\/Type\s*\/Page\b/g)).toHaveLength(1)
})
