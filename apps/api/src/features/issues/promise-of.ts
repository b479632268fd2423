import { type Issue, OPEN_STATES, promisedAt } from '@tongxin/lifecycle'
import type { Deps } from '../../deps.ts'

/**
 * The date promised to the raiser: that of the handling clock once it runs, before that counted from the acceptance by the rules as
 * they were then. Null where nothing was promised, and once the matter is at its end without having been handled.
 */
export const promiseOf = async (
  { directory }: Pick<Deps, 'directory'>,
  communityCode: string,
  issue: Issue,
): Promise<Date | null> => {
  if (issue.handleDueAt !== null || issue.acceptedAt === null || !OPEN_STATES.includes(issue.state))
    return issue.handleDueAt
  return promisedAt(issue, await directory.policies.policyFor(communityCode, issue.acceptedAt))
}
