import { RSABSSA } from '@cloudflare/blindrsa-ts'
import { type BallotView, ballotMessage, councilRoutes } from '@tongxin/contract'
import type { Choice } from '@tongxin/lifecycle'
import { inTransaction } from '../../src/db/connect.ts'
import { loadReferenceCategories } from '../../src/reference/load-reference.ts'
import type { Caller, Reply } from './caller.ts'
import { agendaOf, ok, openEarly, read } from './council.ts'
import { DAY } from './fake-clock.ts'
import { COMMUNITY } from './foundations.ts'
import { ACCEPTED, must, raiseAs } from './issues.ts'
import { type TestApp, testApp } from './start-test-app.ts'

export interface Council {
  t: TestApp
  officer: Caller
  resident: Caller
  /** Representatives before Party members. */
  members: Caller[]
}

/** A community with an officer who presides and so many members of each class. */
export async function aCouncil(t: TestApp, representatives = 3, partyMembers = 3): Promise<Council> {
  await inTransaction(t.deps.pool, loadReferenceCategories)
  const members: Caller[] = []
  for (let n = 0; n < representatives + partyMembers; n++)
    members.push(await t.as(n < representatives ? 'representative' : 'party_member'))
  return { t, officer: await t.as('officer'), resident: await t.as('resident'), members }
}

export { ok, read as readMeeting }

/** By the list. */
export const checkIn = async (officer: Caller, id: string, { personId }: Caller) =>
  ok(await officer.call(councilRoutes.checkIn, { params: { id }, body: { personId: personId ?? undefined } }))

export const leave = async (caller: Caller, id: string) =>
  ok(await caller.call(councilRoutes.leaveMeeting, { params: { id }, body: {} }))

export const closeMeeting = async (caller: Caller, id: string) => {
  const { version } = await read(caller, id)
  return caller.call(councilRoutes.closeMeeting, { params: { id }, ifMatch: version })
}

/** A meeting in session that deliberates on so many matters, these members there. */
export async function inSession(
  { t, officer, resident, members }: Council,
  { matters = 1, present = members }: { matters?: number; present?: readonly Caller[] } = {},
): Promise<{ meetingId: string; issueIds: string[] }> {
  const issueIds: string[] = []
  for (let n = 0; n < matters; n++) {
    const id = await raiseAs(resident)
    await must(officer, id, 'accept', { ...ACCEPTED, route: 'council' })
    await must(officer, id, 'schedule')
    issueIds.push(id)
  }
  const heldAt = new Date(t.clock.now().getTime() + 4 * DAY).toISOString()
  const body = { community: COMMUNITY, title: '三月议事会', place: '社区议事厅', heldAt }
  const { id, version } = ok(await officer.call(councilRoutes.createMeeting, { body }))
  const params = { id }
  const { version: at } = ok(
    await officer.call(councilRoutes.setAgenda, { params, ifMatch: version, body: agendaOf(issueIds) }),
  )
  ok(await officer.call(councilRoutes.announceMeeting, { params, ifMatch: at }))
  ok(await openEarly({ t, officer }, id))
  for (const member of present) await checkIn(officer, id, member)
  for (const issueId of issueIds) await must(officer, issueId, 'deliberate')
  return { meetingId: id, issueIds }
}

export const propose = (caller: Caller, meetingId: string, issueId: string, body: Record<string, unknown> = {}) =>
  caller.call(councilRoutes.proposeMotion, {
    params: { id: meetingId },
    body: { issueId, text: '同意更换路灯', rule: 'majority', proposes: 'act', method: 'open', ...body },
  } as never) as Promise<Reply<BallotView['motion']>>

export const cast = (caller: Caller, id: string, choice: Choice, principalId?: string | null) =>
  caller.call(councilRoutes.castVote, { params: { id }, body: { choice, ...(principalId && { principalId }) } })

export const readBallot = async (caller: Caller, id: string): Promise<BallotView> =>
  ok(await caller.call(councilRoutes.readBallot, { params: { id } }))

export const closeBallot = (caller: Caller, id: string) => caller.call(councilRoutes.closeBallot, { params: { id } })

const suite = RSABSSA.SHA384.PSS.Randomized()
const base64url = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64url')

export interface Paper {
  token: string
  signature: string
}

/** A paper made ready on the member's own device, before anybody has signed it. */
export async function blindPaper(motionId: string, publicKey: string) {
  const algorithm = { name: 'RSA-PSS', hash: 'SHA-384' }
  const spki = Buffer.from(publicKey, 'base64')
  const key = await crypto.subtle.importKey('spki', spki, algorithm, true, ['verify'])
  const prepared = suite.prepare(new TextEncoder().encode(ballotMessage(motionId)))
  const { blindedMsg, inv } = await suite.blind(key, prepared)
  return {
    blinded: base64url(blindedMsg),
    finish: async (blindSignature: string): Promise<Paper> => ({
      token: base64url(prepared.slice(0, 32)),
      signature: base64url(await suite.finalize(key, prepared, Buffer.from(blindSignature, 'base64url'), inv)),
    }),
  }
}

export const askForPaper = (caller: Caller, id: string, blinded: string, principalId?: string | null) =>
  caller.call(councilRoutes.drawPaper, { params: { id }, body: { blinded, ...(principalId && { principalId }) } })

export async function drawPaper(caller: Caller, id: string, publicKey: string, principalId?: string | null) {
  const { blinded, finish } = await blindPaper(id, publicKey)
  return finish(ok(await askForPaper(caller, id, blinded, principalId)).blindSignature)
}

export const castPaper = (caller: Caller, id: string, paper: Paper, choice: Choice) =>
  caller.call(councilRoutes.castPaper, { params: { id }, body: { ...paper, choice } })

export const readBox = async (caller: Caller, id: string) =>
  ok(await caller.call(councilRoutes.listBallots, { params: { id } }))

export const council = async (representatives?: number, partyMembers?: number) =>
  aCouncil(await testApp(), representatives, partyMembers)

export const refusal = (reply: { status: number; problem: { code: string; reason?: string | undefined } }) => [
  reply.status,
  reply.problem.code,
  reply.problem.reason,
]
