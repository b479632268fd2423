import type { Body, councilRoutes } from '@tongxin/contract'
import { meetingOpensAt } from '@tongxin/lifecycle'
import type { Tx } from '../../db/connect.ts'
import { newId } from '../../db/new-id.ts'
import type { Deps } from '../../deps.ts'
import { type Actor, personOf } from '../../http/actor.ts'
import { AppError } from '../../http/errors.ts'
import { assertPublishable } from '../../personal-data/assert-publishable.ts'
import { standingAt } from './council.policy.ts'
import { listAgenda } from './items.queries.ts'
import { lockFor } from './lock-for.ts'
import { insertMeeting, type MeetingKey, saveMeeting } from './meetings.queries.ts'
import { listMembers, listPlaces } from './members.queries.ts'
import { moveNotice, postNotice } from './notice.ts'
import { countClasses, freeze, percentBy } from './quorum.ts'
import { recordMeetingEvent } from './record-council-event.ts'

const unfit = (reason: string, path: string, message: string) =>
  new AppError('unprocessable', { reason, detail: message, errors: [{ path, message }] })

/** @throws AppError unprocessable when they have no place at the council */
export const assertMayPreside = async (
  tx: Tx,
  { directory, clock }: Deps,
  communityCode: string,
  personId?: string,
) => {
  if (personId === undefined) return
  const places = await listPlaces(tx, await directory.regions.tree(), communityCode, personId, clock.now())
  if (places.length === 0) throw unfit('presider_unfit', 'body.presiderId', '主持人须是议事会成员、社区专干或书记')
}

/** @throws AppError forbidden elsewhere; unprocessable when who is to preside has no place at the council */
export const createMeeting = async (
  tx: Tx,
  deps: Deps,
  actor: Actor,
  body: Body<typeof councilRoutes.createMeeting>,
): Promise<MeetingKey> => {
  const { community, title, place, heldAt, presiderId, reviewed } = body
  const tree = await deps.directory.regions.tree()
  if (tree.get(community)?.level !== 'community' || !standingAt(actor, tree, community).manages)
    throw new AppError('forbidden')
  assertPublishable(reviewed, { title, place })
  await assertMayPreside(tx, deps, community, presiderId)
  const at = deps.clock.now()
  const key = { communityCode: community, id: newId(at) }
  const by = personOf(actor)
  await insertMeeting(tx, key, { title, place, heldAt, presiderId: presiderId ?? null, by, at })
  const record = { title, place, heldAt }
  await recordMeetingEvent(tx, deps, key, 'create', {
    from: null,
    to: 'draft',
    by,
    at,
    record,
    personal: { presiderId },
  })
  return key
}

export const changeMeeting = async (
  tx: Tx,
  deps: Deps,
  key: MeetingKey,
  actor: Actor,
  version: number,
  body: Body<typeof councilRoutes.changeMeeting>,
): Promise<void> => {
  const { meeting } = await lockFor(tx, deps, key, actor, 'change', version)
  const { presiderId, shortNoticeReason, reviewed, ...words } = body
  const { title, place } = words
  assertPublishable(reviewed, { title, place, shortNoticeReason })
  await assertMayPreside(tx, deps, key.communityCode, presiderId)
  const after = await saveMeeting(tx, meeting, { ...words, ...(presiderId && { presiderId }) })
  const { state } = meeting
  const at = deps.clock.now()
  const said =
    state === 'announced' ? await moveNotice(tx, deps, meeting, after, { at, reason: shortNoticeReason }) : {}
  const personal = presiderId === undefined ? {} : { presiderId }
  const record = { ...words, ...said }
  const it = { from: state, to: state, by: personOf(actor), at, record, personal }
  await recordMeetingEvent(tx, deps, key, 'change', it)
}

/** @throws AppError unprocessable while there is nothing to deliberate on, or when it is late and nobody says why */
export const announceMeeting = async (
  tx: Tx,
  deps: Deps,
  key: MeetingKey,
  actor: Actor,
  version: number,
  { shortNoticeReason, reviewed }: Body<typeof councilRoutes.announceMeeting>,
): Promise<void> => {
  const { meeting } = await lockFor(tx, deps, key, actor, 'announce', version)
  assertPublishable(reviewed, { shortNoticeReason })
  const agenda = await listAgenda(tx, key)
  if (!agenda.some(({ state }) => state === 'pending'))
    throw new AppError('unprocessable', { reason: 'agenda_empty', detail: '请先编排议程，再公告' })
  await saveMeeting(tx, meeting, { state: 'announced' })
  const { title, place, heldAt } = meeting
  const by = personOf(actor)
  const at = deps.clock.now()
  const notice = { by, at, reason: shortNoticeReason }
  const { record: said, personal } = await postNotice(tx, deps, meeting, notice)
  const record = { title, place, heldAt, ...said }
  const it = { from: 'draft', to: 'announced', by, at, record, personal }
  await recordMeetingEvent(tx, deps, key, 'announce', it)
}

/**
 * Freezes the number of members of each class and what makes a quorum of them: who joins the council later does not raise the quorum of
 * this sitting.
 * @throws AppError meeting_too_early when it was called for later
 */
export const openMeeting = async (
  tx: Tx,
  deps: Deps,
  key: MeetingKey,
  actor: Actor,
  version: number,
): Promise<void> => {
  const { meeting } = await lockFor(tx, deps, key, actor, 'open', version)
  const { clock, directory } = deps
  const at = clock.now()
  if (at < meetingOpensAt(meeting.heldAt)) throw new AppError('meeting_too_early')
  const members = await listMembers(tx, await directory.regions.tree(), key.communityCode, at)
  const by = personOf(actor)
  const presiderId = meeting.presiderId ?? by
  const openedAt = at.toISOString()
  const policy = await directory.policies.policyFor(key.communityCode, at)
  const record = freeze(countClasses(members), percentBy(policy))
  await saveMeeting(tx, meeting, { state: 'in_session', presiderId, openedAt, ...record })
  await recordMeetingEvent(tx, deps, key, 'open', {
    from: 'announced',
    to: 'in_session',
    by,
    at,
    record,
    personal: { presiderId },
  })
}
