import { makePublicId } from '@tongxin/contract'
import { inTransaction } from '../../db/connect.ts'
import { prepared } from '../../db/prepared.ts'
import type { Deps } from '../../deps.ts'
import { enqueueAll, newJob } from '../../jobs/enqueue.ts'
import { findReachable, insertMessage, type MeetingKey, type MinutesWord } from '../council/index.ts'
import { openPhone } from '../people/index.ts'
import { findMinutes } from './minutes.queries.ts'

const minute = new Intl.DateTimeFormat('zh-CN', { dateStyle: 'long', timeStyle: 'short', timeZone: 'Asia/Shanghai' })

const ASKED = `select p.id as "personId" from attendance t join people p on p.id = t.person_id
  where t.community_code = $1 and t.meeting_id = $2 and (not $3 or t.class <> 'staff'
      or t.person_id = (select presider_id from meetings where community_code = $1 and id = $2))
    and p.phone_cipher is not null and p.anonymised_at is null`

/** The minutes as they are put before people now; undefined once the text has moved on. */
const findAsked = async (
  on: Parameters<typeof findMinutes>[0],
  { clock }: Deps,
  key: MeetingKey,
  about: MinutesWord,
) => {
  const minutes = await findMinutes(on, key)
  if (minutes?.state !== 'amending' || minutes.amendUntil === null || minutes.publishedAt === null) return undefined
  // What was taken back and published again has jobs of its own.
  const over = Date.parse(minutes.amendUntil) < clock.now().getTime()
  return over === (about === 'confirm')
    ? { number: minutes.content.number, amendUntil: minutes.amendUntil, publishedAt: minutes.publishedAt }
    : undefined
}

/** Asks those who were there for amendments, later the members for their word: a job for each, so that none waits for another. */
export const tellAttendees = async (
  deps: Deps,
  { about, ...key }: MeetingKey & { about: MinutesWord },
): Promise<void> => {
  await inTransaction(deps.pool, async (tx) => {
    const asked = await findAsked(tx, deps, key, about)
    if (!asked) return
    const own = [key.communityCode, key.id]
    const people = await prepared<{ personId: string }>(tx, 'minutes_asked', ASKED, [...own, about === 'confirm'])
    const { publishedAt } = asked
    const jobs = people.map(({ personId }) =>
      newJob(
        'tell_attendee',
        { ...key, about, personId, publishedAt },
        { jobKey: `minutes:${makePublicId(key.communityCode, key.id)}:${personId}:${about}` },
      ),
    )
    await enqueueAll(tx, jobs)
  })
}

type Told = MeetingKey & { about: MinutesWord; personId: string; publishedAt: string }

/** Sends the word to one person, once for each time the minutes are published: the row that says so commits when the gateway took it. */
export const tellAttendee = async (deps: Deps, { about, personId, publishedAt, ...key }: Told): Promise<void> => {
  await inTransaction(deps.pool, async (tx) => {
    const asked = await findAsked(tx, deps, key, about)
    if (asked?.publishedAt !== publishedAt) return
    const person = await findReachable(tx, personId)
    const phone = person && openPhone(deps.cipher, person)
    // Accepted amendments make versions of their own; when it was published tells one time from another.
    const sequence = Math.floor(Date.parse(publishedAt) / 1000)
    if (!phone || !(await insertMessage(tx, key, { personId, word: about, sequence }, deps.clock.now()))) return
    const what =
      about === 'amend'
        ? `如需修改请在 ${minute.format(new Date(asked.amendUntil))} 前提出`
        : '征求意见期已满，请主持人和到会成员确认'
    const link = `${deps.config.publicUrl}/meetings/${makePublicId(key.communityCode, key.id)}/minutes`
    await deps.sms.send(phone, `【同心】会议纪要 ${asked.number} 已形成，${what}。详情：${link}`)
  })
}
