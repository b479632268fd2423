import type { Locator } from 'playwright-core'
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest'
import { choose } from './hands.ts'
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

const at = async (where: 'console' | 'hall', username: string): Promise<Desk> => {
  const desk = await loop[where](username)
  desks.push(desk)
  return desk
}

it('keeps rules, grants and homes: who may, who approves, from when, and who looked', async () => {
  const officer = await at('console', 'officer')
  const { page } = officer
  // A person is looked up, seen in full for a purpose, and a role is asked for.
  await page.goto('/admin/people')
  await choose(page.locator('.el-select').first(), '居民')
  const people = page.locator('.settings-lines > li')
  await expect.poll(() => people.filter({ hasNotText: '居民' }).count()).toBe(0)
  await people.locator('a').first().click()
  await page.getByRole('button', { name: '查看', exact: true }).click()
  const reveal = page.getByRole('dialog', { name: '查看' })
  await reveal.getByLabel('查看用途').fill('核对登记的联系方式')
  await reveal.getByRole('button', { name: '查看' }).click()
  await page.locator('a[href^="tel:"]').waitFor()
  await page.getByRole('button', { name: '申请授权' }).click()
  const request = page.getByRole('dialog', { name: '申请授权' })
  // What is missing is said under the fields, and nothing is sent.
  await request.getByRole('button', { name: '提出申请' }).click()
  const fault = (label: string) => request.locator('.el-form-item', { hasText: label }).locator('.el-form-item__error')
  await expect.poll(() => fault('角色').allTextContents()).toEqual(['请选择'])
  await expect.poll(() => fault('理由').allTextContents()).toEqual(['请填写'])
  await choose(request.locator('.el-select').first(), '调解员')
  await request.getByText('由社区书记或街道督办批准').waitFor()
  await request.getByLabel('理由').fill('经推选担任调解员')
  await request.getByRole('button', { name: '提出申请' }).click()
  await request.waitFor({ state: 'hidden' })
  await page.getByText('待批准').waitFor()
  await page.goto('/admin/settings/grants')
  await page.getByText('您提出的，须由另一人批准。').waitFor()
  expect(await page.getByRole('button', { name: /^批准/ }).count()).toBe(0)

  // Somebody who stands twice is looked at side by side, and becomes one.
  await page.goto('/admin/people/doubles')
  await page.getByRole('link', { name: '对照杨*的两条记录' }).click()
  await page.getByText('转到保留的记录').waitFor()
  await page.getByLabel('理由').fill('上门核实，是同一人')
  await officer.picture('console-compared')
  await page.getByRole('button', { name: '合并', exact: true }).click()
  await page.waitForURL(/\/people\/[\w-]+$/)
  await page.getByText('2单元501').waitFor()

  const secretary = await at('console', 'secretary')
  const hers = secretary.page
  // On what waits for her, and a click away; where it stands on a later page, two.
  const waits = hers.locator('main li', { hasText: '批准授权申请' }).filter({ hasText: '1 项' })
  const proposed = waits.getByRole('link', { name: '批准授权申请', exact: true })
  await proposed.waitFor()
  const isWaiting = (url: URL) => url.searchParams.get('status') === 'requested'
  await hers.route(isWaiting, (route) => {
    const later = new URL(route.request().url())
    if (!later.searchParams.has('cursor')) return route.fulfill({ json: { items: [], nextCursor: 'later' } })
    later.searchParams.delete('cursor')
    return route.continue({ url: later.href })
  })
  await proposed.click()
  // The workbench has such a button, too.
  await hers.getByRole('heading', { name: '授权', exact: true }).waitFor()
  await hers.getByRole('button', { name: '再看一些' }).click()
  await hers.getByText('理由：经推选担任调解员').waitFor()
  await hers.unroute(isWaiting)
  await secretary.picture('console-grants')
  await hers.getByRole('button', { name: /^批准/ }).click()
  await hers.getByText('没有待批准的授权').waitFor()
  // What one may end works at once, with a reason that stays: a grant here, a system below.
  const end = async (title: string, line: Locator) => {
    await line.getByRole('button', { name: title }).click()
    const dialog = hers.getByRole('dialog', { name: title })
    await dialog.getByLabel('理由').fill('不再需要')
    await dialog.getByRole('button', { name: title }).click()
    await dialog.waitFor({ state: 'hidden' })
  }
  const granted = hers.locator('.settings-lines > li', { hasText: '调解员' }).filter({ hasNotText: '丁守义' })
  await end('撤销', granted)
  await granted.waitFor({ state: 'detached' })
  await hers.goto('/admin/settings/audit')
  await hers.getByText('用途：核对登记的联系方式').waitFor()
  await secretary.picture('console-audit')

  // A rule is changed for matters to come, and says so to whoever reads it.
  await hers.goto('/admin/settings/policies')
  await hers.getByRole('button', { name: '修改公示期' }).click()
  const rule = hers.getByRole('dialog', { name: '公示期' })
  await rule.getByText('可设 3–15 天').waitFor()
  await rule.getByLabel('改为').fill('7')
  await rule.getByLabel('理由').fill('居民议事会建议延长')
  await secretary.picture('console-policy')
  await rule.getByRole('button', { name: '保存' }).click()
  await rule.waitFor({ state: 'hidden' })
  const line = hers.locator('li', { hasText: '公示期' })
  await line.getByText('7 天', { exact: true }).waitFor()
  await line.getByText(/滨江苑社区自定/).waitFor()
  await secretary.picture('console-policies')
  await page.goto('/admin/settings/policies')
  await page.getByText('社区的规则由社区书记或系统管理员修改').waitFor()
  expect(await page.getByRole('button', { name: '修改公示期' }).count()).toBe(0)
  await page.getByRole('button', { name: '公示期：修改记录' }).click()
  await page.getByText('居民议事会建议延长').waitFor()

  // What was changed of a category is told, and what is decided for later.
  await hers.goto('/admin/settings/categories')
  // The classes are closed until one is opened, or something is looked for.
  await hers.locator('summary', { hasText: '公用设施' }).waitFor()
  await hers.getByText('上水井盖').waitFor({ state: 'hidden' })
  await hers.locator('summary', { hasText: '公用设施' }).click()
  await hers.getByText('上水井盖').waitFor()
  await hers.getByLabel('按名称或代码查找').fill('楼道照明')
  await hers.getByRole('button', { name: '楼道照明：修改记录' }).click()
  const history = hers.getByRole('dialog', { name: '楼道照明：修改记录' })
  await history.getByText('到期生效').waitFor()
  await history.getByText('3 个工作日').waitFor()
  await secretary.picture('console-category-changes')

  // A sentence she keeps stands ready in the officer's form, and takes the place of nothing that was written.
  await hers.goto('/admin/settings/phrases')
  await hers.getByRole('button', { name: '给留言加一句' }).click()
  const sentence = hers.getByRole('dialog', { name: '留言的常用语' })
  // Nothing that is pasted is cut off: it is said how much of it is too much.
  await sentence.getByLabel('句子').fill('话'.repeat(501))
  await sentence.getByText('已有 501 字，最多 500 字，请删去 1 字后再提交。').waitFor()
  expect(await sentence.getByLabel('句子').inputValue()).toHaveLength(501)
  await sentence.getByLabel('句子').fill('周五前给您回话。')
  await sentence.getByRole('button', { name: '保存' }).click()
  await hers.getByText('周五前给您回话。').waitFor()
  await secretary.picture('console-phrases')
  await page.goto('/admin/issues?state=accepted')
  await page.locator('a[href*="/issues/3408"]').first().click()
  await page.locator('[data-action="comment"]').click()
  const comment = page.getByRole('dialog', { name: '留言' })
  await comment.locator('textarea').fill('收到。')
  await comment.getByRole('button', { name: /^常用语/ }).click()
  await officer.picture('console-phrases-offered')
  await comment.getByRole('button', { name: '周五前给您回话。' }).click()
  expect(await comment.locator('textarea').inputValue()).toBe('收到。\n周五前给您回话。')

  // A file that was checked is written later, from the list of imports.
  await hers.goto('/admin/settings/imports')
  await hers.getByText('还没有导入过').waitFor()
  await hers.getByLabel('选择文件').setInputFiles({
    name: '旧台账.csv',
    mimeType: 'text/csv',
    buffer: Buffer.from('编号,提出人,主题,提出时间,详情\n77001,A01,旧事一件,2019/1/1 9:00,楼道灯不亮\n'),
  })
  await hers.getByText(/^(正在数行|检查完毕)/).waitFor()
  await loop.pass(0)
  await hers.getByText(/文件加密保留到 .*，在此之前可以写入/).waitFor()
  await secretary.picture('console-import-checked')
  await hers.goto('/admin/settings')
  await hers.goto('/admin/settings/imports')
  await hers.locator('li', { hasText: '待写入，保留到' }).getByRole('link', { name: '旧台账.csv' }).click()
  await hers.getByRole('button', { name: '写入' }).click()
  await hers.getByText(/^(正在数行|已写入)/).waitFor()
  await loop.pass(0)
  await hers.getByText('已写入。').waitFor()
  expect(await hers.getByRole('button', { name: '写入' }).count()).toBe(0)

  // A system is let in by two, and its key, shown once, opens what was approved and no more.
  await hers.goto('/admin/settings/clients')
  const screen = hers.locator('.settings-lines > li', { hasText: '街道大屏' })
  await screen.getByRole('button', { name: '批准街道大屏接入' }).click()
  await screen.getByText('使用中').waitFor()
  await hers.getByRole('button', { name: '登记系统' }).click()
  const register = hers.getByRole('dialog', { name: '登记系统' })
  await register.getByRole('button', { name: '提出登记' }).click()
  await expect.poll(() => register.locator('.el-form-item.is-error').count()).toBe(5)
  await register.getByLabel('系统名称').fill('话'.repeat(41))
  await register.getByText('已有 41 字，最多 40 字，请删去 1 字后再提交。').waitFor()
  await secretary.picture('console-client-register')
  await register.getByRole('button', { name: '取消' }).click()
  await register.waitFor({ state: 'hidden' })
  await screen.getByRole('button', { name: '为街道大屏签发密钥' }).click()
  const keys = hers.getByRole('dialog', { name: '为街道大屏签发密钥' })
  await keys.getByRole('button', { name: '签发密钥' }).click()
  const key = await keys.getByText(/^txk_[\w-]{43}$/).textContent()
  await secretary.picture('console-client-key')
  await keys.getByRole('button', { name: '已保存好' }).click()
  await screen.getByText(`密钥（尾号 ${key?.slice(-4)}）`).waitFor()
  const asked = async (path: string) =>
    (await hers.request.get(path, { headers: { authorization: `Bearer ${key}` } })).status()
  expect(await asked('/v1/statistics?region=340803002001&from=2026-01&to=2026-02')).toBe(200)
  expect(await asked('/v1/issues?community=340803002001')).toBe(403)
  await end('停用', screen)
  await screen.getByText('已停用').waitFor()
  expect(await asked('/v1/statistics?region=340803002001&from=2026-01&to=2026-02')).toBe(401)

  // A code is handed over on paper, and binds whoever brings it.
  await hers.goto('/admin/people/households')
  await hers.getByRole('button', { name: '从表格导入' }).click()
  const lines = (kind: string) => ({
    name: '住户.csv',
    mimeType: 'text/csv',
    buffer: Buffer.from(`楼栋,门牌,姓名,身份\n1栋,9单元901,郝建民,${kind}`),
  })
  const chooser = hers.getByLabel('选择文件')
  await chooser.setInputFiles(lines('邻居'))
  await hers.getByRole('cell', { name: /不认识身份“邻居”/ }).waitFor()
  await secretary.picture('console-residents-wrong')
  await chooser.setInputFiles(lines('承租人'))
  await hers.getByText('登记住户 1 户、人员 1 人').waitFor()
  await hers.getByRole('button', { name: '写入' }).click()
  await hers.getByRole('link', { name: '9单元901' }).click()
  await hers.getByText('郝*').waitFor()
  await hers.getByRole('button', { name: '签发邀请码' }).click()
  await hers.getByRole('dialog').getByRole('button', { name: '签发', exact: true }).click()
  const code = (await hers.locator('.slip .code').textContent()) ?? ''
  await secretary.picture('console-invitation')
  const resident = await at('hall', 'resident9')
  await resident.page.getByText('用邀请码绑定住户').click()
  await resident.page.getByLabel('社区给您的邀请码').fill(code)
  await resident.page.getByRole('button', { name: '绑定', exact: true }).click()
  await resident.page.getByText('已绑定', { exact: true }).waitFor()
  await resident.picture('hall-homes')
})
