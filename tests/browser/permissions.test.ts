import { allows, type Permission, permissions } from '@tongxin/contract'
import { ROLES, type Role } from '@tongxin/lifecycle'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { settled } from './every-page.ts'
import { type Loop, openLoop } from './open-loop.ts'

interface PageRule {
  /** Who is led to it; left out, everybody at work is. */
  needs?: Permission
  /** What it lists is no secret: whoever comes by its address may read it. */
  open?: boolean
  /** What on it is for some only of those who may open it, by its words. */
  controls?: Record<string, Permission>
}
const PAGES: Record<string, PageRule> = {
  '/raise': { controls: { 粘贴群消息: 'intake.use' } },
  '/issues': { controls: { 导出: 'issues.export', 视图: 'views.keep' } },
  '/meetings': { controls: { 筹备会议: 'meetings.manage' } },
  '/owners-votes': { needs: 'owners.enter', open: true, controls: { 业主名册: 'owners.manage' } },
  '/orders': { needs: 'orders.read' },
  '/sittings': { needs: 'sittings.read', controls: { 召集会议: 'sittings.manage' } },
  '/task-forces': { needs: 'forces.read', controls: { 成立专班: 'forces.manage' } },
  '/street': { needs: 'whistles.read', controls: { 督办: 'supervisions.read' } },
  '/resting': { needs: 'resting.read' },
  '/judging': { needs: 'judging.read', controls: { 回访: 'calls.read' } },
  '/statistics': { needs: 'statistics.read' },
  '/reports': { needs: 'reports.read' },
  '/units': { needs: 'units.contacts', open: true, controls: { 新增单位: 'units.manage' } },
  '/cobuilding': { needs: 'cobuilding.keep', open: true, controls: { 登记资源: 'cobuilding.keep' } },
  '/people': { needs: 'people.read', controls: { 登记人员: 'people.manage' } },
  '/people/households': { needs: 'households.read', controls: { 登记住户: 'households.manage' } },
  '/people/doubles': { needs: 'people.merge' },
  '/people/bindings': { needs: 'households.audit' },
  '/duty': { needs: 'duty.read' },
  '/settings': {},
  '/settings/grants': { needs: 'grants.read' },
  '/settings/accounts': { needs: 'accounts.read', controls: { 锁定: 'accounts.manage' } },
  '/settings/clients': { needs: 'clients.read', controls: { 登记系统: 'clients.manage' } },
  '/settings/categories': { controls: { 新增类别: 'categories.manage' } },
  '/settings/phrases': { needs: 'phrases.read', controls: { 加一句: 'phrases.manage' } },
  '/settings/audit': { needs: 'audit.read' },
  '/settings/imports': { needs: 'issues.import' },
}

let loop: Loop
beforeAll(async () => {
  loop = await openLoop()
})
afterAll(() => loop.close())

/** Goes there as a link would, within the page that is open. */
async function visit(page: Page, address: string): Promise<void> {
  await page.locator('main h1').evaluateAll((all, to) => {
    for (const heading of all) heading.setAttribute('data-before', to)
  }, address)
  await page.evaluate(
    `history.pushState({}, '', '/admin${address}'); dispatchEvent(new PopStateEvent('popstate', { state: {} }))`,
  )
  await page.locator(`main h1:not([data-before="${address}"])`).first().waitFor()
  await settled(page)
}

/** Of roles that may do the same, one. */
const staff = [
  ...new Map(
    (Object.keys(ROLES) as Role[])
      .filter((role) => ROLES[role].staff)
      .map((role) => [permissions.filter((permission) => allows(permission, new Set([role]))).join(), role]),
  ).values(),
]

it.each(staff)('hides from %s what is not theirs, and the API refuses it anyway', async (role) => {
  const { page, faults } = await loop.console(role)
  await settled(page)
  const hasWorkbench = (['workbench.read', 'grants.read'] as const).some((each) => allows(each, new Set([role])))
  const start = hasWorkbench ? '工作台' : '事项'
  await page.getByRole('heading', { name: start, exact: true }).waitFor()
  const may = (permission: Permission | undefined) => !permission || allows(permission, new Set([role, 'resident']))
  const refused: string[] = []
  page.on('response', (response) => {
    if (response.status() === 403) refused.push(new URL(response.url()).pathname)
  })
  const leads = async (links: string) => {
    const all = await page.locator(links).evaluateAll((found) => found.map((link) => link.getAttribute('href') ?? ''))
    return all.map((href) => href.replace(/^\/admin/, '').replace(/[?#].*/, ''))
  }
  // A page that comes to the side bar is to be walked, too.
  const wrong = (await leads('nav a[href]')).filter((to) => to !== '/' && !PAGES[to]).map((to) => `${to}: not walked`)
  for (const [address, { needs, open, controls = {} }] of Object.entries(PAGES)) {
    refused.length = 0
    await visit(page, address)
    const closed = await page.getByText('您没有权限查看这里的内容').count()
    for (const to of await leads('nav a[href], main a[href]'))
      if (PAGES[to] && !may(PAGES[to].needs) && !PAGES[to].open) wrong.push(`${address}: leads to ${to}`)
    if (may(needs) || open) {
      if (refused.length + closed > 0) wrong.push(`${address}: refused ${refused}`)
      for (const [name, permission] of Object.entries(controls)) {
        const found = page.locator('main').locator('button, a').filter({ hasText: name })
        const isRight = async () => (await found.count()) > 0 === may(permission)
        await expect
          .poll(isRight)
          .toBe(true)
          .catch(() => wrong.push(`${address}: ${name} ${may(permission) ? 'hidden' : 'shown'}`))
      }
    } else {
      if (refused.length === 0) wrong.push(`${address}: not refused`)
      if (closed === 0) wrong.push(`${address}: does not say so`)
    }
  }
  expect(wrong).toEqual([])
  expect(faults).toEqual([])
  await page.context().close()
})
