import { issueRoutes, peopleRoutes, policyRoutes, publicityRoutes } from '@tongxin/contract'
import sharp from 'sharp'
import { describe, expect, it } from 'vitest'
import { aUnit, type Caller, COMMUNITY, DAY, MINUTE, NEIGHBOUR, testApp } from '../../../test/support/index.ts'
import { ACCEPTED, act, must, raiseAs } from '../../../test/support/issues.ts'
import { uploadPhoto } from '../../../test/support/photos.ts'
import { inTransaction } from '../../db/connect.ts'
import { loadReferenceCategories } from '../../reference/load-reference.ts'

const RESULT = { result: '已更换灯具，当场试亮。' }
const PLACE = { latitude: 30.512345, longitude: 117.04321 }

const cast = async () => {
  const t = await testApp()
  await inTransaction(t.deps.pool, loadReferenceCategories)
  const unit = await aUnit(t.deps, { hasAccounts: true })
  return {
    t,
    unitId: unit.id,
    resident: await t.as('resident'),
    officer: await t.as('officer'),
    secretary: await t.as('secretary'),
    gridWorker: await t.as('grid_worker'),
    lead: await t.as(await t.aPerson({ role: 'unit_handler', unitId: unit.id })),
    anybody: t.nobody,
  }
}
type Cast = Awaited<ReturnType<typeof cast>>

const handling = async (all: Cast, raised: Record<string, unknown> = {}): Promise<string> => {
  const id = await raiseAs(all.resident, raised)
  const { publicTitle, publicText, ...accepted } = ACCEPTED
  await must(
    all.officer,
    id,
    'accept',
    raised.visibility === 'private' ? accepted : { ...accepted, publicTitle, publicText },
  )
  await must(all.officer, id, 'dispatch', { leadUnitId: all.unitId })
  await must(all.lead, id, 'sign')
  return id
}
const notices = async (caller: Caller, query: object = {}) =>
  (await caller.call(publicityRoutes.listNotices, { query: { community: COMMUNITY, ...query } as never })).body

describe('the check on site', () => {
  it('shows photos of a public matter, unless the community does without; of a private one it need not', async () => {
    const all = await cast()
    const { t, lead, gridWorker, secretary } = all
    const id = await handling(all)
    await must(lead, id, 'submit', RESULT)
    const finding = { finding: '灯已亮' }
    expect((await act(gridWorker, id, 'verify', finding)).problem.reason).toBe('verify_photos_given')
    const hidden = await handling(all, { visibility: 'private' })
    await must(lead, hidden, 'submit', RESULT)
    await must(gridWorker, hidden, 'verify', finding)
    const policy = { params: { regionCode: COMMUNITY, key: 'verify_photos_required' }, ifMatch: 0 }
    const body = { value: 0, effectiveFrom: new Date(t.clock.now().getTime() + DAY).toISOString(), reason: '暂无相机' }
    const set = await secretary.call(policyRoutes.setPolicy, { ...policy, body } as never)
    expect(set.status, set.text).toBeLessThan(300)
    t.clock.advance(2 * DAY)
    await must(await t.as({ id: gridWorker.personId as string }), id, 'verify', finding)
  })

  it('keeps where the phone was and the photo was taken for staff, who read it with a purpose and on record', async () => {
    const all = await cast()
    const { t, lead, gridWorker, officer, secretary, resident } = all
    const id = await handling(all)
    await must(lead, id, 'submit', RESULT)
    const taken = await sharp({ create: { width: 30, height: 20, channels: 3, background: '#888' } })
      .jpeg()
      .withExif({ IFD2: { DateTimeOriginal: '2026:03:01 08:30:00' } })
      .toBuffer()
    const photo = await uploadPhoto(gridWorker, taken)
    await must(gridWorker, id, 'verify', { finding: '灯已亮', place: '三号楼前', position: PLACE, photos: [photo] })
    const { rows } = await t.deps.pool.query(`select personal from events where action = 'verify'`)
    expect(JSON.stringify(rows)).not.toContain('30.51')
    const { body } = await officer.call(issueRoutes.readIssue, { params: { id } })
    expect(body.timeline.at(-1)?.fields).toEqual({ finding: '灯已亮', place: '三号楼前' })

    const reveal = (caller: Caller) =>
      caller.call(issueRoutes.revealOrigins, { params: { id }, body: { purpose: '核实照片是否在现场拍摄' } })
    expect((await reveal(resident)).status).toBe(403)
    expect((await reveal(officer)).body.items).toEqual([
      { seq: 6, photoId: photo, at: '2026-03-01T00:30:00.000Z', place: null },
      { seq: 6, photoId: null, at: body.timeline.at(-1)?.recordedAt, place: PLACE },
    ])
    const audit = await secretary.call(peopleRoutes.listAuditRecords, { query: {} as never })
    expect(audit.body.items).toMatchObject([{ action: 'reveal_origins', subjectId: id, details: { photos: 1 } }])
    expect(JSON.stringify(audit.body)).not.toContain('30.51')
  })
})

describe('the publicity board', () => {
  it('shows anybody what stands in its notice period, before and after, page by page', async () => {
    const all = await cast()
    const { t, lead, gridWorker, officer, resident, anybody } = all
    const [before, after, seen] = [await uploadPhoto(resident), await uploadPhoto(lead), await uploadPhoto(gridWorker)]
    const id = await handling(all, { photos: [before], body: '我是王小明，电话13812345678，路灯不亮' })
    await must(lead, id, 'submit', { ...RESULT, photos: [after] })
    expect((await notices(anybody)).items).toEqual([])
    await must(gridWorker, id, 'verify', { finding: '灯已亮', photos: [seen] })
    await must(officer, id, 'publicize', RESULT)
    const hidden = await raiseAs(resident, { visibility: 'private' })
    await must(officer, hidden, 'answer', RESULT)
    t.clock.advance(MINUTE)
    const second = await raiseAs(resident)
    const { publicTitle, publicText } = ACCEPTED
    await must(officer, second, 'answer', { ...RESULT, publicTitle, publicText })

    const first = await notices(anybody, { limit: 1 })
    expect(first.items.map((item) => item.id)).toEqual([second])
    const rest = await notices(anybody, { limit: 1, cursor: first.nextCursor })
    expect([rest.items.length, rest.nextCursor]).toEqual([1, null])
    expect(rest.items[0]).toMatchObject({ id, title: publicTitle, ...RESULT, before: [before], after: [after, seen] })
    expect(JSON.stringify([first, rest])).not.toMatch(/13812345678|王小明/)
    expect((await notices(anybody, { community: NEIGHBOUR })).items).toEqual([])
    t.clock.advance(6 * DAY)
    expect((await notices(anybody)).items).toEqual([])
  })

  it('lists what is suspended with reason and review date, soonest first, and no private matter', async () => {
    const all = await cast()
    const { t, secretary, anybody } = all
    const reviewAt = (days: number) => new Date(t.clock.now().getTime() + days * DAY).toISOString()
    const ids: string[] = []
    for (const [days, raised] of [
      [20, {}],
      [10, {}],
      [5, { visibility: 'private' }],
    ] as const) {
      ids.push(await handling(all, raised))
      await must(secretary, ids.at(-1)!, 'suspend', { reason: `等待第 ${days} 日的材料`, reviewAt: reviewAt(days) })
    }
    const list = async (query: object) =>
      (await anybody.call(publicityRoutes.listSuspended, { query: { community: COMMUNITY, ...query } as never })).body
    const first = await list({ limit: 1 })
    const rest = await list({ limit: 1, cursor: first.nextCursor })
    expect([...first.items, ...rest.items]).toMatchObject([
      { id: ids[1], reason: '等待第 10 日的材料', suspensions: 1 },
      { id: ids[0], reason: '等待第 20 日的材料', suspensions: 1 },
    ])
    expect(rest.nextCursor).toBeNull()
  })

  it('reads its lists from their indexes', async () => {
    const { t } = await cast()
    const client = await t.deps.pool.connect()
    const plan = async (sql: string) => {
      await client.query('set enable_seqscan = off')
      return (await client.query<Record<string, string>>(`explain ${sql}`)).rows
        .map((row) => row['QUERY PLAN'])
        .join('\n')
    }
    const open = `community_code = '${COMMUNITY}' and visibility = 'public' and public_title is not null`
    expect(
      await plan(`select id from issues where ${open} and state = 'publicized' and notice_ends_at > now()
        order by notice_ends_at desc, id desc limit 20`),
    ).toMatch(/issues_on_notice/)
    expect(
      await plan(`select id from issues where ${open} and state = 'suspended' order by review_at, id limit 20`),
    ).toMatch(/issues_suspended/)
    client.release()
  })
})
