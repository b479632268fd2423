import { attachmentRoutes, councilRoutes } from '@tongxin/contract'
import { describe, expect, it } from 'vitest'
import { aDraftOf, aPng, attach, PDF, REPORT, upload } from '../../../test/support/agenda.ts'
import { announced, councilCast, ok, openEarly, read, scheduled, step } from '../../../test/support/council.ts'
import { type Caller, COMMUNITY, NEIGHBOUR } from '../../../test/support/index.ts'
import { raiseAs } from '../../../test/support/issues.ts'
import { verifyRecord } from '../verification/index.ts'

describe('papers', () => {
  it('are what their content says, and stand with an item until the meeting opens', async () => {
    const all = await councilCast()
    const { t, officer, members } = all
    const { id, agenda } = await aDraftOf(officer, [REPORT])
    const itemId = agenda[0]?.id as string
    expect((await upload(officer, Buffer.concat([PDF, Buffer.from(' ')]))).body.mediaType).toBe('application/pdf')
    expect((await upload(officer, await aPng())).body.mediaType).toBe('image/jpeg')
    for (const bytes of [Buffer.from('<html>'), Buffer.from('%PDF-1.4 torn'), Buffer.from('%PDF-x %%EOF')])
      expect((await upload(officer, bytes)).status).toBe(415)
    expect((await upload(officer, PDF, NEIGHBOUR)).status).toBe(403)
    expect((await upload(members[0], PDF)).status).toBe(403)

    const { papers } = ok(await attach(officer, id, itemId)).agenda[0] as { papers: { id: string; hash: string }[] }
    const paperId = papers[0]?.id as string
    const get = (caller: Caller, meetingId = id) =>
      caller.send({ method: 'GET', url: `/v1/meetings/${meetingId}/papers/${paperId}` })
    const file = await get(officer)
    expect([file.statusCode, file.headers['content-type'], file.bytes.equals(PDF)]).toEqual([
      200,
      'application/pdf',
      true,
    ])
    expect(file.headers['content-disposition']).toContain(encodeURIComponent('服务报告.pdf'))
    // A draft is not for the public, and its papers are not either; nor are they photos of anybody's.
    expect((await get(members[1])).statusCode).toBe(200)
    expect((await get(t.nobody)).statusCode).toBe(404)
    expect((await get(all.resident)).statusCode).toBe(404)
    expect((await officer.call(attachmentRoutes.read, { params: { id: paperId } })).status).toBe(404)
    ok(await step(officer, councilRoutes.announceMeeting, id))
    expect((await get(t.nobody)).statusCode).toBe(200)
    const other = await announced(all, [await scheduled(all)])
    expect((await get(t.nobody, other)).statusCode).toBe(404)

    // Posted, the items stay; papers may still come, and go.
    ok(await attach(officer, id, itemId, await aPng(), '现场照片'))
    const { version } = await read(officer, id)
    const remove = { params: { id, itemId, paperId }, ifMatch: version }
    expect((await members[0].call(councilRoutes.removePaper, remove)).status).toBe(403)
    expect(ok(await officer.call(councilRoutes.removePaper, remove)).agenda[0]?.papers).toMatchObject([
      { title: '现场照片', mediaType: 'image/jpeg' },
    ])
    expect((await get(officer)).statusCode).toBe(404)
    await t.runDueJobs()
    expect(await t.deps.storage.has(papers[0]?.hash as string)).toBe(false)

    ok(await openEarly(all, id))
    expect((await attach(officer, id, itemId)).problem.code).toBe('meeting_wrong_state')
    expect((await verifyRecord(t.deps)).mismatch).toBeNull()
  })

  it('carry no personal data in their titles unseen', async () => {
    const { officer } = await councilCast()
    const { id, agenda, version } = await aDraftOf(officer, [REPORT])
    const attachmentId = (await upload(officer, PDF)).body.id
    const put = (more: object) =>
      officer.call(councilRoutes.attachPapers, {
        params: { id, itemId: agenda[0]?.id as string },
        ifMatch: version,
        body: { papers: [{ attachmentId, title: '申请 13812345678' }], ...more },
      })
    const doubted = await put({})
    expect([doubted.status, doubted.problem.reason, doubted.problem.errors?.[0]?.path]).toEqual([
      422,
      'personal_data',
      'body.papers.0.title',
    ])
    expect(ok(await put({ reviewed: true })).agenda[0]?.papers).toMatchObject([{ title: '申请 13812345678' }])
  })

  it('are taken off in session and after it as well, by who organizes the meeting', async () => {
    const all = await councilCast()
    const { t, officer, members } = all
    const { id, agenda } = await aDraftOf(officer, [REPORT])
    const itemId = agenda[0]?.id as string
    ok(await attach(officer, id, itemId))
    ok(await attach(officer, id, itemId))
    ok(await step(officer, councilRoutes.announceMeeting, id))
    const takeOff = async (caller: Caller) => {
      const { version, agenda: now } = await read(officer, id)
      const paperId = now[0]?.papers[0]?.id as string
      const reply = await caller.call(councilRoutes.removePaper, { params: { id, itemId, paperId }, ifMatch: version })
      const file = await t.nobody.send({ method: 'GET', url: `/v1/meetings/${id}/papers/${paperId}` })
      return [reply.status, file.statusCode]
    }
    ok(await openEarly(all, id))
    expect(await takeOff(members[0])).toEqual([403, 200])
    expect(await takeOff(officer)).toEqual([200, 404])
    ok(await step(officer, councilRoutes.closeMeeting, id))
    expect((await read(officer, id)).allowed).toContain('remove_papers')
    expect(await takeOff(officer)).toEqual([200, 404])
    expect((await verifyRecord(t.deps)).mismatch).toBeNull()
  })

  it('of a matter that turned private are shown to nobody outside, and stand in no minutes', async () => {
    const all = await councilCast()
    const { t, officer, members } = all
    const issueId = await scheduled(all)
    const { id } = await aDraftOf(officer, [{ issueId }])
    const { papers } = ok(await attach(officer, id, issueId)).agenda[0] as { papers: { id: string }[] }
    ok(await step(officer, councilRoutes.announceMeeting, id))
    const get = async (caller: Caller) => {
      const { statusCode } = await caller.send({
        method: 'GET',
        url: `/v1/meetings/${id}/papers/${papers[0]?.id}`,
      })
      return [statusCode, (await read(caller, id)).agenda[0]?.papers.length]
    }
    expect(await get(t.nobody)).toEqual([200, 1])
    await t.deps.pool.query(`update issues set visibility = 'private', public_title = null, public_text = null`)
    expect(await get(t.nobody)).toEqual([404, 0])
    expect(await get(all.resident)).toEqual([404, 0])
    expect(await get(members[0])).toEqual([200, 1])
    expect((await read(t.nobody, id)).agenda[0]?.title).toBeNull()
    ok(await openEarly(all, id))
    ok(await step(officer, councilRoutes.closeMeeting, id))
    const { content } = ok(await officer.call(councilRoutes.draftMinutes, { params: { id } }))
    expect(content.items[0]).toMatchObject({ issueId, title: null })
    expect(content.items[0]).not.toHaveProperty('papers')
  })

  it('belong to their uploader, to one item, and to the community of the meeting', async () => {
    const all = await councilCast()
    const { t, officer } = all
    const { id, agenda } = await aDraftOf(officer, [REPORT])
    const itemId = agenda[0]?.id as string
    const put = async (caller: Caller, attachmentId: string, item = itemId) =>
      caller.call(councilRoutes.attachPapers, {
        params: { id, itemId: item },
        ifMatch: (await read(officer, id)).version,
        body: { papers: [{ attachmentId, title: '材料' }] },
      })
    const mine = (await upload(officer, PDF)).body.id
    const foreign = await t.as(await t.aPerson({ role: 'officer', region: NEIGHBOUR }))
    const elsewhere = (await upload(foreign, PDF, NEIGHBOUR)).body.id
    expect((await put(foreign, elsewhere)).status).toBe(404)
    expect((await put(officer, elsewhere)).problem.code).toBe('attachment_not_found')
    expect((await put(all.secretary, mine)).problem.code).toBe('attachment_not_found')
    expect((await put(officer, mine, `${COMMUNITY}-0190b8a0-5c1e-7c3a-9d2e-1f2a3b4c5d6e`)).status).toBe(404)
    ok(await put(officer, mine))
    expect((await put(officer, mine)).problem.code).toBe('attachment_already_used')
    // A matter takes photos, and no paper in PDF.
    const pdf = (await upload(officer, PDF)).body.id
    await expect(raiseAs(officer, { photos: [pdf] })).rejects.toThrow('attachment_not_found')
  })
})
