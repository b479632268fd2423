import { attachmentRoutes, ownersRoutes, publicityRoutes } from '@tongxin/contract'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { startTestApp, type TestApp } from '../../test/support/index.ts'
import { verifyRecord } from '../features/verification/index.ts'
import { seedDemo } from './index.ts'
import { COMMUNITY } from './places.ts'

let world: TestApp
beforeAll(async () => {
  world = await startTestApp({ config: { demoPassword: 'tongxin-demo-test' } })
  await seedDemo(world.deps)
})
afterAll(() => world.close())

const rowsOf = async (text: string) => (await world.deps.pool.query(text)).rows

it('shows the year’s figures as the sums of matters that were submitted, verified and closed', async () => {
  const sums = await rowsOf(`select o->>'key' as key, sum((o->>'amount')::int)::int as amount
    from issues i join events e on e.community_code = i.community_code and e.subject_id = i.id and e.action = 'submit',
      json_array_elements((e.record::json)->'outcomes') o
    where i.state = 'closed' group by 1`)
  expect(Object.fromEntries(sums.map(({ key, amount }) => [key, amount]))).toEqual({
    matters_solved: 32,
    street_lamps: 34,
    parking_spaces: 24,
    hazards_removed: 44,
    disputes_mediated: 23,
  })
})

it('leaves the desks with matters in many states, and no messages about the past', async () => {
  const states = await rowsOf(`select distinct state from issues order by state`)
  expect(states.map(({ state }) => state)).toEqual([
    'accepted',
    'adopted',
    'closed',
    'declined',
    'deliberating',
    'dispatched',
    'handling',
    'publicized',
    'raised',
    'referred',
    'scheduled',
    'suspended',
    'verifying',
  ])
  expect(
    await rowsOf(`select id from graphile_worker.jobs where task_identifier in ('tell_raisers', 'tell_invited')`),
  ).toEqual([])
})

it('has held meetings that decided something, and announced the next', async () => {
  const meetings =
    await rowsOf(`select m.state, count(distinct a.issue_id)::int as items, count(distinct v.id)::int as motions from meetings m
    left join agenda_items a on a.meeting_id = m.id left join motions v on v.meeting_id = m.id and v.state = 'passed'
    group by m.id, m.state, m.held_at order by m.held_at`)
  expect(meetings).toEqual([
    { state: 'closed', items: 2, motions: 1 },
    { state: 'closed', items: 1, motions: 1 },
    { state: 'closed', items: 1, motions: 1 },
    { state: 'announced', items: 1, motions: 0 },
    // The monthly sitting's own, of the coming two months.
    { state: 'draft', items: 0, motions: 0 },
  ])
  expect((await verifyRecord(world.deps)).mismatch).toBeNull()
})

it('shows two results on the publicity board, before and after, and one matter put off', async () => {
  const query = { community: COMMUNITY, limit: 10 }
  const { items } = (await world.nobody.call(publicityRoutes.listNotices, { query })).body
  const compared = items.filter(({ before, after }) => before.length === 1 && after.length === 2)
  expect(compared.map(({ title }) => title)).toEqual(['中心花园步道地砖破损', '四栋西侧路灯不亮'])
  const photo = await world.nobody.call(attachmentRoutes.thumbnail, { params: { id: compared[0]!.after[0]! } })
  expect(photo.status).toBe(200)
  const suspended = (await world.nobody.call(publicityRoutes.listSuspended, { query })).body
  expect(suspended.items).toMatchObject([{ title: '加装单元门禁', suspensions: 1 }])
})

it('has asked the council and its guests, some of whom have answered', async () => {
  const answers = await rowsOf(`select m.state, v.class, v.answer, count(*)::int as people from meeting_invitations v
    join meetings m on m.id = v.meeting_id group by 1, 2, 3 order by 1, 2, 3`)
  expect(answers.map(({ state, class: as, answer, people }) => `${state} ${as} ${answer} ${people}`)).toEqual([
    'announced guest pending 1',
    'announced guest tentative 1',
    'announced party_member pending 4',
    'announced representative accepted 1',
    'announced representative pending 5',
    'announced staff accepted 1',
    'announced staff pending 2',
    'closed party_member accepted 3',
    'closed party_member pending 9',
    'closed representative accepted 4',
    'closed representative declined 1',
    'closed representative pending 13',
    'closed staff accepted 2',
    'closed staff declined 1',
    'closed staff pending 6',
  ])
})

it('has put one matter to the owners, who passed it, and another on which they are voting', async () => {
  const query = { community: COMMUNITY, limit: 10 }
  const { items } = (await world.nobody.call(ownersRoutes.listOwnersVotes, { query })).body
  expect(items.map(({ rule, state, overdue }) => [rule, state, overdue])).toEqual([
    ['owners_major', 'open', false],
    ['owners_ordinary', 'passed', false],
  ])
  expect(items[1]?.result).toMatchObject({ quorum: true, passed: true, papersOpen: 0 })
  const roll = (await (await world.as('officer')).call(ownersRoutes.readRoll, { query: { community: COMMUNITY } })).body
  expect(roll).toMatchObject({ flats: 24, undecided: 0, withoutArea: 0 })
})

it('has asked residents what they think of the matter on the next agenda', async () => {
  await world.runDueJobs()
  const [map] = await rowsOf(
    `select voters, answers, map->'groups' as groups, map->'shared' as shared from opinion_maps`,
  )
  expect(map).toMatchObject({ voters: 14, answers: 96 })
  expect(map.groups.map(({ size }: { size: number }) => size)).toEqual([8, 6])
  expect([map.shared.agree.length, map.shared.disagree.length]).toEqual([2, 1])
  expect(await rowsOf(`select state, count(*)::int as n from statements group by state order by state`)).toEqual([
    { state: 'accepted', n: 7 },
    { state: 'pending', n: 1 },
    { state: 'rejected', n: 1 },
  ])
  expect((await verifyRecord(world.deps)).mismatch).toBeNull()
})

it('has confirmed the minutes of the first, and asks whoever was at the second for amendments', async () => {
  const minutes = await rowsOf(`select m.state, m.content ->> 'number' as number, n.open, c.confirmed
    from minutes m
      cross join lateral (select count(*)::int as open from minutes_amendments a
        where a.meeting_id = m.meeting_id and a.state = 'open') n
      cross join lateral (select count(*)::int as confirmed from minutes_confirmations c where c.meeting_id = m.meeting_id) c
    order by m.drafted_at`)
  expect(minutes).toMatchObject([
    { state: 'confirmed', open: 0, confirmed: 3 },
    { state: 'amending', open: 1, confirmed: 0 },
  ])
})

it('adds nothing at the next start', async () => {
  const [before] = await rowsOf('select count(*)::int as events from events')
  await seedDemo(world.deps)
  expect(await rowsOf('select count(*)::int as events from events')).toEqual([before])
})
