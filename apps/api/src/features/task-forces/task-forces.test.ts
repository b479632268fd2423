import { grantRoutes, issueRoutes, officeRoutes, type TaskForceView, taskForceRoutes } from '@tongxin/contract'
import { describe, expect, it } from 'vitest'
import { aUnit, type Caller, COMMUNITY, DAY, NEIGHBOUR, type TestApp, testApp } from '../../../test/support/index.ts'
import { ACCEPTED, act, must, raiseAs } from '../../../test/support/issues.ts'
import { inTransaction } from '../../db/connect.ts'
import { loadReferenceCategories } from '../../reference/load-reference.ts'
import { verifyRecord } from '../verification/index.ts'

interface Office {
  t: TestApp
  secretary: Caller
  officer: Caller
  resident: Caller
  /** A handler of each of three units. */
  handlers: [Caller, Caller, Caller]
  units: [string, string, string]
}

const office = async (): Promise<Office> => {
  const t = await testApp()
  await inTransaction(t.deps.pool, loadReferenceCategories)
  const units = await Promise.all(['物业公司', '交警中队', '城管中队'].map((name) => aUnit(t.deps, { name })))
  const handlers = await Promise.all(
    units.map(async ({ id }, i) =>
      t.as(await t.aPerson({ role: 'unit_handler', unitId: id, name: `经办${'甲乙丙'[i]}` })),
    ),
  )
  return {
    t,
    secretary: await t.as('secretary'),
    officer: await t.as('officer'),
    resident: await t.as('resident'),
    handlers: handlers as Office['handlers'],
    units: units.map(({ id }) => id) as Office['units'],
  }
}

const member = ({ handlers, units }: Office, i: 0 | 1 | 2) => ({
  personId: handlers[i].personId as string,
  unitId: units[i],
})

const create = (caller: Caller, here: Office, fields: Record<string, unknown> = {}) =>
  caller.call(taskForceRoutes.createTaskForce, {
    body: {
      community: COMMUNITY,
      name: '停车整治专班',
      purpose: '三个月内清理占道停车，新增车位。',
      leaderId: here.handlers[0].personId,
      members: [member(here, 0), member(here, 1)],
      ...fields,
    } as never,
  })

const created = async (caller: Caller, here: Office, fields: Record<string, unknown> = {}): Promise<TaskForceView> => {
  const reply = await create(caller, here, fields)
  if (reply.status !== 201) throw new Error(reply.text)
  return reply.body
}
const at = ({ id, version }: TaskForceView) => ({ params: { id }, ifMatch: version })
const boardOf = (caller: Caller, { id }: { id: string }) =>
  caller.call(taskForceRoutes.readTaskForce, { params: { id } })
const listOf = async (caller: Caller, query: Record<string, unknown> = {}) =>
  (await caller.call(taskForceRoutes.listTaskForces, { query: { community: COMMUNITY, ...query } })).body.items
const read = (caller: Caller, id: string) => caller.call(issueRoutes.readIssue, { params: { id } })
const accepted = async ({ officer, resident }: Office, fields: Record<string, unknown> = {}) => {
  const id = await raiseAs(resident, { title: '13812345678 的车占道', ...fields })
  await must(officer, id, 'accept', ACCEPTED)
  return id
}

describe('a task force', () => {
  it('shows its members the matters it owns as handlers see them, for as long as they are in it', async () => {
    const here = await office()
    const { t, secretary, officer, resident, handlers, units } = here
    const [first, second, third] = handlers
    const [open, secret] = [await accepted(here), await accepted(here, { kind: 'request', visibility: 'private' })]
    expect((await read(first, secret)).status).toBe(404)

    const force = await created(secretary, here, { issueIds: [open, secret] })
    const seen = (await read(first, secret)).body
    expect(seen).toMatchObject({ view: 'handler', title: '〔电话〕 的车占道', allowedActions: [] })
    expect((await act(first, secret, 'note', { text: '看过' })).status).toBe(403)
    const contacts = await first.call(issueRoutes.revealContacts, { params: { id: secret }, body: { purpose: '联系' } })
    expect(contacts.problem).toMatchObject({ reason: 'no_open_order' })
    expect((await first.call(officeRoutes.listIssueWorkOrders, { params: { id: secret } })).body.items).toEqual([])
    const listed = (await first.call(issueRoutes.listIssues, { query: { community: COMMUNITY } })).body.items
    expect(listed.map(({ id }) => id).sort()).toEqual([open, secret].sort())
    expect(await listOf(first)).toMatchObject([
      { name: '停车整治专班', units: 2, members: 2, matters: 2, mattersOpen: 2, mattersOverdue: 0 },
    ])

    // The third unit has no part in it.
    expect((await read(third, secret)).status).toBe(404)
    expect((await boardOf(third, force)).status).toBe(404)
    expect(await listOf(third)).toEqual([])
    const { status } = await resident.call(taskForceRoutes.listTaskForces, { query: { community: COMMUNITY } })
    expect(status).toBe(403)

    const changed = await secretary.call(taskForceRoutes.changeTaskForce, {
      ...at(force),
      body: {
        leaderId: third.personId as string,
        members: [member(here, 2), member(here, 1), { personId: officer.personId as string, unitId: null }],
        issueIds: [secret],
      },
    })
    expect(changed.body.members.map(({ unitName, leader }) => `${unitName} ${leader}`).sort()).toEqual([
      'null false',
      '交警中队 false',
      '城管中队 true',
    ])
    expect((await read(first, secret)).status).toBe(404)
    expect((await boardOf(first, force)).status).toBe(404)
    expect((await read(third, secret)).status).toBe(200)
    expect((await read(second, open)).body.view).toBe('public')

    const log = (
      await third.call(taskForceRoutes.listTaskForceChanges, { params: { id: force.id }, query: { limit: 1 } })
    ).body
    expect(log.items).toMatchObject([
      { action: 'change', leader: '经办丙', joined: ['经办丙', expect.any(String)], left: ['经办甲'], attached: [] },
    ])
    expect(log.items[0]?.detached).toHaveLength(1)
    expect(log.nextCursor).not.toBeNull()

    // Of a complaint about its own unit a member learns nothing; neither does one whose unit has let them go.
    await must(officer, secret, 'reclassify', { kind: 'complaint', complainedUnitId: units[2], reason: '投诉该单位' })
    expect((await read(third, secret)).status).toBe(404)
    expect((await boardOf(third, force)).body.matters).toEqual([])
    expect((await boardOf(second, force)).body.matters).toHaveLength(1)
    const [held] = (await secretary.call(grantRoutes.listGrants, { query: { personId: second.personId as string } }))
      .body.items
    const revoked = await secretary.call(grantRoutes.revokeGrant, {
      params: { id: held?.id as string },
      body: { reason: '已调离' },
    })
    expect(revoked.status).toBe(200)
    const again = (await boardOf(secretary, force)).body
    expect(again.members.find(({ personId }) => personId === second.personId)?.standing).toBe(false)

    const closed = await secretary.call(taskForceRoutes.closeTaskForce, {
      ...at(again),
      body: { result: '占道停车已清理，新增车位 20 个。' },
    })
    expect(closed.body).toMatchObject({ state: 'closed', operations: [], result: '占道停车已清理，新增车位 20 个。' })
    expect(closed.body.matters).toHaveLength(1)
    // Free for another one.
    const next = await created(secretary, here, {
      name: '另一个专班',
      members: [member(here, 0), member(here, 2)],
      issueIds: [open, secret],
    })
    const attached = async (by: Caller) =>
      (await by.call(taskForceRoutes.listTaskForceChanges, { params: { id: next.id } })).body.items.at(-1)?.attached
    const counted = async (by: Caller) => (await listOf(by)).find(({ id }) => id === next.id)?.matters
    // Not by its number, nor by being counted, does the unit complained about learn of the complaint.
    expect([await attached(first), await counted(first)]).toEqual([[expect.any(String), expect.any(String)], 2])
    expect([await attached(third), await counted(third)]).toEqual([[(await read(third, open)).body.number], 1])
    // Over, it shows its members nothing of the matters any more; the office goes on reading them.
    await secretary.call(taskForceRoutes.closeTaskForce, { ...at(next), body: { result: '已办结。' } })
    expect([(await boardOf(first, next)).body.matters, await attached(first), await counted(first)]).toEqual([
      [],
      [],
      0,
    ])
    expect([(await boardOf(officer, next)).body.matters.length, await counted(officer)]).toEqual([2, 2])
    expect((await verifyRecord(t.deps)).mismatch).toBeNull()
  })

  it('has milestones that its leader plans and any member reaches, late ones marked', async () => {
    const here = await office()
    const { t, officer, handlers } = here
    let { secretary } = here
    let [leader, other] = handlers
    const outsider = handlers[2]
    let force = await created(secretary, here)
    const add = (caller: Caller, title: string, dueOn: string) =>
      caller.call(taskForceRoutes.addMilestone, { ...at(force), body: { title, dueOn } })
    expect((await add(other, '摸排', '2026-03-10')).status).toBe(403)
    expect((await add(officer, '摸排', '2026-03-10')).status).toBe(403)
    expect((await add(outsider, '摸排', '2026-03-10')).status).toBe(404)
    force = (await add(leader, '摸排占道车辆', '2026-03-10')).body
    expect((await add(leader, '划线', '2026-03-20')).body.milestones).toHaveLength(2)
    expect((await add(leader, '过期的页面', '2026-03-20')).problem.code).toBe('stale_version')
    force = (await boardOf(leader, force)).body
    const [survey, lines] = force.milestones
    t.clock.advance(40 * DAY)
    const again = ({ personId }: Caller) => t.as({ id: personId as string })
    ;[secretary, leader, other] = [await again(secretary), await again(leader), await again(other)]
    force = (await boardOf(secretary, force)).body
    expect(force.milestones.map(({ late }) => late)).toEqual([true, true])
    expect(await listOf(secretary)).toMatchObject([{ milestones: 2, milestonesReached: 0, milestonesLate: 2 }])

    const one = (milestoneId = '') => ({ params: { id: force.id, milestoneId }, ifMatch: force.version })
    const reach = (caller: Caller, body: object) =>
      caller.call(taskForceRoutes.reachMilestone, { ...one(survey?.id), body: body as never })
    expect((await reach(secretary, {})).problem).toMatchObject({ reason: 'reached_by_no_member' })
    force = (await reach(other, { by: leader.personId, note: '共 38 辆' })).body
    expect(force.milestones[0]).toMatchObject({ late: false, reachedBy: { name: '经办甲' }, note: '共 38 辆' })
    expect((await reach(other, {})).problem).toMatchObject({ reason: 'milestone_reached' })
    force = (await leader.call(taskForceRoutes.changeMilestone, { ...one(lines?.id), body: { dueOn: '2099-01-01' } }))
      .body
    expect(force.milestones[1]).toMatchObject({ title: '划线', dueOn: '2099-01-01', late: false })
    force = (await leader.call(taskForceRoutes.dropMilestone, one(lines?.id))).body
    expect(force.milestones).toHaveLength(1)
    const log = (await leader.call(taskForceRoutes.listTaskForceChanges, { params: { id: force.id } })).body.items
    expect(log.map(({ action, text }) => [action, text])).toEqual([
      ['drop', '划线'],
      ['replan', '划线'],
      ['reach', '摸排占道车辆'],
      ['plan', '划线'],
      ['plan', '摸排占道车辆'],
      ['create', '停车整治专班'],
    ])
    expect((await verifyRecord(t.deps)).mismatch).toBeNull()
    // A milestone moved by hand shows.
    await t.deps.pool.query(`update task_force_milestones set due_on = '2026-01-01'`)
    expect((await verifyRecord(t.deps)).mismatch).toMatchObject({ reason: 'task_force_milestones.dueOn' })
  })

  it('is refused where it does not fit', async () => {
    const here = await office()
    const { t, secretary, officer, handlers } = here
    const elsewhere = await t.as(await t.aPerson({ role: 'unit_handler', region: NEIGHBOUR }))
    const foreignUnit = (
      await t.deps.pool.query('select unit_id from grants where person_id = $1', [elsewhere.personId])
    ).rows[0].unit_id
    const over = await accepted(here)
    await must(officer, over, 'refer', { recipient: 'hotline_12345', explanation: '转热线办理。' }).catch(() => null)
    const mine = await accepted(here)
    await created(secretary, here, { issueIds: [mine] })
    const [, second] = [member(here, 0), member(here, 1)]
    const refused: [string, Record<string, unknown>][] = [
      ['one_unit_only', { members: [member(here, 0), { ...second, unitId: here.units[0] }] }],
      ['leader_not_member', { leaderId: handlers[2].personId }],
      ['member_repeated', { members: [member(here, 0), second, { ...second, unitId: here.units[2] }] }],
      ['member_unfit', { members: [member(here, 0), { ...second, unitId: here.units[2] }] }],
      ['member_unfit', { members: [member(here, 0), { personId: second.personId, unitId: null }] }],
      ['member_unfit', { members: [member(here, 0), { personId: elsewhere.personId, unitId: foreignUnit }] }],
      ['matter_unfit', { issueIds: [mine.replace(COMMUNITY, NEIGHBOUR)] }],
      ['matter_owned', { issueIds: [mine] }],
    ]
    for (const [reason, fields] of refused)
      expect([reason, (await create(secretary, here, fields)).problem.reason]).toEqual([reason, reason])
    for (const caller of [officer, handlers[0]]) expect((await create(caller, here)).status).toBe(403)
    const away = await t.as(await t.aPerson({ role: 'secretary', region: NEIGHBOUR }))
    expect((await create(away, here)).status).toBe(403)
    expect(await listOf(away)).toEqual([])
    const [force] = await listOf(secretary)
    expect((await boardOf(away, force as { id: string })).status).toBe(404)
    const masked = await t.as(await t.aPerson({ role: 'supervisor', region: COMMUNITY }))
    const board = (await boardOf(masked, force as { id: string })).body
    expect(board.members[0]?.name).toBe('经*')
    expect(board.operations).toEqual([])
  })
})
