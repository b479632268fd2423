import { afterAll, afterEach, beforeAll, expect, it } from 'vitest'
import {
  act,
  actInHall,
  aDotOfPaint,
  comesTo,
  inState,
  openEarly,
  openMatter,
  photographed,
  picked,
  raise,
  searched,
  surely,
  ticked,
  typed,
} from './hands.ts'
import type { Desk } from './open-browser.ts'
import { type Loop, openLoop } from './open-loop.ts'

const PROPERTY = '滨江物业服务中心'

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

const accepted = (route: string) => ({
  类别: searched('楼道照明'),
  紧急程度: ticked('一般'),
  办理路径: ticked(route),
  网格: picked('第一网格'),
})

/** From a work order just dispatched to what the public can rate. */
async function handled(
  id: string,
  { unit, grid, officer }: Record<'unit' | 'grid' | 'officer', Desk>,
  result: string,
): Promise<void> {
  await openMatter(unit, id, '已派单')
  await act(unit.page, 'sign')
  await inState(unit.page, '办理中')
  await act(unit.page, 'submit', { 办理结果: typed(result) })
  await inState(unit.page, '待核查')
  await openMatter(grid, id, '待核查')
  await act(grid.page, 'verify', { 核查情况: typed('到现场看过，已经亮了。'), 照片: photographed(aDotOfPaint) })
  await openMatter(officer, id, '待核查')
  await act(officer.page, 'publicize', { 办理结果: typed(result) })
  await inState(officer.page, '公示评价中')
}

it('walks a matter through the council to its end', async () => {
  const resident = await at('hall', 'resident')
  const id = await raise(resident, {
    kind: '问题',
    title: '三栋楼道灯整夜不亮',
    body: '三栋二单元楼道灯坏了一周，晚上看不见台阶。',
    photo: aDotOfPaint,
  })
  await resident.picture('hall-raised')

  const officer = await at('console', 'officer')
  await openMatter(officer, id, '已提交')
  await officer.picture('console-raised')
  await act(officer.page, 'accept', accepted('议事会'))
  await inState(officer.page, '已受理')
  await act(officer.page, 'schedule')
  await inState(officer.page, '已列议题')

  const { page } = officer
  await page.goto('/admin/meetings')
  await page.getByRole('button', { name: '筹备会议' }).click()
  const dialog = page.getByRole('dialog', { name: '筹备会议' })
  await dialog.getByLabel('会议名称').fill('楼道照明议事会')
  await dialog.getByLabel('时间').fill('2030-01-01 19:00')
  await dialog.getByLabel('时间').press('Enter')
  await dialog.getByLabel('地点').fill('社区议事厅')
  await dialog.getByRole('button', { name: '筹备会议' }).click()
  await page.getByRole('heading', { name: '楼道照明议事会' }).waitFor()
  await page.locator('.editor .el-select').click()
  await page.locator('.el-select-dropdown__item:visible', { hasText: '三栋楼道灯' }).click()
  await page.getByRole('button', { name: '保存议程' }).click()
  await page.locator('.el-message', { hasText: '保存议程' }).waitFor()
  await surely(page, '公告')
  await page.locator('.head .state', { hasText: '已公告' }).waitFor()
  await openEarly(page)
  await page.locator('.head .state', { hasText: '开会中' }).waitFor()
  const present = page.locator('section li:has(> .quiet)')
  for (const kind of ['居民代表', '居民代表', '居民代表', '党员骨干', '党员骨干']) {
    const before = await present.count()
    await page.locator('.others').first().locator('.el-select').click()
    // Members, not those who sit in a member's place.
    await page
      .locator('.el-select-dropdown__item:visible', { hasText: new RegExp(`${kind}\\s*$`) })
      .first()
      .click()
    await page.getByRole('button', { name: '代为签到' }).click()
    await expect.poll(() => present.count()).toBe(before + 1)
  }
  await page.getByText('达到法定人数', { exact: true }).waitFor()
  await act(page, 'deliberate')
  await page.getByLabel('表决内容').fill('由物业更换三栋全部楼道灯')
  await officer.picture('console-meeting')
  await page.getByRole('button', { name: '提出表决' }).click()
  await page.getByRole('spinbutton', { name: '赞成' }).fill('5')
  await surely(page, '计票')
  await page.locator('.motion .state', { hasText: '通过' }).waitFor()
  await act(page, 'adopt')
  await page.getByText('已议决').waitFor()
  await surely(page, '散会')
  await page.locator('.head .state', { hasText: '已散会' }).waitFor()

  await openMatter(officer, id, '已形成决议')
  await act(page, 'dispatch', { 主办单位: picked(PROPERTY), 办理要求: typed('更换三栋全部楼道灯') })
  await inState(page, '已派单')
  const unit = await at('console', 'unit_handler')
  const grid = await at('console', 'grid_worker')
  await handled(id, { unit, grid, officer }, '三栋楼道灯已全部更换。')

  await resident.page.goto(`/matters/${id}`)
  await actInHall(resident, 'evaluate', {
    满意度: ticked('非常满意'),
    是否联系过您: ticked('是'),
    问题是否解决: ticked('已解决'),
  })
  await resident.page.getByText('我的评价：').waitFor()
  await resident.picture('hall-rated')

  await loop.pass(6)
  await comesTo(officer, id, '已办结')
  await officer.picture('console-closed')
  await resident.page.goto(`/matters/${id}`)
  await resident.page.getByText('已办结').first().waitFor()
})

it('calls back on a bad rating, has the work done again, and closes', async () => {
  const resident = await at('hall', 'resident2')
  const id = await raise(resident, { kind: '问题', title: '五栋门厅灯频闪', body: '五栋门厅的灯一直闪。' })
  const officer = await at('console', 'officer')
  const unit = await at('console', 'unit_handler')
  const grid = await at('console', 'grid_worker')
  await openMatter(officer, id, '已提交')
  await act(officer.page, 'accept', accepted('直接办理'))
  await inState(officer.page, '已受理')
  await act(officer.page, 'dispatch', { 主办单位: picked(PROPERTY) })
  await inState(officer.page, '已派单')
  await handled(id, { unit, grid, officer }, '已检修。')

  await resident.page.goto(`/matters/${id}`)
  await actInHall(resident, 'evaluate', {
    满意度: ticked('不满意'),
    是否联系过您: ticked('否'),
    问题是否解决: ticked('未解决'),
    补充说明: typed('还在闪。'),
  })
  await openMatter(officer, id, '公示评价中')
  await officer.page.getByText('还在闪。').first().waitFor()
  await act(officer.page, 'call_back', {
    评价: picked('不满意'),
    已联系上: ticked('是'),
    是否联系过您: ticked('否'),
    问题是否解决: ticked('未解决'),
    满意度: ticked('不满意'),
    回访结论: ticked('评价属实，需整改'),
  })
  await inState(officer.page, '已派单')
  await officer.picture('console-rectify')
  await handled(id, { unit, grid, officer }, '已更换整流器，不再频闪。')
  await resident.page.goto(`/matters/${id}`)
  await actInHall(resident, 'evaluate', {
    满意度: ticked('满意'),
    是否联系过您: ticked('是'),
    问题是否解决: ticked('已解决'),
  })
  await loop.pass(6)
  await comesTo(officer, id, '已办结')
})

it('keeps a private matter private, merges it with another and splits it again', async () => {
  const one = await at('hall', 'resident3')
  const target = await raise(one, { kind: '求助', title: '母亲出院后无人送饭', body: '想申请助餐。' })
  const other = await at('hall', 'resident4')
  const id = await raise(other, { kind: '求助', title: '老人需要送餐上门', body: '父亲腿脚不便。' })
  await other.page.goto(`/matters/${target}`)
  await other.page.getByText('没有找到，或者您不能查看').waitFor()

  const officer = await at('console', 'officer')
  await openMatter(officer, target, '已提交')
  await act(officer.page, 'accept', accepted('直接办理'))
  await inState(officer.page, '已受理')
  await openMatter(officer, id, '已提交')
  await act(officer.page, 'merge', { 并入的事项: searched('母亲出院后') })
  await inState(officer.page, '已并案')
  await other.page.goto(`/matters/${id}`)
  await other.page.getByRole('link', { name: '已与另一件事一起办理，前往查看' }).click()
  await other.page.getByRole('heading', { name: '母亲出院后无人送饭' }).waitFor()
  await other.picture('hall-merged')

  await act(officer.page, 'split', { 理由: typed('两家情况不同，分开办理') })
  await inState(officer.page, '已受理')
  await officer.picture('console-split')
  await other.page.goto(`/matters/${target}`)
  await other.page.getByText('没有找到，或者您不能查看').waitFor()
})
