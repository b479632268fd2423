import { makePublicId } from '@tongxin/contract'
import { nextWake, reminderDue } from '@tongxin/lifecycle'
import { inTransaction } from '../../db/connect.ts'
import { enqueue } from '../../jobs/enqueue.ts'
import { lockIssue } from './issue-row.ts'
import type { IssueKey } from './stage.ts'
import { type Door, takeSystemAction } from './take-action.ts'

const AGAIN_MS = 3_600_000

/**
 * What time alone brings about: reminders of a running clock, the end of a suspension, the close at the end of the periods.
 * Looks at the clock and the row, not at why it was called, so that running it twice or late comes to the same end.
 */
export const lookAtIssue = async (door: Door, key: IssueKey): Promise<void> => {
  await inTransaction(door.deps.pool, async (tx) => {
    const now = door.deps.clock.now()
    const row = await lockIssue(tx, key)
    if (!row) return
    const reminder = reminderDue(row.issue, now)
    if (reminder) {
      await takeSystemAction(tx, door, key, 'remind', {
        level: reminder.level,
        clock: row.issue.dueClock,
        dueAt: row.issue.dueAt?.toISOString(),
        to: reminder.to,
      })
    }
    if (row.issue.state === 'suspended') await takeSystemAction(tx, door, key, 'resume')
    if (row.issue.state === 'publicized') await takeSystemAction(tx, door, key, 'close')
    const last = await lockIssue(tx, key)
    const next = last && nextWake(last.issue, now)
    // What could not be done now is looked at again later, not at once for ever.
    const runAt = next && next <= now ? new Date(now.getTime() + AGAIN_MS) : next
    if (runAt)
      await enqueue(tx, 'look_at_issue', key, {
        jobKey: `issue:${makePublicId(key.communityCode, key.id)}`,
        runAt,
      })
  })
}
