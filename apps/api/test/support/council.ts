import { councilRoutes } from '@tongxin/contract'
import { inTransaction } from '../../src/db/connect.ts'
import { loadReferenceCategories } from '../../src/reference/load-reference.ts'
import type { Caller } from './caller.ts'
import { COMMUNITY, GRID } from './foundations.ts'
import { ACCEPTED, must, raiseAs } from './issues.ts'
import { type TestApp, testApp } from './start-test-app.ts'

export interface Cast {
  t: TestApp
  resident: Caller
  officer: Caller
  secretary: Caller
  /** Two of each class. */
  members: [Caller, Caller, Caller, Caller]
}

export const councilCast = async (settings: Parameters<typeof testApp>[0] = {}): Promise<Cast> => {
  const t = await testApp(settings)
  await inTransaction(t.deps.pool, loadReferenceCategories)
  const member = async (role: 'representative' | 'party_member') =>
    t.as(await t.aPerson({ role, region: role === 'representative' ? GRID : COMMUNITY }))
  return {
    t,
    resident: await t.as('resident'),
    officer: await t.as('officer'),
    secretary: await t.as('secretary'),
    members: [
      await member('representative'),
      await member('representative'),
      await member('party_member'),
      await member('party_member'),
    ],
  }
}

export const NEW = {
  community: COMMUNITY,
  title: '三月议事会',
  place: '社区议事厅',
  heldAt: '2026-03-05T11:00:00.000Z',
}
export const HANDS = { for: 3, against: 1, abstain: 0 }

/** A matter that waits to be deliberated on. */
export const scheduled = async ({ resident, officer }: Cast): Promise<string> => {
  const id = await raiseAs(resident)
  await must(officer, id, 'accept', { ...ACCEPTED, route: 'council' })
  await must(officer, id, 'schedule')
  return id
}

export const ok = <T>(reply: { status: number; body: T; text: string }): T => {
  if (reply.status >= 300) throw new Error(`${reply.status} ${reply.text}`)
  return reply.body
}

export const read = async (caller: Caller, id: string) =>
  ok(await caller.call(councilRoutes.readMeeting, { params: { id } }))

export const step = async (
  caller: Caller,
  contract: typeof councilRoutes.announceMeeting | typeof councilRoutes.openMeeting | typeof councilRoutes.closeMeeting,
  id: string,
) => caller.call(contract, { params: { id }, ifMatch: (await read(caller, id)).version })

/** Opens a meeting that was called for later: it is brought forward first, saying why. */
export const openEarly = async ({ t, officer }: Pick<Cast, 't' | 'officer'>, id: string): ReturnType<typeof step> => {
  const body = { heldAt: t.clock.now().toISOString(), shortNoticeReason: '事情紧急' }
  const { version } = await read(officer, id)
  ok(await officer.call(councilRoutes.changeMeeting, { params: { id }, ifMatch: version, body }))
  return step(officer, councilRoutes.openMeeting, id)
}

/** These matters as an agenda. */
export const agendaOf = (issueIds: readonly string[]) => ({ items: issueIds.map((issueId) => ({ issueId })) })

/** A meeting with these matters, announced. */
export const announced = async ({ officer }: Cast, issueIds: string[], presiderId?: string): Promise<string> => {
  const { id, version } = ok(await officer.call(councilRoutes.createMeeting, { body: { ...NEW, presiderId } }))
  ok(await officer.call(councilRoutes.setAgenda, { params: { id }, ifMatch: version, body: agendaOf(issueIds) }))
  ok(await step(officer, councilRoutes.announceMeeting, id))
  return id
}

/** By the list, as whoever organizes the meeting does it. */
export const checkIn = async ({ officer }: Cast, id: string, { personId }: Caller) =>
  officer.call(councilRoutes.checkIn, { params: { id }, body: { personId: personId ?? undefined } })

/** In session, the officer presiding, with so many members there. */
export const inSession = async (all: Cast, issueIds: string[], present = 4): Promise<string> => {
  const id = await announced(all, issueIds)
  ok(await openEarly(all, id))
  for (const member of all.members.slice(0, present)) ok(await checkIn(all, id, member))
  return id
}

export const propose = (caller: Caller, id: string, issueId: string, body: Record<string, unknown> = {}) =>
  caller.call(councilRoutes.proposeMotion, {
    params: { id },
    body: { issueId, text: '同意更换路灯', rule: 'majority', proposes: 'act', ...body },
  } as never)

export const count = (caller: Caller, id: string, body: Record<string, unknown> = HANDS) =>
  caller.call(councilRoutes.countMotion, { params: { id }, body } as never)

export const decided = async (
  caller: Caller,
  id: string,
  issueId: string,
  motion = {},
  hands = {},
): Promise<string> => {
  const { id: motionId } = ok(await propose(caller, id, issueId, motion)) as { id: string }
  ok(await count(caller, motionId, { ...HANDS, ...hands }))
  return motionId
}
