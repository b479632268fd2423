import { makePublicId } from '@tongxin/contract'
import { type Issue, nextWake } from '@tongxin/lifecycle'
import { send, type Tx } from '../../db/connect.ts'
import { cancellation, enqueueAll, type JobRequest, newJob } from '../../jobs/enqueue.ts'
import type { IssueKey } from './stage.ts'

/**
 * One job an issue, moved whenever what it waits for moves: its clock's reminders, a period's end, a review date. Travels to the
 * commit together with what else is to be done.
 */
export const scheduleWake = (
  tx: Tx,
  key: IssueKey,
  before: Issue | null,
  after: Issue,
  now: Date,
  others: readonly JobRequest[] = [],
): void => {
  const jobs = [...others]
  const was = before && nextWake(before, now)
  const next = nextWake(after, now)
  if (was?.getTime() !== next?.getTime()) {
    const jobKey = `issue:${makePublicId(key.communityCode, key.id)}`
    jobs.push(next ? newJob('look_at_issue', key, { jobKey, runAt: next }) : cancellation(jobKey))
  }
  send(tx, enqueueAll(tx, jobs))
}
