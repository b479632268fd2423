import { makePublicId } from '@tongxin/contract'
import { inTransaction } from '../../db/connect.ts'
import type { Deps } from '../../deps.ts'
import { openPhone } from '../people/index.ts'
import { findMeeting, type MeetingKey } from './meetings.queries.ts'
import { findReachable, insertMessage } from './messages.queries.ts'
import { listProxies } from './proxies.queries.ts'

/**
 * Tells a member, once, that a paper was entered in their name: whoever did not hand one in learns of it and can take it back.
 * Names nobody: the message may be read by others.
 */
export const tellPrincipal = async (
  deps: Deps,
  { proxyId, ...key }: MeetingKey & { proxyId: string },
): Promise<void> => {
  await inTransaction(deps.pool, async (tx) => {
    const meeting = await findMeeting(tx, key)
    const proxy = (await listProxies(tx, key)).find(({ id }) => id === proxyId)
    if (!meeting || !proxy || proxy.endedAt !== null || proxy.enteredBy === null) return
    const person = await findReachable(tx, proxy.principalId)
    const phone = person && openPhone(deps.cipher, person)
    if (!phone) return
    // When it was given tells one paper from the next.
    const said = {
      personId: proxy.principalId,
      word: 'proxy',
      sequence: Math.floor(Date.parse(proxy.givenAt) / 1000),
    } as const
    if (!(await insertMessage(tx, key, said, deps.clock.now()))) return
    const link = `${deps.config.publicUrl}/meetings/${makePublicId(key.communityCode, key.id)}`
    await deps.sms.send(
      phone,
      `【同心】社区已登记您交来的书面委托，由另一位成员在${meeting.title}上代您投票。如果不是您的意思，请登录议事厅撤回：${link}`,
    )
  })
}
