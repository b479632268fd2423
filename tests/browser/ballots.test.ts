import { afterAll, afterEach, beforeAll, expect, it } from 'vitest'
import { createAccount } from '../../apps/api/src/features/sessions/index.ts'
import { aCouncil, type Council, cast, inSession, ok, propose } from '../../apps/api/test/support/ballots.ts'
import { type Caller, startTestApp, type TestApp } from '../../apps/api/test/support/index.ts'
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

  const id = page.url().split('/').at(-1) as string
  for (const [n, member] of all.members.slice(1).entries()) ok(await cast(member, id, n < 3 ? 'for' : 'against'))
  await chair.reload()
  await chair.getByRole('button', { name: '结束投票并计票' }).click()
  await chair.getByText('赞成 4，反对 2，弃权 0，未投 0').waitFor()
  await chair.getByText('须超过 6 人的 1/2，即至少 4 票赞成').waitFor()
  await chair.getByText('谁投了什么').click()
  await console_.picture('console-ballot-counted')
  await page.reload()
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
