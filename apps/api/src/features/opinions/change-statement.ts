import type { Tx } from '../../db/connect.ts'
import type { Deps } from '../../deps.ts'
import { type Actor, isSelf } from '../../http/actor.ts'
import { AppError } from '../../http/errors.ts'
import { lockPosting } from '../council/index.ts'
import { assertStands } from './opinions.policy.ts'
import { recordStatementEvent } from './record-opinion-event.ts'
import { readStatement } from './statement-text.ts'
import { changeText, isAnswered, lockStatement, type OwnRow, type StatementKey } from './statements.queries.ts'

/**
 * The author's new words, to be moderated anew.
 * @throws AppError not_found for anybody but the author; statement_answered once somebody answered the words as they are
 */
export const changeStatement = async (
  tx: Tx,
  deps: Deps,
  key: StatementKey,
  actor: Actor,
  given: string,
): Promise<OwnRow> => {
  const before = await lockStatement(tx, key)
  const by = before?.authorId
  if (!before || !by || !isSelf(actor, by)) throw new AppError('not_found')
  const issue = { communityCode: key.communityCode, id: before.issueId }
  await assertStands(tx, deps, issue, actor, 'takesPart')
  const { text, textKey } = readStatement(given)
  if (!(await lockPosting(tx, issue))) throw new AppError('opinions_closed')
  if (await isAnswered(tx, key)) throw new AppError('statement_answered')
  if (text === before.text) return { ...before, answered: false }
  await changeText(tx, key, text, textKey)
  const personal = { by, text }
  const version = before.version + 1
  const it = { from: before.state, to: 'pending', at: deps.clock.now(), record: { version }, personal } as const
  await recordStatementEvent(tx, deps, key, 'change', it)
  return { ...before, text, version, state: 'pending', decidedAt: null, reason: null, answered: false }
}
