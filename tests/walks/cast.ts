import { randomUUID } from 'node:crypto'
import { evaluationRoutes, householdRoutes, issueRoutes } from '@tongxin/contract'
import { FIELDS, type Field, type FieldName, OUTCOMES, type State } from '@tongxin/lifecycle'
import {
  aPerson,
  aUnit,
  BUILDING,
  type Caller,
  COMMUNITY,
  DAY,
  GRID,
  grant,
  NEIGHBOUR,
  type PersonSettings,
  STREET,
  type TestApp,
} from '../../apps/api/test/support/index.ts'
import type { Chance } from './chance.ts'

export interface Cast {
  callers: readonly Caller[]
  residents: readonly Caller[]
  officer: Caller
  secretary: Caller
  members: readonly Caller[]
  units: readonly string[]
  handlers: readonly Caller[]
  /** Where some of the residents and members live. */
  households: readonly string[]
  /** Whose turn it mostly is; anybody's, where a state is not named. */
  usual: { readonly [S in State]?: readonly Caller[] }
  /** Signs everybody in again, after the clock was put forward. */
  signInAgain(): Promise<void>
}

/** Everybody a walk may meet, strangers included. */
export async function gatherCast(t: TestApp): Promise<Cast> {
  const { deps } = t
  const lead = await aUnit(deps)
  const co = await aUnit(deps)
  const silent = await aUnit(deps)
  const renewals: (() => Promise<void>)[] = []
  /** Someone whose session is renewed behind the same caller. */
  const as = async (settings: PersonSettings = {}, more?: 'volunteer'): Promise<Caller> => {
    const person = await aPerson(deps, settings)
    if (more) await grant(deps, { personId: person.id, role: more })
    let caller = await t.as(person)
    renewals.push(async () => {
      caller = await t.as(person)
    })
    return {
      personId: person.id,
      token: null,
      call: (contract, input) => caller.call(contract, input),
      send: (request) => caller.send(request),
    }
  }
  const officer = await as({ role: 'officer' })
  const secretary = await as({ role: 'secretary' })
  const members = [
    await as({ role: 'representative' }),
    await as({ role: 'representative' }),
    await as({ role: 'party_member' }),
  ]
  const residents = [await as(), await as(), await as(), await as()]
  const households: string[] = []
  for (const [index, tenant] of [...residents.slice(1), ...members].entries()) {
    const added = await officer.call(householdRoutes.addHousehold, {
      body: { buildingCode: BUILDING, door: `1单元${101 + index}` },
    })
    const body = { personId: String(tenant.personId), kind: 'tenant' } as const
    const bound = await officer.call(householdRoutes.bindMember, { params: { id: added.body.id }, body } as never)
    if (bound.status !== 201) throw new Error(bound.text)
    households.push(added.body.id)
  }
  const handlers = [
    await as({ role: 'unit_handler', unitId: lead.id }),
    await as({ role: 'unit_handler', unitId: co.id }),
  ]
  const others = [
    await as({ role: 'officer' }),
    await as({ role: 'grid_worker' }),
    await as({ role: 'grid_worker' }, 'volunteer'),
    ...handlers,
    await as({ role: 'unit_handler', unitId: lead.id }),
    await as({ role: 'supervisor', region: STREET }),
    await as({ role: 'administrator' }),
    await as({ role: 'officer', region: NEIGHBOUR }),
    await as({ level: 'phone' }),
    t.nobody,
  ]
  return {
    callers: [officer, secretary, ...members, ...residents, ...others],
    residents,
    officer,
    secretary,
    members,
    units: [lead.id, co.id, silent.id],
    handlers,
    households,
    usual: {
      raised: [officer],
      accepted: [officer],
      scheduled: [secretary],
      deliberating: [secretary],
      adopted: [officer, secretary],
      dispatched: handlers,
      handling: handlers,
      verifying: [secretary, officer],
      publicized: residents,
      withdrawn: residents,
      merged: [officer],
    },
    signInAgain: async () => {
      for (const renew of renewals) await renew()
    },
  }
}

export interface Scene {
  t: TestApp
  cast: Cast
  chance: Chance
  /** Matters of earlier walks, to be merged into. */
  matters: readonly string[]
  /** Objections and ratings of this matter. */
  named: { objections: string[]; ratings: string[]; raisers: string[] }
}

const WORDS = ['路灯已更换，现场已清理', '请核实后尽快办理', '同意', 'Ok, 2026! <b>&"', '情况属实']

const idFor = (names: Field['names'], { cast, chance, matters, named }: Scene): string => {
  const unknown = `${COMMUNITY}-${randomUUID()}`
  switch (names) {
    case 'unit':
      return chance.oneOf(cast.units)
    case 'handler':
      return String(chance.oneOf(cast.handlers)?.personId)
    case 'household':
      return chance.oneOf(cast.households)
    case 'issue':
      return chance.oneOf(matters) ?? unknown
    case 'objection':
      return chance.oneOf(named.objections) ?? unknown
    case 'rating':
      return chance.oneOf(named.ratings) ?? unknown
    case 'raiser':
      return chance.oneOf(named.raisers) ?? unknown
    default:
      return unknown
  }
}

const valueFor = (name: FieldName, scene: Scene): unknown => {
  const { chance, t, cast } = scene
  const field: Field = FIELDS[name]
  switch (field.type) {
    case 'text':
    case 'long_text':
      return chance.oneOf(WORDS)
    case 'choice':
      return chance.oneOf(Object.keys(field.options ?? {}))
    case 'choices':
      return Object.keys(field.options ?? {}).filter(() => chance.below(4) === 0)
    case 'boolean':
      return chance.below(4) > 0
    case 'integer':
      return (field.min ?? 0) + chance.below((field.max ?? 5) - (field.min ?? 0) + 1)
    case 'date_time':
      return new Date(t.clock.now().getTime() + (chance.below(90) - 3) * DAY).toISOString()
    case 'id':
      return idFor(field.names, scene)
    case 'code':
      return field.names === 'category' ? '209022' : chance.oneOf([GRID, COMMUNITY, NEIGHBOUR])
    case 'photos':
      return []
    case 'parts':
      return chance.below(2) ? [] : [{ unitId: chance.oneOf(cast.units), task: '配合办理' }]
    case 'position':
      return { latitude: 30.5, longitude: 117.04 }
    case 'outcomes':
      return [{ key: chance.oneOf(Object.keys(OUTCOMES)), amount: 1 + chance.below(9) }]
  }
}

/** A form filled in as people do: what is required nearly always, what is not sometimes, and now and then wrongly. */
export function fillIn(
  fields: { readonly [F in FieldName]?: 'required' | 'optional' },
  scene: Scene,
): Record<string, unknown> {
  const { chance } = scene
  const payload: Record<string, unknown> = {}
  for (const [name, need] of Object.entries(fields) as [FieldName, 'required' | 'optional'][]) {
    const given = need === 'required' ? chance.below(40) > 0 : chance.below(2) > 0
    if (given) payload[name] = valueFor(name, scene)
  }
  if (chance.below(60) === 0) payload[chance.oneOf(Object.keys(FIELDS)) ?? 'reason'] = chance.oneOf([null, 7, '', [{}]])
  return payload
}

/** What an officer sees of a matter's objections, ratings and raisers. */
export async function namesOn(officer: Caller, id: string): Promise<Scene['named']> {
  const params = { id }
  const objections = await officer.call(evaluationRoutes.listObjections, { params })
  const ratings = await officer.call(evaluationRoutes.listRatings, { params })
  const raisers = await officer.call(issueRoutes.listRaisers, { params })
  const namesOf = ({ status, body }: { status: number; body: { items: { id: string }[] } }) =>
    status === 200 ? body.items.map((item) => item.id) : []
  return { objections: namesOf(objections), ratings: namesOf(ratings), raisers: namesOf(raisers) }
}
