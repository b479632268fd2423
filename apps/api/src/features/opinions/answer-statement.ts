import type { StatementAnswer } from '@tongxin/contract'
import type { Tx } from '../../db/connect.ts'
import type { Deps } from '../../deps.ts'
import { type Actor, personOf } from '../../http/actor.ts'
import { AppError } from '../../http/errors.ts'
import { lockPosting } from '../council/index.ts'
import { saveAnswer } from './answers.queries.ts'
import { askForMap } from './compute-opinion-map.ts'
import { assertStands } from './opinions.policy.ts'
import { holdStatement, type StatementKey, type StatementRow } from './statements.queries.ts'

export const ANSWER_VALUES: Record<StatementAnswer, number> = { agree: 1, disagree: -1, pass: 0 }

/**
 * An answer to the words that were read: it never comes to stand under others.
 * @throws AppError not_found for what is not accepted; forbidden; opinions_closed once the matter is decided or off the agenda;
 *   statement_changed when the words are others by now
 */
export const answerStatement = async (
  tx: Tx,
  deps: Deps,
  key: StatementKey,
  actor: Actor,
  { answer, version }: { answer: StatementAnswer; version: number },
): Promise<StatementRow> => {
  const statement = await holdStatement(tx, key)
  if (statement?.state !== 'accepted') throw new AppError('not_found')
  const issue = { communityCode: key.communityCode, id: statement.issueId }
  await assertStands(tx, deps, issue, actor, 'takesPart')
  if (!(await lockPosting(tx, issue))) throw new AppError('opinions_closed')
  if (statement.version !== version) throw new AppError('statement_changed')
  await saveAnswer(tx, statement, personOf(actor), ANSWER_VALUES[answer], deps.clock.now())
  await askForMap(tx, deps, issue)
  return statement
}
