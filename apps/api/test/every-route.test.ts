import {
  allows,
  allRoutes,
  CLIENT_SCOPE_CODES,
  clientRoutes,
  councilRoutes,
  householdRoutes,
  type RouteContract,
  routes,
  scopeFor,
  splitPublicId,
  takesIdempotencyKey,
} from '@tongxin/contract'
import { ROLE_CODES, type Role } from '@tongxin/lifecycle'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Caller, createCaller } from './support/caller.ts'
import {
  aPerson,
  aUnit,
  BUILDING,
  COMMUNITY,
  DAY,
  grant,
  NEIGHBOUR,
  startTestApp,
  type TestApp,
} from './support/index.ts'
import { raiseAs } from './support/issues.ts'

/**
 * Every route × every role × own and foreign region. The permission list says who is let in at all; of what lies in another
 * community nothing is shown and nothing changes.
 */
const STRANGER = '0190b8a0-5c1e-7c3a-9d2e-1f2a3b4c5d6e'

let world: TestApp
let privateIssue: string
/** Something real in the reference community for each path that names one. */
const ids: Record<string, string> = {}
const callers = new Map<string, Caller>()
const callerOf = (role: Role, region: string) => callers.get(`${role} ${region}`)!

beforeAll(async () => {
  world = await startTestApp()
  const { deps } = world
  const raiser = await aPerson(deps, { level: 'resident' })
  privateIssue = await raiseAs(await world.as(raiser), { kind: 'request', visibility: 'private' })
  const officer = await world.as('officer')
  const household = await officer.call(householdRoutes.addHousehold, {
    body: { buildingCode: BUILDING, door: '1单元101' },
  })
  expect(household.status).toBe(201)
  ids.issues = privateIssue
  ids.people = raiser.id
  ids.units = (await aUnit(deps)).id
  ids.households = household.body.id
  ids.grants = await grant(deps, { personId: raiser.id, role: 'volunteer' })
  const meeting = await officer.call(councilRoutes.createMeeting, {
    body: { community: COMMUNITY, title: '议事会', place: '议事厅', heldAt: '2026-03-05T11:00:00.000Z' },
  })
  expect(meeting.status).toBe(201)
  ids.meetings = meeting.body.id
  const series = await officer.call(councilRoutes.createMeetingSeries, {
    body: {
      community: COMMUNITY,
      title: '居民议事会',
      place: '议事厅',
      schedule: { rule: 'day_of_month', day: 15, time: '19:00', onHoliday: 'next_workday' },
    },
  })
  expect(series.status).toBe(201)
  ids['meeting-series'] = series.body.id
  for (const kind of ['owners-votes', 'work-orders', 'kept-reports', 'task-forces', 'sittings', 'cobuilding'])
    ids[kind] = `${COMMUNITY}-${STRANGER}`
  ids.motions = ids.statements = ids.imports = ids.attachments = `${COMMUNITY}-${STRANGER}`
  ids.clients = (await connect(COMMUNITY)).id
  await connect(NEIGHBOUR)
  for (const role of ROLE_CODES)
    for (const region of [COMMUNITY, NEIGHBOUR]) {
      const person = await aPerson(deps, { role, region, ...(role === 'resident' ? { level: 'resident' } : {}) })
      callers.set(`${role} ${region}`, await world.as(person))
    }
})
/** A third-party system with every scope there is, by region. */
const systems = new Map<string, Caller>()
const connect = async (regionCode: string) => {
  const expiresAt = new Date(world.deps.clock.now().getTime() + 30 * DAY).toISOString()
  const body = {
    name: '区热线',
    operator: '区政务中心',
    regionCode,
    scopes: CLIENT_SCOPE_CODES,
    expiresAt,
    reason: '对接',
  }
  const [asks, approves] = await Promise.all(
    (['secretary', 'secretary'] as const).map(async (role) =>
      world.as(await aPerson(world.deps, { role, region: regionCode })),
    ),
  )
  const { id } = (await asks!.call(clientRoutes.registerClient, { body } as never)).body
  await approves!.call(clientRoutes.approveClient, { params: { id } })
  const issued = await asks!.call(clientRoutes.issueClientKey, {
    params: { id },
    ifMatch: 2,
    idempotencyKey: null,
    body: {},
  })
  expect(issued.status).toBe(201)
  systems.set(regionCode, createCaller(world.base, null, issued.body.key))
  return { id }
}
afterAll(() => world.close())

const paramsOf = (contract: RouteContract): Record<string, string> => {
  const params: Record<string, string> = {}
  for (const name of Object.keys(contract.params?._zod.def.shape ?? {})) {
    params[name] =
      {
        code: COMMUNITY,
        regionCode: COMMUNITY,
        day: '2026-03-04',
        communityCode: COMMUNITY,
        seq: '1',
        key: 'appeal_days',
        kind: 'ledger',
        speakerId: STRANGER,
        amendmentId: STRANGER,
        milestoneId: STRANGER,
        contactId: STRANGER,
        otherId: STRANGER,
        issueId: `${COMMUNITY}-${STRANGER}`,
        proxyId: STRANGER,
        itemId: `${COMMUNITY}-${STRANGER}`,
        paperId: `${COMMUNITY}-${STRANGER}`,
      }[name] ?? (name === 'token' ? `${COMMUNITY}AAAAAAAAAAAAAAAAAAAAAAAA` : name === 'personId' ? ids.people! : '')
  }
  if ('id' in params) params.id = ids[contract.path.split('/')[2]!] ?? STRANGER
  return params
}

const ask = (caller: Caller, contract: RouteContract, body: unknown = {}) =>
  caller.call(contract, {
    params: paramsOf(contract),
    query: { community: COMMUNITY, region: COMMUNITY },
    ...(contract.method === 'GET' ? {} : { body }),
    ...(contract.ifMatch ? { ifMatch: 1 } : {}),
    ...(takesIdempotencyKey(contract) ? {} : { idempotencyKey: null }),
  } as never)

describe.each(allRoutes.map((contract) => [`${contract.method} ${contract.path}`, contract] as const))(
  '%s',
  (_name, contract) => {
    it('is served, and lets in whom its permission names and nobody else', async () => {
      const wrong: string[] = []
      const nobody = await ask(world.nobody, contract)
      if (allows(contract.permission, null) ? nobody.status === 403 : nobody.status !== 401)
        wrong.push(`nobody: ${nobody.status}`)
      // The router knows no such path; a handler's 404 is a problem with a reason of its own.
      if (nobody.status === 404 && nobody.text.includes('route_not_found')) wrong.push('not served')
      for (const role of ROLE_CODES)
        for (const region of [COMMUNITY, NEIGHBOUR]) {
          // Signing out would end the walk; what is followed does not end.
          if (['signOut', 'followNews'].includes(contract.operationId)) continue
          const caller = callerOf(role, region)
          const reply = await ask(caller, contract)
          const may = allows(contract.permission, new Set(role === 'resident' ? [role] : [role, 'resident' as const]))
          if (reply.status >= 500) wrong.push(`${role} ${region}: ${reply.status} ${reply.text}`)
          if (!may && reply.status !== 403) wrong.push(`${role} ${region}: ${reply.status} instead of 403`)
          // Signing in has a 401 of its own.
          if (may && reply.status === 401 && contract.permission !== 'session.start')
            wrong.push(`${role} ${region}: 401`)
        }
      // A key opens what its scopes name, what anybody may read, and nothing else. Where nobody is asked, it is not looked at.
      for (const [region, system] of systems) {
        world.clock.advance(100)
        if (contract.anonymous) continue
        const reply = await ask(system, contract)
        const shut = reply.status === 403 && reply.problem.code === 'insufficient_scope'
        if (shut !== (scopeFor(contract.permission) === null)) wrong.push(`a system of ${region}: ${reply.text}`)
        if (reply.status >= 500 || reply.status === 401) wrong.push(`a system of ${region}: ${reply.status}`)
      }
      expect(wrong).toEqual([])
    })
  },
)

/** What stands in a directory that every community reads. */
const OPEN_TO_ALL = new Set(['public.read', 'meetings.read', 'units.read', 'attachments.read'])

describe('what lies in another community', () => {
  const reads = allRoutes.filter(
    ({ method, path, permission }) => method === 'GET' && path.includes('/:id') && !OPEN_TO_ALL.has(permission),
  )

  it.each(reads.map((contract) => [contract.path, contract] as const))(
    '%s shows nothing of it',
    async (_path, contract) => {
      const wrong: string[] = []
      for (const role of ROLE_CODES) {
        const reply = await ask(callerOf(role, NEIGHBOUR), contract)
        if (reply.status !== 404 && reply.status !== 403) wrong.push(`${role}: ${reply.status}`)
      }
      const reply = await ask(systems.get(NEIGHBOUR)!, contract)
      if (reply.status !== 404 && reply.status !== 403) wrong.push(`a system: ${reply.status}`)
      expect(wrong).toEqual([])
    },
  )

  it('cannot be acted upon: every action on a private matter is unknown there', async () => {
    const wrong: string[] = []
    for (const [action, contract] of Object.entries(routes.issueActions)) {
      for (const role of ROLE_CODES) {
        const reply = await ask(callerOf(role, NEIGHBOUR), contract)
        // Whoever sends an unreadable form hears of the form: it says nothing of the matter.
        if (![400, 404].includes(reply.status)) wrong.push(`${action} as ${role}: ${reply.status}`)
      }
    }
    expect(wrong).toEqual([])
    const { id } = splitPublicId(privateIssue)
    const { rows } = await world.deps.pool.query('select count(*)::int as n from events where subject_id = $1', [id])
    expect(rows[0].n).toBe(1)
  })
})
