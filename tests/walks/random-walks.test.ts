import { issueActionRoutes, issueRoutes } from '@tongxin/contract'
import {
  ACTIONS,
  type Action,
  edges,
  GUARDS,
  type Guard,
  type GuardCode,
  isMove,
  ROUTED_ACTIONS,
  type State,
} from '@tongxin/lifecycle'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { countMatters } from '../../apps/api/src/features/statistics/index.ts'
import { verifyRecord } from '../../apps/api/src/features/verification/index.ts'
import { inTransaction } from '../../apps/api/src/index.ts'
import { loadReferenceCategories } from '../../apps/api/src/reference/load-reference.ts'
import { type Caller, COMMUNITY, GRID, HOUR, startTestApp, type TestApp } from '../../apps/api/test/support/index.ts'
import { uploadPhoto } from '../../apps/api/test/support/photos.ts'
import { type Cast, fillIn, gatherCast, namesOn, type Scene } from './cast.ts'
import { type Chance, chanceFrom } from './chance.ts'
import { Council } from './council.ts'

/** `WALKS=10000 WALKS_SEED=7` walks further, or elsewhere. */
const WALKS = Number(process.env.WALKS ?? 100)
const SEED = Number(process.env.WALKS_SEED ?? 20_260_302)
const STEPS = 30

/** Where each action may lead from each state, by the tables alone. */
const LED = new Set(edges().map(({ action, from, to }) => `${action}: ${from} → ${to}`))
const mayLead = (action: Action, from: State, to: State) =>
  isMove(action) ? LED.has(`${action}: ${from} → ${to}`) : from === to

/** The way a matter usually goes; half the time a walk goes it, so that what lies far along it is walked too. */
const ONWARD: ReadonlySet<Action> = new Set<Action>([
  'accept',
  'schedule',
  'deliberate',
  'adopt',
  'dispatch',
  'sign',
  'submit',
  'verify',
  'publicize',
  'evaluate',
])

/** What was offered may still be refused for what the form says, or for facts of others; never for who or where one is. */
const speaksOfTheForm = (reason: string | undefined) => {
  const guard: Guard | undefined = Object.hasOwn(GUARDS, reason ?? '') ? GUARDS[reason as GuardCode] : undefined
  return guard?.ofPayload === true || guard?.needs !== undefined
}

describe('random walks against the running service', () => {
  let t: TestApp
  let cast: Cast
  const matters: string[] = []
  const reached = new Set<State>()
  const taken = new Map<Action, number>()
  let calls = 0

  beforeAll(async () => {
    t = await startTestApp()
    await inTransaction(t.deps.pool, loadReferenceCategories)
    cast = await gatherCast(t)
  })
  afterAll(() => t.close())

  /** As an officer sees it, who sees all. */
  const look = async (id: string) => {
    const { status, body, text } = await cast.officer.call(issueRoutes.readIssue, { params: { id } })
    expect(status, text).toBe(200)
    return body
  }

  const raise = async (chance: Chance): Promise<string> => {
    const kind = chance.oneOf(['problem', 'problem', 'suggestion', 'request', 'complaint', 'enquiry'])
    const body = {
      community: COMMUNITY,
      kind,
      ...(kind === 'complaint' && chance.below(2) > 0 ? { complainedUnitId: chance.oneOf(cast.units) } : {}),
      title: '三号楼的路灯不亮',
      body: '三号楼二单元门口的路灯坏了一个星期，晚上老人出行不便。',
      regionCode: GRID,
      anonymous: chance.below(4) === 0,
    }
    const reply = await chance.oneOf(cast.residents).call(issueRoutes.raiseIssue, { body: body as never })
    expect(reply.status, reply.text).toBe(201)
    return reply.body.id
  }

  /** One person looks at the matter and does something, mostly of what is offered. */
  const step = async (caller: Caller, id: string, scene: Scene, known: { state: State; version: number }) => {
    const { chance } = scene
    const seen = await caller.call(issueRoutes.readIssue, { params: { id } })
    expect([200, 404], seen.text).toContain(seen.status)
    const offered = seen.status === 200 ? seen.body.allowedActions.map((offer) => offer.action) : []
    const usual = offered.filter((action) => (chance.below(2) > 0 ? ONWARD.has(action) : isMove(action)))
    const among = usual.length > 0 && chance.below(3) > 0 ? usual : offered
    const action = among.length > 0 && chance.below(10) > 0 ? chance.oneOf(among) : chance.oneOf(ROUTED_ACTIONS)
    const stale = chance.below(40) === 0
    const contract = issueActionRoutes[action]
    const body = fillIn(ACTIONS[action].fields, scene)
    if (action === 'verify' && chance.below(10) > 0) body.photos = [await uploadPhoto(caller)]
    const ifMatch = contract.ifMatch ? known.version - (stale ? 1 : 0) : undefined
    const reply = await caller.call(contract, { params: { id }, ifMatch, body: body as never })
    calls += 2
    const told = `${known.state}: ${action} ${JSON.stringify(body)} ${reply.text}`
    expect(reply.status, told).toBeLessThan(500)
    if (reply.status !== 200) {
      const { reason } = reply.problem as { reason?: string }
      if (offered.includes(action)) {
        expect(['not_permitted', 'wrong_state', 'unknown_action'], told).not.toContain(reason)
        if (reply.status === 403) expect(speaksOfTheForm(reason), told).toBe(true)
      }
      return
    }
    expect(offered, `done, but not offered: ${told}`).toContain(action)
    if (contract.ifMatch) expect(stale, told).toBe(false)
    taken.set(action, (taken.get(action) ?? 0) + 1)
  }

  const walk = async (chance: Chance) => {
    const id = await raise(chance)
    const council = new Council(t, cast, chance)
    const scene: Scene = { t, cast, chance, matters, named: { objections: [], ratings: [], raisers: [] } }
    let before = await look(id)
    for (let steps = 0; steps < STEPS; steps++) {
      let aside: number[] = []
      if (before.state === 'scheduled' && chance.below(3) === 0) aside = await council.meet(id)
      if (before.state === 'deliberating' && chance.below(2) === 0) aside = await council.vote(id)
      if (chance.below(12) === 0) aside = [...aside, ...(await council.rise())]
      for (const status of aside) expect(status, `the council on ${before.state}`).toBeLessThan(500)
      if (chance.below(20) === 0) {
        t.clock.advance(chance.oneOf([1, 5, 30, 150, 400]) * HOUR)
        await t.runDueJobs()
        await cast.signInAgain()
      }
      // The statistics are brought up to date beside what people do, now and then by two at once.
      const counting = chance.below(15) === 0 ? [countMatters(t.deps), countMatters(t.deps)] : []
      if (before.state === 'publicized') scene.named = await namesOn(cast.officer, id)
      before = await look(id)
      const usual = cast.usual[before.state]
      await step(chance.oneOf(usual && chance.below(2) ? usual : cast.callers), id, scene, before)
      await Promise.all(counting)
      before = await look(id)
      reached.add(before.state)
    }
    await council.rise()
    matters.push(id)
    if (matters.length > 20) matters.shift()
    return id
  }

  /** The record afterwards: each entry begins where the one before ended, and leads where the tables let it. */
  const audit = async (id: string) => {
    const issue = await look(id)
    let state: State = 'raised'
    let moves = 0
    for (const { action, from, to } of issue.timeline) {
      if (isMove(action)) moves++
      if (action === 'raise') continue
      expect(from, `${id}: ${action}`).toBe(state)
      expect(mayLead(action, from ?? state, to), `${id}: ${action} from ${from} to ${to}`).toBe(true)
      state = to
    }
    expect(issue.state).toBe(state)
    expect(issue.version).toBe(moves)
  }

  it(
    `${WALKS} of them: no error of the service, no step the tables do not allow`,
    async () => {
      for (let number = 0; number < WALKS; number++) {
        const id = await walk(chanceFrom(SEED + number))
        await audit(id)
        if (process.env.WALKS && number % 100 === 99)
          process.stdout.write(`${number + 1} walks, ${calls} calls, ${taken.size} actions, ${reached.size} states\n`)
      }
      // Whatever came of it all, rows and what hangs on them are what the events make of them, and a recount equals the roll-ups.
      await countMatters(t.deps)
      const { rows: left } = await t.deps.pool.query('select count(*)::int as events from uncounted_events')
      expect(left).toEqual([{ events: 0 }])
      expect((await verifyRecord(t.deps)).mismatch).toBeNull()
      expect(taken.size).toBeGreaterThan(30)
      expect(reached.size).toBeGreaterThan(12)
    },
    60_000 + WALKS * 3_000,
  )
})
