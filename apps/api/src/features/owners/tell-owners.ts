import { makePublicId } from '@tongxin/contract'
import { inTransaction } from '../../db/connect.ts'
import type { Deps } from '../../deps.ts'
import { enqueueAll, newJob } from '../../jobs/enqueue.ts'
import { findReachable } from '../council/index.ts'
import { openPhone } from '../people/index.ts'
import { insertOwnersMessage, listSilent } from './vote-heads.queries.ts'
import { findVote, type VoteKey, type VoteRow } from './votes.queries.ts'

/** What owners hear of a vote, each once. */
export type OwnersWord = 'posted' | 'opened' | 'closing' | 'last'

export const when = new Intl.DateTimeFormat('zh-CN', {
  month: 'long',
  day: 'numeric',
  hour: '2-digit',
  minute: '2-digit',
  hourCycle: 'h23',
  timeZone: 'Asia/Shanghai',
})

const WORDS: Record<OwnersWord, (what: string, opens: string, closes: string) => string> = {
  posted: (what, opens, closes) => `业主表决公告：${what}，${opens}起投票，${closes}截止。`,
  opened: (what, _, closes) => `${what}现在开始投票，${closes}截止。`,
  closing: (what, _, closes) => `您还没有就${what}投票，${closes}截止。`,
  last: (what, _, closes) => `提醒：${what}将于${closes}截止，您还没有投票。`,
}

const runs = ({ motionState, closesAt }: VoteRow, now: Date) =>
  motionState === 'open' && Date.parse(closesAt) > now.getTime()

/** Fewer than may be sent, so that the notices of others are not refused meanwhile. */
const TOLD_A_MINUTE = 120
const MINUTE = 60_000

/** A word to everybody whose head has not voted, each in a job of its own, so many a minute. */
export const remindOwners = (deps: Deps, { word, ...key }: VoteKey & { word: OwnersWord }): Promise<void> =>
  inTransaction(deps.pool, async (tx) => {
    const vote = await findVote(tx, key)
    const now = deps.clock.now()
    if (!vote || !runs(vote, now)) return
    const silent = await listSilent(tx, key, vote.rule === 'households')
    await enqueueAll(
      tx,
      silent.map((personId, at) => {
        const later = Math.floor(at / TOLD_A_MINUTE) * MINUTE
        const when = later === 0 ? {} : { runAt: new Date(now.getTime() + later) }
        return newJob('tell_owner', { ...key, personId, word }, when)
      }),
    )
  })

/** Once: the row that says so commits when the gateway took it. Whoever voted meanwhile, oneself or a joint owner, hears nothing. */
export const tellOwner = (
  deps: Deps,
  { personId: named, word, ...key }: VoteKey & { personId: string; word: OwnersWord },
): Promise<void> =>
  inTransaction(deps.pool, async (tx) => {
    const now = deps.clock.now()
    const vote = await findVote(tx, key)
    if (!vote || !runs(vote, now)) return
    const person = await findReachable(tx, named)
    const phone = person && openPhone(deps.cipher, person)
    if (!phone) return
    const personId = person.id
    if ((await listSilent(tx, key, vote.rule === 'households', personId)).length === 0) return
    if (!(await insertOwnersMessage(tx, key, { personId, word, at: now }))) return
    const { issueTitle, issueNumber, opensAt, closesAt } = vote
    const what = `“${issueTitle ?? issueNumber}”`
    const said = WORDS[word](what, when.format(new Date(opensAt)), when.format(new Date(closesAt)))
    const link = `${deps.config.publicUrl}/owners-votes/${makePublicId(key.communityCode, key.id)}`
    await deps.sms.send(phone, `【同心】${said} ${link}`)
  })
