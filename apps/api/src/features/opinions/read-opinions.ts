import { makePublicId, type OpinionMapView, type OpinionsView, STATEMENTS_EACH } from '@tongxin/contract'
import type { Queryable } from '../../db/connect.ts'
import type { Deps } from '../../deps.ts'
import { type Actor, personOf } from '../../http/actor.ts'
import { findPosting } from '../council/index.ts'
import { findReadable, type IssueKey } from '../issues/index.ts'
import { countAnswered } from './answers.queries.ts'
import { findMap, findSums } from './opinion-map.queries.ts'
import { standingOn } from './opinions.policy.ts'
import { presentMap, presentPosting } from './opinions.present.ts'
import { authorOn, countRaised, countStatements, listByState } from './statements.queries.ts'

/** How things stand with the opinions on a matter, for this reader. @throws AppError not_found */
export const readOpinions = async (on: Queryable, deps: Deps, issue: IssueKey, actor: Actor): Promise<OpinionsView> => {
  const { communityCode, id } = issue
  const { takesPart, moderates } = await standingOn(on, deps, issue, actor)
  const [posting, [counted], sums, answered, raised] = await Promise.all([
    findPosting(on, issue),
    countStatements(on, communityCode, [id]),
    findSums(on, issue),
    takesPart ? countAnswered(on, issue, personOf(actor)) : 0,
    takesPart ? countRaised(on, authorOn(deps.cipher, issue, actor)) : 0,
  ])
  return {
    issueId: makePublicId(communityCode, id),
    open: posting !== undefined,
    meeting: posting ? presentPosting(communityCode, posting) : null,
    statements: counted?.accepted ?? 0,
    voters: sums?.voters ?? 0,
    answers: sums?.answers ?? 0,
    mine: takesPart ? { answered, raised, left: Math.max(0, STATEMENTS_EACH - raised) } : null,
    pending: moderates ? (counted?.pending ?? 0) : null,
  }
}

/** More than any matter has: five of each resident would have to be read by somebody first. */
const MOST_STATEMENTS = 5_000

/** @returns null before anybody answered @throws AppError not_found */
export const readOpinionMap = async (
  on: Queryable,
  deps: Deps,
  issue: IssueKey,
  actor: Actor,
): Promise<OpinionMapView | null> => {
  await findReadable(on, deps, issue, actor)
  const row = await findMap(on, issue)
  if (!row || row.answers === 0) return null
  const accepted = await listByState(on, issue, { state: 'accepted', after: null, limit: MOST_STATEMENTS })
  return presentMap(issue.communityCode, row, new Map(accepted.map(({ id, text }) => [id, text])))
}
