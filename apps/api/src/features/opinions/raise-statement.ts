import { makePublicId, STATEMENTS_EACH } from '@tongxin/contract'
import type { Tx } from '../../db/connect.ts'
import { newId } from '../../db/new-id.ts'
import type { Deps } from '../../deps.ts'
import { type Actor, personOf } from '../../http/actor.ts'
import { AppError } from '../../http/errors.ts'
import { lockPosting } from '../council/index.ts'
import type { IssueKey } from '../issues/index.ts'
import { assertStands } from './opinions.policy.ts'
import { recordStatementEvent } from './record-opinion-event.ts'
import { readStatement } from './statement-text.ts'
import { authorOn, insertStatement, lockOrdinal, type OwnRow } from './statements.queries.ts'

/**
 * @throws AppError not_found, forbidden; opinions_closed; conflict when somebody raised the same; unprocessable when the text is unfit
 *   or the person has raised as many as anybody may
 */
export const raiseStatement = async (
  tx: Tx,
  deps: Deps,
  issue: IssueKey,
  actor: Actor,
  given: string,
): Promise<OwnRow> => {
  await assertStands(tx, deps, issue, actor, 'takesPart')
  const { text, textKey } = readStatement(given)
  if (!(await lockPosting(tx, issue))) throw new AppError('opinions_closed')
  const authorId = personOf(actor)
  const ordinal = await lockOrdinal(tx, authorOn(deps.cipher, issue, actor))
  if (ordinal === null) {
    const detail = `每人每件事项最多提 ${STATEMENTS_EACH} 条意见`
    throw new AppError('unprocessable', { reason: 'statements_used_up', detail })
  }
  const at = deps.clock.now()
  const { communityCode, id: issueId } = issue
  const key = { communityCode, id: newId(at) }
  await insertStatement(tx, key, { issueId, authorId, ordinal, text, textKey, at })
  await recordStatementEvent(tx, deps, key, 'raise', {
    from: null,
    to: 'pending',
    at,
    record: { issueId: makePublicId(communityCode, issueId) },
    personal: { by: authorId, text },
  })
  const undecided = { state: 'pending', decidedAt: null, reason: null, answers: 0, answered: false } as const
  return { ...key, issueId, authorId, text, version: 1, raisedAt: at.toISOString(), ...undecided }
}
