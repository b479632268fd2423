import type { Queryable } from '../../db/connect.ts'
import type { Deps } from '../../deps.ts'
import { type Actor, isSelf } from '../../http/actor.ts'
import { AppError } from '../../http/errors.ts'
import { proofFor } from '../evidence/index.ts'
import { findReadable, type IssueKey } from '../issues/index.ts'
import { standingOn } from './opinions.policy.ts'
import { findStatement, type StatementKey } from './statements.queries.ts'

type Proof = NonNullable<Awaited<ReturnType<typeof proofFor>>>

const found = (proof: Proof | null): Proof => {
  if (!proof) throw new AppError('not_found')
  return proof
}

/** @throws AppError not_found for what this reader may not know of */
export const readStatementProof = async (
  on: Queryable,
  deps: Deps,
  key: StatementKey,
  actor: Actor,
): Promise<Proof> => {
  const statement = await findStatement(on, key)
  if (!statement) throw new AppError('not_found')
  const issue = { communityCode: key.communityCode, id: statement.issueId }
  const { moderates } = await standingOn(on, deps, issue, actor)
  const own = isSelf(actor, statement.authorId)
  if (statement.state !== 'accepted' && !own && !moderates) throw new AppError('not_found')
  return found(await proofFor(on, key.communityCode, 'statement', key.id))
}

/** @throws AppError not_found before a map was put on record */
export const readMapProof = async (on: Queryable, deps: Deps, issue: IssueKey, actor: Actor): Promise<Proof> => {
  await findReadable(on, deps, issue, actor)
  return found(await proofFor(on, issue.communityCode, 'opinion_map', issue.id))
}
