import { councilRoutes, type MinutesView } from '@tongxin/contract'
import type { Caller } from './caller.ts'
import { DAY } from './fake-clock.ts'
import { aCouncil, adoptAt, aScheduledMatter, closeMeetingNow, later, ok, openMeetingOn } from './held-meeting.ts'
import { testApp } from './start-test-app.ts'

export const read = async (caller: Caller, id: string): Promise<MinutesView> =>
  ok(await caller.call(councilRoutes.readMinutes, { params: { id } }))

export const draft = (caller: Caller, id: string) => caller.call(councilRoutes.draftMinutes, { params: { id } })

const at = async (
  caller: Caller,
  contract: typeof councilRoutes.publishMinutes | typeof councilRoutes.confirmMinutes,
  id: string,
  version?: number,
) => caller.call(contract, { params: { id }, ifMatch: version ?? (await read(caller, id)).version })

export const publish = (caller: Caller, id: string, version?: number) =>
  at(caller, councilRoutes.publishMinutes, id, version)
export const confirm = (caller: Caller, id: string, version?: number) =>
  at(caller, councilRoutes.confirmMinutes, id, version)

export const amend = (caller: Caller, id: string, body: { text: string; issueId?: string }) =>
  caller.call(councilRoutes.proposeAmendment, { params: { id }, body })

export const answer = async (caller: Caller, id: string, body: Record<string, unknown>, version?: number) => {
  const { amendments, version: now } = await read(caller, id)
  const amendmentId = amendments?.find(({ state }) => state === 'open')?.id ?? ''
  const sent = { params: { id, amendmentId }, ifMatch: version ?? now, body }
  return caller.call(councilRoutes.answerAmendment, sent as never)
}

/** A meeting that adopted one matter and did not reach the other, ended; its minutes drafted by the officer. */
export const held = async (present = 4) => {
  const council = await aCouncil(await testApp())
  const [first, second] = [await aScheduledMatter(council), await aScheduledMatter(council, '单元门禁损坏')]
  const id = await openMeetingOn(council, [first, second], present)
  // Nothing is resolved without a quorum.
  if (present > 2) await adoptAt(council, id, first)
  await closeMeetingNow(council, id)
  ok(await draft(council.officer, id))
  return { ...council, id, first, second }
}

/** The same, put before those who were there, their time over. */
export const amended = async (present = 4) => {
  const all = await held(present)
  ok(await publish(all.officer, all.id))
  return later(all, 3 * DAY + 1)
}

/** The same, confirmed. */
export const locked = async () => {
  const all = await amended()
  for (const caller of [all.officer, all.members[0], all.members[2]]) ok(await confirm(caller, all.id))
  return all
}

export const refused = (reply: { status: number; problem: { code: string; reason?: string } }) => [
  reply.status,
  reply.problem.reason ?? reply.problem.code,
]
