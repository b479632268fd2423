import { councilRoutes } from '@tongxin/contract'
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest'
import { createAccount } from '../../apps/api/src/features/sessions/index.ts'
import { aCouncil, type Council, cast, inSession, ok, propose } from '../../apps/api/test/support/ballots.ts'
import { type Caller, startTestApp, type TestApp } from '../../apps/api/test/support/index.ts'
import { surely } from './hands.ts'
import { type Desk, openBrowser, openDesk, PASSWORD } from './open-browser.ts'
import { dist, signInToConsole, signInToHall } from './open-loop.ts'

let t: TestApp
let all: Council
let browser: Awaited<ReturnType<typeof openBrowser>>
const desks: Desk[] = []

beforeAll(async () => {
  t = await startTestApp({
    start: new Date().toISOString(),
    config: { hallRoot: dist('hall'), adminRoot: dist('admin') },
  })
  all = await aCouncil(t)
  for (const [username, { personId }] of Object.entries({ chair: all.officer, first: all.members[0] as Caller }))
    await createAccount(t.deps.db, { personId: personId as string, username, password: PASSWORD, now: t.clock.now() })
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

const hall = async (username: string): Promise<Desk> => {
  const desk = await openDesk(browser, t.base, { width: 390, height: 844 })
  desks.push(desk)
  await signInToHall(desk.page, username)
  return desk
}

it('lets a member vote by name on their phone, and everybody read how it was decided', async () => {
  const { meetingId, issueIds } = await inSession(all, { matters: 2 })
  const console_ = await openDesk(browser, t.base)
  desks.push(console_)
  const chair = console_.page
  await signInToConsole(chair, 'chair')
  await chair.goto(`/admin/meetings/${meetingId}`)
  await chair.getByLabel('表决内容').fill('同意在三栋楼道更换声控灯')
  await chair.getByText('记名投票', { exact: true }).click()
  await console_.picture('console-propose-ballot')
  await chair.locator('.propose button[type=submit]').click()
  await chair.getByText('名册 6 人，已投 0 票').waitFor()

  const { page, picture } = await hall('first')
  await page.getByRole('link', { name: '我的投票' }).click()
  await page.getByText('还有 1 票可投').waitFor()
  await picture('hall-ballots')
  await page.getByRole('link', { name: '同意在三栋楼道更换声控灯' }).click()
  await page.getByRole('button', { name: '赞成' }).waitFor()
  await picture('hall-ballot-open')
  await page.getByRole('button', { name: '赞成' }).click()
  await picture('hall-ballot-confirm')
  await page.getByRole('button', { name: '投出' }).click()
  await page.getByText('已投：赞成').waitFor()
  await page.getByText(/回执：证据链第 3 条/).waitFor()
  await picture('hall-ballot-voted')

  // The chair sees it without asking.
  await chair.getByText('名册 6 人，已投 1 票').waitFor()
  const id = page.url().split('/').at(-1) as string
  for (const [n, member] of all.members.slice(1).entries()) ok(await cast(member, id, n < 3 ? 'for' : 'against'))
  await page.getByText('名册 6 人，已投 6 票').waitFor()
  await chair.getByText('名册 6 人，已投 6 票').waitFor()
  await surely(chair, '结束投票并计票')
  await chair.getByText('赞成 4，反对 2，弃权 0，未投 0').waitFor()
  await chair.getByText('须超过 6 人的 1/2，即至少 4 票赞成').waitFor()
  await chair.getByText('谁投了什么').click()
  await console_.picture('console-ballot-counted')
  await page.getByText('结果：通过').waitFor()
  await picture('hall-ballot-counted')
  expect(issueIds).toHaveLength(2)
})

it('lets a member draw a paper and cast it unseen, with neither token nor cookie', async () => {
  const { meetingId, issueIds } = await inSession(all)
  const { id } = ok(
    await propose(all.officer, meetingId, issueIds[0] as string, { method: 'secret', text: '推选楼栋长' }),
  )
  const { page, picture } = await hall('first')
  const sent: Record<string, string>[] = []
  page.on('request', async (request) => {
    if (request.method() === 'POST' && request.url().endsWith(`${id}/ballots`)) sent.push(await request.allHeaders())
  })
  await page.goto(`/ballots/${id}`)
  await page.getByRole('button', { name: '领取选票' }).waitFor()
  await picture('hall-secret-draw')
  await page.getByRole('button', { name: '领取选票' }).click()
  await page.getByRole('button', { name: '反对' }).click()
  await page.getByText('马上投出').click()
  await picture('hall-secret-confirm')
  await page.getByRole('button', { name: '投出', exact: true }).click()
  const token = page.locator('.token')
  await token.waitFor()
  await picture('hall-secret-cast')
  expect(await token.textContent()).toMatch(/^\s*[\w-]{43}\s*$/)
  expect(sent).toHaveLength(1)
  for (const name of ['authorization', 'cookie', 'idempotency-key']) expect(sent[0]).not.toHaveProperty(name)
  // The device forgets which paper it was.
  expect(await page.evaluate(() => JSON.stringify({ ...localStorage }))).not.toContain(
    (await token.textContent())?.trim(),
  )
  await page.reload()
  await page.getByText('选票已投出。').waitFor()
  expect(await token.count()).toBe(0)
})

it('opens a ballot to come on the page that waits for it, also after the meeting', async () => {
  const { meetingId, issueIds } = await inSession(all)
  const now = t.clock.now().getTime()
  const voting = {
    place: 'online',
    opensAt: new Date(now + 60_000).toISOString(),
    closesAt: new Date(now + 3 * 24 * 3_600_000).toISOString(),
    text: '同意更换门禁',
  }
  const { id } = ok(await propose(all.officer, meetingId, issueIds[0] as string, voting))
  const { version } = ok(await all.officer.call(councilRoutes.readMeeting, { params: { id: meetingId } }))
  ok(await all.officer.call(councilRoutes.closeMeeting, { params: { id: meetingId }, ifMatch: version }))
  const { page } = await hall('first')
  await page.goto(`/ballots/${id}`)
  await page.getByText(/开始$/).waitFor()
  const console_ = await openDesk(browser, t.base)
  desks.push(console_)
  await signInToConsole(console_.page, 'chair')
  await console_.page.goto(`/admin/meetings/${meetingId}`)
  await console_.page.getByText('同意更换门禁').waitFor()
  t.clock.advance(60_000)
  await t.runDueJobs()
  await page.getByRole('button', { name: '赞成' }).waitFor()
  await console_.page.getByText('名册 6 人，已投 0 票').waitFor()
  expect(await console_.page.getByRole('button', { name: '结束投票并计票' }).count()).toBe(0)
  for (const member of all.members) ok(await cast(member, id, 'for'))
  await console_.page.getByText('名册 6 人，已投 6 票').waitFor()
  await console_.page.getByRole('button', { name: '结束投票并计票' }).waitFor()
})

it('shows the room what it deliberates on while an online ballot runs beside it', async () => {
  const { meetingId, issueIds } = await inSession(all, { matters: 2 })
  const closesAt = new Date(t.clock.now().getTime() + 3 * 24 * 3_600_000).toISOString()
  const [first, second] = issueIds as [string, string]
  ok(await propose(all.officer, meetingId, first, { place: 'online', closesAt, text: '线上的一件' }))
  const { agenda } = ok(await all.officer.call(councilRoutes.readMeeting, { params: { id: meetingId } }))
  const screen = await openDesk(browser, t.base, { width: 1920, height: 1080 })
  desks.push(screen)
  await signInToConsole(screen.page, 'chair')
  await screen.page.goto(`/admin/meetings/${meetingId}/screen`)
  const number = agenda.find(({ issueId }) => issueId === second)?.number ?? ''
  await screen.page.locator('.matter .eyebrow', { hasText: number }).waitFor()
  expect(await screen.page.getByText('线上的一件').count()).toBe(0)
  const { id } = ok(await propose(all.officer, meetingId, second, { text: '会场的一件' }))
  await screen.page.locator('.motion.open', { hasText: '会场的一件' }).waitFor()
  ok(await cast(all.members[0] as Caller, id, 'for'))
  await screen.page.locator('.turnout', { hasText: '1 / 6' }).waitFor()
  await screen.picture('screen-turnout')
})

it('takes nothing from the chair when the server does not answer in the background', async () => {
  const { meetingId, issueIds } = await inSession(all, { matters: 2 })
  const closesAt = new Date(t.clock.now().getTime() + 3 * 24 * 3_600_000).toISOString()
  const { id } = ok(await propose(all.officer, meetingId, issueIds[0] as string, { place: 'online', closesAt }))
  const console_ = await openDesk(browser, t.base)
  desks.push(console_)
  const { page } = console_
  await signInToConsole(page, 'chair')
  await page.goto(`/admin/meetings/${meetingId}`)
  await page.getByText('名册 6 人，已投 0 票').waitFor()
  await page.getByLabel('表决内容').fill('写到一半')
  await page.route(`**/v1/meetings/${meetingId}`, (route) => route.fulfill({ status: 503 }))
  ok(await cast(all.members[0] as Caller, id, 'for'))
  await page.getByText('没有读到最新情况').waitFor()
  await console_.picture('console-stale')
  expect(await page.getByLabel('表决内容').inputValue()).toBe('写到一半')
  await page.unroute(`**/v1/meetings/${meetingId}`)
  await page.getByText('名册 6 人，已投 1 票').waitFor()
  await page.getByText('没有读到最新情况').waitFor({ state: 'detached' })
  expect(await page.getByLabel('表决内容').inputValue()).toBe('写到一半')
})

it('lets staff enter a proxy that was handed in on paper, and shows what it was used on', async () => {
  const { meetingId, issueIds } = await inSession(all, { present: all.members.slice(0, 5) })
  const [holder] = all.members as [Caller]
  const absent = all.members[5] as Caller
  const desk = await openDesk(browser, t.base)
  desks.push(desk)
  const { page, picture } = desk
  await signInToConsole(page, 'chair')
  await page.goto(`/admin/meetings/${meetingId}`)
  await page.getByText('没有委托', { exact: true }).waitFor()
  const nameIn = async ({ personId }: Caller) => {
    const { attendance } = ok(await all.officer.call(councilRoutes.readMeeting, { params: { id: meetingId } }))
    return attendance?.find((one) => one.personId === personId)?.name ?? ''
  }
  await page.getByRole('button', { name: '登记书面委托' }).focus()
  await page.keyboard.press('Enter')
  const dialog = page.getByRole('dialog', { name: '登记书面委托' })
  const pick = async (what: string, at: number) => {
    await dialog.getByRole('combobox', { name: what }).focus()
    await page.keyboard.press('Enter')
    for (let step = 0; step < at; step += 1) await page.keyboard.press('ArrowDown')
    await page.keyboard.press('Enter')
  }
  // Only who is absent may be stood in for.
  await pick('委托人', 1)
  await dialog.getByRole('combobox', { name: '受托人' }).focus()
  await page.keyboard.press('Enter')
  await page
    .locator('.el-select-dropdown__item:visible', { hasText: await nameIn(holder) })
    .first()
    .click()
  await picture('console-proxy-record')
  await dialog.getByRole('button', { name: '登记', exact: true }).focus()
  await page.keyboard.press('Enter')
  await dialog.waitFor({ state: 'hidden' })
  await page.getByText('书面委托').first().waitFor()
  expect(ok(await all.officer.call(councilRoutes.listProxies, { params: { id: meetingId } })).items).toMatchObject([
    { principal: { personId: absent.personId }, enteredBy: { personId: all.officer.personId } },
  ])
  const { id } = ok(await propose(all.officer, meetingId, issueIds[0] as string))
  ok(await cast(holder, id, 'for', absent.personId))
  await page.reload()
  await page.getByText('已用于表决').waitFor()
  expect(await page.getByRole('button', { name: /撤销/ }).count()).toBe(0)
  await picture('console-proxies')
})

it('lets who moved a motion accept an amendment on their phone', async () => {
  const { meetingId, issueIds } = await inSession(all)
  const [mover, other] = all.members.map(({ personId }) => personId as string) as [string, string]
  const held = { hold: true, method: undefined, moverId: mover, text: '每月第一个周六打扫楼道' }
  const { id } = ok(await propose(all.officer, meetingId, issueIds[0] as string, held))
  const amended = { text: '每月第一个周六上午打扫楼道', moverId: other }
  ok(await all.officer.call(councilRoutes.moveAmendment, { params: { id }, body: amended }))
  const { page, picture } = await hall('first')
  await page.goto('/ballots')
  await page.getByText('每月第一个周六上午打扫楼道').waitFor()
  await picture('hall-amendment')
  await page.getByRole('button', { name: '我接受这一修正' }).click()
  await page.getByText('有人对您提出的表决内容提出修正').waitFor({ state: 'detached' })
  const { motions } = ok(await t.nobody.call(councilRoutes.readMeeting, { params: { id: meetingId } }))
  expect(motions.find((one) => one.id === id)).toMatchObject({
    text: amended.text,
    originalText: held.text,
    state: 'moved',
  })
})
