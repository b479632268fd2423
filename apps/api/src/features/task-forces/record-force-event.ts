import type { TaskForceChange } from '@tongxin/contract'
import type { Tx } from '../../db/connect.ts'
import type { Deps } from '../../deps.ts'
import { appendEvent } from '../../evidence/append-event.ts'
import type { ChangeRow } from './changes.queries.ts'
import type { ForceKey } from './task-forces.queries.ts'

/**
 * Every step of a task force stands in a chain of its own; the caller holds its row. Whatever somebody wrote is kept with the names,
 * for nobody looked through it for personal data.
 */
export const recordForceEvent = async (
  tx: Tx,
  { config }: Pick<Deps, 'config'>,
  key: ForceKey,
  action: TaskForceChange,
  it: {
    at: Date
    record?: ChangeRow['record'] & { milestoneId?: string; dueOn?: string }
    personal: NonNullable<ChangeRow['personal']> & { purpose?: string; reachedBy?: string }
  },
): Promise<void> => {
  const { at, record = {}, personal } = it
  await appendEvent(
    tx,
    {
      communityCode: key.communityCode,
      subjectType: 'task_force',
      subjectId: key.id,
      action,
      from: action === 'create' ? null : 'active',
      to: action === 'close' ? 'closed' : 'active',
      occurredAt: at,
      recordedAt: at,
      record,
      personal,
    },
    config.evidenceHash,
  )
}
