import { buffer } from 'node:stream/consumers'
import { councilRoutes } from '@tongxin/contract'
import { extractText, getDocumentProxy } from 'unpdf'
import { describe, expect, it } from 'vitest'
import {
  aCouncil,
  adoptAt,
  aScheduledMatter,
  closeMeetingNow,
  later,
  ok,
  openMeetingOn,
} from '../../../test/support/held-meeting.ts'
import { aUnit, type Caller, DAY, testApp } from '../../../test/support/index.ts'
import { numeral } from './minutes-words.ts'
import { printMinutes } from './print-minutes.ts'

const held = async (matters = 1) => {
  const council = await aCouncil(await testApp())
  const unit = await aUnit(council.t.deps, { name: '滨江物业服务中心' })
  const issueIds: string[] = []
  for (let i = 0; i < matters; i++) issueIds.push(await aScheduledMatter(council, `第${i + 1}号楼前路灯不亮`))
  const id = await openMeetingOn(council, issueIds)
  const proposal = { leadUnitId: unit.id, dueDays: 20, budgetFen: 1_200_050, budgetSource: '为民服务资金' }
  for (const issueId of issueIds) await adoptAt(council, id, issueId, { proposal })
  await closeMeetingNow(council, id)
  ok(await council.officer.call(councilRoutes.draftMinutes, { params: { id } }))
  return { ...council, id }
}

const confirmed = async () => {
  const before = await held()
  ok(await before.officer.call(councilRoutes.publishMinutes, { params: { id: before.id }, ifMatch: 1 }))
  const all = await later(before, 3 * DAY + 1)
  for (const caller of [all.officer, all.members[0], all.members[1]])
    ok(await caller.call(councilRoutes.confirmMinutes, { params: { id: all.id }, ifMatch: 2 }))
  return all
}

const print = async (caller: Caller, id: string) => {
  const reply = await caller.send({
    method: 'GET',
    url: `/v1/meetings/${id}/minutes.pdf`,
    headers: caller.token ? { authorization: `Bearer ${caller.token}` } : {},
  })
  if (reply.statusCode !== 200)
    return { status: reply.statusCode, headers: reply.headers, pages: [], text: '', bytes: 0 }
  const file = await getDocumentProxy(new Uint8Array(reply.bytes))
  const { text: pages } = await extractText(file)
  const [, , width, height] = (await file.getPage(1)).view
  const { info } = await file.getMetadata()
  // Line breaks of the layout say nothing.
  const text = pages.join('').replace(/\s/g, '')
  return { status: 200, headers: reply.headers, pages, text, bytes: reply.bytes.length, size: [width, height], info }
}

describe('the printed minutes', () => {
  it('are A4 and tell what the minutes tell, with names for those inside', async () => {
    const { officer, id } = await confirmed()
    const { body } = await officer.call(councilRoutes.readMinutes, { params: { id } })
    const { headers, text, size, bytes, info } = await print(officer, id)
    expect(headers['content-type']).toBe('application/pdf')
    expect(headers['content-disposition']).toBe('inline; filename="minutes-2026-01.pdf"')
    expect(size?.map((points) => Math.round(((points ?? 0) / 72) * 25.4))).toEqual([210, 297])
    expect(info).toMatchObject({ Title: '三月议事会会议纪要', Author: '滨江苑社区' })
    for (const said of [
      '滨江苑社区居民议事会纪要',
      '编号2026-01',
      '三月议事会会议纪要',
      '时间：2026年3月2日',
      '地点：社区议事厅',
      '主持：钱专干',
      '居民代表应到2人，实到2人（法定1人）',
      '（一）第1号楼前路灯不亮',
      '（过半数，举手：赞成3，反对0，弃权0，到会4；通过）',
      '由滨江物业服务中心主办，自形成决议起20日内办结，预算12,000.50元（为民服务资金）',
      '结果：形成决议：同意更换楼前路灯。',
      '钱专干（主持人）',
      `sha256${body.hash.slice(0, 16)}`,
      '—1/2—',
      '—2/2—',
    ])
      expect(text).toContain(said)
    expect(text).toMatch(/出席：.*赵代表/)
    expect(text).not.toContain('草稿')
    // Only the glyphs it uses: the whole fonts are 30 MB.
    expect(bytes).toBeLessThan(200_000)
  })

  it('hold figures, no names, for everybody else', async () => {
    const { t, resident, id } = await confirmed()
    for (const caller of [t.nobody, resident]) {
      const { text, headers } = await print(caller, id)
      expect(text).toContain('由主持人及2名到会成员确认')
      expect(text).not.toMatch(/钱专干|代表[^应、]*赵|赵代表|李党员|主持：|出席：/)
      expect(headers['cache-control']).toBe('private, no-store')
    }
  })

  it('say on every page that they are a draft, and are not there yet for the public', async () => {
    const { t, officer, id } = await held(9)
    expect((await print(t.nobody, id)).status).toBe(404)
    const { pages } = await print(officer, id)
    expect(pages.length).toBeGreaterThan(2)
    for (const [i, page] of pages.entries()) {
      expect(page).toContain('草稿')
      expect(page.replace(/\s/g, '')).toContain(`—${i + 1}/${pages.length}—`)
    }
  })

  it('are the same bytes whenever they are printed, and one reader’s names reach no other', async () => {
    const { t, officer, id } = await confirmed()
    const view = ok(await t.nobody.call(councilRoutes.readMinutes, { params: { id } }))
    const [one, two] = await Promise.all([1, 2].map(async () => buffer(await printMinutes(view))))
    expect(one?.equals(two as Buffer)).toBe(true)
    const first = await t.nobody.send({ method: 'GET', url: `/v1/meetings/${id}/minutes.pdf` })
    expect(first.bytes.equals(one as Buffer)).toBe(true)
    expect((await print(officer, id)).text).toContain('钱专干')
    expect((await print(t.nobody, id)).text).not.toContain('钱专干')
  })
})

it.each([
  [1, '一'],
  [10, '十'],
  [11, '十一'],
  [20, '二十'],
  [50, '五十'],
])('writes %i as %s', (n, words) => {
  expect(numeral(n)).toBe(words)
})
