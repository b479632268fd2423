import { addSpan } from '@tongxin/lifecycle'
import type { Deps } from '../../deps.ts'
import type { IssueKey } from '../issues/index.ts'

/** When an objection made now is to be answered, or a rating given now called back. */
export const answerDue = async (
  deps: Deps,
  { communityCode }: IssueKey,
  now: Date,
  of: 'objection' | 'call_back',
): Promise<Date> => {
  const policy = await deps.directory.policies.policyFor(communityCode, now)
  const workingDays = of === 'objection' ? policy.objection_working_days : policy.call_back_working_days
  return addSpan(now, { workingDays }, policy.calendar)
}
