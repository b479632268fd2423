import { makePublicId } from '@tongxin/contract'
import { prepared } from '../../db/prepared.ts'
import type { Deps } from '../../deps.ts'
import type { MeetingKey } from '../council/index.ts'
import { openPhone } from '../people/index.ts'
import { findMinutes } from './minutes.queries.ts'

const minute = new Intl.DateTimeFormat('zh-CN', { dateStyle: 'long', timeStyle: 'short', timeZone: 'Asia/Shanghai' })

const PHONES = `select p.id, p.name_cipher as "nameCipher", p.phone_cipher as "phoneCipher"
  from attendance t join people p on p.id = t.person_id
  where t.community_code = $1 and t.meeting_id = $2 and (not $3 or t.class <> 'staff'
      or t.person_id = (select presider_id from meetings where community_code = $1 and id = $2))
    and p.phone_cipher is not null and p.anonymised_at is null`

/** Asks those who were there for amendments, later the members for their word; nobody once the text has moved on. */
export const tellAttendees = async (deps: Deps, job: MeetingKey & { about: 'amend' | 'confirm' }): Promise<void> => {
  const minutes = await findMinutes(deps.db, job)
  if (minutes?.state !== 'amending' || minutes.amendUntil === null) return
  // What was taken back and published again has jobs of its own.
  const over = Date.parse(minutes.amendUntil) < deps.clock.now().getTime()
  if (over !== (job.about === 'confirm')) return
  const asked =
    job.about === 'amend'
      ? `如需修改请在 ${minute.format(new Date(minutes.amendUntil))} 前提出`
      : '征求意见期已满，请主持人和到会成员确认'
  const text = `【同心】会议纪要 ${minutes.content.number} 已形成，${asked}。详情：${deps.config.publicUrl}/meetings/${makePublicId(job.communityCode, job.id)}/minutes`
  const people = await prepared<{ id: string; nameCipher: string | null; phoneCipher: string | null }>(
    deps.db,
    'minutes_phones',
    PHONES,
    [job.communityCode, job.id, job.about === 'confirm'],
  )
  for (const person of people) {
    const phone = openPhone(deps.cipher, person)
    if (phone !== null) await deps.sms.send(phone, text)
  }
}
