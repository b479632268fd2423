import { makePublicId } from '@tongxin/contract'
import { inTransaction, type Tx } from '../../db/connect.ts'
import type { Deps } from '../../deps.ts'
import { enqueueAll, newJob } from '../../jobs/enqueue.ts'
import { findReachable } from '../council/index.ts'
import { openPhone } from '../people/index.ts'
import { objectableUntil } from './objections.ts'
import { when } from './tell-owners.ts'
import { findHead, insertOwnersMessage, listPeopleOf } from './vote-heads.queries.ts'
import { findVote, type VoteKey } from './votes.queries.ts'

interface Told extends VoteKey {
  headNo: number
  personId: string
}

/** Whoever speaks for a head hears that a paper was counted for it, each in a job of their own. */
export const tellOfPaper = async (tx: Tx, key: VoteKey, headNo: number): Promise<void> => {
  const people = await listPeopleOf(tx, key, headNo)
  await enqueueAll(
    tx,
    people.map((personId) => newJob('tell_of_paper', { ...key, headNo, personId })),
  )
}

/** Once, while it can be objected to: whoever did not hand one in learns of it. Names neither a home nor a choice. */
export const tellOwnerOfPaper = (deps: Deps, { headNo, personId, ...key }: Told): Promise<void> =>
  inTransaction(deps.pool, async (tx) => {
    const now = deps.clock.now()
    const vote = await findVote(tx, key)
    const head = await findHead(tx, key, headNo)
    if (vote?.motionState !== 'open' || head?.way !== 'paper') return
    const until = objectableUntil(head, vote.closesAt)
    if (until <= now) return
    const person = await findReachable(tx, personId)
    const phone = person && openPhone(deps.cipher, person)
    const word = `paper:${headNo}`
    if (!phone || !(await insertOwnersMessage(tx, key, { personId, word, at: now }))) return
    const what = `“${vote.issueTitle ?? vote.issueNumber}”`
    const link = `${deps.config.publicUrl}/owners-votes/${makePublicId(key.communityCode, key.id)}`
    await deps.sms.send(
      phone,
      `【同心】${what}的业主表决已计入您房屋的一张纸质票。如果不是您的意思，请在${when.format(until)}前登录议事厅提出异议：${link}`,
    )
  })
