import { addSpan, type Policy } from '@tongxin/lifecycle'
import type { ReferredRow } from './resting.queries.ts'

/** When the next word is to be had: by the matter's clock for the first, by as long after the last one for each that follows. */
export const referralDue = ({ dueAt, lastWordAt, since }: ReferredRow, policy: Policy): Date =>
  dueAt !== null
    ? new Date(dueAt)
    : addSpan(new Date(lastWordAt ?? since), { workingDays: policy.referral_working_days }, policy.calendar)
