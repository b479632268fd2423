import {
  type InvitationAnswer,
  type MeetingGuest,
  type MeetingInvitation,
  type MeetingNotice,
  makePublicId,
} from '@tongxin/contract'
import type { Queryable } from '../../db/connect.ts'
import type { Deps } from '../../deps.ts'
import type { Actor } from '../../http/actor.ts'
import { AppError } from '../../http/errors.ts'
import { openName } from '../people/index.ts'
import { assertMayRead, type Standing, standingAt } from './council.policy.ts'
import { findMeeting, type MeetingKey, type MeetingRow } from './meetings.queries.ts'
import {
  findInvitation,
  findNotice,
  type GuestKey,
  listGuests,
  listInvitations,
  listUnitNames,
  type OwnInvitation,
} from './notices.queries.ts'
import { findSeriesOf } from './series.queries.ts'
import { daysBetween } from './series-dates.ts'

const countsOf = (answers: readonly { answer: InvitationAnswer }[]) => {
  const counts = { pending: 0, accepted: 0, declined: 0, tentative: 0 }
  for (const { answer } of answers) counts[answer] += 1
  return counts
}

export const presentOwn = ({ class: as, answer, note, answeredAt }: OwnInvitation, state: MeetingRow['state']) => ({
  class: as,
  answer,
  note,
  answeredAt,
  mayAnswer: state === 'announced',
})

const namesOf = async (on: Queryable, { directory }: Deps, guests: readonly GuestKey[]): Promise<MeetingGuest[]> => {
  const tree = await directory.regions.tree()
  const ids = guests.filter(({ kind }) => kind === 'unit').map(({ guestId }) => guestId)
  const units = new Map((await listUnitNames(on, ids)).map(({ id, name }) => [id, name]))
  return guests.map(({ kind, guestId: id }) => ({
    kind,
    id,
    name: (kind === 'unit' ? units.get(id) : tree.get(id)?.name) ?? id,
  }))
}

/** Who is to come is for whoever presides, and for those who organize. */
const maySeeAnswers = ({ presiderId }: MeetingRow, { manages, personId }: Standing): boolean =>
  manages || (presiderId !== null && presiderId === personId)

/** The notice as this reader may see it. @throws AppError not_found */
export const readNotice = async (on: Queryable, deps: Deps, key: MeetingKey, actor: Actor): Promise<MeetingNotice> => {
  const standing = standingAt(actor, await deps.directory.regions.tree(), key.communityCode)
  const meeting = assertMayRead(await findMeeting(on, key), standing)
  const [notice, guests, series, mine, policy, invitations] = await Promise.all([
    findNotice(on, key),
    listGuests(on, key),
    findSeriesOf(on, key),
    standing.personId === null ? undefined : findInvitation(on, key, standing.personId),
    deps.directory.policies.policyFor(key.communityCode, deps.clock.now()),
    listInvitations(on, key),
  ])
  return {
    announcedAt: notice?.announcedAt ?? null,
    noticeDays: notice?.noticeDays ?? null,
    daysAhead: notice?.daysAhead ?? null,
    shortNoticeReason: notice?.shortNoticeReason ?? null,
    cancelReason: notice?.cancelReason ?? null,
    neededDays: policy.meeting_notice_days,
    daysLeft: daysBetween(deps.clock.now(), new Date(meeting.heldAt)),
    series: series ? { ...series, id: makePublicId(key.communityCode, series.id) } : null,
    guests: await namesOf(on, deps, guests),
    invited: notice ? countsOf(invitations) : null,
    mine: mine ? presentOwn(mine, meeting.state) : null,
    maySeeAnswers: maySeeAnswers(meeting, standing),
  }
}

/** @throws AppError not_found; forbidden for whoever neither presides nor organizes */
export const readInvitations = async (
  on: Queryable,
  deps: Deps,
  key: MeetingKey,
  actor: Actor,
): Promise<{ counts: Record<InvitationAnswer, number>; items: MeetingInvitation[] }> => {
  const standing = standingAt(actor, await deps.directory.regions.tree(), key.communityCode)
  const meeting = assertMayRead(await findMeeting(on, key), standing)
  if (!maySeeAnswers(meeting, standing)) throw new AppError('forbidden')
  const [rows, guests] = await Promise.all([listInvitations(on, key), listGuests(on, key)])
  const names = new Map((await namesOf(on, deps, guests)).map((guest) => [`${guest.kind} ${guest.id}`, guest]))
  const items = rows.map(
    ({ personId, nameCipher, class: as, guestKind, guestId, answer, note, answeredAt, toldAt }) => ({
      personId,
      name: openName(deps.cipher, { id: personId, nameCipher, phoneCipher: null }),
      class: as,
      guest: names.get(`${guestKind} ${guestId}`) ?? null,
      answer,
      note,
      answeredAt,
      toldAt,
    }),
  )
  return { counts: countsOf(rows), items }
}
