import { councilRoutes, type OpinionMapView, opinionRoutes, type StatementAnswer } from '@tongxin/contract'
import { inTransaction } from '../../src/db/connect.ts'
import { newId } from '../../src/db/new-id.ts'
import { householdMembers, households } from '../../src/db/schema/index.ts'
import { loadReferenceCategories } from '../../src/reference/load-reference.ts'
import type { Caller, Reply } from './caller.ts'
import { ok } from './council.ts'
import { BUILDING, COMMUNITY } from './foundations.ts'
import { ACCEPTED, must, raiseAs } from './issues.ts'
import { type TestApp, testApp } from './start-test-app.ts'

export { ok }

/** Somebody who lives in the community, known to it. */
export const neighbour = async (t: TestApp): Promise<Caller> => {
  const { id: personId } = await t.aPerson({ level: 'resident' })
  const at = t.deps.clock.now()
  const householdId = newId(at)
  await t.deps.db.insert(households).values({
    id: householdId,
    buildingCode: BUILDING,
    doorCipher: '',
    doorHash: householdId,
    createdAt: at,
  })
  await t.deps.db.insert(householdMembers).values({
    householdId,
    personId,
    communityCode: COMMUNITY,
    kind: 'family',
    boundBy: 'staff',
    boundByPerson: personId,
    boundAt: at,
  })
  return t.as({ id: personId })
}

export interface Cast {
  t: TestApp
  officer: Caller
  secretary: Caller
  resident: Caller
  /** The matter opinions are taken on, and the meeting that will decide it. */
  issueId: string
  meetingId: string
}

export const NEW = {
  community: COMMUNITY,
  title: '三月议事会',
  place: '社区议事厅',
  heldAt: '2026-03-05T11:00:00.000Z',
}

export const step = async (
  caller: Caller,
  contract: typeof councilRoutes.announceMeeting | typeof councilRoutes.openMeeting,
  id: string,
) => {
  const { version } = ok(await caller.call(councilRoutes.readMeeting, { params: { id } }))
  return ok(await caller.call(contract, { params: { id }, ifMatch: version }))
}

/** A public matter, scheduled; on a draft agenda. */
export const drafted = async (): Promise<Cast> => {
  const t = await testApp()
  await inTransaction(t.deps.pool, loadReferenceCategories)
  const [officer, secretary, resident] = [await t.as('officer'), await t.as('secretary'), await neighbour(t)]
  const issueId = await raiseAs(resident)
  await must(officer, issueId, 'accept', { ...ACCEPTED, route: 'council' })
  await must(officer, issueId, 'schedule')
  const { id: meetingId, version } = ok(await officer.call(councilRoutes.createMeeting, { body: NEW }))
  ok(
    await officer.call(councilRoutes.setAgenda, {
      params: { id: meetingId },
      ifMatch: version,
      body: { items: [{ issueId }] },
    }),
  )
  return { t, officer, secretary, resident, issueId, meetingId }
}

export const posted = async (): Promise<Cast> => {
  const all = await drafted()
  await step(all.officer, councilRoutes.announceMeeting, all.meetingId)
  return all
}

export const raise = (caller: Caller, issueId: string, text: string) =>
  caller.call(opinionRoutes.raiseStatement, { params: { id: issueId }, body: { text } })
export const decide = (caller: Caller, id: string, accepted: boolean, reason?: string) =>
  caller.call(opinionRoutes.decideStatement, { params: { id }, body: { accepted, reason } })
export const answer = (caller: Caller, id: string, given: StatementAnswer, version = 1) =>
  caller.call(opinionRoutes.answerStatement, { params: { id }, body: { answer: given, version } })
export const next = async (caller: Caller, issueId: string, limit = 50) =>
  ok(await caller.call(opinionRoutes.listNextStatements, { params: { id: issueId }, query: { limit } }))
export const status = async (caller: Caller, issueId: string) =>
  ok(await caller.call(opinionRoutes.readOpinions, { params: { id: issueId } }))
export const mapOf = async (caller: Caller, issueId: string): Promise<OpinionMapView | null> =>
  ok(await caller.call(opinionRoutes.readOpinionMap, { params: { id: issueId } })).map

export const WORDS = [
  '路灯该换成节能的',
  '先修三号楼门口',
  '夜里保安要多走一趟',
  '灯太亮会影响睡觉',
  '费用从公共收益里出',
  '请物业每月报一次',
]

/** Accepted statements, raised by residents of their own. */
export const accepted = async ({ t, officer, issueId }: Cast, count: number): Promise<string[]> => {
  const ids: string[] = []
  for (let i = 0; i < count; i++) {
    const author = await neighbour(t)
    const { id } = ok(await raise(author, issueId, `${WORDS[i % WORDS.length]}${i < WORDS.length ? '' : `（${i}）`}`))
    ok(await decide(officer, id, true))
    ids.push(id)
  }
  return ids
}

export const refused = (reply: Reply<unknown>) => [reply.status, reply.problem.reason ?? reply.problem.code]

/** Two camps of so many on six statements: against each other on the first four, of one mind on the last two. */
export const campaign = async (all: Cast, each: number): Promise<string[]> => {
  const ids = await accepted(all, 6)
  const people = await Promise.all(Array.from({ length: each * 2 }, () => neighbour(all.t)))
  for (const [at, person] of people.entries()) {
    const side = at < each ? 'agree' : 'disagree'
    for (const [s, id] of ids.entries()) ok(await answer(person, id, s < 4 ? side : s === 4 ? 'agree' : 'disagree'))
  }
  return ids
}
