import { councilRoutes } from '@tongxin/contract'
import { expect, it, vi } from 'vitest'
import { aDraftOf, aPng, attach, REPORT } from '../../../test/support/agenda.ts'
import { checkIn, councilCast, NEW, ok, openEarly, read, scheduled, step } from '../../../test/support/council.ts'
import { DAY } from '../../../test/support/index.ts'
import { must } from '../../../test/support/issues.ts'
import { verifyRecord } from '../verification/index.ts'

const DUE = { kind: 'resolutions_due' as const, title: '上月决议落实情况' }

it('carries what a meeting had no time for to the next one, with its papers', async () => {
  const all = await councilCast()
  const { t, officer } = all
  const [untouched, taken] = [await scheduled(all), await scheduled(all)]
  const { id, agenda } = await aDraftOf(officer, [REPORT, { issueId: untouched }, { issueId: taken }, DUE])
  const report = agenda[0]?.id as string
  for (const item of [report, untouched, taken]) ok(await attach(officer, id, item))
  const later = { ...NEW, heldAt: new Date(Date.parse(NEW.heldAt) + 30 * DAY).toISOString() }
  const next = ok(await officer.call(councilRoutes.createMeeting, { body: later })).id
  ok(await step(officer, councilRoutes.announceMeeting, id))
  ok(await openEarly(all, id))
  for (const member of all.members) ok(await checkIn(all, id, member))
  await must(officer, taken, 'deliberate')
  ok(await step(officer, councilRoutes.closeMeeting, id))

  const carried = (await read(officer, next)).agenda
  expect(carried.map(({ id: item, state, papers }) => [item, state, papers.length])).toEqual([
    [taken, 'pending', 1],
    [untouched, 'pending', 1],
    [report, 'pending', 1],
  ])
  expect(carried[2]).toMatchObject({ kind: 'report', title: REPORT.title, minutes: REPORT.minutes })
  // Taken off the one, a paper still lies at the other; taken off both, its file goes.
  const paper = carried[2]?.papers[0] as { id: string; hash: string }
  const takeOff = async (meetingId: string) =>
    officer.call(councilRoutes.removePaper, {
      params: { id: meetingId, itemId: report, paperId: paper.id },
      ifMatch: (await read(officer, meetingId)).version,
    })
  ok(await takeOff(next))
  expect((await t.nobody.send({ method: 'GET', url: `/v1/meetings/${id}/papers/${paper.id}` })).statusCode).toBe(200)
  expect((await verifyRecord(t.deps)).mismatch).toBeNull()
  ok(await takeOff(id))
  await t.runDueJobs()
  expect((await t.nobody.send({ method: 'GET', url: `/v1/meetings/${id}/papers/${paper.id}` })).statusCode).toBe(404)
})

it('leaves no file of a paper that is taken off both meetings at the same moment', async () => {
  const all = await councilCast()
  const { t, officer } = all
  const { id, agenda } = await aDraftOf(officer, [REPORT])
  const itemId = agenda[0]?.id as string
  const { papers } = ok(await attach(officer, id, itemId, await aPng())).agenda[0] as {
    papers: { id: string; hash: string }[]
  }
  const [paper = { id: '', hash: '' }] = papers
  const later = { ...NEW, heldAt: new Date(Date.parse(NEW.heldAt) + 30 * DAY).toISOString() }
  const next = ok(await officer.call(councilRoutes.createMeeting, { body: later })).id
  ok(await step(officer, councilRoutes.announceMeeting, id))
  ok(await openEarly(all, id))
  ok(await step(officer, councilRoutes.closeMeeting, id))
  const versions = [await read(officer, id), await read(officer, next)]
  expect(versions.map(({ agenda: items }) => items[0]?.papers[0]?.id)).toEqual([paper.id, paper.id])
  const holding = await t.deps.pool.connect()
  await holding.query('begin; lock table events in share row exclusive mode')
  const removed = versions.map(({ id: meetingId, version }) =>
    officer.call(councilRoutes.removePaper, {
      params: { id: meetingId, itemId, paperId: paper.id },
      ifMatch: version,
    }),
  )
  await vi.waitFor(async () => {
    const { rows } = await t.deps.pool.query(
      `select 1 from pg_stat_activity where wait_event_type = 'Lock' and datname = current_database()`,
    )
    expect(rows).toHaveLength(2)
  })
  await holding.query('commit')
  holding.release()
  for (const reply of removed) ok(await reply)
  expect(await t.deps.storage.has(paper.hash)).toBe(true)
  await t.runDueJobs()
  expect(await t.deps.storage.has(paper.hash)).toBe(false)
  expect((await verifyRecord(t.deps)).mismatch).toBeNull()
})
