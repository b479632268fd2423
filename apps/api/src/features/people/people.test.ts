import { peopleRoutes } from '@tongxin/contract'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { COMMUNITY, NEIGHBOUR, STREET, startTestApp, type TestApp } from '../../../test/support/index.ts'

describe('people', () => {
  let t: TestApp
  beforeAll(async () => {
    t = await startTestApp()
  })
  afterAll(() => t.close())

  const auditOf = async (id: string) => {
    const secretary = await t.as('secretary')
    const { body } = await secretary.call(peopleRoutes.listAuditRecords, { query: { limit: 100 } })
    return body.items.filter((record) => record.subjectId === id)
  }

  it('are shown masked to everybody, and stored encrypted', async () => {
    const person = await t.aPerson({ name: '王小明', phone: '13812345678' })
    for (const role of ['grid_worker', 'officer', 'secretary', 'supervisor', 'administrator'] as const) {
      const caller = await t.as(role)
      const { body } = await caller.call(peopleRoutes.readPerson, { params: { id: person.id } })
      expect([role, body.name, body.phone]).toEqual([role, '王*', '138****5678'])
    }
    const { rows } = await t.deps.pool.query('select p::text as row from people p where id = $1', [person.id])
    expect(rows[0].row).not.toMatch(/王小明|13812345678/)
  })

  it('are shown in full for a purpose, which leaves a record that the secretary and the street read', async () => {
    const person = await t.aPerson({ name: '欧阳红', phone: '13900001111' })
    const officer = await t.as('officer')
    const shown = await officer.call(peopleRoutes.revealPerson, {
      params: { id: person.id },
      body: { purpose: '回访来电' },
    })
    expect(shown.body).toEqual({ id: person.id, name: '欧阳红', phone: '13900001111' })
    const records = await auditOf(person.id)
    expect(records).toMatchObject([
      {
        action: 'reveal_person',
        purpose: '回访来电',
        regionCode: COMMUNITY,
        person: { id: officer.personId, name: expect.stringMatching(/^[^*]+$/) },
      },
    ])
    const supervisor = await t.as(await t.aPerson({ role: 'supervisor', region: STREET }))
    const above = await supervisor.call(peopleRoutes.listAuditRecords)
    expect(above.body.items.map((record) => record.id)).toContain(records[0]!.id)
    const elsewhere = await t.as(await t.aPerson({ role: 'secretary', region: NEIGHBOUR }))
    expect((await elsewhere.call(peopleRoutes.listAuditRecords)).body.items).toEqual([])
  })

  it('are not shown in full without a purpose, nor to administrators and supervisors', async () => {
    const person = await t.aPerson()
    const officer = await t.as('officer')
    const without = await officer.call(peopleRoutes.revealPerson, { params: { id: person.id }, body: { purpose: ' ' } })
    expect([without.status, without.problem.errors?.[0]?.path]).toEqual([400, 'body.purpose'])
    for (const role of ['administrator', 'supervisor', 'resident'] as const) {
      const caller = await t.as(role)
      const reply = await caller.call(peopleRoutes.revealPerson, {
        params: { id: person.id },
        body: { purpose: '看看' },
      })
      expect([role, reply.status]).toEqual([role, 403])
    }
    expect(await auditOf(person.id)).toEqual([])
  })

  it('of another community do not exist for its staff', async () => {
    const person = await t.aPerson({ region: NEIGHBOUR, phone: '13700000001' })
    const officer = await t.as('officer')
    expect((await officer.call(peopleRoutes.readPerson, { params: { id: person.id } })).status).toBe(404)
    const reveal = { params: { id: person.id }, body: { purpose: '核实' } }
    expect((await officer.call(peopleRoutes.revealPerson, reveal)).status).toBe(404)
    const found = await officer.call(peopleRoutes.findPersonByPhone, { body: { phone: '13700000001' } })
    expect(found.body.items).toEqual([])
    const listed = await officer.call(peopleRoutes.listPeople, { query: { region: NEIGHBOUR } })
    expect(listed.body.items).toEqual([])
  })

  it('are found by their number in any notation', async () => {
    const person = await t.aPerson({ phone: '13700000002' })
    const officer = await t.as('officer')
    for (const phone of ['13700000002', '137 0000 0002', '+86-137-0000-0002']) {
      const found = await officer.call(peopleRoutes.findPersonByPhone, { body: { phone } })
      expect(found.body.items.map((item) => item.id)).toEqual([person.id])
    }
  })

  it('are registered once per number', async () => {
    const officer = await t.as('officer')
    const body = { name: '赵甲', phone: '13700000003', regionCode: COMMUNITY }
    const first = await officer.call(peopleRoutes.registerPerson, { body })
    expect(first.status).toBe(201)
    expect(first.body).toMatchObject({ name: '赵*', level: 'guest', regionCode: COMMUNITY })
    const second = await officer.call(peopleRoutes.registerPerson, { body })
    expect([second.status, second.problem.reason]).toEqual([409, 'phone_taken'])
    const abroad = await officer.call(peopleRoutes.registerPerson, {
      body: { name: '赵乙', regionCode: NEIGHBOUR },
    })
    expect(abroad.status).toBe(403)
  })

  it('change their own settings but not their number, and a changed number leaves a record', async () => {
    const person = await t.aPerson({ phone: '13700000004' })
    const self = await t.as(person)
    const own = await self.call(peopleRoutes.changePerson, {
      params: { id: person.id },
      ifMatch: 1,
      body: { largeType: true },
    })
    expect(own.body).toMatchObject({ largeType: true, version: 2 })
    const number = { params: { id: person.id }, ifMatch: 2, body: { phone: '13700000005' } }
    expect((await self.call(peopleRoutes.changePerson, number)).status).toBe(403)
    const officer = await t.as('officer')
    expect((await officer.call(peopleRoutes.changePerson, number)).body.phone).toBe('137****0005')
    expect((await auditOf(person.id)).map((record) => record.action)).toEqual(['change_phone'])
    expect((await officer.call(peopleRoutes.changePerson, number)).status).toBe(412)
    const stranger = await t.as('resident')
    expect((await stranger.call(peopleRoutes.changePerson, number)).status).toBe(404)
  })

  it('page newest first without a gap or a repeat', async () => {
    const secretary = await t.as('secretary')
    const whole = await secretary.call(peopleRoutes.listPeople, { query: { limit: 100 } })
    const walked: string[] = []
    let cursor: string | undefined
    do {
      const { body }: { body: typeof whole.body } = await secretary.call(peopleRoutes.listPeople, {
        query: { limit: 3, cursor },
      })
      walked.push(...body.items.map((person) => person.id))
      cursor = body.nextCursor ?? undefined
    } while (cursor)
    expect(walked).toEqual(whole.body.items.map((person) => person.id))
    expect(new Set(walked).size).toBe(walked.length)
    const torn = await secretary.call(peopleRoutes.listPeople, {
      query: { cursor: Buffer.from('["a","b"]').toString('base64url') },
    })
    expect(torn.status).toBe(400)
  })

  it('keep audit records that nobody can change or delete early', async () => {
    const { pool } = t.deps
    await expect(pool.query(`update audit_records set purpose = 'x'`)).rejects.toThrow(/never changed/)
    await pool.query(
      `insert into audit_records (id, at, person_id, action, subject_type, subject_id, purpose, region_code)
       select gen_random_uuid(), now(), id, 'x', 'x', 'x', 'x', region_code from people where region_code is not null limit 1`,
    )
    await expect(pool.query('delete from audit_records')).rejects.toThrow(/6 months/)
  })
})
