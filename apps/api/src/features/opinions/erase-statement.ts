import type { Tx } from '../../db/connect.ts'
import type { Deps } from '../../deps.ts'
import { type Actor, isSelf } from '../../http/actor.ts'
import { AppError } from '../../http/errors.ts'
import { recordStatementEvent } from './record-opinion-event.ts'
import { countErased, eraseRow, forgetAuthor, lockStatement, type StatementKey } from './statements.queries.ts'

/**
 * The author's name goes from the record for good, and their words unless everybody may read them already; the chain stays valid.
 * At any time: what somebody asks for their own data waits for no meeting.
 * @throws AppError not_found for anybody but the author
 */
export const eraseStatement = async (tx: Tx, deps: Deps, key: StatementKey, actor: Actor): Promise<void> => {
  const before = await lockStatement(tx, key)
  const by = before?.authorId
  if (!before || !by || !isSelf(actor, by)) throw new AppError('not_found')
  const isPublic = before.state === 'accepted'
  const erased = await forgetAuthor(tx, key)
  await eraseRow(tx, key, !isPublic)
  // Nobody has another five for taking some back.
  await countErased(tx, deps.cipher, { communityCode: key.communityCode, id: before.issueId }, by)
  // Whoever had their data erased is not to be named by the record of it.
  await recordStatementEvent(tx, deps, key, 'erase_personal', {
    from: before.state,
    to: isPublic ? 'accepted' : 'erased',
    at: deps.clock.now(),
    record: { erased },
    personal: null,
  })
}
