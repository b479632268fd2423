import type { Tx } from '../../db/connect.ts'
import type { Deps } from '../../deps.ts'
import { enqueueAll, newJob } from '../../jobs/enqueue.ts'
import { findPerson, openPhone } from '../people/index.ts'
import { listNumbered } from './doubles.queries.ts'

/** A message to each number that leads to this person, in a job of its own. */
export const askToTell = async (tx: Tx, personId: string): Promise<void> => {
  const ids = await listNumbered(tx, personId)
  await enqueueAll(
    tx,
    ids.map((id) => newJob('tell_merged', { personId: id })),
  )
}

/**
 * Tells the number on one of the records that were merged: whoever holds it, and is not one with the other, learns that somebody else signs in
 * as they do. Names neither a person nor a number.
 */
export const tellMerged = async (deps: Deps, { personId }: { personId: string }): Promise<void> => {
  const person = await findPerson(deps.db, personId)
  const phone = person && openPhone(deps.cipher, person)
  if (!phone) return
  await deps.sms.send(
    phone,
    `【同心】社区已把您的两份居民登记合并为一份，两份的手机号和账号今后登录的是同一个人。如果另一份不是您本人的，请尽快联系社区。详情：${deps.config.publicUrl}`,
  )
}
