import type { Action, State } from '@tongxin/lifecycle'
import { prepared } from '../../db/prepared.ts'
import type { Deps } from '../../deps.ts'
import { enqueueAll, newJob } from '../../jobs/enqueue.ts'
import { openPhone, type SealedPerson } from '../people/index.ts'
import { findIssue } from './issue-row.ts'
import { promiseOf } from './promise-of.ts'
import type { IssueKey } from './stage.ts'

const minute = new Intl.DateTimeFormat('zh-CN', { dateStyle: 'long', timeStyle: 'short', timeZone: 'Asia/Shanghai' })

/** What a raiser is told of unasked, and in which words. */
const TOLD: { readonly [A in Action]?: (promised: Date | null) => string } = {
  accept: (due) => `已受理${due ? `，承诺 ${minute.format(due)} 前有结果` : ''}`,
  answer: () => '已答复，请查看并评价',
  decline: () => '未予受理，请查看说明；如有异议可在十五日内申请复核',
  refer: () => '已转介，请查看去向',
  merge: () => '已与另一件相同事项合并办理，您的权利不变',
  split: () => '已恢复单独办理',
  adopt: () => '已由议事会形成决议',
  dismiss: () => '经议事会商议暂不办理，请查看说明',
  dispatch: (due) => `已派单办理${due ? `，期限 ${minute.format(due)}` : ''}`,
  suspend: () => '暂时挂账，请查看原因和复查日期',
  publicize: () => '已办理完毕，请评价',
  rectify: (due) => `将重新整改${due ? `，期限 ${minute.format(due)}` : ''}`,
  close: () => '已办结归档；三十日内可申请重启',
  decide_extension: (due) => `延期申请已有答复，请查看理由${due ? `；期限 ${minute.format(due)}` : ''}`,
  // Of a referral alone: what a unit tells of its work is read on the matter.
  progress: () => '转介有了反馈，请查看',
}

export const isTold = (action: Action, state: State): boolean =>
  TOLD[action] !== undefined && (action !== 'progress' || state === 'referred')

const TO_TELL = `select i.number, p.id, p.name_cipher as "nameCipher", p.phone_cipher as "phoneCipher"
  from raisers r join people p on p.id = r.person_id join issues i on i.community_code = r.community_code and i.id = r.issue_id
  where r.community_code = $1 and r.issue_id = $2 and r.detached_at is null and r.erased_at is null
    and p.phone_cipher is not null and p.anonymised_at is null and ($3::uuid is null or p.id = (select coalesce(m.merged_into, m.id) from people m where m.id = $3))`

interface ToTell extends SealedPerson {
  number: string
}

const findToTell = (deps: Deps, key: IssueKey, personId: string | null): Promise<ToTell[]> =>
  prepared<ToTell>(deps.db, 'raisers_to_tell', TO_TELL, [key.communityCode, key.id, personId])

/** A job for each raiser with a number on record, so that none is told again because the message to another failed. */
export const tellRaisers = async (deps: Deps, job: IssueKey & { action: Action }): Promise<void> => {
  const people = await findToTell(deps, job, null)
  const { communityCode, id, action } = job
  await enqueueAll(
    deps.db,
    people.map((person) => newJob('tell_raiser', { communityCode, id, action, personId: person.id })),
  )
}

/** Sends one raiser a message that names the matter only by its number; where their record was merged meanwhile, to who is kept. */
export const tellRaiser = async (deps: Deps, job: IssueKey & { action: Action; personId: string }): Promise<void> => {
  const words = TOLD[job.action]
  const [[person], row] = await Promise.all([findToTell(deps, job, job.personId), findIssue(deps.db, job)])
  const phone = person && openPhone(deps.cipher, person)
  if (!words || !phone || !row) return
  const done = words(await promiseOf(deps, job.communityCode, row.issue))
  await deps.sms.send(phone, `【同心】您反映的事项 ${person.number} ${done}。详情：${deps.config.publicUrl}`)
}
