import type { Action } from '@tongxin/lifecycle'
import { prepared } from '../../db/prepared.ts'
import type { Deps } from '../../deps.ts'
import { openPhone } from '../people/index.ts'
import { findIssue } from './issue-row.ts'
import type { IssueKey } from './stage.ts'

const minute = new Intl.DateTimeFormat('zh-CN', { dateStyle: 'long', timeStyle: 'short', timeZone: 'Asia/Shanghai' })

/** What a raiser is told of unasked, and in which words. */
const TOLD: { readonly [A in Action]?: (dueAt: Date | null) => string } = {
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
  decide_extension: () => '办理期限有变，请查看原因',
}

export const isTold = (action: Action): boolean => TOLD[action] !== undefined

const PHONES = `select p.id, p.name_cipher as "nameCipher", p.phone_cipher as "phoneCipher"
  from raisers r join people p on p.id = r.person_id
  where r.community_code = $1 and r.issue_id = $2 and r.detached_at is null and r.erased_at is null
    and p.phone_cipher is not null and p.anonymised_at is null`

/** Sends each raiser with a number on record a message that names the matter only by its number. */
export const tellRaisers = async (deps: Deps, job: IssueKey & { action: Action }): Promise<void> => {
  const words = TOLD[job.action]
  const row = await findIssue(deps.db, job)
  if (!row || !words) return
  const text = `【同心】您反映的事项 ${row.number} ${words(row.issue.handleDueAt)}。详情：${deps.config.publicUrl}`
  const people = await prepared<{ id: string; nameCipher: string | null; phoneCipher: string | null }>(
    deps.db,
    'raisers_phones',
    PHONES,
    [job.communityCode, job.id],
  )
  for (const person of people) {
    const phone = openPhone(deps.cipher, person)
    if (phone !== null) await deps.sms.send(phone, text)
  }
}
