import type { Queryable } from '../../db/connect.ts'
import type { Deps } from '../../deps.ts'
import type { Actor } from '../../http/actor.ts'
import { AppError } from '../../http/errors.ts'
import { findIssue, type IssueRow } from './issue-row.ts'
import { type View, viewOf } from './issues.policy.ts'
import type { IssueKey } from './stage.ts'
import { findRelation, type Relation } from './standing.ts'

export interface Readable {
  row: IssueRow
  view: View
  relation: Relation
}

/** The issue and how much of it this person sees. @throws AppError not_found when they may not know of it */
export const findReadable = async (
  on: Queryable,
  { directory }: Pick<Deps, 'directory'>,
  key: IssueKey,
  actor: Actor,
): Promise<Readable> => {
  const [row, relation, tree] = await Promise.all([
    findIssue(on, key),
    findRelation(on, key, actor),
    directory.regions.tree(),
  ])
  const view = row && viewOf(actor, tree, key.communityCode, row.issue, relation)
  if (!row || view === null) throw new AppError('not_found')
  return { row, view, relation }
}
