import { afterAll, afterEach, beforeAll, expect, it } from 'vitest'
import { createAccount } from '../../apps/api/src/features/sessions/index.ts'
import { verifyRecord } from '../../apps/api/src/features/verification/index.ts'
import { PDF } from '../../apps/api/test/support/agenda.ts'
import { aCouncil, inSession } from '../../apps/api/test/support/ballots.ts'
import { DAY, startTestApp, type TestApp } from '../../apps/api/test/support/index.ts'
import { bound } from '../../apps/api/test/support/owners-vote.ts'
import { rollFile } from '../../apps/api/test/support/roll.ts'
import { choose, surely } from './hands.ts'
import { type Desk, openBrowser, openDesk, PASSWORD } from './open-browser.ts'
import { dist, signInToConsole, signInToHall } from './open-loop.ts'

let t: TestApp
let browser: Awaited<ReturnType<typeof openBrowser>>
const desks: Desk[] = []

beforeAll(async () => {
  t = await startTestApp({
    start: new Date().toISOString(),
    config: { hallRoot: dist('hall'), adminRoot: dist('admin') },
  })
  browser = await openBrowser()
})
afterAll(async () => {
  await browser.close()
  await t.close()
})
afterEach(async () => {
  const open = desks.splice(0)
  for (const { page } of open) await page.context().close()
  expect(open.flatMap(({ faults }) => faults)).toEqual([])
})

const account = (personId: string, username: string) =>
  createAccount(t.deps.db, { personId, username, password: PASSWORD, now: t.clock.now() })
/** Signed in anew: a session does not outlive a clock that was put forward. */
const console_ = async (username: string): Promise<Desk> => {
  const desk = await openDesk(browser, t.base)
  desks.push(desk)
  await signInToConsole(desk.page, username)
  return desk
}
const hall = async (username?: string): Promise<Desk> => {
  const desk = await openDesk(browser, t.base, { width: 390, height: 844 })
  desks.push(desk)
  if (username) await signInToHall(desk.page, username)
  return desk
}

const LINES = [
  '1栋,101,,90,王建国,340803196001010011,',
  '1栋,102,,60,王建国,340803196001010011,1/2',
  '1栋,102,,,刘芳,340803196001010012,1/2',
  '1栋,201,,80,李梅,340803197002020022,1/2',
  '1栋,201,,,张强,340803197003030033,1/2',
  '1栋,301,未售,100,滨江置业有限公司,,',
  '1栋,401,,70,刘芳,340803196001010012,',
  '1栋,B1-01,车位,13,陈晨,340803198004040044,',
]
const offer = (desk: Desk, lines: readonly string[]) => {
  const { name, type, bytes } = rollFile(lines)
  return desk.page.locator('input[type=file]').setInputFiles({ name, mimeType: type, buffer: bytes })
}

/** Finds the flat, to enter what its paper says. */
const find = async ({ page }: Desk, door: string) => {
  for (const [at, option] of ['1 栋', door].entries()) {
    await choose(page.locator('.find .el-select__wrapper:not(.is-disabled)').nth(at), option)
  }
}
const enter = async (desk: Desk, door: string, choice: string, signer = '业主本人，或共有人之一') => {
  await find(desk, door)
  const head = desk.page.locator('article', { hasText: `1 栋 ${door}` })
  await head.getByText(choice, { exact: true }).click()
  await head.getByText(signer, { exact: true }).click()
  await head.getByRole('button', { name: /录入|更正/ }).click()
  return head
}

it('brings a matter from the roll of owners to a result that everybody can recompute', async () => {
  const all = await aCouncil(t)
  const clerk = await t.as('grid_worker')
  await account(all.officer.personId as string, 'chair')
  await account(clerk.personId as string, 'clerk')

  // The roll: refused with its lines, then checked, written, and an overlap ruled on.
  const chair = await console_('chair')
  await chair.page.goto('/admin/owners-votes')
  await chair.page.getByRole('link', { name: '业主名册' }).click()
  await chair.page.getByText('名册还是空的').waitFor()
  await offer(chair, [...LINES, '1栋,501,,0,周洋,340803199001010099,', '9栋,101,,50,吴丽,340803199001010088,'])
  await chair.page.getByText('有 2 处需要修改').waitFor()
  await chair.page.getByRole('cell', { name: /面积不能为零/ }).waitFor()
  await chair.picture('console-roll-errors')
  await offer(chair, LINES)
  await chair.page.getByText('新增 5 套').waitFor()
  await chair.page.getByRole('button', { name: '写入名册' }).click()
  await chair.page.locator('.figures').getByText('400.00 m²').waitFor()
  await chair.page.locator('.figures').getByText('待裁定').waitFor()
  await chair.page.getByRole('button', { name: '裁定', exact: true }).click()
  await chair.page.getByText('另行划分').click()
  await choose(chair.page.locator('.group .el-select').nth(1), '第 1 人')
  await chair.page.getByText('划分为 2 人').waitFor()
  await chair.page.getByLabel('裁定理由').fill('101、102 为一家所有，401 为继承所得，产权登记分列')
  await chair.picture('console-roll-overlap')
  await chair.page.locator('form').getByRole('button', { name: '裁定', exact: true }).click()
  await chair.page.getByText('已裁定：划分为 2 人').waitFor()
  await expect.poll(() => chair.page.locator('.figures dd').nth(2).textContent()).toBe('4')
  await chair.picture('console-roll')

  const cast = { t, officer: all.officer } as never
  const [li, zhang, wang] = [await bound(cast, '201'), await bound(cast, '201'), await bound(cast, '101')]
  // Somebody who owns nothing, to hold proxies.
  const holder = await t.aPerson({ name: '何秋菊', level: 'phone' })
  await account(wang.id, 'wang')
  await account(holder.id, 'holder')
  await account(li.id, 'li')
  await account(zhang.id, 'zhang')

  // The notice, from the floor of a meeting.
  const { meetingId } = await inSession(all)
  await chair.page.goto(`/admin/meetings/${meetingId}`)
  await chair.page.getByRole('button', { name: '发布业主表决公告' }).click()
  const form = chair.page.locator('.put')
  await form.getByLabel('表决内容').fill('同意使用维修资金二十六万元更换一号楼电梯')
  await chair.picture('console-put-to-owners')
  await surely(chair.page, '发布公告', form)
  await chair.page.getByRole('link', { name: '查看业主表决' }).click()
  await chair.page.getByText('公告时固定的名册：业主 4 人，5 套房屋，共 400.00 m²').waitFor()
  await chair.picture('console-owners-posted')
  const id = new URL(chair.page.url()).pathname.split('/').at(-1) as string
  const passer = await hall()
  await passer.page.goto('/')
  await passer.page.getByRole('link', { name: /更换一号楼电梯/ }).click()
  await passer.page.getByText('公告中').waitFor()
  await passer.picture('hall-owners-posted')

  // A joint owner votes, the other objects; papers by two.
  t.clock.advance(17 * DAY)
  await t.runDueJobs()
  const owner = await hall('li')
  await owner.page.goto(`/owners-votes/${id}`)
  await owner.page.getByRole('button', { name: '赞成' }).waitFor()
  await owner.picture('hall-owners-open')
  await owner.page.getByRole('button', { name: '赞成' }).click()
  await owner.page.getByRole('button', { name: '投出' }).click()
  await owner.page.getByText('您已投票：赞成').waitFor()
  await owner.picture('hall-owners-voted')
  const joint = await hall('zhang')
  await joint.page.goto(`/owners-votes/${id}`)
  await joint.page.getByText('已在线投票：赞成').waitFor()
  await joint.page.getByRole('button', { name: '我不同意，提出异议' }).click()
  await joint.picture('hall-owners-object')
  await joint.page.getByRole('button', { name: '确定提出异议' }).click()
  await joint.page.getByText('请全体共有人在纸质票上签名').waitFor()

  // An owner lets somebody else vote, who does; another hands a paper in.
  const giver = await hall('wang')
  await giver.page.goto(`/owners-votes/${id}`)
  await giver.page.getByRole('button', { name: '委托他人投票' }).click()
  await giver.page.getByLabel('受托人姓名').fill(holder.name)
  await giver.page.getByLabel('受托人手机').fill(holder.phone)
  await giver.picture('hall-proxy-give')
  await giver.page.getByRole('button', { name: '确定委托' }).click()
  await giver.page.getByText('已委托 何* 代为投票').waitFor()
  await giver.picture('hall-proxy-given')
  const held = await hall('holder')
  await held.page.goto(`/owners-votes/${id}`)
  await held.page.getByText('我受托的票').waitFor()
  await held.picture('hall-proxy-held')
  await held.page.getByRole('button', { name: '赞成' }).click()
  await held.page.getByRole('button', { name: '投出' }).click()
  await held.page.getByText('您已投票：赞成').waitFor()
  await giver.page.reload()
  await giver.page.getByText('受托人已代为投票：赞成').waitFor()
  await giver.picture('hall-proxy-voted')

  const [first, second] = [await console_('chair'), await console_('clerk')]
  for (const { page } of [first, second]) await page.goto(`/admin/owners-votes/${id}`)
  await find(first, '301')
  await first.page.getByRole('button', { name: '登记书面委托' }).click()
  const proxy = first.page.locator('.record')
  await proxy.getByRole('button', { name: '登记委托', exact: true }).click()
  await proxy.locator('.el-form-item__error', { hasText: '请选择' }).waitFor()
  await proxy.getByLabel('电话号码').fill(holder.phone)
  await proxy.getByRole('button', { name: '查找' }).click()
  await proxy.getByText('何*').waitFor()
  await proxy
    .locator('input[type=file]')
    .setInputFiles({ name: '委托书.pdf', mimeType: 'application/pdf', buffer: PDF })
  await first.page.getByText('委托书.pdf').waitFor()
  await first.picture('console-proxy-record')
  await first.page.getByRole('button', { name: '登记委托', exact: true }).click()
  await first.page.locator('article', { hasText: '301' }).getByText('已委托 何* 代为投票').waitFor()
  await first.picture('console-proxies')
  await (await enter(first, '401', '赞成')).getByText('已录入一次').waitFor()
  await first.picture('console-papers')
  await second.page.reload()
  await second.page.getByText('已录入一次').waitFor()
  expect(await second.page.getByText('我录入的').count()).toBe(0)
  await (await enter(second, '401', '反对')).getByText('两次录入不一致').waitFor()
  await second.picture('console-papers-differ')
  await (await enter(second, '401', '赞成')).getByText('纸质票已计入').waitFor()
  for (const desk of [first, second]) await enter(desk, '301', '弃权', '登记的受托人')
  await second.page.locator('article', { hasText: '301' }).getByText('纸质票已计入').waitFor()
  await second.page.getByText('3 / 4 人').waitFor()
  await second.page.getByText('320.00 / 400.00 m²').waitFor()

  // The window ends, and it is counted.
  t.clock.advance(14 * DAY)
  await t.runDueJobs()
  const done = await console_('chair')
  await done.page.goto(`/admin/owners-votes/${id}`)
  await done.page.getByRole('heading', { name: /结果 · 通过/ }).waitFor()
  await done.page.getByText('320.00 m² / 400.00 m²').waitFor()
  await done.page.getByText('其中 2 人由登记的受托人投票').waitFor()
  await done.picture('console-owners-result')
  await passer.page.reload()
  await passer.page.getByRole('heading', { name: /结果 · 通过/ }).waitFor()
  await passer.page.getByText('其中 2 人由登记的受托人投票').waitFor()
  await passer.picture('hall-owners-result')
  expect((await verifyRecord(t.deps)).mismatch).toBeNull()
})
