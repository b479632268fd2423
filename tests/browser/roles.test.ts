import { ROLES, type Role } from '@tongxin/lifecycle'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { openStage, PASSWORD, type Stage } from './open-browser.ts'
import { signInToConsole } from './open-loop.ts'

let stage: Stage
beforeAll(async () => {
  stage = await openStage()
})
afterAll(() => stage.close())

/** Who works in the console is let in where `permissions.test.ts` looks at what they find. */
const roles = (Object.keys(ROLES) as Role[]).filter((role) => !ROLES[role].staff)
it.each(roles)('shows the demo account %s the way from the console to the hall', async (role) => {
  const { page, faults } = await stage.desk()
  await signInToConsole(page, role)
  await page.getByRole('heading', { name: '这里是工作人员的工作台' }).waitFor()
  // One sign-in serves both apps.
  await page.goto('/mine')
  await page.getByRole('heading', { name: '我的事项' }).waitFor()
  expect(faults).toEqual([])
  await page.context().close()
})

it('says what is wrong when a password is', async () => {
  const { page } = await stage.desk()
  await page.goto('/admin/')
  await page.getByLabel('账号').fill('officer')
  await page.getByLabel('密码', { exact: true }).fill(`${PASSWORD}?`)
  await page.getByRole('button', { name: '登录' }).click()
  await page.getByText('账号或密码不正确').waitFor()
})

it('lets a resident in by the code sent to the phone, and follows a matter raised without an account', async () => {
  const { page, picture } = await stage.desk({ width: 390, height: 844 })
  await page.goto('/raise')
  await page.locator('input[name=title]').fill('小区门口积水')
  await page.locator('textarea[name=body]').fill('下雨后门口积水，出不去。')
  await page.getByRole('button', { name: '提交' }).click()
  await page.getByRole('link', { name: '查看这件事的进度' }).click()
  await page.getByRole('heading', { name: '小区门口积水' }).waitFor()
  expect(new URL(page.url()).pathname).toMatch(/^\/track\//)
  await picture('hall-tracked')

  await page.goto('/mine')
  await page.locator('input[name=phone]').fill('13900001111')
  await page.getByRole('button', { name: '获取验证码' }).click()
  await page.getByText('验证码已发出').waitFor()
  const code = [...stage.output().matchAll(/13900001111[\s\S]*?验证码是 (\d{6})/g)].at(-1)?.[1] ?? ''
  await page.locator('input[name=code]').fill(code)
  await page.getByRole('button', { name: '登录', exact: true }).click()
  await page.getByText('您还没有提过事').waitFor()
  await picture('hall-mine-empty')
})
