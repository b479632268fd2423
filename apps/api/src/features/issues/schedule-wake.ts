import { makePublicId } from '@tongxin/contract'
import { type Issue, nextWake } from '@tongxin/lifecycle'
import type { Tx } from '../../db/connect.ts'
import { cancelJob, enqueue } from '../../jobs/enqueue.ts'
import type { IssueKey } from './stage.ts'

/** One job an issue, moved whenever what it waits for moves: its clock's reminders, a period's end, a review date. */
export const scheduleWake = async (
  tx: Tx,
  key: IssueKey,
  before: Issue | null,
  after: Issue,
  now: Date,
): Promise<void> => {
  const was = before && nextWake(before, now)
  const next = nextWake(after, now)
  if (was?.getTime() === next?.getTime()) return
  const jobKey = `issue:${makePublicId(key.communityCode, key.id)}`
  if (next) await enqueue(tx, 'look_at_issue', key, { jobKey, runAt: next })
  else await cancelJob(tx, jobKey)
}
