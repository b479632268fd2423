import { householdRoutes, type MemberKind, regionRoutes, type Share, sessionRoutes } from '@tongxin/contract'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  BUILDING,
  type Caller,
  COMMUNITY,
  DAY,
  GRID,
  NEIGHBOUR,
  OTHER_GRID,
  startTestApp,
  type TestApp,
} from '../../../test/support/index.ts'

describe('households', () => {
  let t: TestApp
  let officer: Caller
  let doors = 100

  beforeAll(async () => {
    t = await startTestApp()
    officer = await t.as('officer')
  })
  afterAll(() => t.close())

  const aHome = async (areaHundredths: number | null = 8950) => {
    const reply = await officer.call(householdRoutes.addHousehold, {
      body: { buildingCode: BUILDING, door: `1单元${++doors}`, areaHundredths },
    })
    expect(reply.status).toBe(201)
    return reply.body
  }
  const bind = (by: Caller, id: string, personId: string, kind: MemberKind = 'family', share?: Share) =>
    by.call(householdRoutes.bindMember, { params: { id }, body: { personId, kind, share } })
  const invite = (id: string, kind: MemberKind = 'family', share?: Share) =>
    officer.call(householdRoutes.inviteToHousehold, { params: { id }, body: { kind, share } })
  const levelOf = async (caller: Caller) => (await caller.call(sessionRoutes.me)).body.level

  it('keep their door encrypted, and each door once', async () => {
    const home = await aHome()
    const { rows } = await t.deps.pool.query('select h::text as row from households h where id = $1', [home.id])
    expect(rows[0].row).not.toContain('单元')
    const again = await officer.call(householdRoutes.addHousehold, {
      body: { buildingCode: BUILDING, door: ` 1单元 ${doors}`, areaHundredths: 100 },
    })
    expect([again.status, again.problem.reason]).toEqual([409, 'household_exists'])
  })

  it('come as doors are counted, page after page', async () => {
    const building = `${OTHER_GRID}B01`
    const body = { code: building, name: '9 栋', parentCode: OTHER_GRID }
    await (await t.as('administrator')).call(regionRoutes.addRegion, { body })
    const entered = ['3单元1001', '3单元201', '２单元 1102', '2单元302', '3单元902', 'B1-2', '2单元1101']
    for (const door of entered) {
      await officer.call(householdRoutes.addHousehold, { body: { buildingCode: building, door } })
    }
    const doorsOf = async (reader: Caller, region: string) => {
      const found: (string | null)[] = []
      let cursor: string | undefined
      do {
        const { body } = await reader.call(householdRoutes.listHouseholds, { query: { region, limit: 2, cursor } })
        found.push(...body.items.map(({ door }) => door))
        cursor = body.nextCursor ?? undefined
      } while (cursor)
      return found
    }
    const counted = ['2单元302', '2单元1101', '２单元 1102', '3单元201', '3单元902', '3单元1001', 'B1-2']
    expect(await doorsOf(officer, building)).toEqual(counted)
    const all = await doorsOf(officer, COMMUNITY)
    expect(all.filter((door) => counted.includes(String(door)))).toEqual(counted)
    expect(new Set(all).size).toBe(all.length)
  })

  it('go on behind the home a page ended with, also once that was taken away or its door changed', async () => {
    const building = `${OTHER_GRID}B03`
    const body = { code: building, name: '3 栋', parentCode: OTHER_GRID }
    await (await t.as('administrator')).call(regionRoutes.addRegion, { body })
    for (const door of ['101', '102', '103', '104', '105', '106']) {
      await officer.call(householdRoutes.addHousehold, { body: { buildingCode: building, door } })
    }
    const page = async (cursor?: string) =>
      (await officer.call(householdRoutes.listHouseholds, { query: { region: building, limit: 2, cursor } })).body
    const doorsOf = ({ items }: Awaited<ReturnType<typeof page>>) => items.map(({ door }) => door)
    const first = await page()
    await t.deps.pool.query('delete from households where id = $1', [first.items[1]?.id])
    const second = await page(first.nextCursor ?? undefined)
    expect(doorsOf(second)).toEqual(['103', '104'])
    const params = { id: second.items[1]!.id }
    const moved = await officer.call(householdRoutes.changeHousehold, { params, ifMatch: 1, body: { door: '109' } })
    expect(moved.body.door).toBe('109')
    expect(doorsOf(await page(second.nextCursor ?? undefined))).toEqual(['105', '106'])
  })

  it('have no page behind a place that no page ended with', async () => {
    const { body } = await officer.call(householdRoutes.listHouseholds, { query: { limit: 1 } })
    const place = JSON.parse(Buffer.from(String(body.nextCursor), 'base64url').toString('utf8'))
    const elsewhere = [place[0], place[1], crypto.randomUUID()]
    const cursor = Buffer.from(JSON.stringify(elsewhere)).toString('base64url')
    const reply = await officer.call(householdRoutes.listHouseholds, { query: { limit: 1, cursor } })
    expect([reply.status, reply.problem.errors?.[0]?.path]).toEqual([400, 'query.cursor'])
  })

  it('of every building come on some page, of two figures or three', async () => {
    const administrator = await t.as('administrator')
    const wanted: string[] = []
    for (const nth of ['02', '09', '10', '100', '101', '11']) {
      const code = `${OTHER_GRID}B${nth}`
      await administrator.call(regionRoutes.addRegion, { body: { code, name: `${nth} 栋`, parentCode: OTHER_GRID } })
      for (const door of ['101', '102', '201']) {
        const { body } = await officer.call(householdRoutes.addHousehold, { body: { buildingCode: code, door } })
        wanted.push(body.id)
      }
    }
    for (const limit of [2, 4, 7]) {
      const found: string[] = []
      let cursor: string | undefined
      do {
        const { body } = await officer.call(householdRoutes.listHouseholds, {
          query: { region: OTHER_GRID, limit, cursor },
        })
        found.push(...body.items.map(({ id }) => id))
        cursor = body.nextCursor ?? undefined
      } while (cursor)
      expect(found.filter((id) => wanted.includes(id))).toEqual(wanted)
      expect(new Set(found).size).toBe(found.length)
    }
  })

  it('stand in buildings only', async () => {
    const reply = await officer.call(householdRoutes.addHousehold, { body: { buildingCode: GRID, door: '1' } })
    expect([reply.status, reply.problem.reason]).toEqual([422, 'not_a_building'])
  })

  it('make a resident of whoever brings the code of the invitation, once', async () => {
    const home = await aHome()
    const person = await t.as(await t.aPerson({ level: 'phone' }))
    const { body: invitation } = await invite(home.id)
    expect(await levelOf(person)).toBe('phone')
    const typed = invitation.code.toLowerCase().replaceAll('-', ' ')
    const bound = await person.call(householdRoutes.bindMyself, { body: { code: typed } })
    expect([bound.status, bound.body.members[0]?.boundBy, bound.body.door]).toEqual([201, 'code', `1单元${doors}`])
    expect(await levelOf(person)).toBe('resident')
    const other = await t.as(await t.aPerson({ level: 'phone' }))
    const used = await other.call(householdRoutes.bindMyself, { body: { code: invitation.code } })
    expect([used.status, used.problem.reason]).toEqual([422, 'invitation_invalid'])
    const mine = await person.call(householdRoutes.listMyHouseholds)
    expect(mine.body.items.map((item) => item.id)).toEqual([home.id])
  })

  it('make an owner only with area and share on record', async () => {
    const bare = await aHome(null)
    const person = await t.aPerson({ level: 'phone' })
    const whole = { numerator: 1, denominator: 1 }
    const noArea = await bind(officer, bare.id, person.id, 'owner', whole)
    expect([noArea.status, noArea.problem.reason]).toEqual([422, 'area_not_on_record'])
    const noShare = await bind(officer, bare.id, person.id, 'owner')
    expect([noShare.status, noShare.problem.errors?.[0]?.path]).toEqual([400, 'body.share'])
    await officer.call(householdRoutes.changeHousehold, {
      params: { id: bare.id },
      ifMatch: 1,
      body: { areaHundredths: 6001 },
    })
    expect((await bind(officer, bare.id, person.id, 'owner', whole)).status).toBe(201)
    expect(await levelOf(await t.as(person))).toBe('owner')
    const emptied = await officer.call(householdRoutes.changeHousehold, {
      params: { id: bare.id },
      ifMatch: 2,
      body: { areaHundredths: null },
    })
    expect(emptied.status).toBe(422)
  })

  it('never hold shares of more than one', async () => {
    const home = await aHome()
    const third = { numerator: 1, denominator: 3 }
    for (let owner = 0; owner < 3; owner++) {
      expect((await bind(officer, home.id, (await t.aPerson()).id, 'owner', third)).status).toBe(201)
    }
    const fourth = await bind(officer, home.id, (await t.aPerson()).id, 'owner', {
      numerator: 1,
      denominator: 1_000_000,
    })
    expect([fourth.status, fourth.problem.reason]).toEqual([422, 'shares_exceed_whole'])
  })

  it('give two invitations used at once one place', async () => {
    const home = await aHome()
    const half = { numerator: 2, denominator: 3 }
    const codes = [(await invite(home.id, 'owner', half)).body.code, (await invite(home.id, 'owner', half)).body.code]
    const callers = [await t.as(await t.aPerson()), await t.as(await t.aPerson())]
    const replies = await Promise.all(
      callers.map((caller, i) => caller.call(householdRoutes.bindMyself, { body: { code: codes[i]! } })),
    )
    expect(replies.map((reply) => reply.status).sort()).toEqual([201, 422])
  })

  it('list for the secretary whom staff bound, and by whom', async () => {
    const home = await aHome()
    const person = await t.aPerson({ level: 'phone', name: '李四' })
    await bind(officer, home.id, person.id)
    const secretary = await t.as('secretary')
    const { body } = await secretary.call(householdRoutes.listBindings, { query: { limit: 100 } })
    const entry = body.items.find((item) => item.person.id === person.id)
    expect(entry).toMatchObject({
      person: { name: '李*' },
      boundBy: 'staff',
      boundByPerson: { id: officer.personId, name: expect.stringMatching(/^[^*]+$/) },
      household: { id: home.id },
    })
    expect(body.items.every((item) => item.boundBy === 'staff')).toBe(true)
    const walked: string[] = []
    let cursor: string | undefined
    do {
      const page: { body: typeof body } = await secretary.call(householdRoutes.listBindings, {
        query: { limit: 2, cursor },
      })
      walked.push(...page.body.items.map((item) => item.person.id))
      cursor = page.body.nextCursor ?? undefined
    } while (cursor)
    expect(walked).toEqual(body.items.map((item) => item.person.id))
  })

  it('are not a way for staff to raise themselves', async () => {
    const home = await aHome()
    const own = await bind(officer, home.id, officer.personId!)
    expect([own.status, own.problem.reason]).toEqual([403, 'cannot_bind_oneself'])
    const { body } = await invite(home.id)
    const used = await officer.call(householdRoutes.bindMyself, { body: { code: body.code } })
    expect([used.status, used.problem.reason]).toEqual([403, 'cannot_bind_oneself'])
  })

  it('let go of who leaves, whose level falls', async () => {
    const home = await aHome()
    const person = await t.aPerson({ level: 'phone' })
    const caller = await t.as(person)
    await bind(officer, home.id, person.id)
    expect(await levelOf(caller)).toBe('resident')
    const unbind = (by: Caller) =>
      by.call(householdRoutes.unbindMember, { params: { id: home.id, personId: person.id } })
    expect((await unbind(await t.as('resident'))).status).toBe(404)
    expect((await unbind(await t.as('grid_worker'))).status).toBe(403)
    expect((await unbind(caller)).status).toBe(204)
    expect(await levelOf(caller)).toBe('phone')
    expect((await unbind(officer)).status).toBe(404)
  })

  it('show their door to the community’s staff and their members, to nobody else', async () => {
    const home = await aHome()
    const member = await t.aPerson()
    await bind(officer, home.id, member.id)
    const read = async (by: Caller) => {
      const reply = await by.call(householdRoutes.readHousehold, { params: { id: home.id } })
      return [reply.status, reply.body?.door]
    }
    const door = `1单元${doors}`
    expect(await read(officer)).toEqual([200, door])
    expect(await read(await t.as('grid_worker'))).toEqual([200, door])
    expect(await read(await t.as(member))).toEqual([200, door])
    expect(await read(await t.as(await t.aPerson({ role: 'supervisor', region: '340803002' })))).toEqual([200, null])
    expect((await read(await t.as('resident')))[0]).toBe(404)
    expect((await read(await t.as(await t.aPerson({ role: 'officer', region: NEIGHBOUR }))))[0]).toBe(404)
  })

  it('of one person are listed where the reader works, nowhere else', async () => {
    const home = await aHome()
    const person = await t.aPerson({ level: 'phone' })
    await bind(officer, home.id, person.id)
    const seenBy = async (by: Caller) =>
      (await by.call(householdRoutes.listPersonHouseholds, { params: { id: person.id } })).body.items
    expect(await seenBy(officer)).toMatchObject([
      { household: { id: home.id, door: `1单元${doors}` }, kind: 'family', boundBy: 'staff' },
    ])
    const supervisor = await t.as(await t.aPerson({ role: 'supervisor', region: BUILDING.slice(0, 9) }))
    expect(await seenBy(supervisor)).toMatchObject([{ household: { id: home.id, door: null } }])
    const stranger = await t.as(await t.aPerson({ role: 'officer', region: NEIGHBOUR }))
    const params = { id: person.id }
    expect((await stranger.call(householdRoutes.listPersonHouseholds, { params })).status).toBe(404)
  })

  it('take no invitation after its last day', async () => {
    const home = await aHome()
    const { body } = await invite(home.id)
    t.clock.advance(90 * DAY)
    const late = await t.as(await t.aPerson({ level: 'phone' }))
    const reply = await late.call(householdRoutes.bindMyself, { body: { code: body.code } })
    expect([reply.status, reply.problem.reason]).toEqual([422, 'invitation_invalid'])
  })
})
