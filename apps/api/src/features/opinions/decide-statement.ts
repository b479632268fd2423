import type { Tx } from '../../db/connect.ts'
import type { Deps } from '../../deps.ts'
import { type Actor, isSelf, personOf } from '../../http/actor.ts'
import { AppError } from '../../http/errors.ts'
import { lockPosting } from '../council/index.ts'
import { askForMap } from './compute-opinion-map.ts'
import { assertStands } from './opinions.policy.ts'
import { recordStatementEvent } from './record-opinion-event.ts'
import { lockStatement, type StatementKey, type StatementRow, saveDecision } from './statements.queries.ts'

/**
 * Accepted or not, with the reason; a decision may be changed as long as opinions are taken.
 * @throws AppError not_found, forbidden; unprocessable for one's own statement; opinions_closed
 */
export const decideStatement = async (
  tx: Tx,
  deps: Deps,
  key: StatementKey,
  actor: Actor,
  { accepted, reason }: { accepted: boolean; reason?: string | undefined },
): Promise<StatementRow> => {
  const by = personOf(actor)
  const before = await lockStatement(tx, key)
  if (!before || before.state === 'erased') throw new AppError('not_found')
  const issue = { communityCode: key.communityCode, id: before.issueId }
  await assertStands(tx, deps, issue, actor, 'moderates')
  if (isSelf(actor, before.authorId))
    throw new AppError('unprocessable', { reason: 'own_statement', detail: '自己提出的意见请其他人审核' })
  if (!(await lockPosting(tx, issue))) throw new AppError('opinions_closed')
  if (accepted && before.state === 'accepted') return before
  const at = deps.clock.now()
  const state = accepted ? 'accepted' : 'rejected'
  const why = accepted ? null : (reason ?? null)
  await saveDecision(tx, key, { state, reason: why, by, at })
  // What is accepted is public from here on.
  const record = accepted ? { text: before.text, version: before.version } : { reason: why }
  const it = { from: before.state, to: state, at, record, personal: { by } } as const
  await recordStatementEvent(tx, deps, key, accepted ? 'accept' : 'reject', it)
  if (before.state === 'accepted' || before.answers > 0) await askForMap(tx, deps, issue)
  return { ...before, state, reason: why, decidedAt: at.toISOString() }
}
