import { makePublicId } from '@tongxin/contract'
import { inTransaction, type Tx } from '../../db/connect.ts'
import type { Deps } from '../../deps.ts'
import { openPhone } from '../people/index.ts'
import { findMeeting, lockMeeting, type MeetingKey, type MeetingRow } from './meetings.queries.ts'
import { findReachable, insertMessage, type MeetingWord } from './messages.queries.ts'
import { invitedAs, tellAll } from './notice.ts'
import {
  findInvitation,
  findNotice,
  insertInvitations,
  listGuests,
  listInvitations,
  listInvitees,
  type NoticeRow,
} from './notices.queries.ts'
import { recordMeetingEvent } from './record-council-event.ts'

const when = new Intl.DateTimeFormat('zh-CN', {
  month: 'long',
  day: 'numeric',
  weekday: 'short',
  hour: '2-digit',
  minute: '2-digit',
  hourCycle: 'h23',
  timeZone: 'Asia/Shanghai',
})

const WORDS: Record<MeetingWord, (title: string, at: string, place: string) => string> = {
  announced: (title, at, place) => `邀请您参加${title}，${at}，${place}。请答复是否参加：`,
  changed: (title, at, place) => `${title}有变动：改为${at}，${place}。请看是否需要重新答复：`,
  reminder: (title, at, place) => `提醒：${title}将于${at}在${place}召开。`,
  cancelled: (title, at) => `${title}（原定${at}）已取消，原因见：`,
  withdrawn: (title, at) => `${title}（${at}）不再需要您参加。`,
}

interface Told extends MeetingKey {
  personId: string
  word: MeetingWord
  sequence: number
}

/**
 * Sends one word to one invited person, once: the row that says so commits when the gateway took it. What has been overtaken since
 * (another time, a cancellation, an answer that they will not come) is not sent any more.
 */
export const tellInvited = async (deps: Deps, { personId, word, sequence, ...key }: Told): Promise<void> => {
  await inTransaction(deps.pool, async (tx) => {
    const meeting = await findMeeting(tx, key)
    const notice = await findNotice(tx, key)
    // Whoever is asked no more hears that whatever became of time and place since.
    if (!meeting || !notice || (word !== 'withdrawn' && notice.sequence !== sequence)) return
    if ((meeting.state === 'cancelled') !== (word === 'cancelled')) return
    const invitation = await findInvitation(tx, key, personId)
    if ((invitation === undefined) !== (word === 'withdrawn')) return
    if (word === 'reminder' && (invitation?.answer === 'declined' || meeting.state !== 'announced')) return
    const person = await findReachable(tx, personId)
    const phone = person && openPhone(deps.cipher, person)
    if (!phone || !(await insertMessage(tx, key, { personId, word, sequence }, deps.clock.now()))) return
    const { title, place, heldAt } = meeting
    const link = `${deps.config.publicUrl}/meetings/${makePublicId(key.communityCode, key.id)}`
    await deps.sms.send(phone, `【同心】${WORDS[word](title, when.format(new Date(heldAt)), place)} ${link}`)
  })
}

/** Whoever joined the council after the notice is asked as the others were, in the name of whoever announced it. */
const inviteNewcomers = async (tx: Tx, deps: Deps, meeting: MeetingRow, { announcedBy, sequence }: NoticeRow) => {
  const { communityCode, state } = meeting
  const at = deps.clock.now()
  const tree = await deps.directory.regions.tree()
  const known = new Set((await listInvitations(tx, meeting)).map(({ personId }) => personId))
  const wanted = await listInvitees(tx, tree, communityCode, await listGuests(tx, meeting), at)
  const newcomers = wanted.filter(({ personId }) => !known.has(personId))
  if (newcomers.length === 0) return known
  await insertInvitations(tx, meeting, newcomers)
  await tellAll(tx, meeting, newcomers, 'announced', sequence)
  const it = { from: state, to: state, by: announcedBy, at, ...invitedAs(newcomers) }
  await recordMeetingEvent(tx, deps, meeting, 'invite', it)
  return known
}

/** A day ahead: a word to everybody who did not say no, and an invitation to whoever has none. */
export const remindInvited = async (deps: Deps, key: MeetingKey): Promise<void> => {
  await inTransaction(deps.pool, async (tx) => {
    const meeting = await lockMeeting(tx, key)
    const notice = await findNotice(tx, key)
    if (meeting?.state !== 'announced' || !notice) return
    const known = await inviteNewcomers(tx, deps, meeting, notice)
    // A newcomer has just heard of it.
    const coming = (await listInvitations(tx, key)).filter(
      ({ personId, answer }) => known.has(personId) && answer !== 'declined',
    )
    await tellAll(tx, key, coming, 'reminder', notice.sequence)
  })
}
