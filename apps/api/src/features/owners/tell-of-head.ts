import { makePublicId } from '@tongxin/contract'
import { inTransaction, type Tx } from '../../db/connect.ts'
import type { Deps } from '../../deps.ts'
import { enqueueAll, newJob } from '../../jobs/enqueue.ts'
import { findReachable } from '../council/index.ts'
import { openPhone } from '../people/index.ts'
import { findStanding } from './head-proxies.queries.ts'
import { mayObject, objectableUntil } from './objections.ts'
import { when } from './tell-owners.ts'
import { findHead, insertOwnersMessage, listPeopleOf } from './vote-heads.queries.ts'
import { findVote, type VoteKey, type VoteRow } from './votes.queries.ts'

interface Told extends VoteKey {
  headNo: number
  personId: string
  /** Of a proxy, its id; null of a paper that counts. */
  proxyId: string | null
}

/**
 * The people of a head hear what was done in its name, each in a job of their own.
 * @param proxyId null for a paper that counts
 * @param givenBy who did it and need not hear of it; null for staff
 */
export const tellHead = async (
  tx: Tx,
  key: VoteKey,
  headNo: number,
  { proxyId, givenBy }: { proxyId: string | null; givenBy: string | null },
): Promise<void> => {
  const people = (await listPeopleOf(tx, key, headNo)).filter((personId) => personId !== givenBy)
  await enqueueAll(
    tx,
    people.map((personId) => newJob('tell_of_head', { ...key, headNo, personId, proxyId })),
  )
}

/** What there is to say while something can be done about it; null when not. */
const said = async (tx: Tx, vote: VoteRow, { headNo, personId, proxyId }: Told, now: Date): Promise<string | null> => {
  if (proxyId !== null) {
    const proxy = await findStanding(tx, vote, headNo)
    if (proxy?.id !== proxyId) return null
    const given =
      proxy.enteredBy === null
        ? '您房屋的一位业主（住户）已在线委托他人代为投票'
        : '社区已登记您房屋的一份书面委托，由他人代您投票'
    return `的业主表决，${given}。如果不是您的意思，请登录议事厅撤回`
  }
  const head = await findHead(tx, vote, headNo)
  const until = head?.way === 'paper' && mayObject(head, personId) ? objectableUntil(head, vote.closesAt) : now
  if (until <= now) return null
  return `的业主表决已计入您房屋的一张纸质票。如果不是您的意思，请在${when.format(until)}前登录议事厅提出异议`
}

/** Once: whoever did not hand it in learns of it. Names neither a home, nor a person, nor a choice. */
export const tellOfHead = (deps: Deps, told: Told): Promise<void> =>
  inTransaction(deps.pool, async (tx) => {
    const { headNo, proxyId, communityCode, id } = told
    const now = deps.clock.now()
    const vote = await findVote(tx, { communityCode, id })
    const person = await findReachable(tx, told.personId)
    const phone = person && openPhone(deps.cipher, person)
    if (vote?.motionState !== 'open' || !phone) return
    const personId = person.id
    const text = await said(tx, vote, { ...told, personId }, now)
    const word = proxyId === null ? `paper:${headNo}` : `proxy:${proxyId}`
    if (text === null || !(await insertOwnersMessage(tx, vote, { personId, word, at: now }))) return
    const link = `${deps.config.publicUrl}/owners-votes/${makePublicId(communityCode, id)}`
    await deps.sms.send(phone, `【同心】“${vote.issueTitle ?? vote.issueNumber}”${text}：${link}`)
  })
