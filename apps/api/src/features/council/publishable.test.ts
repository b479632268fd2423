import { councilRoutes, type MotionView, ownersRoutes } from '@tongxin/contract'
import { describe, expect, it } from 'vitest'
import type { Reply } from '../../../test/support/caller.ts'
import {
  announced,
  type Cast,
  councilCast,
  inSession,
  NEW,
  ok,
  openEarly,
  propose,
  read,
  scheduled,
} from '../../../test/support/council.ts'
import { type Caller, DAY } from '../../../test/support/index.ts'
import { act, must } from '../../../test/support/issues.ts'
import { atNow } from '../../../test/support/meetings.ts'
import { verifyRecord } from '../verification/index.ts'

const CALL = '请联系居民张建国，电话 13812345678'
const idOf = ({ personId }: Caller) => personId as string

/** Refused once, naming the places and proposing other words; taken when whoever wrote it stands by it. */
const askedTwice = async <T>(
  send: (more: { reviewed?: boolean }) => Promise<Reply<T>>,
  ...places: string[]
): Promise<T> => {
  const doubted = await send({})
  expect([doubted.status, doubted.problem.reason]).toEqual([422, 'personal_data'])
  expect(doubted.problem.errors?.map(({ path }) => path)).toEqual(places.map((place) => `body.${place}`))
  expect(doubted.problem.errors?.every(({ message }) => message.includes('〔电话〕'))).toBe(true)
  return ok(await send({ reviewed: true }))
}

/** The same of an action on a matter, place by place. */
const standBy = (body: object) =>
  Object.fromEntries(Object.keys(body).map((name) => [name, { removed: {}, kept: { name: 1, phone: 1 } }]))

/** A matter being deliberated on, the officer presiding. */
const deliberated = async (): Promise<Cast & { id: string; issueId: string }> => {
  const all = await councilCast()
  const issueId = await scheduled(all)
  const id = await inSession(all, [issueId])
  await must(all.officer, issueId, 'deliberate')
  return { ...all, id, issueId }
}

describe('what the public will read of a meeting is asked about before it stands there', () => {
  it('its name, its place, and why it is called late, moved or cancelled', async () => {
    const all = await councilCast()
    const { officer, t } = all
    const { id } = await askedTwice(
      (more) => officer.call(councilRoutes.createMeeting, { body: { ...NEW, title: CALL, place: CALL, ...more } }),
      'title',
      'place',
    )
    const words = { title: CALL, place: CALL, shortNoticeReason: CALL }
    await askedTwice(
      (more) => atNow(officer, councilRoutes.changeMeeting, id, { ...words, ...more }),
      'title',
      'place',
      'shortNoticeReason',
    )
    const items = [{ issueId: await scheduled(all) }]
    ok(await atNow(officer, councilRoutes.setAgenda, id, { items }))
    const heldAt = new Date(t.clock.now().getTime() + DAY).toISOString()
    ok(await atNow(officer, councilRoutes.changeMeeting, id, { heldAt, title: NEW.title, place: NEW.place }))
    const late = { shortNoticeReason: CALL }
    await askedTwice(
      (more) => atNow(officer, councilRoutes.announceMeeting, id, { ...late, ...more }),
      'shortNoticeReason',
    )
    await askedTwice((more) => atNow(officer, councilRoutes.cancelMeeting, id, { reason: CALL, ...more }), 'reason')
    const notice = ok(await t.nobody.call(councilRoutes.readMeetingNotice, { params: { id } }))
    expect(notice).toMatchObject({ shortNoticeReason: CALL, cancelReason: CALL })
  })

  it('the name and place of a series', async () => {
    const { officer } = await councilCast()
    const words = { title: CALL, place: CALL }
    const schedule = { rule: 'day_of_month', day: 15, time: '19:00', onHoliday: 'next_workday' } as const
    const { id, version } = await askedTwice(
      (more) =>
        officer.call(councilRoutes.createMeetingSeries, {
          body: { community: NEW.community, schedule, ...words, ...more },
        }),
      'title',
      'place',
    )
    await askedTwice(
      (more) =>
        officer.call(councilRoutes.changeMeetingSeries, {
          params: { id },
          ifMatch: version,
          body: { ...words, title: `${CALL}，谢谢`, ...more },
        }),
      'title',
      'place',
    )
  })

  it('why somebody else presides', async () => {
    const { officer, members, id } = await deliberated()
    const body = { personId: idOf(members[0]), reason: CALL }
    await askedTwice((more) => atNow(officer, councilRoutes.handOverMeeting, id, { ...body, ...more }), 'reason')
  })
})

describe('what the council says is asked about before it stands there', () => {
  it('the text of a motion, where its money comes from, what amends it, and why it was withdrawn', async () => {
    const { t, officer, members, id, issueId } = await deliberated()
    const proposal = { budgetFen: 100, budgetSource: CALL }
    const motion = (await askedTwice(
      (more) => propose(officer, id, issueId, { text: CALL, hold: true, proposal, ...more }) as Promise<Reply<unknown>>,
      'text',
      'proposal.budgetSource',
    )) as MotionView
    const amendment = { text: `${CALL}，面议`, moverId: idOf(members[0]) }
    const { id: amends } = await askedTwice(
      (more) =>
        officer.call(councilRoutes.moveAmendment, { params: { id: motion.id }, body: { ...amendment, ...more } }),
      'text',
    )
    await askedTwice(
      (more) => officer.call(councilRoutes.withdrawMotion, { params: { id: amends }, body: { reason: CALL, ...more } }),
      'reason',
    )
    expect((await read(t.nobody, id)).motions.map(({ text }) => text)).toContain(CALL)
    expect((await verifyRecord(t.deps)).mismatch).toBeNull()
  })

  it('the text that is put to the owners', async () => {
    const { t, officer, id, issueId } = await deliberated()
    const inDays = (days: number) => new Date(t.clock.now().getTime() + days * DAY).toISOString()
    const vote = { issueId, text: CALL, rule: 'owners_ordinary' as const, opensAt: inDays(16), closesAt: inDays(29) }
    const doubted = await officer.call(ownersRoutes.putToOwners, { params: { id }, body: vote })
    expect([doubted.status, doubted.problem.reason, doubted.problem.errors?.[0]?.path]).toEqual([
      422,
      'personal_data',
      'body.text',
    ])
  })

  it('why a matter goes on another time, is left alone or is taken off; and nothing is asked about what was looked at', async () => {
    const all = await deliberated()
    const { t, officer, secretary, issueId } = all
    const taken = (by: Caller, action: 'defer' | 'unschedule' | 'dismiss', of: string, body: object) =>
      askedTwice(
        ({ reviewed }) =>
          act(by, of, action, { ...body, ...(reviewed ? { reviews: standBy(body) } : {}) }) as Promise<Reply<unknown>>,
        ...Object.keys(body),
      )
    await taken(officer, 'defer', issueId, { reason: CALL })
    await taken(secretary, 'unschedule', issueId, { reason: CALL })
    const other = await scheduled(all)
    const next = await announced(all, [other])
    ok(await openEarly(all, next))
    for (const member of all.members)
      ok(await officer.call(councilRoutes.checkIn, { params: { id: next }, body: { personId: idOf(member) } }))
    await must(officer, other, 'deliberate')
    const motion = ok(await propose(officer, next, other, { rule: 'consensus', proposes: 'not_to_act' })) as MotionView
    ok(
      await officer.call(councilRoutes.countMotion, {
        params: { id: motion.id },
        body: { for: 4, against: 0, abstain: 0 },
      }),
    )
    await taken(officer, 'dismiss', other, { publicExplanation: CALL })
    // Nobody reads in the timeline that it was looked at; the record keeps it.
    const { rows } = await t.deps.pool.query(`select record from events where action = 'dismiss'`)
    expect(rows).toMatchObject([{ record: { reviews: standBy({ publicExplanation: CALL }), publicExplanation: CALL } }])
    expect((await verifyRecord(t.deps)).mismatch).toBeNull()
  })

  it('and only of whoever may do it', async () => {
    const { members, id, issueId } = await deliberated()
    expect((await propose(members[0], id, issueId, { text: CALL })).status).toBe(403)
  })
})
