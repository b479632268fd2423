import type { Body, councilRoutes } from '@tongxin/contract'
import type { Tx } from '../../db/connect.ts'
import type { Deps } from '../../deps.ts'
import { type Actor, personOf } from '../../http/actor.ts'
import { AppError } from '../../http/errors.ts'
import { lockFor } from './lock-for.ts'
import { type MeetingKey, saveMeeting } from './meetings.queries.ts'
import { invitedAs, tellAll } from './notice.ts'
import {
  deleteInvitations,
  findNotice,
  type GuestKey,
  insertInvitations,
  listInvitations,
  listInvitees,
  listUnitNames,
  replaceGuests,
} from './notices.queries.ts'
import { recordMeetingEvent } from './record-council-event.ts'

const unfit = (reason: string, path: string, message: string) =>
  new AppError('unprocessable', { reason, detail: message, errors: [{ path, message }] })

type Guests = Body<typeof councilRoutes.setMeetingGuests>

/** @throws AppError unprocessable, naming the first that cannot be a guest */
const checkedGuests = async (
  tx: Tx,
  { directory }: Deps,
  communityCode: string,
  { communities, unitIds }: Guests,
): Promise<GuestKey[]> => {
  const tree = await directory.regions.tree()
  for (const [index, code] of communities.entries()) {
    const path = `body.communities.${index}`
    if (code === communityCode) throw unfit('guest_is_host', path, '本社区不必特邀自己')
    if (tree.get(code)?.level !== 'community') throw unfit('guest_unknown', path, '没有这个社区')
  }
  const active = new Set((await listUnitNames(tx, unitIds)).filter((unit) => unit.active).map(({ id }) => id))
  for (const [index, id] of unitIds.entries())
    if (!active.has(id)) throw unfit('guest_unknown', `body.unitIds.${index}`, '没有这个单位，或已停用')
  return [
    ...[...new Set(communities)].map((guestId) => ({ kind: 'community' as const, guestId })),
    ...[...new Set(unitIds)].map((guestId) => ({ kind: 'unit' as const, guestId })),
  ]
}

/** These are the guests; of an announced meeting, who is new is asked and who is not among them any more is told so. */
export const setGuests = async (
  tx: Tx,
  deps: Deps,
  key: MeetingKey,
  actor: Actor,
  version: number,
  body: Guests,
): Promise<void> => {
  const { meeting } = await lockFor(tx, deps, key, actor, 'set_guests', version)
  const guests = await checkedGuests(tx, deps, key.communityCode, body)
  await replaceGuests(tx, key, guests)
  await saveMeeting(tx, meeting)
  const at = deps.clock.now()
  const { state } = meeting
  const notice = await findNotice(tx, key)
  const asked = notice ? await listInvitations(tx, key) : []
  const tree = await deps.directory.regions.tree()
  const wanted = notice ? await listInvitees(tx, tree, key.communityCode, guests, at) : []
  const known = new Set(asked.map(({ personId }) => personId))
  const still = new Set(wanted.map(({ personId }) => personId))
  const added = wanted.filter((each) => each.class === 'guest' && !known.has(each.personId))
  const withdrawn = asked.filter((each) => each.class === 'guest' && !still.has(each.personId))
  await insertInvitations(tx, key, added)
  await deleteInvitations(
    tx,
    key,
    withdrawn.map(({ personId }) => personId),
  )
  if (notice) {
    await tellAll(tx, key, added, 'announced', notice.sequence)
    await tellAll(tx, key, withdrawn, 'withdrawn', notice.sequence)
  }
  const { personal } = invitedAs(added)
  await recordMeetingEvent(tx, deps, key, 'set_guests', {
    from: state,
    to: state,
    by: personOf(actor),
    at,
    record: { guests },
    personal: { ...personal, withdrawn: withdrawn.map(({ personId }) => personId) },
  })
}
