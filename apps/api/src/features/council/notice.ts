import { makePublicId } from '@tongxin/contract'
import type { Tx } from '../../db/connect.ts'
import type { Deps } from '../../deps.ts'
import { AppError } from '../../http/errors.ts'
import { cancelJob, enqueue, enqueueAll, newJob } from '../../jobs/enqueue.ts'
import type { MeetingKey, MeetingRow } from './meetings.queries.ts'
import type { MeetingWord } from './messages.queries.ts'
import {
  findNotice,
  type Invitee,
  insertInvitations,
  listGuests,
  listInvitations,
  listInvitees,
  resetAnswers,
  saveNotice,
} from './notices.queries.ts'
import { daysBetween } from './series-dates.ts'

const DAY = 86_400_000

const reminderKey = ({ communityCode, id }: MeetingKey) => `meeting_reminder:${makePublicId(communityCode, id)}`

/** One job an invited person and word; sent once each, see `tellInvited`. */
export const tellAll = async (
  tx: Tx,
  { communityCode, id }: MeetingKey,
  people: readonly { personId: string }[],
  word: MeetingWord,
  sequence: number,
): Promise<void> => {
  const jobs = people.map(({ personId }) =>
    newJob(
      'tell_invited',
      { communityCode, id, personId, word, sequence },
      { jobKey: `meeting:${makePublicId(communityCode, id)}:${personId}:${word}:${sequence}` },
    ),
  )
  await enqueueAll(tx, jobs)
}

/** A day ahead; nothing when that is past, for the notice itself is as fresh then. */
const remindOf = async (tx: Tx, { communityCode, id, heldAt }: MeetingRow, now: Date): Promise<void> => {
  const key = { communityCode, id }
  const runAt = new Date(Date.parse(heldAt) - DAY)
  if (runAt <= now) await cancelJob(tx, reminderKey(key))
  else await enqueue(tx, 'remind_invited', key, { jobKey: reminderKey(key), runAt })
}

/**
 * How far ahead the meeting is announced, against what the community asks for.
 * @throws AppError unprocessable `notice_too_short` when that is less and nobody says why
 */
const timelinessOf = async (
  { directory }: Deps,
  { communityCode, heldAt }: MeetingRow,
  reason: string | undefined,
  now: Date,
) => {
  const { meeting_notice_days: noticeDays } = await directory.policies.policyFor(communityCode, now)
  const daysAhead = daysBetween(now, new Date(heldAt))
  if (daysAhead >= noticeDays) return { noticeDays, daysAhead, shortNoticeReason: null }
  if (reason === undefined) {
    const detail = `会议须提前 ${noticeDays} 天公告；确需提前召开的，请写明理由，理由将公开`
    throw new AppError('unprocessable', {
      reason: 'notice_too_short',
      detail,
      errors: [{ path: 'body.shortNoticeReason', message: detail }],
    })
  }
  return { noticeDays, daysAhead, shortNoticeReason: reason }
}

const named = ({ personId, class: as, guestKind, guestId }: Invitee) => ({
  personId,
  class: as,
  ...(guestId !== null && { guestKind, guestId }),
})

/** What the chain keeps of who was asked: how many in public, who among the personal. */
export const invitedAs = (invitees: readonly Invitee[]) => ({
  record: {
    invited: Object.fromEntries([...Map.groupBy(invitees, (each) => each.class)].map(([of, all]) => [of, all.length])),
  },
  personal: { invited: invitees.map(named) },
})

/** Posts the notice, at the moment that its event says, and asks the council, the organizing staff and the guests. The caller holds the meeting's lock. */
export const postNotice = async (
  tx: Tx,
  deps: Deps,
  meeting: MeetingRow,
  it: { by: string; at: Date; reason: string | undefined },
) => {
  const { at, by: announcedBy } = it
  const { communityCode } = meeting
  const timeliness = await timelinessOf(deps, meeting, it.reason, at)
  const tree = await deps.directory.regions.tree()
  const invitees = await listInvitees(tx, tree, communityCode, await listGuests(tx, meeting), at)
  const now = at.toISOString()
  await saveNotice(tx, meeting, {
    ...timeliness,
    announcedAt: now,
    announcedBy,
    sequence: 0,
    changedAt: now,
    cancelReason: null,
  })
  await insertInvitations(tx, meeting, invitees)
  await tellAll(tx, meeting, invitees, 'announced', 0)
  await remindOf(tx, meeting, at)
  const { record, personal } = invitedAs(invitees)
  return { record: { ...timeliness, ...record }, personal }
}

/**
 * What an announced meeting's new name, time or place means to whoever was asked. A new time asks them again.
 * @returns what the change's event says of it
 */
export const moveNotice = async (
  tx: Tx,
  deps: Deps,
  before: MeetingRow,
  after: MeetingRow,
  { at, reason }: { at: Date; reason: string | undefined },
): Promise<Record<string, unknown>> => {
  const notice = await findNotice(tx, after)
  const moved = before.heldAt !== after.heldAt
  if (!notice || !(moved || before.place !== after.place || before.title !== after.title)) return {}
  const timeliness = moved ? await timelinessOf(deps, after, reason, at) : {}
  const elsewhere = moved || before.place !== after.place
  // Under another name it is the same appointment: what is on its way to somebody still tells the truth.
  const sequence = notice.sequence + (elsewhere ? 1 : 0)
  await saveNotice(tx, after, { ...notice, ...timeliness, sequence, changedAt: at.toISOString() })
  if (moved) {
    await resetAnswers(tx, after)
    await remindOf(tx, after, at)
  }
  if (elsewhere) await tellAll(tx, after, await listInvitations(tx, after), 'changed', sequence)
  return { ...timeliness, sequence, ...(moved && { answersReset: true }) }
}

/** Takes an announced meeting back; nothing of one that was never announced. */
export const withdrawNotice = async (
  tx: Tx,
  meeting: MeetingRow,
  cancelReason: string,
  at: Date,
): Promise<Record<string, unknown>> => {
  const notice = await findNotice(tx, meeting)
  if (!notice) return {}
  const sequence = notice.sequence + 1
  await saveNotice(tx, meeting, { ...notice, sequence, changedAt: at.toISOString(), cancelReason })
  await cancelJob(tx, reminderKey(meeting))
  // Whoever sits in the room hears it there.
  if (meeting.state === 'announced')
    await tellAll(tx, meeting, await listInvitations(tx, meeting), 'cancelled', sequence)
  return { sequence }
}
