import { type GrantableRole, grantRoutes, peopleRoutes, type RouteContract } from '@tongxin/contract'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  aUnit,
  type Caller,
  COMMUNITY,
  DAY,
  GRID,
  HOUR,
  NEIGHBOUR,
  STREET,
  startTestApp,
  type TestApp,
} from '../../../test/support/index.ts'

describe('grants', () => {
  let t: TestApp
  let officer: Caller
  let secretary: Caller
  let supervisor: Caller

  beforeAll(async () => {
    t = await startTestApp()
    officer = await t.as('officer')
    secretary = await t.as('secretary')
    supervisor = await t.as(await t.aPerson({ role: 'supervisor', region: STREET }))
  })
  afterAll(() => t.close())

  const request = (by: Caller, personId: string, role: GrantableRole, more: object = {}) =>
    by.call(grantRoutes.requestGrant, { body: { personId, role, regionCode: COMMUNITY, reason: '工作需要', ...more } })
  const approve = (by: Caller, id: string) => by.call(grantRoutes.approveGrant, { params: { id } })
  const revoke = (by: Caller, id: string) =>
    by.call(grantRoutes.revokeGrant, { params: { id }, body: { reason: '岗位调整' } })
  const reach = async (by: Caller, route: RouteContract = peopleRoutes.listPeople) => (await by.call(route)).status

  it('take effect only with a second approver, then at once', async () => {
    const person = await t.aPerson({ name: '吴小燕' })
    const caller = await t.as(person)
    const asked = await request(officer, person.id, 'grid_worker', { regionCode: GRID })
    expect([asked.status, asked.body.status, asked.body.person.name]).toEqual([201, 'requested', '吴*'])
    expect(asked.body.requested.name).toMatch(/^[^*]+$/)
    expect(await reach(caller)).toBe(403)
    const self = await approve(officer, asked.body.id)
    expect([self.status, self.problem.reason]).toEqual([403, 'cannot_approve_own_request'])
    // Who decided, and who now holds a post, is named to whoever is to check it; a resident is not.
    const { body: standing } = await approve(secretary, asked.body.id)
    expect([standing.status, standing.person.name]).toEqual(['active', '吴小燕'])
    expect(standing.approved?.name).toMatch(/^[^*]+$/)
    expect(await reach(caller)).toBe(200)
    const again = await approve(supervisor, asked.body.id)
    expect([again.status, again.problem.reason]).toEqual([409, 'grant_already_answered'])
  })

  it('once revoked refuse the token already handed out, at its next use', async () => {
    const person = await t.aPerson()
    const caller = await t.as(person)
    const { body } = await request(officer, person.id, 'officer')
    await approve(secretary, body.id)
    expect(await reach(caller)).toBe(200)
    expect((await revoke(secretary, body.id)).body.status).toBe('revoked')
    expect(await reach(caller)).toBe(403)
    const twice = await revoke(secretary, body.id)
    expect([twice.status, twice.problem.reason]).toEqual([409, 'grant_not_active'])
  })

  it('are never given to oneself: not by an administrator, a secretary or a supervisor', async () => {
    const administrator = await t.as(await t.aPerson({ role: 'administrator', region: STREET }))
    for (const caller of [administrator, secretary, supervisor]) {
      const reply = await request(caller, caller.personId!, 'officer')
      expect([reply.status, reply.problem.reason]).toEqual([403, 'cannot_grant_to_self'])
    }
    const { body } = await request(administrator, secretary.personId!, 'mediator')
    const own = await approve(secretary, body.id)
    expect([own.status, own.problem.reason]).toEqual([403, 'cannot_grant_to_self'])
  })

  it('are asked for by administrators, never approved by them', async () => {
    const [one, other] = [await t.as('administrator'), await t.as('administrator')]
    const { body } = await request(one, (await t.aPerson()).id, 'officer')
    expect((await approve(other, body.id)).status).toBe(403)
    const volunteer = await request(one, (await t.aPerson()).id, 'volunteer')
    expect((await approve(other, volunteer.body.id)).status).toBe(403)
  })

  it('of residents are approved by an officer, of staff by the secretary or the street', async () => {
    const another = await t.as('officer')
    const volunteer = await request(officer, (await t.aPerson()).id, 'volunteer')
    expect((await approve(another, volunteer.body.id)).body.status).toBe('active')
    const staff = await request(officer, (await t.aPerson()).id, 'officer')
    expect((await approve(another, staff.body.id)).status).toBe(403)
    expect((await approve(supervisor, staff.body.id)).body.status).toBe('active')
  })

  it('at the street are not a community’s to give', async () => {
    const person = await t.aPerson()
    expect((await request(secretary, person.id, 'supervisor', { regionCode: STREET })).status).toBe(403)
    const asked = await request(supervisor, person.id, 'supervisor', { regionCode: STREET })
    expect(asked.status).toBe(201)
    expect((await approve(secretary, asked.body.id)).status).toBe(404)
  })

  it.each([
    ['an officer of one grid', 'officer', { regionCode: GRID }, 'grant_region_unfit'],
    ['a supervisor of a community', 'supervisor', {}, 'grant_region_unfit'],
    [
      'a handler of a unit nobody knows',
      'unit_handler',
      { unitId: '00000000-0000-7000-8000-0000000000ff' },
      'unit_unknown',
    ],
  ] as const)('refuse %s', async (_, role, more, reason) => {
    const reply = await request(secretary, (await t.aPerson()).id, role, more)
    expect([reply.status, reply.problem.reason]).toEqual([422, reason])
  })

  it('to a handler name the unit, and hold where it serves', async () => {
    const person = await t.aPerson()
    const without = await request(secretary, person.id, 'unit_handler')
    expect([without.status, without.problem.errors?.[0]?.path]).toEqual([400, 'body.unitId'])
    const abroad = await aUnit(t.deps, { regionCode: NEIGHBOUR })
    const unfit = await request(secretary, person.id, 'unit_handler', { unitId: abroad.id })
    expect([unfit.status, unfit.problem.reason]).toEqual([422, 'grant_region_unfit'])
    const street = await aUnit(t.deps, { regionCode: STREET, name: '街道城管中队' })
    const fits = await request(secretary, person.id, 'unit_handler', { unitId: street.id })
    expect(fits.body.unit).toEqual({ id: street.id, name: '街道城管中队' })
  })

  it('are not asked for twice while one stands', async () => {
    const person = await t.aPerson()
    await request(officer, person.id, 'volunteer')
    const again = await request(officer, person.id, 'volunteer')
    expect([again.status, again.problem.reason]).toEqual([409, 'grant_exists'])
  })

  it('may be refused, or taken back by who asked', async () => {
    const asked = await request(officer, (await t.aPerson()).id, 'officer')
    const refuse = (by: Caller) =>
      by.call(grantRoutes.refuseGrant, { params: { id: asked.body.id }, body: { reason: '名额已满' } })
    expect((await refuse(await t.as('officer'))).status).toBe(403)
    expect((await refuse(officer)).body).toMatchObject({ status: 'refused', refused: { reason: '名额已满' } })
    expect((await refuse(secretary)).status).toBe(409)
  })

  it('say to each reader what they may do with them, and who answered', async () => {
    const asked = await request(officer, (await t.aPerson()).id, 'officer')
    const seenBy = async (by: Caller) => (await by.call(grantRoutes.readGrant, { params: { id: asked.body.id } })).body
    expect(asked.body.may).toEqual({ approve: false, refuse: true, revoke: false })
    expect((await seenBy(secretary)).may).toEqual({ approve: true, refuse: true, revoke: false })
    expect((await seenBy(await t.as('officer'))).may).toEqual({ approve: false, refuse: false, revoke: false })
    const given = await approve(secretary, asked.body.id)
    expect(given.body.may).toEqual({ approve: false, refuse: false, revoke: true })
    expect(given.body.approved).toMatchObject({ by: secretary.personId, name: expect.stringMatching(/^[^*]+$/) })
    expect((await seenBy(officer)).may.revoke).toBe(false)
    expect((await seenBy(await t.as('administrator'))).may.revoke).toBe(true)
    const { body } = await revoke(supervisor, asked.body.id)
    expect([body.revoked?.name, body.may]).toEqual([
      expect.stringMatching(/^[^*]+$/),
      { approve: false, refuse: false, revoke: false },
    ])
  })

  it('of another community are not found, nor listed', async () => {
    const elsewhere = await t.as(await t.aPerson({ role: 'secretary', region: NEIGHBOUR }))
    const { body } = await request(officer, (await t.aPerson()).id, 'officer')
    expect((await elsewhere.call(grantRoutes.readGrant, { params: { id: body.id } })).status).toBe(404)
    expect((await approve(elsewhere, body.id)).status).toBe(404)
    const listed = await elsewhere.call(grantRoutes.listGrants, { query: { region: COMMUNITY } })
    expect(listed.body.items).toEqual([])
    const own = await secretary.call(grantRoutes.listGrants, { query: { status: 'requested', limit: 100 } })
    expect(own.body.items.map((grant) => grant.id)).toContain(body.id)
    expect(own.body.items.every((grant) => /\*$/.test(grant.person.name!))).toBe(true)
  })

  it('stand in an evidence chain from request to revocation', async () => {
    const { body } = await request(officer, (await t.aPerson()).id, 'officer')
    await approve(secretary, body.id)
    await revoke(supervisor, body.id)
    const { rows } = await t.deps.pool.query(
      `select seq, action, from_state, to_state, record->>'role' as role, personal->>'by' as by from events
       where community_code = $1 and subject_type = 'grant' and subject_id = $2 order by seq`,
      [COMMUNITY, body.id],
    )
    expect(rows).toEqual([
      { seq: 1, action: 'request', from_state: null, to_state: 'requested', role: 'officer', by: officer.personId },
      {
        seq: 2,
        action: 'approve',
        from_state: 'requested',
        to_state: 'active',
        role: 'officer',
        by: secretary.personId,
      },
      { seq: 3, action: 'revoke', from_state: 'active', to_state: 'revoked', role: 'officer', by: supervisor.personId },
    ])
  })

  it('hold from their first moment to their last', async () => {
    const person = await t.aPerson()
    const now = t.clock.now().getTime()
    const { body } = await request(officer, person.id, 'officer', {
      validFrom: new Date(now + DAY).toISOString(),
      validTo: new Date(now + 2 * DAY).toISOString(),
    })
    await approve(secretary, body.id)
    const reachAfter = async (ms: number) => {
      t.clock.set(new Date(now + ms))
      return reach(await t.as(person))
    }
    expect(await reachAfter(0)).toBe(403)
    expect(await reachAfter(DAY + HOUR)).toBe(200)
    expect(await reachAfter(2 * DAY)).toBe(403)
  })

  it('cannot be slipped past the rules by writing to the table', async () => {
    const person = await t.aPerson()
    const insert = (approvedBy: string) =>
      t.deps.pool.query(
        `insert into grants (id, person_id, role, region_code, requested_by, requested_at, reason, approved_by, approved_at)
         values (gen_random_uuid(), $1, 'officer', $2, $3, now(), 'x', $4, now())`,
        [person.id, COMMUNITY, officer.personId, approvedBy],
      )
    await expect(insert(person.id)).rejects.toThrow(/grants_not_to_oneself/)
    await expect(insert(officer.personId!)).rejects.toThrow(/grants_second_approver/)
  })
})
