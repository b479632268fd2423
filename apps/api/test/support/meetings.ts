import { councilRoutes, type MeetingView, type RouteContract, type Success } from '@tongxin/contract'
import { verifyRecord } from '../../src/features/verification/index.ts'
import type { Caller, LooseInput, Reply } from './caller.ts'
import { agendaOf, type Cast, ok, scheduled } from './council.ts'
import { DAY } from './fake-clock.ts'
import { COMMUNITY } from './foundations.ts'
import type { TestApp } from './start-test-app.ts'

/** The same person, signed in again: sessions do not outlive a clock that was put forward. */
export const again = ({ t }: Pick<Cast, 't'>, who: { id: string } | Caller): Promise<Caller> =>
  t.as({ id: 'personId' in who ? (who.personId as string) : who.id })

export const inDays = ({ t }: Pick<Cast, 't'>, days: number) =>
  new Date(t.clock.now().getTime() + days * DAY).toISOString()

/** What the record and what it makes differ in; null when nothing does. */
export const verified = async ({ t }: Pick<Cast, 't'>) => (await verifyRecord(t.deps)).mismatch

/** Thursday 19:00, three days after the clock's start. */
export const HELD_AT = '2026-03-05T11:00:00.000Z'

/** A draft with one matter on its agenda. */
export const aDraft = async (cast: Cast, fields: Record<string, unknown> = {}): Promise<MeetingView> => {
  const { officer } = cast
  const body = { community: COMMUNITY, title: '三月议事会', place: '社区议事厅', heldAt: HELD_AT, ...fields }
  const { id, version } = ok(await officer.call(councilRoutes.createMeeting, { body }))
  const issueIds = [await scheduled(cast)]
  return ok(await officer.call(councilRoutes.setAgenda, { params: { id }, ifMatch: version, body: agendaOf(issueIds) }))
}

/** One call on a meeting or a series at the version it stands at now. */
export const atNow = async <R extends RouteContract>(
  caller: Caller,
  contract: R,
  id: string,
  body?: unknown,
): Promise<Reply<Success<R>>> => {
  const read = contract.path.startsWith('/v1/meeting-series')
    ? councilRoutes.readMeetingSeries
    : councilRoutes.readMeeting
  const { version } = ok(await caller.call(read as typeof councilRoutes.readMeeting, { params: { id } }))
  const input = { params: { id }, ifMatch: version, ...(body !== undefined && { body }) }
  return caller.call(contract, input as unknown as LooseInput<R>)
}

/** Announced, its messages not yet sent. */
export const anAnnounced = async (cast: Cast, fields: Record<string, unknown> = {}): Promise<string> => {
  const { id } = await aDraft(cast, fields)
  ok(await atNow(cast.officer, councilRoutes.announceMeeting, id))
  return id
}

export const noticeOf = async (caller: Caller, id: string) =>
  ok(await caller.call(councilRoutes.readMeetingNotice, { params: { id } }))
export const invited = async (caller: Caller, id: string) =>
  ok(await caller.call(councilRoutes.listInvitations, { params: { id } }))
export const reply = (caller: Caller, id: string, answer: string, note?: string) =>
  caller.call(councilRoutes.answerInvitation, { params: { id }, body: { answer, note } as never })
export const change = (cast: Cast, id: string, body: object) =>
  atNow(cast.officer, councilRoutes.changeMeeting, id, body)
/** What was sent of meetings; a matter's raiser hears of that, too. */
export const words = (t: TestApp) => t.sent.filter(({ text }) => text.includes('/meetings/'))
