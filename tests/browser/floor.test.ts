import { councilRoutes, issueRoutes } from '@tongxin/contract'
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest'
import { createAccount } from '../../apps/api/src/features/sessions/index.ts'
import { aCouncil, inSession, ok } from '../../apps/api/test/support/ballots.ts'
import { type Caller, startTestApp, type TestApp } from '../../apps/api/test/support/index.ts'
import { must } from '../../apps/api/test/support/issues.ts'
import { atNow } from '../../apps/api/test/support/meetings.ts'
import { post, ROLL } from '../../apps/api/test/support/owners-vote.ts'
import { aRoll } from '../../apps/api/test/support/roll.ts'
import { type Desk, openBrowser, openDesk, PASSWORD } from './open-browser.ts'
import { dist, signInToConsole } from './open-loop.ts'

/** What whoever presides, and is no staff, has before them while the council deliberates. */
let t: TestApp
let browser: Awaited<ReturnType<typeof openBrowser>>
let desk: Desk

beforeAll(async () => {
  const config = { hallRoot: dist('hall'), adminRoot: dist('admin') }
  t = await startTestApp({ start: new Date().toISOString(), config })
  browser = await openBrowser()
})
afterAll(async () => {
  await browser.close()
  await t.close()
})
afterEach(() => desk.page.context().close())

/** Of the councils of all tests, which are one to the product. */
const present: Caller[] = []
/** Two matters on the floor, a member in the chair. */
const presiding = async (username: string) => {
  const all = await aCouncil(t)
  present.push(...all.members)
  const { meetingId, issueIds } = await inSession(all, { matters: 2, present })
  const chair = all.members[0] as Caller
  const personId = chair.personId as string
  ok(await atNow(all.officer, councilRoutes.handOverMeeting, meetingId, { personId }))
  await createAccount(t.deps.db, { personId, username, password: PASSWORD, now: t.clock.now() })
  desk = await openDesk(browser, t.base)
  await signInToConsole(desk.page, username)
  return { ...all, chair, meetingId, issueIds: issueIds as [string, string] }
}

it('goes on with the other matters when one has turned private', async () => {
  const { resident, chair, meetingId, issueIds } = await presiding('chair')
  const [turned, other] = issueIds
  const { page, picture } = desk
  await page.goto(`/admin/meetings/${meetingId}`)
  const floor = page.locator('.agenda > li')
  const actions = (at: number) => floor.nth(at).locator('[data-action]')
  await actions(0).first().waitFor()
  await must(resident, turned, 'set_visibility', { visibility: 'private' })
  expect((await chair.call(issueRoutes.readIssue, { params: { id: turned } })).status).toBe(404)
  await page.reload()
  await actions(1).first().waitFor()
  expect([await actions(0).count(), await page.locator('.failure').count()]).toEqual([0, 0])
  // What is said of it is its place on the agenda, and nothing more.
  await floor.nth(0).getByText('不公开的事项').waitFor()
  await picture('console-turned-private')
  await page.getByLabel('表决内容').fill('同意更换路灯')
  expect(ok(await chair.call(issueRoutes.readIssue, { params: { id: other } })).state).toBe('deliberating')
  // Nobody looked in vain: the refusal is the one expected.
  expect(desk.faults.filter((fault) => !fault.includes('404'))).toEqual([])
})

it('says so where the matters on the floor cannot be read anew, and reads them again', async () => {
  const { officer, members, meetingId } = await presiding('chair3')
  const { page } = desk
  await page.goto(`/admin/meetings/${meetingId}`)
  await page.locator('.agenda > li [data-action]').first().waitFor()
  await page.route('**/v1/issues/*', (route) => route.fulfill({ status: 500, body: '' }))
  ok(await atNow(officer, councilRoutes.leaveMeeting, meetingId, { personId: members[1]?.personId as string }))
  const said = page.getByRole('alert').filter({ hasText: '有些内容没有读取成功' })
  await said.waitFor()
  await page.unroute('**/v1/issues/*')
  // Whatever happens next at the meeting brings them anew.
  ok(await atNow(officer, councilRoutes.leaveMeeting, meetingId, { personId: members[2]?.personId as string }))
  await said.waitFor({ state: 'detached' })
  await page.locator('.agenda > li [data-action]').first().waitFor()
  expect(desk.faults).toEqual([])
})

it('leads from what was put to the owners to their vote, in the hall', async () => {
  const { officer, chair, meetingId, issueIds } = await presiding('chair2')
  const { page } = desk
  await aRoll(officer, ROLL)
  const { id } = ok(await post(chair, { t, meetingId, issueId: issueIds[0] } as never))
  await page.goto(`/admin/meetings/${meetingId}`)
  const card = page.locator('.motion', { hasText: '同意使用维修资金更换一号楼电梯' })
  const link = card.getByRole('link', { name: '查看业主表决' })
  expect(await link.getAttribute('href')).toBe(`/owners-votes/${id}`)
  // Counted by the roll: neither by hands nor by the council's ballots.
  expect(await card.getByRole('spinbutton').count()).toBe(0)
  await link.click()
  await page.getByRole('heading', { name: /更换一号楼电梯/ }).waitFor()
  expect(new URL(page.url()).pathname).toBe(`/owners-votes/${id}`)
  expect(desk.faults).toEqual([])
})
